"""Personal data on the desk: opened for a purpose and for some minutes, found by a whole number, and who read what."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, sent_only, staff_only
from yiwang.matters import disclosure
from yiwang.matters.unsearchable import no_day
from yiwang.org.asker import Asker
from yiwang.org.readings import Readings, readings
from yiwang.why import Incomplete, Refusal, attempt

from . import matter
from .shown import purposes_of, rows_of


@staff_only
@sent_only
def unmask(request: StaffRequest, number: str) -> HttpResponse:
    """Show who reported and what was said in plain words, once, for a purpose; the reading itself is kept (R9.3)."""
    opened = matter.found_or_404(request, number)
    asker: Asker = request.asker
    asked = Asked.of_form(request).fields("purpose", "reason")
    revealed = attempt(disclosure.unmask, asker, opened.row.pk, asked["purpose"], asked["reason"])
    if isinstance(revealed, Refusal):
        answer = matter.show(request, opened, status=revealed.status, refusal=revealed.receipt, asked=asked)
    elif revealed is None:
        raise Http404
    else:
        answer = matter.show(request, opened, revealed=revealed)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_only
def masked(request: StaffRequest, number: str) -> HttpResponse:
    """The same part of the page as everybody sees it: it takes the place of what was opened, when its time is over."""
    return render(request, "desk/text.html", matter.said(request, matter.found_or_404(request, number)))


@staff_only
def find(request: StaffRequest) -> HttpResponse:
    """Matters of one whole number: the search is a reading with its purpose, and the number stands in no address."""
    asker: Asker = request.asker
    if not asker.may_unmask:
        raise Http404
    context: dict[str, Any] = {"here": "matters", "purposes": purposes_of(asker), "now": timezone.now()}
    status = 200
    if request.method == "POST":
        asked = Asked.of_form(request).fields("number", "purpose", "reason")
        context["asked"] = asked
        numbers = attempt(disclosure.matters_of_number, asker, asked["number"], asked["purpose"], asked["reason"])
        if isinstance(numbers, Refusal):
            context["refusal"], status = numbers.receipt, 422
        else:
            context["rows"] = rows_of(asker, numbers)
    answer = render(request, "desk/find.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_only
def who_read(request: StaffRequest) -> HttpResponse:
    """Every reading of personal data, for whoever audits: by day, person and purpose, then one by one."""
    asker: Asker = request.asker
    if not asker.may_audit:
        raise Http404
    address = Asked.of_address(request)
    given = address.fields("since", "until")
    if wrong := {name: no_day(text) for name, text in given.items() if text.strip() and address.day(name) is None}:
        raise Incomplete(wrong)
    wanted = Readings.of(address.everything)
    listed = readings(asker, wanted)
    context = {"here": "readings", "wanted": wanted, "listed": listed, "purposes": purposes_of(asker)}
    answer = render(request, "desk/readings.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
