"""What is done to a goal from its page: it is done, or the page says why not and keeps what was written."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.files import queries as files
from yiwang.files import store as store_of_files
from yiwang.files.definition import PROOF
from yiwang.goals import forms, queries, store
from yiwang.goals.permissions import supervises
from yiwang.look.asked import Asked
from yiwang.look.downloads import download
from yiwang.look.errors import bad_request
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import language, spoken
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, for_the_district
from yiwang.pages.queries import pages_of
from yiwang.why import Incomplete, Refusal, Words, attempt, say

from .goals import show

UNPROCESSABLE = 422


def carry_out(
    request: StaffRequest, number: int, form: str, do: Callable[[], object], done: str, **more: Any
) -> HttpResponse:
    """Carry out, all or nothing, say so and show the goal; or show it with every complaint beside its field.

    A goal that was given out of its giver's sight has no page for them: they are led to the goals and told so.
    """
    if queries.goal(request.asker, number) is None:
        raise Http404
    typed = Asked.of_form(request).all_fields()
    came = attempt(transaction.atomic(do))
    if isinstance(came, Refusal):
        why = {"wrong": came.fields} if came.fields else {"refusal": came.receipt}
        return show(request, number, status=came.status, form=form, typed=typed, **why, **more)
    messages.success(request, spoken(done))
    if queries.goal(request.asker, number) is None:
        messages.info(request, spoken("board.out_of_sight"))
        return HttpResponseRedirect(reverse("board:goals"))
    return HttpResponseRedirect(reverse("board:goal", args=[number]))


def for_all(request: StaffRequest, do: Callable[[], object]) -> Callable[[], object]:
    """The same with the sight of the whole district: who gives a goal away may not see it afterwards."""

    def done() -> object:
        with acting_as(for_the_district(request.asker)):
            return do()

    return done


@staff_only
@sent_only
def assign(request: StaffRequest, number: int) -> HttpResponse:
    """Lead, co-units, people, due date, nature, base; then the monthly plan and the measure when they were given."""
    asker, form = request.asker, Asked.of_form(request)

    def do() -> None:
        adds_up = form.written("nature") == "flow"
        path = forms.month_path(form.written("path"), adds_up=adds_up) if "path" in form else None
        store.assign(asker, number, form.all_fields(), version=form.version(), reason=form.written("reason"))
        if "path" in form:
            store.plan_path(asker, number, path)
        if "indicator" in form:
            store.bind(asker, number, form.written("indicator"))

    return carry_out(request, number, "assign", for_all(request, do), "board.assigned")


@staff_only
@sent_only
def break_down(request: StaffRequest, number: int) -> HttpResponse:
    """The goal's parts: one field a street, empty where it has none."""
    asker, form = request.asker, Asked.of_form(request)

    def do() -> None:
        parts: dict[int, Decimal | None] = {}
        for unit in facts(asker).of_kind("street"):
            if text := form.written(f"unit-{unit.id}").strip():
                parts[unit.id] = forms.report_value(text)
        if not parts:
            raise Incomplete({"parts": say("board.no_parts")})
        store.break_down(asker, number, parts)

    return carry_out(request, number, "parts", for_all(request, do), "board.broken_down")


@staff_only
@sent_only
def report(request: StaffRequest, number: int) -> HttpResponse:
    """A unit's report with its evidence. What was uploaded stays when something else is wrong, for the next try."""
    asker, form = request.asker, Asked.of_form(request)
    if queries.goal(asker, number) is None:
        raise Http404
    came = attempt(_uploaded, request)
    fresh, not_kept = ([], came.words) if isinstance(came, Refusal) else (came, None)
    loose = [*form.wholes("kept"), *fresh]

    def do() -> None:
        if isinstance(came, Refusal) and came.status != UNPROCESSABLE:
            raise came  # not the file's fault: too many at once, no room
        value = attempt(forms.report_value, form.written("value"))
        if isinstance(value, Refusal):
            raise Incomplete({**value.fields, **({"files": not_kept} if not_kept else {})})
        store.report(
            asker,
            number,
            form.written("period"),
            value,
            note=form.written("note"),
            explanation=form.written("explanation"),
            loose=loose,
            not_kept=not_kept,
        )

    return carry_out(request, number, "report", do, "board.reported", kept=files.loose(asker, loose))


def _uploaded(request: StaffRequest) -> list[int]:
    """The numbers of the files that came with a form: kept, but they belong to nothing yet. Raises NotKept."""
    fresh = store_of_files.prepare(request.FILES.getlist("files"), PROOF)
    for one in fresh:
        if one.as_it_came:
            messages.warning(request, spoken("files.as_it_came", name=one.name))
    return [store_of_files.keep(request.asker, one).pk for one in fresh]


@staff_only
def page_of_report(request: StaffRequest, report: int) -> HttpResponse:
    """A report, on the page of its goal."""
    told_report = queries.report(request.asker, report)
    if told_report is None:
        raise Http404
    return HttpResponseRedirect(f"{reverse('board:goal', args=[told_report.goal_id])}#r{report}")


@staff_only
@sent_only
def verify(request: StaffRequest, report: int) -> HttpResponse:
    """Accept a report, or return it with a reason."""
    asker = request.asker
    row = queries.report(asker, report)
    if row is None:
        raise Http404
    form = Asked.of_form(request)
    verdict = form.choice("verdict", ("accept", "return"))
    if not verdict:
        return bad_request(request)  # a report is not returned by a form that broke off
    accepted = verdict == "accept"

    def do() -> None:
        store.verify(asker, report, accepted=accepted, note=form.written("note"))

    return carry_out(request, row.goal_id, f"verify-{report}", do, "board.verified" if accepted else "board.returned")


@staff_only
def evidence(request: StaffRequest, number: int) -> HttpResponseBase:
    """A file of evidence."""
    file = queries.evidence(request.asker, number)
    if file is None:
        raise Http404
    return download(file)


@staff_only
@sent_only
def supervise(request: StaffRequest) -> HttpResponse:
    """Open the orders that red goals are due, of all goals or of one."""
    asker, form = request.asker, Asked.of_form(request)
    number = form.whole("goal")
    if form.written("goal") and (number is None or queries.goal(asker, number) is None):
        raise Http404  # one goal that is none is not all of them
    opened = attempt(store.supervise, asker, goal=number)
    if isinstance(opened, Refusal):
        messages.error(request, opened.sentence(language()))
    elif opened:
        messages.success(request, spoken("board.orders_opened", n=len(opened), numbers=opened))
    else:
        messages.info(request, spoken("board.no_order_due"))
    return HttpResponseRedirect(reverse("board:goal", args=[number]) if number else reverse("board:orders"))


@staff_only
def orders(request: StaffRequest) -> HttpResponse:
    """The supervision orders that the asker sees: the open ones, and apart from them the last that were closed.

    Which red goals have none can be shown only to the office that sees every order.
    """
    asker = request.asker
    listed, may = queries.orders(asker), supervises(asker)
    held = {order.goal for order in listed if order.open}
    red = [one for one in queries.lamps(asker).under("alarm") if one.lead is not None] if may else []
    closed = [one for one in listed if not one.open]
    context = {
        "here": "orders",
        "parts": [
            (say("board.open_orders", n=len(listed) - len(closed)), [one for one in listed if one.open]),
            (_closed_words(len(closed), queries.closed_orders(asker)), closed),
        ],
        "any": bool(listed),
        "columns": [(name, say(f"board.column.{name}")) for name in pages_of(asker).board.columns],
        "none": say("board.no_orders") if may else say("board.no_orders_seen"),
        "red_without": [one.goal for one in red if one.goal.pk not in held],
        "may": may,
        "now": timezone.now(),
    }

    return render(request, "board/orders.html", context)


def _closed_words(shown: int, of: int) -> Words | None:
    """The heading over the closed orders that are shown; None where there are none."""
    if not shown:
        return None
    return say("board.closed_orders", n=of) if shown == of else say("board.last_closed_orders", n=shown, of=of)
