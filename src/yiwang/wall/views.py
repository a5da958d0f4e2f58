"""The wall's pages: the screen, what of it changes, and the doors behind its numbers."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from yiwang.goals import queries as goals
from yiwang.indicators import queries as indicators
from yiwang.indicators.kept import UnknownIndicator
from yiwang.indicators.measured import Measured, NoPart
from yiwang.look.gate import staff_only
from yiwang.look.land import neighbourhoods
from yiwang.look.page import page_of
from yiwang.look.speech import spoken
from yiwang.look.times import local_text
from yiwang.look.views import receipt_response
from yiwang.matters import overview, queries
from yiwang.matters.kinds import current_kinds
from yiwang.matters.overview import Scope
from yiwang.org.queries import facts
from yiwang.why import Receipt, say

from .goals import goal_page
from .rates import PERIOD
from .receipts import receipt_of_count
from .standing import FeedRow, Standing


@staff_only
def wall(request: HttpRequest) -> HttpResponse:
    """The whole screen."""
    return render(request, "wall/wall.html", {"wall": _standing(request), "here": "map"})


@staff_only
def live(request: HttpRequest) -> HttpResponse:
    """What changes on the screen, to be put in its places (hx-swap-oob)."""
    return render(request, "wall/live.html", {"wall": _standing(request), "oob": True})


@staff_only
def street(request: HttpRequest, code: str) -> HttpResponse:
    """The strip that names the chosen street."""
    standing = _standing(request, code)
    if standing.chosen is None or standing.chosen.code != code:
        raise Http404
    return render(request, "wall/strip.html", {"wall": standing})


@staff_only
def inside(request: HttpRequest, code: str) -> HttpResponse:
    """The neighbourhoods of a street as a drawing, for somebody who has flown in."""
    known = facts(request.asker).by_code.get(code)
    if known is None or known.kind != "street":
        raise Http404
    return render(request, "wall/inside.html", {"outlines": neighbourhoods(request.asker, known.id)})


@staff_only
def why(request: HttpRequest, figure: str) -> HttpResponse:
    """Why a count is what it is: what it is made of, and the list."""
    now, scope = _moment(request), _scope(request)
    try:
        receipt = receipt_of_count(request.asker, now, figure, scope)
    except overview.UnknownSelection:
        raise Http404 from None
    cases = request.get_full_path().replace(f"/why/{figure}/", f"/cases/{figure}/")
    return receipt_response(request, receipt, cases=cases, n=receipt.value)


@staff_only
def cases(request: HttpRequest, selection: str) -> HttpResponse:
    """The list behind a count, page by page; counted anew at the same moment, so both agree."""
    now, scope = _moment(request), _scope(request)
    page = _page(request)
    try:
        found = overview.cases(request.asker, now, selection, scope, page)
        receipt = receipt_of_count(request.asker, now, selection, scope)
    except overview.UnknownSelection:
        raise Http404 from None
    return _list(request, Standing(request.asker, now).rows(found), receipt, page)


@staff_only
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Why a rate is what it is: both sides, what was left out, the definition."""
    measured = _measured(request, code)
    note = spoken("wall.rate.note", first=measured.period.first, until=local_text(measured.at, "minute"))
    foot = spoken("wall.rate.foot", version=measured.definition.version, reference=measured.definition.reference)
    against = "against" in measured.parts
    cases = reverse("wall:rate_cases", args=[code, "against" if against else "numerator"])
    n = (measured.denominator or 0) - measured.numerator if against else measured.numerator
    return receipt_response(request, measured.receipt, lamp=measured.lamp, note=note, foot=foot, cases=cases, n=n)


@staff_only
def rate_cases(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """The matters of one side of a rate, page by page."""
    measured, page = _measured(request, code), _page(request)
    try:
        found = measured.cases(part, page=page)  # type: ignore[arg-type]
    except NoPart:
        raise Http404 from None
    by_id = queries.matters(request.asker).in_bulk(found.ids)
    rows = Standing(request.asker, measured.at).rows([by_id[pk] for pk in found.ids if pk in by_id])
    claim = say(f"wall.part.{part}", rate=measured.definition.title)
    return _list(request, rows, Receipt(claim, found.total, at=measured.at), page)


@staff_only
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """Why a goal's lamp is what it is."""
    found = goals.goal(request.asker, number, now=page_of(request).now)
    if found is None:
        raise Http404
    return receipt_response(request, found.lamp.receipt, lamp=found.colour, lamp_word="", cases=goal_page(number))


def _measured(request: HttpRequest, code: str) -> Measured:
    try:
        return indicators.measure(request.asker, code, period=PERIOD, now=_moment(request))
    except UnknownIndicator:
        raise Http404 from None


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def _list(request: HttpRequest, rows: list[FeedRow], receipt: Receipt, page: int) -> HttpResponse:
    last = -(-int(receipt.value) // overview.PAGE) or 1
    shown = {"rows": rows, "receipt": receipt, "page_number": page, "last": last, "now": receipt.at, "here": "map"}
    return render(request, "wall/cases.html", {**shown, "query": _without_page(request, receipt.at)})


def _standing(request: HttpRequest, street: str = "") -> Standing:
    asked = request.GET
    return Standing(
        request.asker, page_of(request).now, street=street or asked.get("street", ""), ground=asked.get("by", "")
    )


def _scope(request: HttpRequest) -> Scope:
    """The part of the district that an address names; a street or kind that does not exist is no page."""
    scope = Scope(*(request.GET.get(name, "") for name in ("street", "kind", "category")))
    kinds = {kind.matter for kind in current_kinds(request.asker)}
    if (scope.street and scope.street not in facts(request.asker).by_code) or (scope.kind and scope.kind not in kinds):
        raise Http404
    return scope


def _moment(request: HttpRequest) -> datetime:
    """The moment that a list was counted at, carried from page to page; the present when none is named."""
    try:
        given = parse_datetime(request.GET.get("at", ""))
    except ValueError:
        given = None
    return given if given is not None and timezone.is_aware(given) else timezone.now()


def _without_page(request: HttpRequest, at: datetime | None) -> str:
    """The query of the other pages of a list: they are counted at the same moment."""
    kept = request.GET.copy()
    kept.pop("page", None)
    if at is not None:
        kept["at"] = at.isoformat()
    return kept.urlencode()
