"""The reading page: the plan's text beside what was read of it, line by line until a person has confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from yiwang.goals import doubts, queries
from yiwang.goals.page_rows import PlanRow, StatementRow
from yiwang.goals.permissions import supervises
from yiwang.look.asked import Asked
from yiwang.look.downloads import download
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.views import receipt_response
from yiwang.org.queries import facts
from yiwang.why import Receipt, Words, say

from . import lines, marked


def plan_or_404(request: StaffRequest, plan: int) -> PlanRow:
    row = queries.plan(request.asker, plan)
    if row is None:
        raise Http404
    return row


@staff_only
def page(request: StaffRequest, plan: int) -> HttpResponse:
    """The text with its marks, and the table."""
    asker, held = request.asker, plan_or_404(request, plan)
    address = Asked.of_address(request)
    only, order = address.choice("only", lines.SHOWN), address.written("order")
    rows, district = queries.statements(asker, plan), facts(asker)
    numbers = lines.numbered(rows)
    shown = lines.chosen_rows(rows, only, order)
    wanted = address.whole("row")
    chosen = _first_waiting(shown) if wanted is None else wanted
    marks = lines.marks(rows, numbers)
    return render(
        request,
        "board/reading.html",
        {
            "here": "goals",
            "plan": held,
            "lines": [
                lines.line_of(row, numbers[row.pk], district, chosen=row.pk == chosen, year=held.year) for row in shown
            ],
            "paragraphs": marked.paragraphs(held.text, marks, marked.lead_phrases(held.text, held.items)),
            "ticks": marked.strip(held.text, marks),
            "only": only,
            "order": order,
            "units": lines.unit_names(district),
            "unread": queries.unread_passages(held.text, rows),
            "corrections": queries.corrections(asker, plan)[:8],
            **review_of(request, held, rows),
        },
    )


def _first_waiting(rows: Sequence[StatementRow]) -> int | None:
    return next((row.pk for row in rows if row.status == "to_review"), rows[0].pk if rows else None)


def review_of(request: StaffRequest, plan: PlanRow, rows: Sequence[StatementRow]) -> dict[str, Any]:
    asker = request.asker
    counts = queries.counts(rows, queries.rules_of(asker).review.sure)
    return {
        "n": counts,
        "may": supervises(asker),
        "may_undo": queries.can_undo(asker, plan.pk),
        "not_adoptable": _against_adopting(counts),
        "choices": lines.CHOICES,
    }


def _against_adopting(counts: queries.Counts) -> Words | None:
    """Why no goals can be made of the plan now; None when they can."""
    if waiting := counts.to_review + counts.lacking:
        return say("goals.not_reviewed_yet", n=waiting)
    if counts.adoptable > 0:
        return None
    return say("board.all_adopted") if counts.adopted else say("board.none_confirmed")


@staff_only
def why(request: StaffRequest, plan: int, statement: int) -> HttpResponse:
    """How a line was read, and what is doubtful about it."""
    asker = request.asker
    row = queries.statement(asker, statement)
    if row is None or row.plan_id != plan:
        raise Http404
    names = {unit.id: unit.short or unit.name for unit in facts(asker).units.values()}
    return receipt_response(request, doubts.receipt(row, names))


@staff_only
def judgeable(request: StaffRequest, plan: int) -> HttpResponse:
    """How much of the plan can be judged as it is worded, and what the rest lacks."""
    asker, held = request.asker, plan_or_404(request, plan)
    ours = [row for row in queries.statements(asker, plan) if queries.is_commitment(row) and row.status != "dropped"]
    poor = [row for row in ours if not row.read.get("judgeable", True)]
    because = [
        Receipt(say("board.judgeable_yes"), len(ours) - len(poor)),
        Receipt(say("board.judgeable_no"), len(poor)),
    ]
    because += [
        Receipt(row.quote, None, [Receipt(say("goals.read.mend"), row.read["mend"])] if row.read.get("mend") else [])
        for row in poor[:12]
    ]
    share = f"{(len(ours) - len(poor)) * 100 / len(ours):.1f}%" if ours else None
    return receipt_response(request, Receipt(say("board.judgeable", title=held.title), share, because))


@staff_only
def document(request: StaffRequest, plan: int) -> HttpResponseBase:
    """The file as it came, byte by byte."""
    file = queries.document_of(request.asker, plan)
    if file is None:
        raise Http404
    return download(file)
