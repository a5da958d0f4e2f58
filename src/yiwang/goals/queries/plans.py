"""The plans of the district, their statements, and what a person has done to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from yiwang.files import queries as files
from yiwang.files.models import File
from yiwang.org.asker import Asker

from ..models import Correction, Goal, Plan, Statement
from ..page_rows import StatementRow

COMMITMENTS = Q(time_frame="this_year", kind__in=("target", "milestone"))


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the review of a plan has come; `judgeable` of `commitments` can be judged as worded."""

    statements: int
    commitments: int
    confirmed: int
    to_review: int
    lacking: int
    dropped: int
    judgeable: int
    sure: int
    adopted: int

    @property
    def adoptable(self) -> int:
        """How many confirmed commitments are not goals yet."""
        return self.confirmed - self.adopted


def plans(asker: Asker) -> list[Plan]:
    """Every plan that the asker sees, the newest first, each with `read_n` and `waiting_n`."""
    return list(
        Plan.objects.filter(district=asker.district)
        .defer("text")
        .select_related("person")
        .annotate(
            read_n=Count("statements"),
            waiting_n=Count(
                "statements",
                filter=Q(
                    statements__status="to_review",
                    statements__time_frame="this_year",
                    statements__kind__in=("target", "milestone"),
                ),
            ),
        )
        .order_by("-year", "-at")
    )


def plan(asker: Asker, number: int) -> Plan | None:
    """One plan; None when there is none or the asker does not see it."""
    return Plan.objects.filter(district=asker.district, pk=number).select_related("person").first()


def goals_of(asker: Asker, plan_number: int) -> list[Goal]:
    """The goals that were made of a plan, in the order of its text."""
    return list(
        Goal.objects.filter(district=asker.district, plan=plan_number).select_related("lead").order_by("position")
    )


def document_of(asker: Asker, plan_number: int) -> File | None:
    """The file of a plan as it came."""
    return next(iter(files.belonging_to(asker, "plan", plan_number)), None)


def statements(asker: Asker, plan_number: int) -> list[Statement]:
    """All statements of a plan in the order of the text."""
    rows: QuerySet[Statement] = Statement.objects.filter(district=asker.district, plan=plan_number)
    return list(rows.select_related("lead", "goal").order_by("position", "pk"))


def unread_passages(text: str, rows: Iterable[Statement]) -> list[tuple[int, str]]:
    """(where it begins, words) of each line of a plan's text of which no statement was read."""
    read = sorted((row.quote_offset, row.quote_offset + len(row.quote)) for row in rows)
    passages = []
    for line in re.finditer(r"[^\n]+", text):
        words = line[0].strip()
        start = line.start() + len(line[0]) - len(line[0].lstrip())
        if words and not any(begin < start + len(words) and start < end for begin, end in read):
            passages.append((start, words))
    return passages


def statement(asker: Asker, number: int) -> Statement | None:
    return Statement.objects.filter(district=asker.district, pk=number).select_related("lead", "plan", "goal").first()


def is_commitment(row: StatementRow) -> bool:
    """Whether a statement promises something for the plan's year: only those become goals."""
    return row.time_frame == "this_year" and row.kind in ("target", "milestone")


def lacks(row: StatementRow) -> str:
    """What a statement lacks to be confirmed or led: "value", "lead" or nothing."""
    if row.kind == "target" and row.value is None and row.comparator not in ("trend", ""):
        return "value"
    return "lead" if row.lead_id is None else ""


def not_reviewed(asker: Asker, plan_number: int) -> int:
    """How many commitments still wait for a person."""
    return Statement.objects.filter(COMMITMENTS, district=asker.district, plan=plan_number, status="to_review").count()


def counts(rows: Sequence[StatementRow], sure_from: float) -> Counts:
    """The review in numbers; commitments = confirmed + to review + lacking (+ dropped, counted apart)."""
    ours = [row for row in rows if is_commitment(row)]
    status = Counter(row.status for row in ours)
    waiting = [row for row in ours if row.status == "to_review"]
    lacking = sum(lacks(row) != "" for row in waiting)
    in_use = [row for row in ours if row.status != "dropped"]
    return Counts(
        statements=len(rows),
        commitments=len(in_use),
        confirmed=status["confirmed"],
        to_review=len(waiting) - lacking,
        lacking=lacking,
        dropped=status["dropped"],
        judgeable=sum(bool(row.read.get("judgeable", True)) for row in in_use),
        sure=sum(row.confidence >= sure_from and not row.doubts and not lacks(row) for row in waiting),
        adopted=sum(hasattr(row, "goal") for row in ours),
    )


def corrections(asker: Asker, plan_number: int) -> list[Correction]:
    """What people did to the statements of a plan, the newest first."""
    rows = Correction.objects.filter(district=asker.district, plan=plan_number).select_related("person", "statement")
    return list(rows.order_by("-step", "-pk"))


def can_undo(asker: Asker, plan_number: int) -> bool:
    rows = Correction.objects.filter(district=asker.district, plan=plan_number)
    taken = set(rows.filter(undoes__isnull=False).values_list("undoes", flat=True))
    return rows.filter(undoes__isnull=True).exclude(step__in=[step for step in taken if step]).exists()
