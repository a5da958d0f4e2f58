"""The list of matters and its export: one filter makes list, count and file, so they agree (design §10.4)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.look.gate import staff_only
from yiwang.matters import queries
from yiwang.matters.kinds import current_kinds
from yiwang.matters.queries import PAGE, Filter
from yiwang.matters.world import world
from yiwang.org.access import acting_as
from yiwang.why import say

from .links import query_of
from .shown import rows_of


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
        "query": query_of(wanted),
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
