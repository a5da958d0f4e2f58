"""Trying a kind: a matter of it is walked in memory, by the rules by which it is lived.

Nothing is written, numbered or sent. The walk travels in the forms of the page and is walked again with each of them,
by whichever process answers; a page that is loaded again does the same thing once more and shows the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.matters import asked, doors, forms
from yiwang.matters.definition import Kind
from yiwang.matters.fields.documents import inputs
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import world
from yiwang.matters.trial import Trial
from yiwang.matters.walk import Did, EndedUnder, Move, Opened, Waited, Walk, WentRound, again, go
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.org.in_memory import holders, people_of
from yiwang.why import Incomplete, Refusal, attempt, say

from . import kept_walk, tried
from .kinds import kind_seen
from .try_begin import ROUND, Tried, asked_at, openers

MOST_FILES = 20
SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


@staff_only
def page(request: StaffRequest, code: str) -> HttpResponse:
    """The form with which it begins, or where the walk stands; and what comes of what was pressed."""
    asker, kind = request.asker, kind_seen(request.asker, code)
    known, people = world_seen(asker)
    form = Asked.of_form(request)
    does = form.written("do")
    said, walk = Tried(door=_door(kind, request)), _sent_along(asker, form, kind)
    said.lost = walk is None and bool(form.written("walk")) and does != "anew"
    walk = walk or Walk(kind.matter, kind.version, timezone.now().replace(second=0, microsecond=0))
    trial, walked = again(walk, kind, known, people)
    said.shortened, walk = len(walk.moves) - len(walked.moves), walked
    if request.method == "POST":
        trial, walk = _press(asker, form, trial, walk, said)
    if trial.steps:
        chosen = form.choice("as", trial.everybody) if does == "as" else ""
        said.who = chosen or tried.whose_turn(trial, form.written("as"))
    context = tried.context(asker, trial, walk, said) | {"walk": kept_walk.signed(asker, walk) if trial.steps else ""}
    status = said.refused.status if said.refused else 422 if said.wrong else 200
    return render(request, "desk/try.html", context, status=status)


def _sent_along(asker: Asker, form: Asked, kind: Kind) -> Walk | None:
    """The walk that a form of the page carries, by the kind as it is now; None where there is none, or a new one is
    begun."""
    if form.written("do") == "anew":
        return None
    walk = kept_walk.read(asker, kind, form.written("walk"))
    return Walk(kind.matter, kind.version, walk.at, walk.moves) if walk else None


def world_seen(asker: Asker) -> tuple[World, dict[str, Asker]]:
    """The district as far as the asker may know of its objects, with somebody at every post who is not there really,
    and nobody busier than others: so a walk is the same whenever it is walked."""
    known = world(asker)
    lists = {
        name: {code: one for code, one in rows.items() if one.sensitivity <= asker.clearance}
        for name, rows in known.lists.items()
    }
    held = holders(known.district)
    seen = World(
        known.district,
        known.categories,
        known.duties,
        known.calendar,
        lists,
        known.results,
        gates=known.gates,
        people=people_of(held),
    )
    return seen, held


def _door(kind: Kind, request: StaffRequest) -> str:
    """Behind which door it is opened: the one that was chosen, else the first; none where its kind has none."""
    every = [*kind.opens, *([ROUND] if kind.round else [])]
    usual = every[0] if every else ""
    form = Asked.of_form(request)
    return (form if "door" in form else Asked.of_address(request)).choice("door", every, usual)


def _press(asker: Asker, form: Asked, trial: Trial, walk: Walk, said: Tried) -> tuple[Trial, Walk]:
    """Do what was pressed: the trial and the walk as they are then. What was refused stands in `said`, and nothing is
    done."""
    does = form.written("do")
    if does in ("back", "to"):
        every = len(walk.moves)
        left = every - 1 if does == "back" else form.whole("n", most=every) or every
        shorter = walk.but(every - left)
        return again(shorter, trial.kind, trial.world, trial.people)
    said.tried, said.values = form.written("action"), form.everything
    longer = attempt(_gone_on, asker, form, trial, walk, does, said)
    if isinstance(longer, Incomplete):
        said.wrong = longer.fields
    elif isinstance(longer, Refusal):
        said.refused = longer
    elif longer is not None:
        said.tried, said.values = "", {}
        return trial, longer
    return trial, walk


def _gone_on(asker: Asker, form: Asked, trial: Trial, walk: Walk, does: str, said: Tried) -> Walk | None:
    """The walk with what was pressed as its next move, which is done; None where nothing is. Raises Refusal,
    Incomplete."""
    if does == "open" and not trial.steps:
        walk = _begins(walk, trial, form)
    move = _move(trial, form, does, said)
    if move is None:
        return None
    longer = walk.and_then(move)
    kept_walk.signed(asker, longer)
    go(trial, move)
    return longer


def _begins(walk: Walk, trial: Trial, form: Asked) -> Walk:
    """The walk, which begins when its form says. Raises Incomplete."""
    said = form.written("at")
    at = form.moment("at", trial.world.district.zone) if said else walk.at
    if at is None:
        raise Incomplete({"at": say("matters.not_a_date", value=said[:40])})
    trial.now = at
    return Walk(walk.kind, walk.version, at)


def _move(trial: Trial, form: Asked, does: str, said: Tried) -> Move | None:
    """What was pressed as a move of the walk; None where nothing is done by it."""
    who = form.written("as")
    if not trial.steps:
        return _opening(trial, form, said.door) if does == "open" else None
    if does == "act":
        action = trial.kind.actions.get(said.tried)
        specs = forms.specs_now(trial.kind, action, trial.state) if action else {}
        return Did(who, said.tried, sent(specs, form)) if action and who in trial.everybody else None
    if does == "due":
        at = trial.next_due()
        return Waited(at) if at else None
    if does in SPANS:
        return Waited(trial.now + SPANS[does])
    if does == "under":
        return EndedUnder(form.written("name")[:60])
    return None


def _opening(trial: Trial, form: Asked, door: str) -> Move:
    if door == ROUND:
        return WentRound(form.written("of")[:60])
    specs = asked_at(trial.kind, door)
    who = form.choice("as", openers(trial, door), openers(trial, door)[0])
    listed = trial.kind.opens[door].fields if door else ()
    return Opened(who, sent(specs, form), door, doors.pin_of(form.everything) if doors.PLACE in listed else None)


def sent(specs: Mapping[str, FieldSpec], form: Asked) -> dict[str, Any]:
    """What a form of the page sent; of files how many there are, as none is kept."""
    values = asked.sent(specs, form.everything)
    values = {name: value for name, value in values.items() if not name.endswith(".photos")}
    numbers = count(1)  # as if of files
    for name in (part for one, spec in specs.items() if spec.type == "files" for part in inputs(one, spec)):
        values[name] = [next(numbers) for _ in range(form.whole(name, most=MOST_FILES) or 0)]
    return {name: value for name, value in values.items() if value != []}
