"""A new matter by hand: a call that a dispatcher takes down, a finding of a clerk."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yiwang.look.gate import staff_only
from yiwang.look.land import land
from yiwang.look.mapping import pinned
from yiwang.look.speech import spoken
from yiwang.matters import forms, store
from yiwang.matters.forms import Incomplete
from yiwang.matters.kinds import current_kinds
from yiwang.matters.opening import Reported
from yiwang.matters.store import Conflict
from yiwang.matters.world import world
from yiwang.org import access

# a supervision order is made from a goal, not from an empty form
BY_HAND = ("hotline", "grid_event")


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    asker = request.asker  # type: ignore[attr-defined]
    known_kinds = {kind.matter: kind for kind in current_kinds(asker)}
    kinds = {name: known_kinds[name] for name in BY_HAND if name in known_kinds}
    if not kinds:
        raise Http404
    chosen = request.POST.get("kind") or request.GET.get("kind") or next(iter(kinds))
    if chosen not in kinds:
        raise Http404
    kind, wrong, status = kinds[chosen], {}, 200
    if request.method == "POST":
        try:
            return _open(request, chosen)
        except Incomplete as error:
            wrong, status = error.fields, 422
        except Conflict as error:
            return HttpResponseRedirect(reverse("desk:matter", args=[error.receipt.value]))
    known = world(asker)
    context: dict[str, Any] = {
        "here": "inbox",
        "kinds": [(one.matter, one.title.mapping()) for one in kinds.values()],
        "chosen": chosen,
        "values": request.POST,
        "wrong": wrong,
        "fields": [
            (name, spec, forms.title_of(name, spec), wrong.get(name), request.POST.get(name, ""))
            for name, spec in kind.form.items()
            if not spec.personal and name != "text"
        ],
        "personal": any(spec.personal for spec in kind.form.values()),
        "categories": [
            (top.name, [one for one in known.categories.values() if one.top == top.code])
            for top in known.categories.values()
            if not top.parent
        ],
        "drawing": land(asker).drawing(),
        "key": request.POST.get("key") or uuid.uuid4().hex,
    }
    return render(request, "desk/new.html", context, status=status)


def _open(request: HttpRequest, chosen: str) -> HttpResponse:
    asker, posted = request.asker, request.POST  # type: ignore[attr-defined]
    place = pinned(posted)
    reporter = Reported(posted.get("reporter_name", "").strip(), posted.get("reporter_phone", "").strip())
    # the desk takes it in for the district, wherever its reporter's street may be
    with access.acting_as(_for_the_district(asker)) as taking:
        opened = store.open_matter(
            taking,
            chosen,
            {**posted.dict(), "channel": posted.get("channel") or "desk"},
            place=place,
            reporter=reporter if reporter else None,
            key=f"new:{asker.person}:{posted.get('key', '')[:40]}",
        )
    messages.success(request, spoken("desk.opened", number=opened.number, code=opened.code or "—"))
    return HttpResponseRedirect(reverse("desk:inbox"))


def _for_the_district(asker: access.Asker) -> access.Asker:
    """The same person and posts with the platform's sight, so that what he takes down may lie outside his street."""
    from dataclasses import replace

    wide = access.system(asker.district)
    return replace(asker, units=wide.units, clearance=wide.clearance, kinds=None)
