"""REST: the same answers as the pages, because they come from the same queries (design §7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils import timezone
from ninja import NinjaAPI, Query, Schema, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.renderers import JSONRenderer
from ninja.security import SessionAuth

from yiwang.indicators import queries as indicators
from yiwang.look.asked import Asked
from yiwang.look.errors import fault
from yiwang.look.gate import AskedRequest
from yiwang.matters import disclosure, ending, forms, link_queries, queries, store
from yiwang.matters.definition import REST, Kind
from yiwang.matters.drawn import shapes_of
from yiwang.matters.ends import END
from yiwang.matters.kinds import world
from yiwang.matters.objects import codes_in
from yiwang.matters.queries import Filter
from yiwang.matters.reported import Reported
from yiwang.matters.under_a_key import OpenedBefore
from yiwang.matters.unsearchable import unsearchable
from yiwang.matters.world import World
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.why import Incomplete, NotThere, Refusal, Words, attempt, say
from yiwang.why.words import LANGUAGES

from .answers import FAULTS, ActIn, Done, Fault, MatterOut, MeasuredOut, OneOut, OpenedOut, OpenIn, Page, Said


class SignedIn(SessionAuth):
    """Whoever is signed in and holds a post. The session's cookie is the key, so what changes something must carry
    the form's token too, as on the pages."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        asker: Asker = request.asker  # type: ignore[attr-defined]
        return asker if asker.person is not None and asker.posts else None


class Readable(JSONRenderer):
    """Chinese as Chinese."""

    def __init__(self) -> None:
        self.json_dumps_params = {"ensure_ascii": False}


def _for_staff(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The OpenAPI is for those who may call what it describes."""

    @wraps(view)
    def guarded(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asker = request.asker
        return view(request, *args, **kwargs) if asker.person is not None and asker.posts else fault(401)

    return guarded


api = NinjaAPI(
    title="Yiwang",
    version="1",
    auth=SignedIn(),
    docs_url=None,
    docs_decorator=_for_staff,
    urls_namespace="api",
    renderer=Readable(),
)


def _matter(row: Any, known: World) -> dict[str, Any]:
    units = known.district.units
    return {
        **{name: getattr(row, name) for name in MatterOut.model_fields if name not in ("street", "lead", "ended")},
        "ended": row.facts.get(END),
        "street": units[row.street_id].code if row.street_id else None,
        "lead": units[row.lead_id].code if row.lead_id else None,
    }


def _end(asker: Asker, seen: queries.OneMatter) -> dict[str, Any] | None:
    known = world(asker)
    ended = ending.shown(seen.kind, seen.state, known)
    why = ending.receipt(seen.kind, seen.state, seen.row.moved_at, known)
    if ended is None or why is None:
        return None
    return {
        "title": ended.title,
        "good": ended.good,
        "result": ended.result.code if ended.result else None,
        "national": ended.result.national if ended.result else None,
        "why": {language: why.text(language) for language in LANGUAGES},
    }


def _no_matter(number: str) -> NotThere:
    return NotThere(say("matters.no_matter", number=in_short(number, 40)))


def _both(words: Words) -> dict[str, str]:
    return {language: words.speak(language) for language in LANGUAGES}


def _matter_seen(asker: Asker, number: str) -> queries.OneMatter:
    """A matter that the asker may see. Raises NotThere."""
    seen = queries.one(asker, number=number)
    if seen is None:
        raise _no_matter(number)
    return seen


def _key(asker: Asker, number: str) -> queries.MatterKey:
    """The same, to do something to it. Raises NotThere."""
    matter_key = queries.key_of(asker, number)
    if matter_key is None:
        raise _no_matter(number)
    return matter_key


@api.get("/matters", response={200: Page, **FAULTS})
def matters(request: AskedRequest, page: Annotated[int, Query(ge=1, le=1_000_000)] = 1) -> dict[str, Any]:
    """Matters, newest first, by the pages' filters: q, kind, stage, street, lead, category, channel, object
    (list/code), queue (kind/queue), scope (mine, unit), state (open, closed, overdue), ended (end or kind/end), group,
    since, until (days). What is no such filter is refused, not left out."""
    asker = request.asker
    query = Asked.of_address(request).everything
    wanted = Filter.of(query)
    wrong = {name: say("api.no_filter") for name in Filter.unread(query) if name != "page"}
    wrong |= unsearchable(asker, wanted)
    if wrong:
        raise Incomplete(wrong)
    pages = Paginator(queries.newest_first(queries.matters(asker, wanted, now=timezone.now())), queries.PAGE)
    known, found = world(asker), pages.get_page(page)
    results = [_matter(row, known) for row in found.object_list]
    return {"count": pages.count, "page": found.number, "pages": pages.num_pages, "results": results}


@api.post("/matters", response={200: OpenedOut, 201: OpenedOut, **FAULTS})
def open_matter(request: AskedRequest, what: OpenIn) -> Any:
    """Open a matter, if its kind lets the asker's role do so here. The same key twice, also at the same moment, opens
    one: the others are answered 200 with its number. The same key with other content is refused (409)."""
    asker = request.asker
    place = (what.place.lon, what.place.lat) if what.place else None
    reporter = Reported.typed(**what.reporter.dict()) if what.reporter else None
    key = f"new:api:{asker.person}:{what.key}" if what.key else None
    said = {"place": place, "reporter": reporter, "key": key, "door": REST}
    with session.acting_as(session.for_the_district(asker)) as taking:
        opened = attempt(store.open_matter, taking, what.kind, what.data, **said)
    if isinstance(opened, OpenedBefore):
        return Status(200, {"number": str(opened.receipt.value), "repeated": True})
    if isinstance(opened, Refusal):
        raise opened
    return Status(201, {"number": opened.number, "repeated": False})


@api.get("/matters/{number}", response={200: OneOut, **FAULTS})
def matter(request: AskedRequest, number: str) -> Any:
    """One matter with its ledger; 404 when it is not there or not yours to see."""
    asker = request.asker
    seen = _matter_seen(asker, number)
    ledger = [
        {
            **{name: getattr(entry, name) for name in ("seq", "at", "action", "role", "from_stage", "to_stage")},
            "prev": bytes(entry.prev).hex(),
            "hash": bytes(entry.hash).hex(),
        }
        for entry in seen.entries
    ]
    objects = {name: codes_in(spec, seen.state.get(f"form.{name}")) for name, spec in seen.kind.fields.items()}
    more = {
        "text": seen.row.text,
        "end": _end(asker, seen),
        "objects": {name: codes for name, codes in objects.items() if codes},
        "shapes": {one.name: one.feature for one in shapes_of(seen.kind.fields, seen.state)},
        "version": seen.row.version,
        "links": link_queries.numbers_of(asker, seen),
        "ledger": ledger,
    }
    return Status(200, {**_matter(seen.row, world(asker)), **more})


@api.post("/matters/{number}/actions", response={200: Done, 409: Fault, **FAULTS})
def act(request: AskedRequest, number: str, what: ActIn) -> Any:
    """Do something to a matter. The same key twice does it once, and is refused (409) where it asks for
    something else; an old version does nothing and says what changed."""
    asker = request.asker
    matter_key = _key(asker, number)
    _taken(matter_key.kind, what)
    key = f"api:{asker.person}:{what.key}" if what.key else None
    done = store.act(asker, matter_key.id, what.action, what.data, key=key, version=what.version)
    return Status(200, {"number": number, "seq": done.seq, "stage": done.state["stage"], "repeated": done.repeated})


def _taken(kind: Kind, what: ActIn) -> None:
    """Raises Incomplete for what the action does not ask for: it would be lost without a word."""
    action = kind.actions.get(what.action)
    foreign = set(what.data) - set(forms.specs_of(kind, action)) if action else set()
    if foreign:
        raise Incomplete({in_short(name, 60): say("api.not_asked") for name in sorted(foreign)})


class ReadIn(Said):
    """What personal data is read for: a code of the district's list, and the reason in words."""

    purpose: str
    reason: str


class ReadOut(Schema):
    """Who reported, and field -> plain words, to be shown no longer than `minutes`; `nth` of the reader's day."""

    reporter: dict[str, str]
    said: dict[str, str]
    minutes: int
    nth: int


@api.post("/matters/{number}/reporter", response={200: ReadOut, **FAULTS})
def reporter(request: AskedRequest, response: HttpResponse, number: str, what: ReadIn) -> Any:
    """Who reported a matter and what was said in plain words, for a purpose; recorded as on the page."""
    asker = request.asker
    revealed = disclosure.unmask(asker, _key(asker, number).id, what.purpose, what.reason)
    if revealed is None:
        raise _no_matter(number)
    response["Cache-Control"] = "no-store"
    who = {name: getattr(revealed.reporter, name) for name in ("name", "phone", "address")}
    return Status(200, {"reporter": who, "said": dict(revealed.said), "minutes": revealed.minutes, "nth": revealed.nth})


@api.get("/indicators/{code}", response={200: MeasuredOut, **FAULTS})
def indicator(request: AskedRequest, code: str, unit: str | None = None, period: str | None = None) -> Any:
    """An indicator over what you may see, for a unit and a period ("2026-10", "2026", "month")."""
    asker = request.asker
    measured = indicators.measure(asker, code, unit=unit, period=period)
    return Status(
        200,
        {
            "indicator": code,
            "value": measured.number,
            "unit": measured.definition.unit.mapping(),
            "numerator": measured.numerator,
            "denominator": measured.denominator,
            "excluded": measured.excluded,
            "at": measured.at,
            "why": {language: measured.receipt.text(language) for language in ("zh", "en")},
        },
    )


@api.exception_handler(AuthenticationError)
def unknown(request: AskedRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in, or who is holds no post today."""
    return fault(401)


@api.exception_handler(ValidationError)
def unfit(request: AskedRequest, error: ValidationError) -> HttpResponse:
    """Fields of another sort than the OpenAPI says, each by its place."""
    fields = {".".join(map(str, one["loc"])): _both(say("api.unfit")) for one in error.errors}
    return api.create_response(request, {"error": _both(say("why.incomplete")), "fields": fields}, status=422)


@api.exception_handler(HttpError)
@api.exception_handler(RawPostDataException)
def unreadable(request: AskedRequest, error: HttpError | RawPostDataException) -> HttpResponse:
    """What is sent cannot be read, or is a form with files where JSON is asked for: a sentence, never a 500."""
    status = error.status_code if isinstance(error, HttpError) else 400
    return api.create_response(request, {"error": _both(say("api.unreadable"))}, status=status)
