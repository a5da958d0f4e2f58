"""The list of matters: one filter makes list, count and file (`exporting`), so they agree (design §10.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.matters import queries
from yiwang.matters.definition import Kind
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.queries import PAGE, Filter
from yiwang.matters.search_question import is_cut
from yiwang.matters.unsearchable import unsearchable
from yiwang.matters.world import object_of
from yiwang.org.asker import Asker
from yiwang.org.titles import Title
from yiwang.pages.queries import pages_of
from yiwang.why import say

from .links import query_of
from .shown import Row, rows_of, section_title

LAST_PAGE = 999_999
SCOPES = {"mine": "desk.scope_mine", "unit": "desk.scope_unit"}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: `n` is how many the list holds, all pages together."""

    rows: list[Row]
    n: int
    number: int

    @property
    def of(self) -> int:
        return max(1, -(-self.n // PAGE))

    @property
    def newer(self) -> int | None:
        """The number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def older(self) -> int | None:
        """The number of the page after; None on the last."""
        return self.number + 1 if self.number < self.of else None


def listed(asker: Asker, wanted: Filter, number: int, now: datetime) -> Listed:
    """A page of the list, newest first. A list that fits on its page is counted by its rows, else by a statement."""
    matters = queries.newest_first(queries.matters(asker, wanted, now=now))
    rows = list(matters[(number - 1) * PAGE : number * PAGE + 1])
    if number == 1 and len(rows) <= PAGE:
        return Listed(rows_of(asker, rows), len(rows), 1)
    n = matters.count()
    last = max(1, -(-n // PAGE))
    if number > last:
        number, rows = last, list(matters[(last - 1) * PAGE : last * PAGE])
    return Listed(rows_of(asker, rows[:PAGE]), n, number)


@staff_only
def matters(request: StaffRequest) -> HttpResponse:
    """Every matter that I see, filtered and searched, newest first."""
    asker, now = request.asker, timezone.now()
    address = Asked.of_address(request)
    wanted = Filter.of(address.everything)
    known, kinds = world(asker).district, current_kinds(asker)
    mine = queries.matters(asker, Filter(scope="mine"), now=now).count()
    context = {
        "here": "matters",
        "wanted": wanted,
        "q": wanted.q,
        "cut": is_cut(address.written("q")),
        "unsearchable": unsearchable(asker, wanted),
        "listed": listed(asker, wanted, address.whole("page", least=1, most=LAST_PAGE) or 1, now),
        "now": now,
        "kinds": [(k.matter, k.title.mapping()) for k in kinds],
        "stages": [_choices(kind, kind.stages) for kind in kinds],
        "ends": [_choices(kind, kind.ends) for kind in kinds if kind.ends and asker.sees_kind(kind.matter)],
        "queues": [_choices(kind, kind.queues) for kind in kinds if kind.queues and asker.sees_kind(kind.matter)],
        "streets": known.of_kind("street"),
        "leads": [*known.of_kind("bureau"), *known.of_kind("street")],
        "columns": [(name, say(f"desk.list_{name}")) for name in pages_of(asker).desk.columns],
        "states": [(one, say(f"desk.state_{one}")) for one in ("open", "overdue", "closed")],
        "also": _also(asker, wanted),
        "query": query_of(wanted),
        "counts": {"inbox": mine},
    }
    return render(request, "desk/matters.html", context)


class _Titled(Protocol):
    """What a kind has under a name and people call by a title: a stage, an end, a queue."""

    @property
    def title(self) -> Title: ...


def _choices(kind: Kind, named: Mapping[str, _Titled]) -> tuple[Any, list[tuple[str, Any]]]:
    """(what the kind is called, [("kind/name", title)]) of what a list can be narrowed to."""
    options = [(f"{kind.matter}/{name}", one.title.mapping()) for name, one in named.items()]
    return (kind.short or kind.title).mapping(), options


def _also(asker: Asker, wanted: Filter) -> list[tuple[str, str, Any]]:
    """(name, value, words) of what limits the list and has no field of its own in the form."""
    tree = world(asker).categories
    chosen: list[tuple[str, str, Any]] = []
    if wanted.scope in SCOPES:
        chosen.append(("scope", wanted.scope, say(SCOPES[wanted.scope])))
    if wanted.group in pages_of(asker).desk.sections:
        chosen.append(("group", wanted.group, section_title(asker, wanted.group)))
    if wanted.category:
        chosen.append(("category", wanted.category, tree[wanted.category].name if wanted.category in tree else "—"))
    if wanted.object:
        named = object_of(world(asker), wanted.object, asker.clearance)
        chosen.append(("object", wanted.object, named.name if named else "—"))
    if wanted.channel:
        called = {name: one.mapping() for kind in current_kinds(asker) for name, one in kind.channels.items()}
        chosen.append(("channel", wanted.channel, called.get(wanted.channel, wanted.channel)))
    return chosen
