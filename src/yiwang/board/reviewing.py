"""What is done on the reading page: lines confirmed, corrected, split, merged, and goals made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yiwang.goals import queries, store
from yiwang.goals.page_rows import PlanRow, StatementRow
from yiwang.look.asked import Asked
from yiwang.look.errors import bad_request
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import language, spoken
from yiwang.org.queries import facts
from yiwang.why import Incomplete, Receipt, Refusal, Words, attempt, say

from . import lines
from .reading import plan_or_404, review_of

STEPS = ("confirm", "save", "drop", "restore", "split")


@staff_only
@sent_only
def act(request: StaffRequest, plan: int, statement: int) -> HttpResponse:
    """Confirm, save, drop, bring back or split one line. The form carries the version that its writer saw."""
    asker, held = request.asker, plan_or_404(request, plan)
    row = queries.statement(asker, statement)
    if row is None or row.plan_id != plan:
        raise Http404
    form = Asked.of_form(request)
    step = form.choice("do", STEPS)
    if not step:
        return bad_request(request)  # a line is not confirmed by a form that broke off
    typed = {name: text for name, text in form.all_fields().items() if name not in ("do", "version")}
    typed.setdefault("stretch", "")
    piece = attempt(_do, asker, statement, step, typed, form.version())
    if isinstance(piece, Incomplete):
        return _answer(request, held, row.pk, typed=typed, wrong=piece.fields)
    if isinstance(piece, Refusal):
        return _answer(request, held, row.pk, note=_said(piece.receipt))
    return _answer(request, held, row.pk, also=piece.pk if piece else None)


def _do(asker: Any, statement: int, step: str, typed: Mapping[str, str], version: int | None) -> StatementRow | None:
    """Carry it out; returns the new line of a split."""
    if step == "drop":
        store.drop(asker, statement, version=version)
    elif step == "restore":
        store.restore(asker, statement, version=version)
    elif step == "split":
        return store.split(asker, statement, version=version)
    else:
        store.correct(asker, statement, typed, version=version, confirm=step == "confirm")
    return None


def _said(receipt: Receipt) -> Words:
    return receipt.claim if isinstance(receipt.claim, Words) else say("goals.changed_meanwhile")


def _answer(
    request: StaffRequest,
    plan: PlanRow,
    statement: int,
    *,
    also: int | None = None,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, Words] | None = None,
    note: Words | None = None,
) -> HttpResponse:
    """The line as it stands now with the counts for htmx; the page again without scripts."""
    asker = request.asker
    if not request.headers.get("HX-Request"):
        for words in [*(wrong or {}).values(), *([note] if note else [])]:
            messages.error(request, words.speak(language()))
        return HttpResponseRedirect(
            f"{reverse('board:plan', args=[plan.pk])}?row={also or statement}#s{also or statement}"
        )
    rows, district = queries.statements(asker, plan.pk), facts(asker)
    numbers = lines.numbered(rows)
    wanted = [row for row in rows if row.pk in (statement, also)]
    held = plan_or_404(request, plan.pk)
    shown = [
        lines.line_of(
            row,
            numbers[row.pk],
            district,
            typed=typed,
            wrong=wrong,
            note=note,
            chosen=row.pk == statement,
            year=held.year,
        )
        for row in wanted
    ]
    return render(
        request, "board/reading_answer.html", {"plan": held, "lines": shown, **review_of(request, held, rows)}
    )


@staff_only
@sent_only
def undo(request: StaffRequest, plan: int) -> HttpResponse:
    """Take back the last step."""
    return _then(request, plan, lambda asker: store.undo(asker, plan), "board.undone", "board.nothing_to_undo")


@staff_only
@sent_only
def confirm_sure(request: StaffRequest, plan: int) -> HttpResponse:
    """Confirm at once what was read surely."""
    return _then(
        request,
        plan,
        lambda asker: store.confirm_sure(asker, plan) or None,
        "board.confirmed_n",
        "board.none_sure",
        row=False,
    )


@staff_only
@sent_only
def add(request: StaffRequest, plan: int) -> HttpResponse:
    """A line for a passage of which nothing was read."""
    start = Asked.of_form(request).whole("start")
    if start is None:
        return bad_request(request)
    return _then(request, plan, lambda asker: store.add(asker, plan, start).pk, "board.added", "board.added")


@staff_only
@sent_only
def merge(request: StaffRequest, plan: int) -> HttpResponse:
    """Make one of the lines that are ticked."""
    form = Asked.of_form(request)
    picked = form.wholes("picked")
    if len(picked) != len(form.every("picked")):  # a number that is none names no line, and then nothing is merged
        picked = []
    return _then(request, plan, lambda asker: store.merge(asker, picked, plan=plan).pk, "board.merged", "board.merged")


@staff_only
@sent_only
def adopt(request: StaffRequest, plan: int) -> HttpResponse:
    """Make goals of what was confirmed, then show them."""
    asker = request.asker
    plan_or_404(request, plan)
    made = attempt(store.adopt, asker, plan)
    if isinstance(made, Refusal):
        messages.error(request, made.sentence(language()))
        return HttpResponseRedirect(reverse("board:plan", args=[plan]))
    messages.success(request, spoken("board.adopted_n", n=len(made)))
    return HttpResponseRedirect(reverse("board:goals"))


def _then(request: StaffRequest, plan: int, do: Any, done: str, nothing: str, *, row: bool = True) -> HttpResponse:
    """Carry something out, say so, and show the plan again at the line it was about."""
    asker = request.asker
    plan_or_404(request, plan)
    chosen = {name: value for name, value in Asked.of_form(request).fields("only", "order").items() if value}
    came = attempt(do, asker)
    if isinstance(came, Refusal):
        messages.error(request, came.sentence(language()))
        came = None
    else:
        messages.success(request, spoken(nothing if came is None else done, n=came or 0))
    if came is not None and row:
        chosen["row"] = str(came)
    address = reverse("board:plan", args=[plan])
    return HttpResponseRedirect(f"{address}?{urlencode(chosen)}" if chosen else address)
