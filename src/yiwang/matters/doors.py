"""Who opens a matter behind which door, and what can be said there: opening is an action like every other (design §4).

A kind names its doors in `opens`. What a door does not list is refused there, not ignored: nobody is put in charge
before a dispatch, and nothing that was said is lost in silence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from yiwang.org.asker import Asker, PostHeld
from yiwang.typed.telephones import is_telephone
from yiwang.why import Incomplete, NotAllowed, Receipt, Words, say

from .definition import DESK, Door, Kind
from .fields import rows
from .fields.documents import inputs
from .fields.filling import missing, title_of
from .forms import asked_at_opening
from .reported import KEPT_APART, Reported
from .world import World

PLACE, REPORTER = "place", "reporter"  # beside the names of fields
MOST_OF_REPORTER = {"reporter_name": 80, "reporter_phone": 40, "reporter_address": 200}


def openable(kinds: list[Kind], door: str, asker: Asker) -> list[Kind]:
    """Those kinds that the asker may open behind a door: the usual ones first, then what the public asks, then the
    rest, each in the pack's order."""
    found = [one for one in kinds if not one.retired and door in one.opens and _opener(one.opens[door], asker)[0]]
    return sorted(found, key=lambda kind: (not kind.opens[door].usual, not kind.public))


def opener(kind: Kind, door: str, asker: Asker) -> PostHeld | None:
    """The post in which the asker opens it; None for the platform and for passers-by. Raises Refusal."""
    door = door or ("" if asker.system else DESK)
    if not door:
        return None
    check_in_use(kind)
    allowed, post = _opener(kind.opens[door], asker) if door in kind.opens else (False, None)
    if not allowed:
        raise NotAllowed(Receipt(say("matters.may_not_open", kind=kind.title.mapping()), False, source="R9.1"))
    return post


def check_in_use(kind: Kind) -> None:
    """Raises NotAllowed for a kind of which nothing new is opened."""
    if kind.retired:
        raise NotAllowed(Receipt(say("matters.is_retired", kind=kind.title.mapping()), False, source="R1.1"))


def _opener(door: Door, asker: Asker) -> tuple[bool, PostHeld | None]:
    post = next((post for post in asker.posts if post.role in door.by), None)
    return post is not None or asker.system or door.anybody, post


def taken(kind: Kind, door: str, data: Mapping[str, Any], place: object, reporter: object) -> dict[str, Any]:
    """What is said at a door, with its channel. Raises Incomplete for what is not taken there."""
    spec = kind.opens[door]
    said = {name: value for name, value in data.items() if value not in (None, "", [])}
    said |= {name: value for name, value in ((PLACE, place), (REPORTER, reporter)) if value}
    lists = {name for name in spec.fields if name in kind.form and kind.form[name].type == "list"}
    parts = {part for name in spec.fields if name in kind.form for part in inputs(name, kind.form[name])}
    taken_here = (name in spec.fields or name in parts or rows.field_of(name) in lists for name in said)
    foreign = {name: _not_here(kind, door, name) for name, here in zip(said, taken_here, strict=True) if not here}
    if foreign:
        raise Incomplete(foreign)
    found = {name: value for name, value in said.items() if name not in (PLACE, REPORTER)}
    return {"channel": spec.channel, **found} if spec.channel else found


def _not_here(kind: Kind, door: str, name: str) -> Words:
    spec = asked_at_opening(kind, door).get(name)
    return say("matters.not_taken_here", field=title_of(name, spec) if spec else name)


def wrong_with(place: tuple[float, float] | None, reporter: Reported, door: str, world: World) -> dict[str, Words]:
    """What is wrong beside the form: a place that is none or lies outside, and who reports. What was never said at a
    door, as a message of another system, is kept as it came."""
    wrong: dict[str, Words] = {}
    if place is not None:
        if not on_earth(*place):
            wrong[PLACE] = say("matters.no_place")
        elif door and world.district.has_map and world.district.place(*place) is None:
            wrong[PLACE] = say("matters.place_outside", district=world.district.title)
    return wrong | wrong_with_reporter(reporter, typed=bool(door))


def wrong_with_reporter(reporter: Reported, *, typed: bool = True) -> dict[str, Words]:
    """What is wrong with who reports: longer than is kept, and of what somebody `typed` a telephone that is none."""
    wrong: dict[str, Words] = {}
    if typed and reporter.phone and not is_telephone(reporter.phone):
        wrong["reporter_phone"] = say("matters.no_telephone")
    said = (reporter.name, reporter.phone, reporter.address)
    for (name, most), value in zip(MOST_OF_REPORTER.items(), said, strict=True):
        if len(value) > most:
            wrong[name] = say("matters.text_too_long", n=len(value), most=most)
    return wrong


def missing_of_reporter(kind: Kind, door: str, reporter: Reported) -> dict[str, Words]:
    """What a kind must know of who reports and was not told, at a door that takes it."""
    if door not in kind.opens or REPORTER not in kind.opens[door].fields:
        return {}
    told = dict(zip(KEPT_APART, (reporter.name, reporter.phone), strict=True))
    return {name: missing(name, kind.form[name]) for name in must_know(kind) if not told[name]}


def must_know(kind: Kind) -> list[str]:
    """What of who reports a kind asks for and does not leave to them."""
    return [name for name in KEPT_APART if name in kind.form and kind.form[name].required]


def on_earth(lon: float, lat: float) -> bool:
    """Whether these are degrees of WGS84 at which something can stand: the seam and the poles are no places."""
    return math.isfinite(lon) and math.isfinite(lat) and -180 < lon < 180 and -90 < lat < 90


def pin_of(posted: Mapping[str, Any]) -> tuple[float, float] | None:
    """(longitude, latitude) of a form's `lon` and `lat`; None when both are empty, not a number for nonsense, which
    `wrong_with` then tells with whatever else is wrong."""
    both = [str(posted.get(name) or "").strip() for name in ("lon", "lat")]
    if not any(both):
        return None
    try:
        return float(both[0]), float(both[1])
    except ValueError:
        return math.nan, math.nan
