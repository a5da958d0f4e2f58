"""Report a problem without signing in: what, where on the map, a photo. One form, everything wrong told at once."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from yiwang.files import store as files
from yiwang.files.definition import PORTAL, NotKept
from yiwang.look.errors import sentence
from yiwang.look.land import land
from yiwang.look.mapping import pinned
from yiwang.matters import evidence, store
from yiwang.matters.forms import Incomplete
from yiwang.matters.opening import Reported, tracking_of
from yiwang.matters.store import Conflict
from yiwang.matters.world import world
from yiwang.org import access, personal
from yiwang.why import Words, say

from .throttle import too_often

KIND = "hotline"
FEWEST_SIGNS = 5
_PHONE = re.compile(r"^[0-9+() -]{5,20}$")


def report(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    wrong: dict[str, Words] = {}
    status = 200
    if request.method == "POST":
        if too_often(request, "report", at_most=20, seconds=3600):
            return sentence(request, 429, "too_many", href=reverse("portal:report"))
        wrong = _wrong(request)
        if not wrong:
            try:
                return _take(request)
            except Incomplete as error:
                wrong, status = error.fields, 422
            except NotKept as error:
                wrong, status = {"photo": error.words}, error.status
            except Conflict as error:  # the same form sent twice: it was received the first time
                return _known(request, str(error.receipt.value))
        else:
            status = 422
    asker = request.asker  # type: ignore[attr-defined]
    known = world(asker)
    context: dict[str, Any] = {
        "values": request.POST,
        "wrong": wrong,
        "drawing": land(asker).drawing(),
        "tops": [one for one in known.categories.values() if not one.parent],
        "streets": known.district.of_kind("street"),
        "key": request.POST.get("key") or uuid.uuid4().hex,
    }
    return render(request, "portal/report.html", context, status=status)


def _wrong(request: HttpRequest) -> dict[str, Words]:
    """What no rule of the kind knows of: too little said, a phone that is none."""
    wrong: dict[str, Words] = {}
    text = request.POST.get("text", "").strip()
    if len(text) < FEWEST_SIGNS:
        wrong["text"] = say("portal.say_more", n=FEWEST_SIGNS)
    phone = request.POST.get("phone", "").strip()
    if phone and not _PHONE.match(phone):
        wrong["phone"] = say("portal.no_phone")
    if not request.POST.get("lon") and not request.POST.get("street") and not request.POST.get("address", "").strip():
        wrong["place"] = say("portal.where")
    return wrong


def _take(request: HttpRequest) -> HttpResponse:
    posted = request.POST
    asker = request.asker  # type: ignore[attr-defined]
    text = posted["text"].strip()
    data = {
        "title": title_of(
            personal.masked(text, (posted.get("name", ""),))
        ),  # cut after masking, never through a number
        "text": text,
        "category": posted.get("category", ""),
        "address": posted.get("address", ""),
        "street": posted.get("street", ""),
        "channel": "portal",
    }
    reporter = Reported(posted.get("name", "").strip(), posted.get("phone", "").strip())
    photos = files.prepare(request.FILES.getlist("photo"), PORTAL)
    with access.acting_as(access.system(asker.district)) as platform:
        opened = store.open_matter(
            platform,
            KIND,
            data,
            place=pinned(posted),
            reporter=reporter if reporter else None,
            key=f"portal:{posted.get('key', '')[:40]}",
        )
        evidence.add(platform, opened.id, photos)
    mine = request.session.get("portal", {})
    request.session["portal"] = {**mine, opened.number: tracking_of(opened.number, opened.code)}
    request.session["reported"] = {"number": opened.number, "code": opened.code}
    return redirect("portal:reported")


def _known(request: HttpRequest, number: str) -> HttpResponse:
    if number in request.session.get("portal", {}):
        return HttpResponseRedirect(reverse("portal:matter", args=[number]))
    return redirect("portal:track")


def title_of(text: str) -> str:
    """The first sentence, at most 40 signs.

    >>> title_of("弄口井盖松了，老人走不稳。请快来看看")
    '弄口井盖松了，老人走不稳'
    """
    first = re.split(r"[。！？!?\n]", text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= 40 else f"{first[:39]}…"


def done(request: HttpRequest) -> HttpResponse:
    """The number and the code: the only page that ever shows the code, to the browser that reported."""
    reported = request.session.get("reported")
    if not reported:
        return redirect("portal:track")
    answer = render(request, "portal/done.html", reported)
    answer["Cache-Control"] = "no-store"
    return answer
