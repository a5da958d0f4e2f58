"""What a pack's file may say about an indicator and about a vital sign (design §4, R1.12, R1.15, R2.9-R2.11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from yiwang.org.titles import Title, convert
from yiwang.typed.spans import span

OPEN = "open"  # counted_by: the matters that are open at a moment, not those of a period
Dimension = Literal["lead", "street"]
Decimals = Annotated[int, Meta(ge=0, le=6)]


class Part(Struct, forbid_unknown_fields=True, frozen=True):
    """One side of a measure: the matters for which `when` is true, and how people call them.

    when  what must be true of a matter to be counted
    """

    title: Title
    when: str = "true"


class Exclusion(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters that stay in the volume but not in the rate; `code` is the fact that holds the reason code (R2.11).

    when       what must be true
    code       the fact that holds the reason code
    reference  the rule that allows it
    """

    title: Title
    when: str
    code: str | None = None
    reference: str = ""


class Median(Struct, forbid_unknown_fields=True, frozen=True):
    """The middle one of the working hours from a clock's start to its stop, without its pauses.

    clock  the clock
    """

    clock: str


class Bands(Struct, forbid_unknown_fields=True, frozen=True):
    """From where it is well (`ok`) and from where it is to be watched; what lies beyond is an alarm.

    ok     from where on it is well
    watch  from where on it is to be watched
    """

    ok: float
    watch: float


class Indicator(Struct, forbid_unknown_fields=True, frozen=True):
    """A measure over matters.

    kind         one kind of matter, several, or "any"
    counted_by   the instant that decides in which period a matter counts; "open": those open at the period's end
    denominator  given for a rate, absent for a count or a median
    numerator    which of them are well (rate), or which are counted
    exclude      taken out of both sides of a rate, counted and shown apart
    by           the units by which it can be divided: who leads, or the street of the place; the first is the usual
    unit         what the value is counted in; a rate is in per cent
    better       which way is good; without it there is no lamp
    cadence      how often the value can change, as people say it
    lead         the unit that answers for it
    decimals     digits after the point, rounded half up: the value that is shown is the value that is judged
    indicator  the name of the measure
    median     the clock whose middle it is
    bands      from where on it is well, and from where on it is to be watched
    short      what it is called where there is little room
    note       what must be known to read it
    """

    indicator: str
    title: Title
    version: date
    reference: str
    kind: str | list[str]
    counted_by: str
    numerator: Part
    unit: Title
    denominator: Part | None = None
    exclude: Exclusion | None = None
    median: Median | None = None
    by: list[Dimension] = field(default_factory=lambda: ["lead", "street"])
    better: Literal["up", "down"] | None = None
    bands: Bands | None = None
    cadence: Title | None = None
    lead: str = ""
    decimals: Decimals = 1
    short: Title | None = None
    note: Title | None = None

    @property
    def measures(self) -> Literal["rate", "median", "count"]:
        if self.denominator is not None:
            return "rate"
        return "count" if self.median is None else "median"

    @property
    def digits(self) -> int:
        """How many digits its value shows after the point: what is counted is whole."""
        return 0 if self.measures == "count" else self.decimals

    @property
    def stands(self) -> bool:
        """Whether it tells how things stand at a moment, not what happened in a period."""
        return self.counted_by == OPEN

    @property
    def kinds(self) -> list[str]:
        return [self.kind] if isinstance(self.kind, str) else self.kind

    def texts(self) -> dict[str, str]:
        """path in the file -> expression."""
        conditions = {"numerator.when": self.numerator.when}
        if self.denominator:
            conditions["denominator.when"] = self.denominator.when
        if self.exclude:
            conditions["exclude.when"] = self.exclude.when
        return conditions


class Levels(Struct, forbid_unknown_fields=True, frozen=True):
    """Thresholds on one side, mildest first: blue, yellow, orange, red (R1.15). Two or four are usual; at most four.

    blue    from where on it is noticed
    yellow  from where on it is watched
    orange  from where on it is a warning
    red     from where on it is an alarm
    """

    blue: float | None = None
    yellow: float | None = None
    orange: float | None = None
    red: float | None = None

    def listed(self) -> list[tuple[str, float]]:
        """(level, threshold) of those given, mildest first."""
        every = [(name, getattr(self, name)) for name in LEVELS]
        return [(name, value) for name, value in every if value is not None]


LEVELS = ("blue", "yellow", "orange", "red")


class Usual(Struct, forbid_unknown_fields=True, frozen=True):
    """What the demo's sensors show: a mean, a daily swing around it and noise. Told to nobody else.

    mean   its mean
    swing  how far it swings over a day
    noise  how far it varies by chance
    """

    mean: float
    swing: float = 0.0
    noise: float = 0.0


class VitalSign(Struct, forbid_unknown_fields=True, frozen=True):
    """An indicator over the readings of one series (R1.15).

    code         the series under which its readings arrive
    dimension    the group of vital signs that it belongs to
    every        cadence of the readings: "30 s", "5 min", "1 h", "1 d"
    stale_after  from this age a reading is no longer the value; three cadences when left out
    high, low    thresholds above and below
    source       the unit whose sensors they are
    plan         what is done when it is reached
    place        the unit (street) where it is measured; empty: the whole district
    responsible  the unit that acts
    decimals     how many stand behind the point
    usual        what it usually is, for the simulation
    """

    code: str
    title: Title
    dimension: str
    unit: Title
    every: str
    source: str
    responsible: str
    high: Levels | None = None
    low: Levels | None = None
    stale_after: str | None = None
    decimals: Decimals = 1
    plan: Title | None = None
    place: str = ""
    reference: str = ""
    usual: Usual | None = None

    @property
    def cadence(self) -> timedelta:
        return span(self.every)

    @property
    def keeps(self) -> timedelta:
        """How old a reading may be and still be the value."""
        return span(self.stale_after) if self.stale_after else 3 * self.cadence


class VitalSigns(Struct, forbid_unknown_fields=True, frozen=True):
    """vitals.yaml: the dimensions in their order, and the signs.

    dimensions  name -> title of the groups of signs
    signs       name -> what is measured
    """

    version: date
    reference: str
    dimensions: dict[str, Title]
    signs: list[VitalSign]


_BEFORE_PAGES = frozenset({"wall", "published"})  # places that stand in pages/*.yaml since packs have pages


def indicator_from(mapping: Mapping[str, Any]) -> Indicator:
    """An indicator as the database keeps it. Raises msgspec.ValidationError."""
    said = {name: value for name, value in mapping.items() if name not in _BEFORE_PAGES}
    return convert(said, Indicator)


def sign_from(mapping: object) -> VitalSign:
    """A vital sign as the database keeps it. Raises msgspec.ValidationError."""
    return convert(mapping, VitalSign)
