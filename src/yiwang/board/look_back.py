"""The chapter that looks back: a sentence for each goal with a verified value, and a draft held against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from yiwang.goals import draft, queries
from yiwang.goals.goal_row import GoalRow
from yiwang.goals.promise import HUNDRED
from yiwang.goals.queries import Sentence
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.why import Receipt, say

LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the draft: text, or a figure with the goal that it comes from."""

    text: str
    figure: bool = False
    goal: int | None = None


@staff_only
def look_back(request: StaffRequest, year: int) -> HttpResponse:
    """What may be written, what may not and why; and every number of a draft that has no source."""
    told = queries.chapter(request.asker, year)
    written = [(goal, found) for goal, found in told if isinstance(found, Sentence)]
    text = Asked.of_form(request).written("draft")
    too_long = len(text) > LONGEST  # half a draft is not checked for the whole
    figures = draft.figures(text, known(written)) if text and not too_long else []
    sections: dict[str, list[tuple[GoalRow, Sentence]]] = {}
    for goal, found in written:
        sections.setdefault(goal.section.split("/")[0], []).append((goal, found))
    context = {
        "here": "goals",
        "year": year,
        "year_text": str(year),
        "sections": sections,
        "n": len(written),
        "refused": [(goal, found) for goal, found in told if isinstance(found, Receipt)],
        "draft": text,
        "too_long": say("board.draft_too_long", n=len(text), most=LONGEST) if too_long else None,
        "runs": runs(text, figures),
        "unlinked": [one for one in figures if one.goal is None],
        "figures_n": len(figures),
    }
    return render(request, "board/look_back.html", context, status=422 if too_long else 200)


def known(written: Sequence[tuple[GoalRow, Sentence]]) -> list[draft.SayableFigure]:
    """The numbers that the sentences state: the value, what was promised, and the share of it."""
    sayable = []
    for goal, sentence in written:
        sayable.append(draft.SayableFigure(sentence.value, sentence.unit, goal.pk))
        if goal.value is not None:
            sayable.append(draft.SayableFigure(goal.value, goal.unit, goal.pk))
        if goal.value and goal.nature == "flow":
            share = (sentence.value * HUNDRED / goal.value).quantize(Decimal("0.1"))
            sayable.append(draft.SayableFigure(share, "%", goal.pk))
    return sayable


def runs(text: str, figures: list[draft.FigureInDraft]) -> list[Run]:
    """The draft cut where figures begin and end."""
    cut, at = [], 0
    for one in figures:
        cut += [Run(text[at : one.start]), Run(one.text, True, one.goal)]
        at = one.end
    return [*cut, Run(text[at:])] if text else []
