"""A new matter by hand: a call that a dispatcher takes down, a finding of somebody on patrol.

Which kinds stand in the form, for whom and with which fields is said by the kinds (`opens.desk`).
"""

from __future__ import annotations

import uuid
from math import isfinite
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.errors import forbidden
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.land import land
from yiwang.look.speech import language, speak, spoken
from yiwang.matters import asked, doors, forms, library, likeness, queries, store, together
from yiwang.matters.definition import DESK, Kind
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.reported import Reported
from yiwang.matters.under_a_key import OpenedBefore, OpenedOther
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.why import Conflict, Incomplete, Refusal, Words, attempt, say

from . import uploads
from .links import after_act
from .shown import reporter_title


@staff_only
def new(request: StaffRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    asker = request.asker
    kinds = {kind.matter: kind for kind in doors.openable(current_kinds(asker), DESK, asker)}
    if not kinds:
        return forbidden(request)
    form, address = Asked.of_form(request), Asked.of_address(request)
    chosen = form.written("kind") or address.written("kind") or next(iter(kinds))
    if chosen not in kinds:
        raise Http404
    wrong, status = dict[str, Words](), 200
    sent: dict[str, Any] = {}
    if request.method == "POST":
        opened = attempt(_open, request, kinds[chosen], sent)
        if isinstance(opened, OpenedBefore):  # the same form sent twice: it was received the first time
            messages.success(request, opened.sentence(language()))
            return HttpResponseRedirect(after_act(request, opened.receipt.value))
        if not isinstance(opened, Refusal):
            return opened
        wrong, status = _what_is_wrong(opened), opened.status
    return render(request, "desk/new.html", _context(request, kinds, chosen, wrong, sent), status=status)


def _what_is_wrong(refused: Refusal) -> dict[str, Words]:
    """Field of the form → what is wrong with it. Raises what concerns no field."""
    if isinstance(refused, OpenedOther):  # the form that was received before, filled in anew
        return {"key": say("look.form_sent_otherwise", number=refused.receipt.value)}
    if not refused.fields:
        raise refused
    return refused.fields


def _context(
    request: StaffRequest, kinds: dict[str, Kind], chosen: str, wrong: dict[str, Words], sent: dict[str, Any]
) -> dict[str, Any]:
    asker, kind = request.asker, kinds[chosen]
    door, form = kind.opens[DESK], Asked.of_form(request)
    specs = {name: spec for name, spec in _specs(kind).items() if name in door.fields}
    values = form.everything if form else {"channel": door.channel, "urgency": kind.usual_urgency}
    needed = {name for name, spec in specs.items() if spec.required}
    shown = list(asked.fields(specs, needed, values, wrong, world(asker), asker.clearance))
    uploads.show(asker, shown, sent)
    named = {one["name"] for one in shown}
    return {
        "here": "inbox",
        "kinds": [(one.matter, one.title.mapping()) for one in kinds.values()],
        "chosen": chosen,
        "values": form.everything,
        "wrong": wrong,
        "elsewhere": [words for name, words in wrong.items() if name not in named and name not in _BESIDE],
        "fields": shown,
        "reporter": [reporter_title(kind, part) for part in ("name", "phone")] if doors.REPORTER in door.fields else (),
        "must_know": doors.must_know(kind),
        "place": doors.PLACE in door.fields,
        "likens": (kind.merge is not None and kind.merge.within.metres > 0 and doors.PLACE in door.fields)
        or any(queue.library for queue in kind.queues.values()),
        "drawing": land(asker).drawing(),
        "key": (form.written("key") if "key" not in wrong else "") or uuid.uuid4().hex,
    }


MOST_WORDS = 2000  # signs of what is being written that are compared with what has ended
_BESIDE = frozenset({doors.PLACE, *doors.MOST_OF_REPORTER})  # shown where they are asked, not among the fields


def _specs(kind: Kind) -> dict[str, FieldSpec]:
    """What can be said, the title and the text first."""
    specs = forms.asked_at_opening(kind, DESK)
    first = [name for name in ("title", "text", "category") if name in specs]
    return {name: specs[name] for name in [*first, *(name for name in specs if name not in first)]}


def _open(request: StaffRequest, kind: Kind, data: dict[str, Any]) -> HttpResponse:
    """Take it in. `data` is filled with what was sent, so that what was uploaded is there when something is wrong."""
    asker, form = request.asker, Asked.of_form(request)
    data |= asked.sent(_specs(kind), form.everything)
    uploads.take(request, asker, _specs(kind), data)
    reporter = Reported.typed(form.written("reporter_name"), form.written("reporter_phone"))
    into = None
    if number := form.written("join"):
        into = queries.key_of(asker, number)
        if into is None:
            raise Incomplete({"join": say("desk.merge_no_number", number=number[:40])})
    # who may open it takes it in for the district, wherever it may lie
    with session.acting_as(session.for_the_district(asker)) as taking:
        said: dict[str, Any] = {
            "place": doors.pin_of(form.everything),
            "reporter": reporter if reporter else None,
            "key": form.retry(f"new:{asker.person}"),
            "door": DESK,
        }
        if into is not None:
            opened = _join(taking, kind, data, into.id, said)
        else:
            opened = store.open_matter(taking, kind.matter, data, **said)
    if opened.code:
        messages.success(request, spoken("desk.opened", number=opened.number, code=opened.code))
    else:
        messages.success(request, spoken("desk.opened_inside", number=opened.number))
    return HttpResponseRedirect(after_act(request, opened.number, reverse("desk:inbox")))


def _join(taking: Asker, kind: Kind, data: dict[str, Any], into: int, said: dict[str, Any]) -> store.Opened:
    """One more caller of a matter that is there. Raises Incomplete, also where they cannot be one."""
    joined = attempt(together.join, taking, kind.matter, data, into, speak(say("desk.joined_because")), **said)
    if isinstance(joined, Refusal):
        raise joined if isinstance(joined, Incomplete | Conflict) else Incomplete({"join": joined.words})
    return joined


@staff_only
def like(request: StaffRequest) -> HttpResponse:
    """What is open near by and may be the same as what is being taken down, and what has ended and was like it: offered
    with the reasons. No page by itself."""
    asker = request.asker
    said = Asked.of_form(request) or Asked.of_address(request)  # sent, as what is written stands in no log
    kinds = {kind.matter: kind for kind in doors.openable(current_kinds(asker), DESK, asker)}
    kind = kinds.get(said.written("kind"))
    if kind is None:
        raise Http404
    place = doors.pin_of(said.everything)
    if place is not None and not all(map(isfinite, place)):
        place = None
    alike = likeness.like_said(asker, kind, said.written("category"), place, timezone.now())
    chosen = said.choice("join", {one.row.number for one in alike})
    shelves = library.like(asker, kind, _said(asker, said, place), timezone.now())
    return render(request, "desk/like.html", {"like": alike, "chosen": chosen, "shelves": shelves})


def _said(asker: Asker, said: Asked, place: tuple[float, float] | None) -> library.Said:
    """What was said so far of a new matter, as a library compares it."""
    known = world(asker).district
    there = known.place(*place) if place else None
    street = known.units[there.street].code if there else said.written("street")
    words = f"{said.written('title')} {said.written('text')}"[:MOST_WORDS]
    return library.Said(said.written("category"), street, words)
