"""What a demo's own files say beside its district: layout.yaml, year.yaml, texts/.

The simulation and the drawing of the map read them by these types; `yiwang pack check` proves types and rules. Pure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from string import Formatter
from typing import Annotated

from msgspec import Meta, Struct, field

from yiwang.goals.definition import Share
from yiwang.why import Words, say

Weight = Annotated[float, Meta(ge=0, le=1e9)]
Metres = Annotated[float, Meta(ge=-1e6, le=1e6)]
Point = tuple[Metres, Metres]
Path = Annotated[list[Point], Meta(min_length=2)]
Month = Annotated[int, Meta(ge=1, le=12)]
Said = Annotated[list[str], Meta(min_length=1)]
Hours = Annotated[list[Weight], Meta(min_length=24, max_length=24)]
Weekdays = Annotated[list[Weight], Meta(min_length=7, max_length=7)]
Months = Annotated[list[Weight], Meta(min_length=12, max_length=12)]
Wrong = Iterator[tuple[str, Words]]


class _Part(Struct, forbid_unknown_fields=True, frozen=True, omit_defaults=True):
    """A part of a file that says nothing but what is named here."""


# --- layout.yaml ---------------------------------------------------------------------------------------------------


class Water(_Part, frozen=True):
    """A river or creek: a band along a path, as wide (m) at its ends as `widths` says."""

    zh: str
    en: str
    widths: tuple[Annotated[float, Meta(gt=0, le=1e5)], Annotated[float, Meta(gt=0, le=1e5)]]
    path: Path


class Waters(_Part, frozen=True):
    """The river parts the district into two banks."""

    river: Water
    creek: Water | None = None


class Road(_Part, frozen=True):
    """A road by its middle line."""

    code: str
    zh: str
    en: str
    path: Path
    sort: str = field(name="class")


class Layout(_Part, frozen=True):
    """layout.yaml: metres east and north of the middle of the district; west, east: middle of each street."""

    outline: Annotated[list[Point], Meta(min_length=3)]
    waters: Waters
    west: Annotated[dict[str, Point], Meta(min_length=1)]
    east: Annotated[dict[str, Point], Meta(min_length=1)]
    roads: list[Road]


# --- year.yaml -----------------------------------------------------------------------------------------------------


class ByKind(_Part, frozen=True):
    """Something of each of the two kinds of which a year is made."""

    hotline: Hours
    grid: Hours

    def of(self, kind: str) -> Hours:
        return self.grid if kind == "grid" else self.hotline


class Storms(_Part, frozen=True):
    """Days of heavy rain in a summer, and what they bring: category or group -> factor."""

    days: Annotated[float, Meta(ge=0, le=366)]
    months: Annotated[list[Month], Meta(min_length=1)]
    factors: dict[str, Weight]


class Channels(_Part, frozen=True):
    """channel -> how much comes that way; by `business` come firms alone."""

    hotline: Annotated[dict[str, Weight], Meta(min_length=1)]
    grid: Annotated[dict[str, Weight], Meta(min_length=1)]
    business: list[str]

    def of(self, kind: str) -> dict[str, Weight]:
        return self.grid if kind == "grid" else self.hotline


class Weights(_Part, frozen=True):
    """How much of each kind there is."""

    hotline: Weight
    grid: Weight

    def of(self, kind: str) -> float:
        return self.grid if kind == "grid" else self.hotline


class Habit(_Part, frozen=True):
    """How a unit works, in shares of its matters; what is left out is as the default says."""

    late: Share | None = None
    wrong: Share | None = None
    pace: Annotated[float, Meta(gt=0, le=10)] | None = None
    contact_late: Share | None = None
    solved: Share | None = None
    quick: Share | None = None


class HotSpot(_Part, frozen=True):
    """The same trouble at the same place: from so many days ago to so many, so many messages a week."""

    neighbourhood: str
    category: str
    since: Annotated[float, Meta(ge=0, le=365)] = field(name="from")
    to: Annotated[float, Meta(ge=0, le=365)]
    weekly: Annotated[float, Meta(ge=0, le=1e4)]
    road: str = ""
    number: int | None = None
    estate: str = ""


class SensorsOfAYear(_Part, frozen=True):
    """silent: the sign that is broken; unusual: share of spells in which a sensor leaves its band."""

    silent: str
    unusual: Share


class Titled(_Part, frozen=True):
    """A goal of the plan, by item and promised value, for which an indicator speaks."""

    item: str
    value: float
    title: str
    indicator: str


class PlanOfAYear(_Part, frozen=True):
    """The year's plan, and how the units keep it; paces: how many goals, from and to which share of the plan."""

    file: str
    year: Annotated[int, Meta(ge=1900, le=2200)]
    imported: Annotated[datetime, Meta(tz=True)]
    titles_and_measures: list[Titled]
    months: list[Month]
    paces: Annotated[list[tuple[Weight, Weight, Weight]], Meta(min_length=1)]


class Year(_Part, frozen=True):
    """year.yaml"""

    hours: ByKind
    weekdays: Weekdays
    months: Months
    holiday: Weight
    streets: dict[str, Weight]
    seasons: dict[str, Months]
    storms: Storms
    channels: Channels
    weights: Weights
    repeats: Share
    night_desk: Share
    habits: dict[str, Habit]
    hot_spots: list[HotSpot]
    sensors: SensorsOfAYear
    plan: PlanOfAYear


def wrong_in_year(year: Year) -> Wrong:
    """What fits each type by itself and not together."""
    default = year.habits.get("default")
    lacking = [name for name in Habit.__struct_fields__ if default is None or getattr(default, name) is None]
    if lacking:
        yield "habits.default", say("demo.lacking", names=lacking)
    for where, weights in (
        ("hours.hotline", year.hours.hotline),
        ("hours.grid", year.hours.grid),
        ("weekdays", year.weekdays),
        ("months", year.months),
        ("weights", (year.weights.hotline, year.weights.grid)),
        ("channels.hotline", _of_everybody(year.channels)),
        ("channels.grid", year.channels.grid.values()),
        ("plan.paces", (share for share, _, _ in year.plan.paces)),
    ):
        yield from _some(where, weights)
    for number, spot in enumerate(year.hot_spots):
        if spot.since < spot.to:
            yield f"hot_spots[{number}].from", say("demo.ends_before", since=spot.since, to=spot.to)
        if not spot.estate and (not spot.road or spot.number is None):
            yield f"hot_spots[{number}]", say("demo.lacking", names=["estate", "road", "number"])


def _of_everybody(channels: Channels) -> Iterable[float]:
    return [weight for name, weight in channels.hotline.items() if name not in channels.business]


def _some(where: str, weights: Iterable[float]) -> Wrong:
    total = math.fsum(weights)
    if not (math.isfinite(total) and total > 0):
        yield where, say("demo.all_zero")


# --- texts/ --------------------------------------------------------------------------------------------------------

PHRASES = "phrases.yaml"
IN_A_CORE = {"n", "c", "h", "d", "t"}
IN_A_PLACE = {"road", "cross", "nb", "street", "town", "water", "estate", "n", "m"}


class Leaf(_Part, frozen=True):
    """What is said of one category; grid: the share of it that patrols find."""

    weight: Annotated[float, Meta(gt=0, le=1e9)]
    grid: Share
    cores: Said
    at: str | None = None


class Group(_Part, frozen=True):
    """Categories of which the same is said around the matter itself; at: the sort of place where it happens."""

    at: str
    effects: Said
    answers: Said
    leaves: dict[str, Leaf]


class Groups(_Part, frozen=True):
    """One file of texts: group -> what is said."""

    groups: dict[str, Group]


class Refused(_Part, frozen=True):
    """A unit hands back."""

    basis: str
    short: str


class Remarks(_Part, frozen=True):
    """What a resident says when they are called back."""

    satisfied: Said
    fair: Said
    dissatisfied: Said
    unreached: Said


class Ordered(_Part, frozen=True):
    """What is said around an order of the supervision office."""

    texts: Said
    titles: Said
    measures: Said
    conclusions: Said
    returns: Said


class Names(_Part, frozen=True):
    """Signs of family names, and given names."""

    surnames: Annotated[str, Meta(min_length=1)]
    given: Said


class Phrases(_Part, frozen=True):
    """phrases.yaml: what is said around the matter itself. openings, pleas, answers: by class of the category."""

    places: dict[str, Said]
    estates: Said
    lanes: Annotated[list[str], Meta(min_length=4)]
    days: Said
    times: Said
    openings: dict[str, Said]
    pleas: dict[str, Said]
    patrol: Said
    contacts: Said
    answers: dict[str, Said]
    refusals: Annotated[list[Refused], Meta(min_length=1)]
    arbitrations: Said
    reworks: Said
    explanations: Said
    extensions: Said
    pauses: Said
    remarks: Remarks
    declines: Said
    excludes: Said
    supervision: Ordered
    names: Names


def wrong_in_phrases(phrases: Phrases) -> Wrong:
    """Gaps that nobody fills."""
    for kind, places in phrases.places.items():
        yield from _gaps(f"places.{kind}", places, IN_A_PLACE)
    yield from _gaps("patrol", phrases.patrol, {"where", "core"})
    for kind, answers in phrases.answers.items():
        yield from _gaps(f"answers.{kind}", answers, {"answer"})
    yield from _gaps("supervision.titles", phrases.supervision.titles, {"unit", "street"})


def wrong_in_groups(file: Groups, classes: Mapping[str, str], phrases: Phrases | None) -> Wrong:
    """Categories that are none, gaps that nobody fills, and what phrases.yaml says nothing about.

    classes  category -> its class
    """
    for name, group in file.groups.items():
        yield from _gaps(f"groups.{name}.answers", group.answers, {"n"})
        for code, leaf in group.leaves.items():
            where = f"groups.{name}.leaves.{code}"
            yield from _gaps(f"{where}.cores", leaf.cores, IN_A_CORE)
            if code not in classes:
                yield where, say("demo.not_there", name=code, file="categories.csv")
            elif phrases is not None:
                yield from _unsaid(where, leaf.at or group.at, classes[code], phrases)


def _unsaid(where: str, place: str, class_: str, phrases: Phrases) -> Wrong:
    if place not in phrases.places:
        yield where, say("demo.not_there", name=place, file=f"{PHRASES}: places")
    for part in ("openings", "pleas", "answers"):
        if class_ not in getattr(phrases, part):
            yield where, say("demo.not_there", name=class_ or "class", file=f"{PHRASES}: {part}")


def _gaps(where: str, patterns: Iterable[str], filled: set[str]) -> Wrong:
    for number, pattern in enumerate(patterns):
        try:
            gaps = [(gap, form or turn) for _, gap, form, turn in Formatter().parse(pattern) if gap is not None]
        except ValueError:
            yield f"{where}[{number}]", say("demo.gap_open")
            continue
        for gap in sorted({gap for gap, formed in gaps if gap not in filled or formed}):
            yield f"{where}[{number}]", say("demo.gap_unknown", name=gap, known=sorted(filled))
