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
    found = figures(request.asker)
    one = next((one for one in found.figures if one.indicator == indicator), None)
    if one is None:
        raise Http404
    if not one.shown:
        return receipt_response(request, Receipt(say("portal.too_few", n=found.fewest)))
    return receipt_response(request, _receipt(one, found), foot=one.reference)


def _receipt(one: Figure, found: Figures) -> Receipt:
    def told(n: int | None) -> int | Words:
        return say("portal.below", n=found.fewest) if n is None else n

    sides: list[tuple[Any, int | None]] = [(one.numerator_title, one.numerator)]
    if one.denominator_title is not None:
        sides += [(one.denominator_title, one.base), (say("portal.excluded"), one.excluded)]
    parts = [Receipt(title if isinstance(title, Words) else speak(title), told(n)) for title, n in sides]
    return Receipt(speak(one.title), one.text, parts, at=found.at)
