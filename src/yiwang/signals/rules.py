"""A row of a table becomes a message, or a list of what is wrong with it. Pure."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.org import masking
from yiwang.org.personal import in_short, mask_name
from yiwang.org.personal import masked as masked_text
from yiwang.typed.moments import ISO, in_form
from yiwang.typed.telephones import is_not_given, is_telephone
from yiwang.why import Words, say

from .definition import Column, MessageMap
from .numbers import clean, compared, identity, is_nothing, is_rounded

_MASKS = {"name": mask_name, "phone": masking.phone, "address": masking.address}
_EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
MOST_SIGNS = 100  # of a message's own number
_IN_ALL = 120  # of the place in which a matter keeps where it came from
_AHEAD = timedelta(days=1)  # clocks of other systems run fast; more than a day ahead is a mistake


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to open a matter.

    id        its number in one spelling; `spelled` as the file has it; `same` what all spellings of it share
    at        when it was sent, and never later than now: what a fast clock wrote stays in `raw`
    content   a hash of what the mapping makes of the row, in one spelling
    reporter  who wrote: name, phone, address
    raw       the row as it came, its personal cells masked
    ended     (final stage, when) of what ended elsewhere
    notes     what was left out of it, and why
    """

    id: str
    content: bytes
    at: datetime
    data: Mapping[str, Any]
    reporter: Mapping[str, str]
    place: tuple[float, float] | None
    raw: Mapping[str, str]
    spelled: str = ""
    same: str = ""
    ended: tuple[str, datetime] | None = None
    notes: tuple[Words, ...] = ()


def content_of(cells: Mapping[str, str] | str) -> bytes:
    """What tells one row that opens nothing from another: a hash over all its cells."""
    text = cells if isinstance(cells, str) else json.dumps(cells, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()


def canonical(cells: Mapping[str, str], mapping: MessageMap, zone: ZoneInfo) -> str:
    """What a row says to this mapping, in one spelling: other columns, widths of signs and blanks do not count, and a
    time is the instant that it means. What the mapping does with it does not count either: it may be corrected."""
    used = sorted(mapping.used() - {mapping.id, *([mapping.ended.column, mapping.ended.at] if mapping.ended else [])})
    said = {column: " ".join(unicodedata.normalize("NFKC", clean(cells.get(column, ""))).split()) for column in used}
    if at := time_of(clean(cells.get(mapping.time.column, "")), mapping.time.formats):
        said[mapping.time.column] = str(_in_zone(at, mapping, zone).timestamp())
    return json.dumps({column: text for column, text in said.items() if text}, ensure_ascii=False, sort_keys=True)


def read_row(
    cells: Mapping[str, str],
    mapping: MessageMap,
    zone: ZoneInfo,
    now: datetime,
    shown: Mapping[str, str] = MappingProxyType({}),
) -> Message | list[Words]:
    """The message of a row: column -> cell. Everything that is wrong is said at once.

    shown  column -> the cell as people see it, of days and times in a workbook, which `cells` has as ISO
    """
    tidy = {column: clean(cell) for column, cell in cells.items()}
    read = {**tidy, **{column: clean(cell) for column, cell in shown.items()}}
    wrong: list[Words] = []
    notes: list[Words] = []
    data: dict[str, Any] = dict(mapping.defaults)
    for name in mapping.fields:
        value, complaint = _field(read, mapping.column(name))
        if complaint:
            wrong.append(complaint)
        elif value:
            data[name] = value
    at = _time(tidy, mapping.time.column, mapping, zone, now, shown)
    place = _place(tidy, mapping, notes)
    ended = _ended(tidy, mapping, zone, now, at, shown)
    wrong += [found for found in (at, place, ended) if isinstance(found, Words)]
    if isinstance(at, datetime) and at > now:  # a matter that began tomorrow would have all its acts tomorrow
        notes.append(say("signals.time_ahead", text=in_short(tidy[mapping.time.column], 40)))
        at = now
    if isinstance(ended, tuple):
        ended = ended[0], min(ended[1], now)
    content = hashlib.sha256(canonical(cells, mapping, zone).encode("utf-8", "backslashreplace")).digest()
    spelled = tidy.get(mapping.id, "") if mapping.id else content_of(cells).hex()
    if mapping.id and mapping.id in shown:
        wrong.append(say("signals.number_is_a_day", column=mapping.id, text=shown[mapping.id]))
    number = identity(spelled) if mapping.id else content.hex()
    wrong += _of_number(number, mapping)
    if wrong or isinstance(at, Words) or isinstance(place, Words) or isinstance(ended, Words):
        return wrong
    reporter = _reporter(read, mapping, notes)
    raw = masked(tidy, mapping)
    same = compared(number) if mapping.id else number
    return Message(number, content, at, data, reporter, place, raw, spelled, same, ended, tuple(notes))


def _of_number(number: str, mapping: MessageMap) -> list[Words]:
    """What is wrong with a message's own number."""
    most = min(MOST_SIGNS, _IN_ALL - len(origin(mapping.source, "")))
    if mapping.id and is_nothing(number):
        return [say("signals.no_number", column=mapping.id)]
    if len(number) > most:
        return [say("signals.number_too_long", n=len(number), most=most)]
    return [say("signals.number_rounded", column=mapping.id, text=number)] if mapping.id and is_rounded(number) else []


def origin(source: str, number: str) -> str:
    """Where a matter came from, as the matter keeps it."""
    return f"signal:{source}:{number}"


def _reporter(tidy: Mapping[str, str], mapping: MessageMap, notes: list[Words]) -> dict[str, str]:
    reporter = {part: tidy.get(column, "") for part, column in mapping.reporter.columns().items()}
    if phone := reporter.get("phone"):
        reporter["phone"] = "" if is_not_given(phone) else identity(phone)
        if reporter["phone"] and not (is_rounded(reporter["phone"]) or is_telephone(reporter["phone"])):
            notes.append(say("signals.phone_is_none", column=mapping.reporter.phone))
        if is_rounded(reporter["phone"]):
            notes.append(say("signals.phone_rounded", column=mapping.reporter.phone))
            reporter["phone"] = ""
    return reporter


def _ended(
    tidy: Mapping[str, str],
    mapping: MessageMap,
    zone: ZoneInfo,
    now: datetime,
    sent: datetime | Words,
    shown: Mapping[str, str],
) -> tuple[str, datetime] | Words | None:
    """(final stage, when) of a message that ended elsewhere; None of one that goes on."""
    if mapping.ended is None or isinstance(sent, Words):
        return None
    text = tidy.get(mapping.ended.column, "")
    if not text or text in mapping.ended.open:
        return None
    stage = mapping.ended.values.get(text)
    if stage is None:
        return say("signals.value_unknown", column=mapping.ended.column, value=in_short(text, 40))
    if mapping.ended.at is None or not tidy.get(mapping.ended.at, ""):
        return stage, sent
    at = _time(tidy, mapping.ended.at, mapping, zone, now, shown)
    if isinstance(at, Words):
        return at
    return (stage, at) if at >= sent else say("signals.ended_before", column=mapping.ended.at)


def masked(tidy: Mapping[str, str], mapping: MessageMap) -> dict[str, str]:
    """The row with its personal cells masked, and what the others tell of people."""
    parts = {column: part for part, column in mapping.reporter.columns().items()}
    told = [tidy.get(column, "") for column, part in parts.items() if part == "name"]
    return {
        column: _MASKS[parts[column]](cell) if column in parts else masked_text(cell, told)
        for column, cell in tidy.items()
    }


def _field(tidy: Mapping[str, str], column: Column) -> tuple[str, Words | None]:
    text = next((cell for name in column.columns if (cell := tidy.get(name, ""))), "")
    if column.values or column.otherwise:
        if text in column.values:
            return column.values[text], None
        if column.otherwise is not None:
            return column.otherwise, None
        return "", say("signals.value_unknown", column=column.column, value=in_short(text, 40)) if text else None
    # what is cut is masked before, so that no number is cut through
    return in_short(text, column.at_most) if column.at_most and len(text) > column.at_most else text, None


def _time(
    tidy: Mapping[str, str],
    column: str,
    mapping: MessageMap,
    zone: ZoneInfo,
    now: datetime,
    shown: Mapping[str, str],
) -> datetime | Words:
    text = tidy.get(column, "")
    if not text:
        return say("signals.time_missing", column=column)
    # a workbook's own day or time needs no format
    at = time_of(text, [*mapping.time.formats, *([ISO] if column in shown else [])])
    if at is None:
        return say("signals.time_unknown", text=in_short(text, 40), formats=mapping.time.formats)
    try:
        at = _in_zone(at, mapping, zone).astimezone(UTC)
    except OverflowError:
        return say("signals.time_far", text=in_short(text, 40))
    if not _EARLIEST <= at <= now + _AHEAD:
        return say("signals.time_far", text=in_short(text, 40))
    return at


def _in_zone(at: datetime, mapping: MessageMap, zone: ZoneInfo) -> datetime:
    """A time that names no zone is of the mapping's, else of the district's (R9.9)."""
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(mapping.time.zone) if mapping.time.zone else zone)


def time_of(text: str, formats: list[str]) -> datetime | None:
    """A time in the first format that fits, else None.

    >>> time_of("2019/2/28 11:25:05", ["iso", "%Y/%m/%d %H:%M:%S"])
    datetime.datetime(2019, 2, 28, 11, 25, 5)
    >>> time_of("1551326705", ["epoch"])
    datetime.datetime(2019, 2, 28, 4, 5, 5, tzinfo=datetime.timezone.utc)
    """
    return next((at for form in formats if (at := in_form(text, form)) is not None), None)


def _place(tidy: Mapping[str, str], mapping: MessageMap, notes: list[Words]) -> tuple[float, float] | Words | None:
    if mapping.place is None:
        return None
    lon, lat = tidy.get(mapping.place.lon, ""), tidy.get(mapping.place.lat, "")
    if not lon and not lat:
        return None
    try:
        point = float(lon), float(lat)
    except ValueError:
        return say("signals.place_unknown", lon=in_short(lon, 20), lat=in_short(lat, 20))
    if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        return say("signals.place_unknown", lon=in_short(lon, 20), lat=in_short(lat, 20))
    if point == (0.0, 0.0):  # what systems write that know no place
        notes.append(say("signals.place_zero"))
        return None
    return point
