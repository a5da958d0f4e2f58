"""The inbox: whose move it is mine, grouped by urgency. One read makes heading, side bar, tab, list and every count of
them, so they agree at the moment that the page names (design §9, §10.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.look.sessions import by_itself
from yiwang.look.speech import speak
from yiwang.matters import doors, queries
from yiwang.matters.definition import DESK, Kind
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.queries import Filter, Waiting
from yiwang.matters.unsearchable import unsearchable
from yiwang.matters.world import World
from yiwang.org.asker import Asker
from yiwang.pages.queries import pages_of
from yiwang.why import Refusal, Words, attempt, say

from .delegating import standing_in
from .links import inbox_address, inbox_filter, query_of
from .shown import Row, rows_of, section_title

FIRST = 50  # rows of each group with which an inbox opens
LAMPS = {"over": "alarm", "soon": "watch"}
MOST = 500  # rows of one group on one page; the rest is on the pages of the whole list


@dataclass(frozen=True, slots=True)
class Group:
    """One degree of urgency: `n` matters, of which `rows` are shown; `more` shows the others."""

    name: str
    title: Words
    n: int
    rows: list[Row]
    more: str

    @property
    def rest(self) -> int:
        return self.n - len(self.rows)

    @property
    def lamp(self) -> str:
        """The lamp of the two groups that press; empty for the others."""
        return LAMPS.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the side bar: a filter with how many it holds."""

    title: Any
    n: int
    wanted: Filter
    on: bool
    of: Any = None

    @property
    def query(self) -> str:
        return query_of(self.wanted.but(scope=""))


@staff_only
def inbox(request: StaffRequest) -> HttpResponse:
    """The page: side bar, list, preview."""
    return render(request, "desk/inbox.html", standing(request))


@by_itself
@staff_only
def rows(request: StaffRequest) -> HttpResponse:
    """What of the page moves, for the live page: the list, and beside it all that counts it. No page by itself."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(inbox_address(inbox_filter(Asked.of_address(request).everything)))
    return render(request, "desk/fresh.html", standing(request))


def standing(request: StaffRequest) -> dict[str, Any]:
    """What the inbox shows now."""
    found = attempt(_standing, request)
    return found if not isinstance(found, Refusal) else _standing(request)  # one of them went meanwhile: list again


def _standing(request: StaffRequest) -> dict[str, Any]:
    asker, now = request.asker, timezone.now()
    address = Asked.of_address(request)
    wanted = inbox_filter(address.everything)
    mine = queries.waiting(asker, now=now)
    listed = queries.waiting(asker, now=now, queue=wanted.queue) if wanted.queue else mine
    fitting = queries.fitting(asker, listed, wanted, now=now)
    groups = _groups(asker, wanted, fitting)
    n = sum(group.n for group in groups)
    numbers = [row.matter.number for group in groups for row in group.rows]
    at = address.written("at")
    side = _side(asker, wanted, mine)
    if queues := _queues(asker, wanted, listed, now):
        side.insert(0, ("desk.queues", queues))
    return {
        "here": "inbox",
        "counts": {"inbox": len(mine)},
        "wanted": wanted,
        "narrowed": [choice.title for _, choices in side for choice in choices if choice.on],
        "unsearchable": unsearchable(asker, wanted),
        "filtered": wanted != Filter(scope="mine"),
        "in_queue": bool(wanted.queue),
        "groups": groups,
        "n": n,
        "shown": len(numbers),
        "all": len(mine),
        "side": side,
        "stand_ins": standing_in(request, now),
        "gated": bool(world(asker).gates),
        "now": now,
        "first": at if at in numbers else numbers[0] if numbers else "",
        "dispatches": any(post.does.for_the_desk for post in asker.posts),
        "opens": bool(doors.openable(current_kinds(asker), DESK, asker)),
        "query": query_of(wanted.but(scope="")),
        "here_again": inbox_address(wanted),
    }


def _groups(asker: Asker, wanted: Filter, fitting: Sequence[Waiting]) -> list[Group]:
    """The list by urgency, each group with its first rows."""
    parts: dict[str, list[int]] = {
        name: [one.pk for one in fitting if one.group == name] for name in pages_of(asker).desk.sections
    }
    first = {name: pks[: MOST if wanted.group else FIRST] for name, pks in parts.items()}
    rows = dict(zip([pk for pks in first.values() for pk in pks], _rows(asker, first), strict=True))
    return [
        Group(name, section_title(asker, name), len(pks), [rows[pk] for pk in first[name]], _more(wanted, name))
        for name, pks in parts.items()
        if pks
    ]


def _rows(asker: Asker, first: Mapping[str, list[int]]) -> list[Row]:
    return rows_of(asker, queries.in_order(asker, [pk for pks in first.values() for pk in pks]))


def _more(wanted: Filter, name: str) -> str:
    """Where the rest of a group stands: alone in the inbox; from there, page by page in the list of matters."""
    if wanted.group:
        return f"{reverse('desk:matters')}?{query_of(wanted)}"
    return inbox_address(wanted.but(group=name))


# --- the side bar --------------------------------------------------------------------------------------------------


def _side(asker: Asker, wanted: Filter, mine: Sequence[Waiting]) -> list[tuple[str, list[Choice]]]:
    """Stages, kinds and streets of the asker's own queue, each with its count."""
    base, kinds = Filter(scope="mine"), current_kinds(asker)
    parts = (
        ("desk.queue", _stages(kinds, mine, wanted, base)),
        ("desk.kinds", _kinds(kinds, mine, wanted, base)),
        ("desk.streets", _streets(world(asker), mine, wanted, base)),
    )
    return [(title, choices) for title, choices in parts if choices]


def _queues(asker: Asker, wanted: Filter, listed: Sequence[Waiting], now: datetime) -> list[Choice]:
    """The queues of open matters, each with how many the asker sees in it: of the one that is listed, what is
    listed."""
    found = [
        (kind, f"{kind.matter}/{name}", queue)
        for kind in current_kinds(asker)
        for name, queue in kind.queues.items()
        if queue.library is None and asker.sees_kind(kind.matter)
    ]
    counted = queries.queue_counts(asker, [name for _, name, _ in found if name != wanted.queue], now=now)
    return [
        Choice(queue.title.mapping(), n, Filter(queue=name), name == wanted.queue, (kind.short or kind.title).mapping())
        for kind, name, queue in found
        if (n := len(listed) if name == wanted.queue else counted[name]) or name == wanted.queue
    ]


def _stages(kinds: Iterable[Kind], mine: Sequence[Waiting], wanted: Filter, base: Filter) -> list[Choice]:
    """Each stage under its own kind's title; a title that two of them share names the kind beside it."""
    counted = Counter((one.kind, one.stage) for one in mine)
    here = [(kind, name, stage) for kind in kinds for name, stage in kind.stages.items() if counted[kind.matter, name]]
    titles = Counter(speak(stage.title.mapping()) for _, _, stage in here)  # two may be alike in one language alone
    return [
        Choice(
            stage.title.mapping(),
            counted[kind.matter, name],
            base.but(stage=f"{kind.matter}/{name}"),
            wanted.stage == f"{kind.matter}/{name}",
            (kind.short or kind.title).mapping() if titles[speak(stage.title.mapping())] > 1 else None,
        )
        for kind, name, stage in here
    ]


def _kinds(kinds: Iterable[Kind], mine: Sequence[Waiting], wanted: Filter, base: Filter) -> list[Choice]:
    counted = Counter(one.kind for one in mine)
    return [
        Choice(kind.title.mapping(), counted[kind.matter], base.but(kind=kind.matter), wanted.kind == kind.matter)
        for kind in kinds
        if counted[kind.matter]
    ]


def _streets(known: World, mine: Sequence[Waiting], wanted: Filter, base: Filter) -> list[Choice]:
    counted = Counter(one.street for one in mine if one.street is not None)
    units = known.district.units
    choices = [
        Choice(units[street].short, n, base.but(street=units[street].code), wanted.street == units[street].code)
        for street, n in counted.most_common()
    ]
    nowhere = sum(1 for one in mine if one.street is None)
    if nowhere and choices:
        choices.append(Choice(say("desk.no_street"), nowhere, base.but(street="-"), wanted.street == "-"))
    return choices
