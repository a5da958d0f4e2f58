"""What a mapping file may say: which columns of a table make a message, and how its times and categories read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Meta, Struct, field

from yiwang.matters.definition import Kind
from yiwang.org.titles import Title
from yiwang.typed.moments import EPOCH, EXCEL, ISO
from yiwang.why import Words, say

_OPENING = ("title", "category", "channel", "urgency", "unit", "street")


class Column(Struct, forbid_unknown_fields=True, frozen=True):
    """Where a field comes from.

    column     the column's head
    others     columns to look into when the first is empty
    values     what a cell's text means; with `otherwise` for all others, else an unknown text is refused
    at_most    longer text is cut, and the whole kept with the signal; without it the form's own limit refuses
    optional   the file may lack the column
    otherwise  the value of every text that `values` does not list
    """

    column: str
    others: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    at_most: Annotated[int, Meta(ge=1)] | None = None
    optional: bool = False

    @property
    def columns(self) -> list[str]:
        return [self.column, *self.others]


class Time(Struct, forbid_unknown_fields=True, frozen=True):
    """When the message was sent: formats of strptime, tried in order, or "iso", "excel" (days since 1899-12-30),
    "epoch" (seconds since 1970-01-01 UTC; numbers beyond 1e11 are milliseconds).

    zone  of times that name none; the district's when left out (R9.9)
    column   the column
    formats  the forms in which it may stand: iso, excel, epoch or a format of strptime
    """

    column: str
    formats: list[str] = field(default_factory=lambda: [ISO])
    zone: str | None = None


class Reporter(Struct, forbid_unknown_fields=True, frozen=True):
    """The columns that say who wrote: kept apart and masked everywhere else (R9.3).

    name     the column of the name
    phone    the column of the telephone
    address  the column of the address
    """

    name: str | None = None
    phone: str | None = None
    address: str | None = None

    def columns(self) -> dict[str, str]:
        """part -> column, of those given."""
        return {part: column for part in ("name", "phone", "address") if (column := getattr(self, part))}


class Point(Struct, forbid_unknown_fields=True, frozen=True):
    """The columns of longitude and latitude, WGS84 degrees.

    lon  the column of the longitude
    lat  the column of the latitude
    """

    lon: str
    lat: str


class Ended(Struct, forbid_unknown_fields=True, frozen=True):
    """What ended elsewhere comes in ended: as history, without clocks.

    column  says how the message stands over there
    values  text of the column -> the final stage of the kind that it means
    open    texts that mean that it goes on; an empty cell does too, and any other text is refused
    at      the column that says when it ended, in the formats of `time`; without it, when it was sent
    """

    column: str
    values: dict[str, str]
    open: list[str] = field(default_factory=list)
    at: str | None = None


class MessageMap(Struct, forbid_unknown_fields=True, frozen=True):
    """How one source's tables become messages.

    source    the name under which its messages are known: the same id of the same source is the same message
    id        the column of the source's own number; without it a message is known by its content
    fields    field of a new matter -> column (or a Column with more to say)
    defaults  fields that every message of this source has
    map       the name of the map
    time      when it was received
    reporter  the columns of who reported it
    place     where it is
    ended     which messages have ended already
    """

    map: str
    title: Title
    version: date
    source: str
    time: Time
    fields: dict[str, str | Column]
    id: str | None = None
    reporter: Reporter = Reporter()
    place: Point | None = None
    ended: Ended | None = None
    defaults: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        said = self.fields[name]
        return Column(said) if isinstance(said, str) else said

    def needs(self) -> list[str]:
        """Every column that the file must have."""
        named = [self.id, self.time.column, *self.reporter.columns().values()]
        named += [self.place.lon, self.place.lat] if self.place else []
        named += [self.ended.column, self.ended.at] if self.ended else []
        for name in self.fields:
            column = self.column(name)
            named += [] if column.optional else column.columns
        return list(dict.fromkeys(one for one in named if one))

    def used(self) -> set[str]:
        """Every column that it looks into, those included that the file may lack."""
        return {*self.needs(), *(column for name in self.fields for column in self.column(name).columns)}


def complaints(
    mapping: MessageMap, kind: Kind | None = None, categories: Collection[str] = ()
) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong there); with a kind, whether its form knows the fields."""
    if mapping.time.zone is not None and mapping.time.zone not in available_timezones():
        yield "time.zone", say("signals.no_zone", zone=mapping.time.zone)
    for number, text in enumerate(mapping.time.formats):
        if text not in (ISO, EXCEL, EPOCH) and not _is_format(text):
            yield f"time.formats[{number}]", say("signals.no_format", text=text)
    if not mapping.source or len(mapping.source) > 60:
        yield "source", say("signals.no_source")
    if kind is not None:
        yield from _unlike(mapping, kind)
    if categories and "category" in mapping.fields:
        column = mapping.column("category")
        for value in [*column.values.values(), *([column.otherwise] if column.otherwise else [])]:
            if value not in categories:
                yield "fields.category", say("signals.no_category", value=value)


def _unlike(mapping: MessageMap, kind: Kind) -> Iterator[tuple[str, Words]]:
    """Fields that the kind's form does not have, and ends that are none of its stages."""
    known = [*_OPENING, *(name for name, spec in kind.form.items() if not spec.personal)]
    for where, names in (("fields", mapping.fields), ("defaults", mapping.defaults)):
        for name in names:
            if name not in known:
                yield f"{where}.{name}", say("signals.no_field", name=name, kind=kind.title.mapping(), known=known)
    ends = [name for name, stage in kind.stages.items() if stage.final]
    for value in mapping.ended.values.values() if mapping.ended else ():
        if value not in ends:
            yield "ended.values", say("signals.no_end", name=value, kind=kind.title.mapping(), known=ends)


def _is_format(text: str) -> bool:
    """Whether a time written in this format can be read back to the day."""
    moment = datetime(2026, 10, 12, 13, 14, 15, tzinfo=ZoneInfo("UTC"))
    try:
        return datetime.strptime(moment.strftime(text), text).date() == moment.date()
    except ValueError:
        return False
