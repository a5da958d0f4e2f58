"""The kinds of the district, each on a page made from its definition: drawing, clocks, parties, doors, versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from yiwang.look import speech
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.matters.called import called, titles_of
from yiwang.matters.clock_state import limit_of
from yiwang.matters.definition import Clock, Kind
from yiwang.matters.drawing_around import Around
from yiwang.matters.drawing_svg import svg
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.versions import standing, versions_of
from yiwang.org.asker import Asker
from yiwang.org.queries import facts


def _seen(asker: Asker) -> dict[str, Kind]:
    """The kinds that the asker's roles see, in the pack's order."""
    return {kind.matter: kind for kind in current_kinds(asker) if asker.sees_kind(kind.matter)}


def kind_seen(asker: Asker, code: str) -> Kind:
    """A kind of an address, as it is in use; not there and not to be seen are one answer."""
    kind = _seen(asker).get(code)
    if kind is None:
        raise Http404
    return kind


@staff_only
def kinds(request: StaffRequest) -> HttpResponse:
    """Every kind, with what runs of it."""
    rows = [
        {"kind": kind, "title": kind.title.mapping(), "running": sum(standing(request.asker, code).values())}
        for code, kind in _seen(request.asker).items()
    ]
    return render(request, "desk/kinds.html", {"here": "kinds", "rows": rows})


@staff_only
def kind(request: StaffRequest, code: str) -> HttpResponse:
    """One kind, as it is in use now."""
    asker: Asker = request.asker
    defined = kind_seen(asker, code)
    known = facts(asker)
    names: dict[str, Any] = {**titles_of(known.roles)}
    names |= {name: roster.title.mapping() for name, roster in known.rosters.items()}  # asked where a role could be
    names |= {name: title.mapping() for name, title in defined.own_actors.items()}
    stages = standing(asker, code)
    context = {
        "here": "kinds",
        "kind": defined,
        "title": defined.title.mapping(),
        "kinds": [(name, one.title.mapping()) for name, one in _seen(asker).items()],
        "stages": [_stage(defined, name, names, stages) for name in defined.stages],
        "clocks": [_clock(defined, one, names) for one in defined.clocks.values()],
        "parties": _parties(defined, names),
        "doors": [(f"desk.door_{name}", called(door.by, names), door.anybody) for name, door in defined.opens.items()],
        "versions": versions_of(asker, code),
        "running": sum(stages.values()),
    }
    return render(request, "desk/kind.html", context)


@staff_only
def drawing(request: StaffRequest, code: str) -> HttpResponse:
    """The kind as a drawing, in the language of the page; `at` marks the stage at which a matter stands."""
    defined = kind_seen(request.asker, code)
    here = Asked.of_address(request).choice("at", defined.stages)
    drawn = svg(defined, speech.language(), here=here, around=Around.of(world(request.asker)))
    return HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")


def _stage(kind: Kind, name: str, names: dict[str, Any], standing_: dict[str, int]) -> dict[str, Any]:
    stage = kind.stages[name]
    owner = called([stage.owner] if stage.owner else [], names)
    return {"title": stage.title.mapping(), "owner": owner, "final": stage.final, "running": standing_.get(name, 0)}


def _clock(kind: Kind, clock: Clock, names: dict[str, Any]) -> dict[str, Any]:
    titles = {name: one.title.mapping() for part in (kind.stages, kind.actions) for name, one in part.items()}
    starts = [titles.get(name, name) for name in dict.fromkeys([*clock.on("starts"), *clock.on("restarts")])]
    return {
        "title": clock.title.mapping(),
        "starts": starts,
        "stops": [titles.get(name, name) for name in dict.fromkeys([*clock.on("stops"), *clock.on("drops")])],
        "limits": [limit_of(one).speak(speech.language()) for one in dict.fromkeys(clock.limits())],
        "internal": clock.internal,
    }


def _parties(kind: Kind, names: dict[str, Any]) -> list[tuple[Any, list[Any]]]:
    """(who, what they can do) in the order in which they first appear."""
    titles_of_each: dict[str, list[Any]] = {}
    for action in kind.actions.values():
        for by in action.actors:
            titles_of_each.setdefault(by, []).append(action.title.mapping())
    return [(_one(called([by], names)), titles) for by, titles in titles_of_each.items()]


def _one(names: Iterable[Any]) -> Any:
    return next(iter(names))
