"""The wall's pages: the screen, what of it changes, and the doors behind its numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yiwang.goals import queries as goals
from yiwang.indicators import queries as indicators
from yiwang.indicators import vitals as signs_of
from yiwang.indicators.measured import Measured
from yiwang.ledger import clock
from yiwang.ledger.mode import switch
from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.look.land import neighbourhoods
from yiwang.look.page import page_of
from yiwang.look.receipts import id_of
from yiwang.look.speech import language, spoken
from yiwang.look.times import local_text
from yiwang.look.views import receipt_response
from yiwang.matters import overview, queries
from yiwang.matters.exclusion_queries import taken_out
from yiwang.matters.kinds import current_kinds
from yiwang.matters.overview import Scope
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of
from yiwang.why import Receipt, Refusal, attempt, say

from .receipts import receipt_of_count
from .rows import AsSeen, FeedRow
from .standing import Standing
from .vitals import VitalSigns

# matters: with every act; slow: what takes long to count; vitals: with every reading
LAST_PAGE = 999_999
LIVE_PARTS = ("matters", "slow", "vitals")


@staff_only
def wall(request: StaffRequest) -> HttpResponse:
    """The whole screen."""
    return render(request, "wall/wall.html", {"wall": _standing(request), "here": "map"})


@staff_only
def live(request: StaffRequest, part: str) -> HttpResponse:
    """What changes on the screen, to be put in its places (hx-swap-oob): each part as often as it can change."""
    if part not in LIVE_PARTS:
        raise Http404
    return render(request, f"wall/live_{part}.html", {"wall": _standing(request), "oob": True})


@staff_only
@sent_only
def switch_mode(request: StaffRequest) -> HttpResponse:
    """Into the emergency mode with its reason, or back."""
    form = Asked.of_form(request)
    came = attempt(switch, request.asker, form.written("mode"), form.written("reason"), clock.now())
    if isinstance(came, Refusal):
        messages.error(request, came.sentence(language()))
    return redirect("wall:wall")


@staff_only
def street(request: StaffRequest, code: str) -> HttpResponse:
    """The strip that names the chosen street."""
    standing = _standing(request, code)
    if standing.chosen is None or standing.chosen.code != code:
        raise Http404
    return render(request, "wall/strip.html", {"wall": standing})


@staff_only
def inside(request: StaffRequest, code: str) -> HttpResponse:
    """The neighbourhoods of a street as a drawing, for somebody who has flown in."""
    known = facts(request.asker).by_code.get(code)
    if known is None or known.kind != "street":
        raise Http404
    return render(request, "wall/inside.html", {"outlines": neighbourhoods(request.asker, known.id)})


@staff_only
def why(request: StaffRequest, figure: str) -> HttpResponse:
    """Why a count is what it is: what it is made of, and the list."""
    now, scope = _moment(request), _scope(request)
    receipt = receipt_of_count(request.asker, now, figure, scope)
    cases = f"{reverse('wall:cases', args=[figure])}?{_without_page(request, now)}"
    return receipt_response(request, receipt, cases=cases, n=receipt.value)


@staff_only
def cases(request: StaffRequest, selection: str) -> HttpResponse:
    """The list behind a count, page by page; counted anew at the same moment, so both agree."""
    now, scope = _moment(request), _scope(request)
    page = _page(request)
    found = overview.cases(request.asker, now, selection, scope, page)
    receipt = receipt_of_count(request.asker, now, selection, scope)
    return _list(request, AsSeen(request.asker, now).rows(found), receipt, page, now)


@staff_only
def rate(request: StaffRequest, code: str) -> HttpResponse:
    """Why an indicator is what it is: both sides, what was left out, the definition."""
    now = _moment(request)
    measured = _measured(request, code, now)
    note = ""
    if measured.period:
        first, until = measured.period.first, local_text(measured.at, "minute")
        note = spoken("wall.rate.note", first=first, until=until)
    foot = spoken("wall.rate.foot", version=measured.definition.version)
    against = "against" in measured.parts
    cases = reverse("wall:rate_cases", args=[code, "against" if against else "numerator"])
    n = (measured.denominator or 0) - measured.numerator if against else measured.numerator
    cases += f"?{_without_page(request, now)}"
    again = "" if Asked.of_address(request).written("by") else id_of(_named(measured), now, measured.text())
    return receipt_response(
        request, measured.receipt, lamp=measured.lamp, note=note, foot=foot, cases=cases, n=n, again=again
    )


@staff_only
def rate_cases(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """The matters of one side of an indicator, page by page; as many as the figure says."""
    now, page = _moment(request), _page(request)
    measured = _measured(request, code, now)
    cases = measured.cases(part, page=page)  # type: ignore[arg-type]
    by_id = queries.matters(request.asker).in_bulk(cases.ids)
    rows = AsSeen(request.asker, measured.at).rows([by_id[pk] for pk in cases.ids if pk in by_id])
    if part == "excluded":
        rows = _with_who(request, rows, measured.at)
    claim = say(f"wall.part.{part}", rate=measured.definition.title.mapping())
    return _list(request, rows, Receipt(claim, cases.total, at=measured.at), page, now)


def _with_who(request: StaffRequest, rows: list[FeedRow], at: datetime) -> list[FeedRow]:
    """What was taken out of a rate, with who asked for it and who granted it (R2.11)."""
    known = taken_out(request.asker, [row.matter.pk for row in rows], at)
    notes = {
        pk: say("wall.excluded_by", code=one.code, asked=one.asked_by, granted=one.granted_by)
        for pk, one in known.items()
    }
    return [replace(row, note=notes.get(row.matter.pk)) for row in rows]


@staff_only
def matter(request: StaffRequest, pk: int) -> HttpResponse:
    """From a receipt's reference to the matter's page, for whoever may see it."""
    row = queries.matters(request.asker).filter(pk=pk).first()
    if row is None:
        raise Http404
    return redirect("desk:matter", row.number)


@staff_only
def vitals(request: StaffRequest) -> HttpResponse:
    """Every vital sign, or those under one lamp."""
    most, chosen = pages_of(request.asker).wall.vitals, Asked.of_address(request).written("lamp")
    signs = VitalSigns(request.asker, page_of(request).now, most=most)
    shown = {"vitals": signs, "tiles": signs.under(chosen), "chosen": chosen, "here": "vitals"}
    return render(request, "wall/vitals_page.html", shown)


@staff_only
def vital(request: StaffRequest, code: str) -> HttpResponse:
    """Why a vital sign stands as it does: the reading, its age, the bounds, who answers for it."""
    found = signs_of.vital(request.asker, code, now=page_of(request).now)
    return receipt_response(request, found.receipt, lamp=found.lamp)


@staff_only
def goal(request: StaffRequest, number: int) -> HttpResponse:
    """Why a goal's lamp is what it is."""
    now = page_of(request).now
    standing = goals.goal(request.asker, number, now=now)
    if standing is None:
        raise Http404
    return receipt_response(
        request,
        standing.lamp.receipt,
        lamp=standing.colour,
        lamp_word="",
        cases=reverse("board:goal", args=[number]),
        again=id_of(f"goal:{number}", now, standing.colour),
    )


def _measured(request: StaffRequest, code: str, now: datetime) -> Measured:
    """The indicator of an address: this month of the district unless it names a period, a unit, a way of counting, or
    the moment up to which ledgers are folded."""
    address = Asked.of_address(request)
    period = address.written("period") if "period" in address else pages_of(request.asker).wall.rates.period
    measured = attempt(
        indicators.measure,
        request.asker,
        code,
        unit=address.written("unit") or None,
        period=period or None,
        by=address.written("by") or None,
        as_of=address.moment("as_of"),
        now=now,
    )
    if isinstance(measured, Refusal):
        raise Http404
    return measured


def _named(figure: Measured) -> str:
    """The figure as `yiwang why` is asked for it."""
    period = f"@{figure.period}" if figure.period else ""
    return f"indicator:{figure.definition.indicator}{period}{f'/{figure.unit.code}' if figure.unit else ''}"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a list: `query` is its address without the page."""

    number: int
    last: int
    query: str

    @property
    def newer(self) -> str:
        """The address of the page before; empty on the first."""
        return f"?{self.query}&page={self.number - 1}" if self.number > 1 else ""

    @property
    def older(self) -> str:
        """The address of the page after; empty on the last."""
        return f"?{self.query}&page={self.number + 1}" if self.number < self.last else ""


def _page(request: StaffRequest) -> int:
    return Asked.of_address(request).whole("page", least=1, most=LAST_PAGE) or 1


def _list(request: StaffRequest, rows: list[FeedRow], receipt: Receipt, page: int, now: datetime) -> HttpResponse:
    last = -(-int(receipt.value) // queries.PAGE) or 1
    pages = Pages(page, last, _without_page(request, now))
    columns = [(name, say(f"wall.column.{name}")) for name in pages_of(request.asker).wall.columns]
    shown = {"rows": rows, "columns": columns, "receipt": receipt, "pages": pages, "now": receipt.at, "here": "map"}
    return render(request, "wall/cases.html", shown)


def _standing(request: StaffRequest, street: str = "") -> Standing:
    address = Asked.of_address(request)
    street = street or address.written("street")
    return Standing(request.asker, page_of(request).now, street=street, ground=address.written("by"))


def _scope(request: StaffRequest) -> Scope:
    """The part of the district that an address names; a street or kind that does not exist is no page."""
    scope = Scope(**Asked.of_address(request).fields("street", "kind", "category"))
    kinds = {kind.matter for kind in current_kinds(request.asker)}
    if (scope.street and scope.street not in facts(request.asker).by_code) or (scope.kind and scope.kind not in kinds):
        raise Http404
    return scope


def _moment(request: StaffRequest) -> datetime:
    """The moment that a list was counted at, carried from page to page; the present when none is named."""
    return Asked.of_address(request).moment("at") or timezone.now()


def _without_page(request: StaffRequest, now: datetime) -> str:
    """The query of a count's list and of its other pages: all are counted at the same moment."""
    return Asked.of_address(request).query(page="", at=now.isoformat())
