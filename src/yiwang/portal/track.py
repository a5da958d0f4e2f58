"""Where it stands: by number and code, without signing in. The promise shown is the clock that is measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from yiwang.look.asked import Asked
from yiwang.look.downloads import download
from yiwang.look.errors import sentence
from yiwang.look.gate import AskedRequest, sent_only
from yiwang.look.speech import language, speak
from yiwang.matters import ending, forms, link_queries, queries, store
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind
from yiwang.matters.disclosure import erased_at
from yiwang.matters.kinds import world
from yiwang.matters.linked import ONE_WITH, WAITS
from yiwang.matters.parties import party_of
from yiwang.matters.queries import OneMatter
from yiwang.matters.steps import Counted, steps_told
from yiwang.matters.tracking import MARK, plain_hash, trackings
from yiwang.org import session
from yiwang.org.asker import Asker, public
from yiwang.org.readings import readers_told
from yiwang.why import Incomplete, Refusal, attempt, say

from . import handed, party_page, word
from .example import example_number
from .handed_by import handed_by_reporter
from .photos import photos_of, shown_to_reporter
from .seen import seen_outside, told_of
from .story import answer_to, entries_told, story_of
from .throttle import too_often
from .whose_move import whose_move


def track(request: AskedRequest) -> HttpResponse:
    """Number and code in a form, so that neither stands in an address."""
    wrong, form = None, Asked.of_form(request)
    number = _typed((form if "number" in form else Asked.of_address(request)).written("number")).upper()[:40]
    if request.method == "POST":
        if too_often(request, "track", at_most=30, seconds=600):
            return sentence(request, 429, "too_many", href="/portal/track/")
        tracking = _which(request, number, plain_hash(number, _typed(form.written("code"))))
        if tracking is not None:
            request.session["portal"] = {**request.session.get("portal", {}), number: tracking}
            return redirect("portal:matter", number=number)
        wrong = say("portal.no_match")
    mine = sorted(request.session.get("portal", {}), reverse=True)
    context = {"wrong": wrong, "number": number, "mine": mine, "example": example_number(request.asker)}
    return render(request, "portal/track.html", context, status=404 if wrong else 200)


def _typed(text: str) -> str:
    """What was typed, without blanks and in one width, with the dashes that a keyboard makes of one.

    >>> _typed(" ＲＸ—２０２６１０１２ - 0163 ")
    'RX-20261012-0163'
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub("[\u2010-\u2015\u2212\u30fc]", "-", plain)


def _which(request: AskedRequest, number: str, known: str) -> str | None:
    """The fingerprint under which the matter stands, when this is its code."""
    for tracking in trackings(known):
        with _knowing(request, tracking) as asker:
            if queries.tracked_key(asker, number) is not None:
                return tracking
    return None


def _mine(request: AskedRequest, number: str) -> str | None:
    """The same from what this browser has shown before; None when it has not, or it holds no more."""
    known: str | None = request.session.get("portal", {}).get(number)
    return None if known is None else known if known.startswith(MARK) else _which(request, number, known)


@contextmanager
def _knowing(request: AskedRequest, tracking: str) -> Iterator[Asker]:
    """A passer-by who knows one matter's number and code, whoever else they may be."""
    asker = request.asker
    passer_by = public(asker.district, asker.district_code, asker.generation)
    with session.acting_as(passer_by.for_tracking(tracking)) as knowing:
        yield knowing


def matter(request: AskedRequest, number: str) -> HttpResponse:
    """The matter as its reporter sees it: where it stands, who has it, by when."""
    tracking = _mine(request, number)
    if tracking is None:
        return redirect("portal:track")
    with _knowing(request, tracking) as asker:
        followed = queries.tracked(asker, number)
        if followed is None:
            return redirect("portal:track")
        return _shown(request, asker, followed, word.Sent())


def _shown(request: AskedRequest, asker: Asker, matter: OneMatter, sent: word.Sent) -> HttpResponse:
    """The page; after a form that was not taken with what was written in it and what is wrong beside it."""
    context = _context(asker, matter, sent) | {"wrong": sent.wrong}
    page = "portal/party.html" if context.get("party") else "portal/matter.html"
    answer = render(request, page, context, status=422 if sent.wrong else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _context(asker: Asker, matter: OneMatter, sent: word.Sent) -> dict[str, Any]:
    if party := party_of(matter.kind.parties, matter.state, asker.tracking):
        return party_page.context(matter, party, world(asker), timezone.now(), sent) | {
            "steps": _steps(matter),
            "promised": _promised(matter.kind, matter.state),
            "move": whose_move(matter, world(asker), party),
            "story": entries_told(matter, matter.entries, world(asker)),
        }
    # what waits for another is told by how that one stands; what ended with it has an end of its own
    other = link_queries.leading(asker, matter)
    led = other if other and matter.state.get(WAITS) else matter
    known, state, kind = world(asker), led.state, led.kind
    now = timezone.now()
    say_now = word.forms_of(matter, now, known, sent)
    return {
        "row": matter.row,
        "with_others": bool(matter.state.get(ONE_WITH)),
        "stage": kind.stages[led.row.stage].title.mapping(),
        "final": kind.stages[led.row.stage].final,
        "move": whose_move(led, known, word.REPORTER if led is matter else ""),
        "promised": _promised(kind, state),
        "story": story_of(matter, other, known),
        "ended": ending.shown(kind, state, known),
        "result": answer_to(matter, other, known),
        "steps": _steps(led),
        "word": say_now,
        "said": None if say_now else word.said_before(matter),
        "why_not": None if say_now else word.why_not(matter, now, known),
        "from_reporter": handed_by_reporter(matter),
        "photos": photos_of(matter),
        "sees": seen_outside(matter, told_of(kind), known),
        "readers": readers_told(asker, matter.row.number),
        "erased": erased_at(matter.state),
        "now": now,
    }


def _promised(kind: Kind, state: State) -> list[dict[str, Any]]:
    """The clocks that are told outside, each as it is measured."""
    return [
        {
            "title": defined.title.mapping(),
            "due": clock.due,
            "stopped": clock.stopped,
            "late": clock.late_before,
            "ended": clock.ended,
            "lamp": "alarm" if clock.was_late else "" if clock.ended else "done",
            "provisional": clock.provisional,
        }
        for defined, clock in ((defined, state.clock(name)) for name, defined in kind.clocks.items())
        if not defined.internal and clock.due
    ]


def _steps(matter: OneMatter) -> list[Counted]:
    """The steps that a resident counts by, of the stages in which it has been and of what lies ahead."""
    been = [entry.to_stage for entry in matter.entries if entry.to_stage in matter.kind.stages]
    return steps_told(matter.kind, [*been, matter.row.stage])


def _act(
    request: AskedRequest,
    asker: Asker,
    matter_key: queries.MatterKey,
    action: str,
    data: dict[str, Any],
    role: str,
    key: str,
) -> store.Done:
    """What they say, with what they hand in: both, or neither. Raises Refusal."""
    known = matter_key.kind.actions.get(action)
    papers = handed.handed_in(request, forms.specs_of(matter_key.kind, known) if known else {})
    with transaction.atomic():
        if papers:
            with session.acting_as(session.system(asker.district)) as platform:
                data = data | handed.keep(platform, papers, matter_key.id)
        return store.act(asker, matter_key.id, action, data, role=role, key=key)


def photo(request: AskedRequest, number: str, pk: int) -> HttpResponseBase:
    """A file that who reported the matter is shown: nothing else of it, whoever knows its number."""
    tracking = _mine(request, number)
    if tracking is None:
        return redirect("portal:track")
    with _knowing(request, tracking) as asker:
        found = queries.tracked(asker, number)
        mine = found is not None and not party_of(found.kind.parties, found.state, asker.tracking)
        file = shown_to_reporter(found).get(pk) if found and mine else None
        if file is None:
            raise Http404
        return download(file)


@sent_only
def act(request: AskedRequest, number: str, action: str) -> HttpResponse:
    """The word of the reporter or of an outside party: said by who knows number and code, and nobody else can change
    it (design §10.12)."""
    tracking = _mine(request, number)
    if tracking is None:
        return redirect("portal:track")
    with _knowing(request, tracking) as asker:
        matter_key = queries.tracked_key(asker, number)
        if matter_key is None:
            return redirect("portal:track")
        role = queries.tracked_as(asker, matter_key)
        if request.FILES and too_often(request, "hand", at_most=20, seconds=3600):
            return sentence(request, 429, "too_many", href="/portal/track/")
        known = matter_key.kind.actions.get(action)
        names = forms.specs_of(matter_key.kind, known) if known else {}
        data = Asked.of_form(request).fields(*(name for name, spec in names.items() if spec.type != "files"))
        key = f"{role}:{number}:{matter_key.version}:{action}"
        done = attempt(_act, request, asker, matter_key, action, data, role, key)
        if isinstance(done, Incomplete) and (again := queries.tracked(asker, number)) is not None:
            wrong = {
                name: word.asked_again(names[name], data.get(name, ""), words) if name in names else words
                for name, words in done.fields.items()
            }
            return _shown(request, asker, again, word.Sent(action, data, wrong))
        if isinstance(done, Refusal):
            messages.error(request, done.sentence(language()))
        else:
            messages.success(request, speak(word.what_comes_now(matter_key.kind, action, done.state, world(asker))))
    return redirect("portal:matter", number=number)
