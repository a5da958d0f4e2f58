"""Handing one's acts to a colleague: who acts for whom and when, the form for it, and going over to act for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.ledger import delegating as ledger
from yiwang.look import standing_in as session
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.speech import spoken
from yiwang.matters import queries
from yiwang.org import delegating
from yiwang.org.delegating import Colleague, HandedOver
from yiwang.org.session import acting_as, stand_in
from yiwang.why import Refusal, Words, attempt, say


@dataclass(frozen=True, slots=True)
class StandIn:
    """A delegation that runs: beside my inbox, as whoever hands over and as whoever takes over.

    waiting  how many matters wait in the inbox that I could go over to
    """

    id: int
    mine: bool
    other: str
    until: datetime
    reason: str
    waiting: int


def standing_in(request: StaffRequest, now: datetime) -> list[StandIn]:
    """What runs now; nothing while somebody acts for another, whose delegations are not theirs."""
    asker = request.asker
    if asker.stands_for is not None:
        return []
    return [
        StandIn(one.id, one.mine, one.other, one.until, one.reason, 0 if one.mine else _waiting(request, one.id, now))
        for one in delegating.running(asker, now)
    ]


def _waiting(request: StaffRequest, delegation: int, now: datetime) -> int:
    other = stand_in(request.user.pk or 0, delegation)
    if other is None:
        return 0
    with acting_as(other):
        return queries.matters(other, queries.Filter(scope="mine"), now=now).count()


@staff_only
def page(request: StaffRequest) -> HttpResponse:
    """Who acts for whom, and the form by which one hands over; a new delegation where it is sent."""
    now, form = timezone.now(), Asked.of_form(request)
    refused: Refusal | None = None
    if request.method == "POST":
        deputy, first, last = form.whole("deputy"), form.day("first"), form.day("last")
        made = attempt(ledger.delegate, request.asker, deputy, first, last, form.written("reason"), now)
        if not isinstance(made, Refusal):
            messages.success(request, spoken("desk.delegate.done"))
            return HttpResponseRedirect(reverse("desk:delegations"))
        refused = made
    context = _context(request, form, now, refused.fields if refused else {})
    context["refusal"] = refused.receipt if refused and not refused.fields else None
    return render(request, "desk/delegations.html", context, status=refused.status if refused else 200)


def _context(request: StaffRequest, form: Asked, now: datetime, wrong: Mapping[str, Words]) -> dict[str, Any]:
    asker = request.asker
    if asker.stands_for is not None:
        return {"here": "inbox", "oneself": False}
    return {
        "here": "inbox",
        "oneself": True,
        "rows": [_row(one) for one in delegating.handed_over(asker, now)],
        "fields": list(_fields(delegating.colleagues(asker, now), form, wrong)),
    }


def _fields(colleagues: list[Colleague], form: Asked, wrong: Mapping[str, Words]) -> Iterator[dict[str, Any]]:
    """The form's fields; nothing where there is nobody to hand over to."""
    if not colleagues:
        return
    among = [(str(one.person), say("desk.delegate.colleague", name=one.name, title=one.title)) for one in colleagues]
    for name, asked in (("deputy", ""), ("first", "day"), ("last", "day"), ("reason", "")):
        yield {
            "id": f"delegation-{name}",
            "name": name,
            "title": say(f"desk.delegate.{name}"),
            "needed": True,
            "asked": asked,
            "at_most": 200,
            "value": form.written(name),
            "wrong": wrong.get(name),
            "options": [(None, among)] if name == "deputy" else None,
        }


def _row(handing: HandedOver) -> dict[str, Any]:
    """One line of the list: who for whom, for when, how it stands, and what can be done about it."""
    who = (
        say("desk.delegate.given", name=handing.other)
        if handing.mine
        else say("desk.delegate.taken", name=handing.other)
    )
    running = handing.state == "running"
    return {
        "one": handing,
        "who": who,
        "state": say(f"desk.delegate.{handing.state}"),
        "acts": running and not handing.mine,
        "ends": running or handing.state == "coming",
    }


@staff_only
@sent_only
def end(request: StaffRequest, delegation: int) -> HttpResponse:
    """One of the two ends it now."""
    if not ledger.end(request.asker, delegation, timezone.now()):
        raise Http404
    messages.success(request, spoken("desk.delegate.is_ended"))
    return HttpResponseRedirect(reverse("desk:delegations"))


@staff_only
@sent_only
def act_for(request: StaffRequest, delegation: int) -> HttpResponse:
    """From here on in the posts of whoever handed over, until one comes back or it ends by itself."""
    if not session.begin(request, delegation):
        raise Http404
    return HttpResponseRedirect(reverse("desk:inbox"))


@staff_only
@sent_only
def as_oneself(request: StaffRequest) -> HttpResponse:
    """Back to one's own posts."""
    session.leave(request)
    return HttpResponseRedirect(reverse("desk:inbox"))
