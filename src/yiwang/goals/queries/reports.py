"""What was reported of a goal, with its evidence and what was said to it."""

from __future__ import annotations

from yiwang.files import queries as files
from yiwang.files.models import File
from yiwang.org.asker import Asker

from ..models import Change, Report


def reports(asker: Asker, goal: int) -> list[Report]:
    """Every report of a goal, the newest first, with `verification` and `evidence` at hand."""
    rows = Report.objects.filter(district=asker.district, goal=goal).select_related("person", "unit")
    rows = rows.select_related("verification", "verification__person").order_by("-period", "-at", "-pk")
    by_time = list(rows)
    proofs = files.by_subject(asker, "report", [row.pk for row in by_time])
    for row in by_time:
        row.files = proofs.get(row.pk, [])  # type: ignore[attr-defined]
    return by_time


def report(asker: Asker, number: int) -> Report | None:
    return Report.objects.filter(district=asker.district, pk=number).select_related("goal", "verification").first()


def evidence(asker: Asker, number: int) -> File | None:
    """A file of a report's evidence."""
    found = files.one(asker, number)
    return found if found is not None and found.noun == "report" else None


def waiting_for_verification(asker: Asker) -> list[Report]:
    """The last report of each goal, where nobody else has looked at it yet, the oldest first."""
    rows = Report.objects.filter(district=asker.district, value__gt=0).order_by("goal", "-period", "-at", "-pk")
    last = rows.distinct("goal").values_list("pk", flat=True)
    waiting = Report.objects.filter(pk__in=list(last), verification__isnull=True)
    return list(waiting.select_related("goal", "unit", "person").order_by("at"))


def changes(asker: Asker, goal: int) -> list[Change]:
    """What people changed of a goal, the newest first."""
    return list(Change.objects.filter(district=asker.district, goal=goal).select_related("person").order_by("-pk"))
