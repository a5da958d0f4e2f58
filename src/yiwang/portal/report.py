"""Report a problem without signing in: what, where on the map, a photo. One form, everything wrong told at once."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yiwang.files import store as files
from yiwang.files.definition import PORTAL as PHOTOS
from yiwang.files.definition import NotKept
from yiwang.look.asked import Asked
from yiwang.look.errors import sentence
from yiwang.look.gate import AskedRequest
from yiwang.look.land import land
from yiwang.look.speech import spoken
from yiwang.matters import asked, doors, evidence, forms, store
from yiwang.matters.definition import PORTAL, Kind
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.kinds import current_kinds, world
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.matters.tracking import tracking_of
from yiwang.matters.under_a_key import OpenedBefore, OpenedOther
from yiwang.org import personal, session
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.typed.telephones import is_telephone
from yiwang.why import Incomplete, Refusal, Words, attempt, say

from . import handed
from .throttle import too_often

_CALLED_BACK = 5  # digits of a telephone under which a resident can be called back
_NAMED_HERE = {"reporter_name": "name", "reporter_phone": "phone"}  # as this page asks for them


def report(request: AskedRequest) -> HttpResponse:
    """The form, and what is sent with it."""
    asker = request.asker
    kinds = {kind.matter: kind for kind in doors.openable(current_kinds(asker), PORTAL, asker)}
    form = Asked.of_form(request)
    chosen = form.written("kind") or Asked.of_address(request).written("kind") or next(iter(kinds), "")
    if chosen not in kinds:
        raise Http404
    kind, wrong, status = kinds[chosen], dict[str, Words](), 200
    if request.method == "POST":
        if too_often(request, "report", at_most=20, seconds=3600):
            return sentence(request, 429, "too_many", href=reverse("portal:report"))
        taken = attempt(_take, request, kind)
        if isinstance(taken, OpenedBefore):  # the same form sent twice: it was received the first time
            return _known(request, str(taken.receipt.value))
        if not isinstance(taken, Refusal):
            return taken
        wrong, status = _what_is_wrong(taken), taken.status
    known, door = world(asker), kind.opens[PORTAL]
    more = {name: spec for name, spec in _specs(kind).items() if name in door.fields and name not in _DRAWN}
    needed = {name for name, spec in more.items() if spec.required}
    context: dict[str, Any] = {
        "kinds": [(one.matter, one.title.mapping()) for one in kinds.values()] if len(kinds) > 1 else [],
        "chosen": chosen,
        "asks": _in_its_words(kind) if chosen != next(iter(kinds)) else None,
        "takes": set(door.fields),
        "most": kind.form["text"].at_most if "text" in kind.form else 0,
        "where": not _WHERE.isdisjoint(door.fields),
        "lead": "portal.report_lead" if doors.PLACE in door.fields and not needed else "portal.report_lead_asked",
        "more": list(asked.fields(more, needed, form.everything, wrong, known)),
        "values": form.everything,
        "wrong": wrong,
        "drawing": land(asker).drawing(),
        "tops": [one for one in known.categories.values() if not one.parent],
        "streets": known.district.of_kind("street"),
        "key": (form.written("key") if "key" not in wrong else "") or uuid.uuid4().hex,
        "must_know": doors.must_know(kind),
        "centre": known.district.centre.name,
        "purposes": [one.mapping() for one in known.district.personal.purposes.values()],
        "years": known.district.personal.kept_years,
    }
    return render(request, "portal/report.html", context, status=status)


def _what_is_wrong(refused: Refusal) -> dict[str, Words]:
    """Field of the page → what is wrong with it. Raises what concerns no field."""
    if isinstance(refused, OpenedOther):  # the form that was received before, filled in anew
        return {"key": say("look.form_sent_otherwise", number=refused.receipt.value)}
    if not refused.fields:
        raise refused
    return {"photo" if isinstance(refused, NotKept) else name: words for name, words in _named_here(refused.fields)}


def _in_its_words(kind: Kind) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    """(title of the page, of its text): who chooses a kind reads its own; the first one is for any problem."""
    spec = kind.form.get("text")
    return (kind.title.mapping(), spec.title.mapping()) if spec is not None and spec.title is not None else None


_WHERE = frozenset({doors.PLACE, "street", "address"})
_DRAWN = frozenset({"title", "text", "category", "street", "address"})  # the page asks for these in its own words


def _specs(kind: Kind) -> dict[str, FieldSpec]:
    return forms.asked_at_opening(kind, PORTAL)


def _wrong(form: Asked, kind: Kind, reporter: Reported) -> dict[str, Words]:
    """What no rule of the kind knows of: a phone that is none, a form that does not say where."""
    wrong: dict[str, Words] = {}
    if reporter.phone and not is_telephone(reporter.phone, _CALLED_BACK):
        wrong["phone"] = say("portal.no_phone")
    taken = kind.opens[PORTAL].fields
    asked_for = ("lon", *(name for name in ("street", "address") if name in taken))
    if doors.PLACE in taken and not any(form.written(name).strip() for name in asked_for):
        wrong["place"] = say("portal.where")
    return wrong


def _take(request: AskedRequest, kind: Kind) -> HttpResponse:
    asker, form = request.asker, Asked.of_form(request)
    data = asked.sent(_specs(kind), form.everything)
    # cut after masking, never through a number
    said = title_of(personal.masked(form.written("text"), (form.written("name"),)))
    said = said or form.written("title").strip()
    data["title"] = said or kind.title.speak(facts(asker).languages[0])
    reporter = Reported.typed(form.written("name"), form.written("phone"))
    place, wrong = doors.pin_of(form.everything), _wrong(form, kind, reporter)
    asks = _files_asked(kind)
    if wrong:
        data |= handed.stand_ins(request, asks)
        raise Incomplete(_wrong_with(Opening(data, timezone.now(), place, reporter, door=PORTAL), kind, asker) | wrong)
    photos = files.prepare(request.FILES.getlist("photo"), PHOTOS)
    papers = handed.handed_in(request, asks)
    with session.acting_as(session.system(asker.district)) as platform:
        opened = store.open_matter(
            platform,
            kind.matter,
            data | handed.keep(platform, papers),
            place=place,
            reporter=reporter if reporter else None,
            key=form.retry("portal"),
            door=PORTAL,
            titles=None if said else kind.title.mapping(),
            attached=[photo.came for photo in photos],
        )
        evidence.add(platform, opened.id, photos)
    mine = request.session.get("portal", {})
    request.session["portal"] = {**mine, opened.number: tracking_of(opened.number, opened.code)}
    request.session["just_sent"] = {"number": opened.number, "code": opened.code}
    return redirect("portal:reported")


def _files_asked(kind: Kind) -> dict[str, FieldSpec]:
    """The fields of files that the door takes."""
    return {name: spec for name, spec in _specs(kind).items() if name in kind.opens[PORTAL].fields}


def _wrong_with(opening: Opening, kind: Kind, asker: Asker) -> dict[str, Words]:
    """What the rules of the kind find wrong, so that everything is said at once."""
    decided = attempt(opening.decide, kind, world(asker))
    wrong = decided.fields if isinstance(decided, Refusal) else {}
    return dict(_named_here(wrong))


def _named_here(wrong: Mapping[str, Words]) -> Iterator[tuple[str, Words]]:
    return ((_NAMED_HERE.get(name, name), words) for name, words in wrong.items())


def _known(request: AskedRequest, number: str) -> HttpResponse:
    """Received already: its page for the browser that knows the code, its number for another."""
    if number in request.session.get("portal", {}):
        messages.success(request, spoken("portal.received_before"))
        return HttpResponseRedirect(reverse("portal:matter", args=[number]))
    request.session["sent_before"] = number
    return redirect("portal:received")


def received(request: AskedRequest) -> HttpResponse:
    """The number of what was received before; its code was shown the first time."""
    number = request.session.get("sent_before")
    if not number:
        return redirect("portal:track")
    answer = render(request, "portal/received.html", {"number": number})
    answer["Cache-Control"] = "no-store"
    return answer


def title_of(text: str) -> str:
    """The first sentence, at most 40 characters.

    >>> title_of("弄口井盖松了，老人走不稳。请快来看看")
    '弄口井盖松了，老人走不稳'
    >>> title_of("Cova na calçada, n.º 3. Já caíram duas pessoas.")
    'Cova na calçada, n.º 3'
    """
    first = re.split(r"[。！？!?\n]|\.(?:\s|$)", text.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= 40 else f"{first[:39]}…"


def done(request: AskedRequest) -> HttpResponse:
    """The number and the code: the only page that ever shows the code, to the browser that reported."""
    reported = request.session.get("just_sent")
    if not reported:
        return redirect("portal:track")
    answer = render(request, "portal/done.html", reported)
    answer["Cache-Control"] = "no-store"
    return answer
