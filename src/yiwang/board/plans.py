"""The plans of the district, and bringing in a new one."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yiwang.goals import queries, store
from yiwang.goals.permissions import supervises
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.why import Conflict, Refusal, Words, attempt, say

LARGEST = 30 * 1024 * 1024
YEARS = (1990, 2100)  # of plans


@staff_only
def plans(request: StaffRequest) -> HttpResponse:
    """The list, and a form that takes a file."""
    wrong: Words | str | None = None
    earlier: int | None = None
    if request.method == "POST":
        plan = attempt(_taken, request)
        if isinstance(plan, int):
            return HttpResponseRedirect(reverse("board:plan", args=[plan]))
        wrong = _said(plan)
        earlier = plan.receipt.value if isinstance(plan, Conflict) else None
    asker = request.asker
    page = {
        "here": "goals",
        "plans": queries.plans(asker),
        "may": supervises(asker),
        "wrong": wrong,
        "earlier": earlier,
        "year": Asked.of_form(request).written("year")[:20],
    }
    return render(request, "board/plans.html", page, status=422 if wrong else 200)


def _said(why: Refusal | Words) -> Words:
    """What is wrong with the form: of one field, its own sentence."""
    if isinstance(why, Refusal):
        return next(iter(why.fields.values()), why.words)
    return why


def _taken(request: StaffRequest) -> int | Words:
    file = request.FILES.get("file")
    if file is None:
        return say("board.no_file")
    if (file.size or 0) > LARGEST:
        return say("board.file_too_large", size=LARGEST // 2**20)
    form = Asked.of_form(request)
    year = form.whole("year", least=YEARS[0], most=YEARS[1])
    if year is None and form.written("year").strip():
        return say("board.no_such_year", least=str(YEARS[0]), most=str(YEARS[1]))
    plan = store.import_plan(
        request.asker,
        file.read(),
        file.name or "plan",
        kind=form.choice("kind", ("plan", "report"), "plan"),
        year=year,
    )
    return int(plan.pk)
