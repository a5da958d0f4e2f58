"""The residents' first page: report, track, and what the district makes public of itself (R9.12)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from yiwang.look.gate import AskedRequest
from yiwang.look.speech import speak, spoken
from yiwang.look.views import receipt_response
from yiwang.pages.queries import pages_of
from yiwang.why import Receipt, Words, say

from .example import example_number
from .public import Figure, Figures, figures


@cache_control(max_age=0, private=True)
def home(request: AskedRequest) -> HttpResponse:
    """Two doors, a telephone, and the public figures."""
    asker, example = request.asker, example_number(request.asker)
    shown = {
        "public": figures(asker),
        "phone": pages_of(asker).portal.phone,
        "hint": spoken("portal.number_hint", example=example) if example else spoken("portal.number"),
    }
    return render(request, "portal/home.html", shown)


def why(request: AskedRequest, indicator: str) -> HttpResponse:
    """What a public figure means: numerator, denominator, what was left out. No single matter is shown."""
    published = figures(request.asker)
    figure = next((one for one in published.figures if one.indicator == indicator), None)
    if figure is None:
        raise Http404
    if not figure.shown:
        return receipt_response(request, Receipt(say("portal.too_few", n=published.fewest)))
    return receipt_response(request, _receipt(figure, published), foot=figure.reference)


def _receipt(figure: Figure, published: Figures) -> Receipt:
    def counted(n: int | None) -> int | Words:
        return say("portal.below", n=published.fewest) if n is None else n

    sides: list[tuple[Any, int | None]] = [(figure.numerator_title, figure.numerator)]
    if figure.denominator_title is not None:
        sides += [(figure.denominator_title, figure.base), (say("portal.excluded"), figure.excluded)]
    parts = [Receipt(title if isinstance(title, Words) else speak(title), counted(n)) for title, n in sides]
    return Receipt(speak(figure.title), figure.text, parts, at=published.at)
