"""Giving an outside party its code: shown once, with the way to the portal."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yiwang.look.asked import Asked
from yiwang.look.gate import StaffRequest, staff_only
from yiwang.matters import giving_doors
from yiwang.why import NotThere, Refusal, attempt

from . import matter


@staff_only
@require_POST
def give(request: StaffRequest, number: str, party: str) -> HttpResponse:
    """A new code for a party. The page that answers is the only one that shows it."""
    opened, asker = matter.found_or_404(request, number), request.asker
    key = Asked.of_form(request).retry(f"web:{asker.person}")
    done = attempt(giving_doors.give, asker, opened.row.pk, party, key=key)
    if isinstance(done, NotThere):
        raise done
    if isinstance(done, Refusal):
        return matter.show(request, opened, status=done.status, refusal=done.receipt)
    link = request.build_absolute_uri(f"{reverse('portal:track')}?{urlencode({'number': number})}")
    context = {"here": "matters", "number": number, "given": done, "title": opened.row.called, "link": link}
    context["party"] = opened.kind.parties[party].title.mapping()
    answer = render(request, "desk/party_door.html", context)
    answer["Cache-Control"] = "no-store"
    return answer
