"""The residents' first page: report, track, and what the district makes public of itself (R9.12)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from yiwang.indicators import queries as indicators
from yiwang.indicators.kept import UnknownIndicator
from yiwang.indicators.measured import Measured
from yiwang.look.speech import speak
from yiwang.look.views import receipt_response
from yiwang.org import access
from yiwang.why import Receipt, say

PUBLISHED = ("hotline_first_contact", "hotline_on_time", "hotline_solved", "hotline_satisfied")
FEWEST = 10  # a figure over fewer could tell of one person (design §7)


def published(district: int) -> list[Measured]:
    """This month's public figures, counted over the whole district whoever asks."""
    with access.acting_as(access.system(district)) as everybody:
        known = {one.indicator for one in indicators.definitions(everybody)}
        shown = [one for one in PUBLISHED if one in known]
        return list(indicators.measures(everybody, shown, period="month").values())


def too_few(figure: Measured) -> bool:
    return (figure.denominator or 0) < FEWEST


@cache_control(max_age=0, private=True)
def home(request: HttpRequest) -> HttpResponse:
    figures: list[tuple[Measured, bool]] = [
        (one, too_few(one))
        for one in published(request.asker.district)  # type: ignore[attr-defined]
    ]
    return render(request, "portal/home.html", {"figures": figures, "fewest": FEWEST})


def why(request: HttpRequest, indicator: str) -> HttpResponse:
    """What a public figure means: numerator, denominator, what was left out. No single matter is shown."""
    if indicator not in PUBLISHED:
        raise Http404
    try:
        figure = next(one for one in published(request.asker.district) if one.definition.indicator == indicator)  # type: ignore[attr-defined]
    except (StopIteration, UnknownIndicator):
        raise Http404 from None
    if too_few(figure):
        return receipt_response(request, Receipt(say("portal.too_few", n=FEWEST)))
    return receipt_response(request, _public(figure), foot=figure.definition.reference)


def _public(figure: Measured) -> Receipt:
    definition: Any = figure.definition
    parts = [
        Receipt(speak(definition.numerator.title.mapping()), figure.numerator),
        Receipt(speak(definition.denominator.title.mapping()), figure.denominator),
        Receipt(say("portal.excluded"), figure.excluded),
    ]
    return Receipt(speak(definition.title.mapping()), figure.receipt.value, parts, at=figure.at)
