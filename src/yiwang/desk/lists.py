"""The inbox and the list of matters: one filter makes list, counts and export, so they agree."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.look.gate import staff_only
from yiwang.matters import queries
from yiwang.matters.kinds import current_kinds
from yiwang.matters.queries import GROUPS, PAGE, Filter
from yiwang.matters.world import world
from yiwang.org.access import Asker, acting_as
from yiwang.why import say

from .shown import Row, rows_of

GROUP_ROWS = 25  # how many of each group an inbox opens with


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one degree of urgency; `n` counts them all."""

    name: str
    n: int
    rows: list[Row]
    more: Filter


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the side bar: a filter with how many it holds."""

    title: Any
    n: int
    wanted: Filter
    on: bool


def _groups(asker: Asker, wanted: Filter, now: datetime) -> tuple[list[Group], int]:
    counted = queries.group_counts(asker, wanted, now=now)
    groups = []
    for name in GROUPS:
        if counted[name] and (not wanted.group or wanted.group == name):
            listed = queries.most_pressing_first(queries.matters(asker, wanted.but(group=name), now=now))
            rows = rows_of(asker, listed[: 500 if wanted.group else GROUP_ROWS])
            groups.append(Group(name, counted[name], rows, wanted.but(group=name)))
    return groups, sum(counted.values())


def _side(asker: Asker, wanted: Filter, now: datetime) -> list[tuple[str, list[Choice]]]:
    """Stages, kinds and streets of the asker's own queue, each with its count."""
    base = Filter(scope="mine")
    mine = queries.matters(asker, base, now=now)
    known = world(asker).district
    stages: dict[str, Choice] = {}
    stage_counts = queries.counts(mine, "stage")
    kinds = current_kinds(asker)
    for kind in kinds:
        for name, stage in kind.stages.items():
            if name in stage_counts and name not in stages:
                title = stage.title.mapping()
                stages[name] = Choice(title, stage_counts[name], base.but(stage=name), wanted.stage == name)
    kind_counts = queries.counts(mine, "kind")
    of_kind = [
        Choice(k.title.mapping(), kind_counts[k.matter], base.but(kind=k.matter), wanted.kind == k.matter)
        for k in kinds
        if k.matter in kind_counts
    ]
    street_counts = {unit: n for unit, n in queries.counts(mine, "street_id").items() if unit}
    streets = [
        Choice(known.units[u].short, n, base.but(street=known.units[u].code), wanted.street == known.units[u].code)
        for u, n in sorted(street_counts.items(), key=lambda one: -one[1])
    ]
    parts = (("desk.queue", list(stages.values())), ("desk.kinds", of_kind), ("desk.streets", streets))
    return [(title, choices) for title, choices in parts if choices]


@staff_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Whose move it is mine: grouped by urgency, counted by stage, kind and street."""
    return render(request, "desk/inbox.html", _inbox(request))


@staff_only
def rows(request: HttpRequest) -> HttpResponse:
    """The list part of the inbox alone, for the live page."""
    return render(request, "desk/rows.html", _inbox(request))


def _inbox(request: HttpRequest) -> dict[str, Any]:
    asker, now = request.asker, timezone.now()  # type: ignore[attr-defined]
    wanted = Filter.of(request.GET, scope="mine")
    groups, n = _groups(asker, wanted, now)
    everything = queries.matters(asker, Filter(scope="mine"), now=now).count()
    first = groups[0].rows[0].matter.number if groups else ""
    return {
        "here": "inbox",
        "counts": {"inbox": everything},
        "wanted": wanted,
        "groups": groups,
        "n": n,
        "all": everything,
        "side": _side(asker, wanted, now),
        "now": now,
        "first": request.GET.get("at") or first,
        "dispatches": any(post.role == "dispatcher" for post in asker.posts),
        "units": assignable(asker),
        "query": _query(wanted),
    }


def _query(wanted: Filter) -> str:
    return urlencode(wanted.given())


def assignable(asker: Asker) -> list[tuple[Any, list[Any]]]:
    """Units that a matter may be given to, bureaus before streets before neighbourhoods."""
    known = world(asker).district
    return [
        (say(f"desk.of_{kind}"), known.of_kind(kind)) for kind in ("bureau", "street", "company") if known.of_kind(kind)
    ]


@staff_only
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter that I see, filtered and searched, newest first."""
    asker, now = request.asker, timezone.now()  # type: ignore[attr-defined]
    wanted = Filter.of(request.GET)
    listed = queries.newest_first(queries.matters(asker, wanted, now=now))
    pages = Paginator(listed, PAGE)
    page = pages.get_page(request.GET.get("page"))
    known = world(asker).district
    kinds = current_kinds(asker)
    stages = {name: s.title.mapping() for k in kinds for name, s in k.stages.items()}
    context = {
        "here": "matters",
        "wanted": wanted,
        "q": wanted.q,
        "n": pages.count,
        "page_": page,
        "rows": rows_of(asker, page.object_list),
        "now": now,
        "kinds": [(k.matter, k.title.mapping()) for k in kinds],
        "stages": stages.items(),
        "streets": known.of_kind("street"),
        "leads": [*known.of_kind("bureau"), *known.of_kind("street")],
        "states": [(one, say(f"desk.state_{one}")) for one in ("open", "overdue", "closed")],
        "query": _query(wanted),
        "inbox_n": queries.matters(asker, Filter(scope="mine"), now=now).count(),
    }
    context["counts"] = {"inbox": context["inbox_n"]}
    return render(request, "desk/matters.html", context)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


@staff_only
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The list as a spreadsheet reads it (UTF-8 with its mark); no name or number of a reporter (R2.15)."""
    asker, now = request.asker, timezone.now()  # type: ignore[attr-defined]
    wanted = Filter.of(request.GET)
    zone = world(asker).district.zone

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo())
        yield "\ufeff"
        yield writer.writerow([say(f"desk.column_{name}").speak("zh") for name in queries.EXPORTED])
        # the answer is sent after the request's own transaction has ended, so it opens one of its own
        with acting_as(asker):
            for row in queries.export(asker, wanted, now=now):
                yield writer.writerow([_cell(value, zone) for value in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="matters-{now.astimezone(zone):%Y%m%d-%H%M}.csv"'
    return answer


def _cell(value: Any, zone: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
