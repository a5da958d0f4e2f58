"""A row of a table becomes a message, or a list of what is wrong with it. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.org import masking
from yiwang.org.personal import in_short, mask_name
from yiwang.org.personal import masked as masked_text
from yiwang.tables.workbook import SURE_DIGITS
from yiwang.typed.moments import in_form
from yiwang.why import Words, say

from .definition import Column, MessageMap

_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")  # spaces of other kinds than the plain one
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_MASKS = {"name": mask_name, "phone": masking.phone, "address": masking.address}
_EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+E\+?|E\+)\d{2,3}", re.I)  # what a spreadsheet leaves of a long number
_AS_FORMULA = re.compile(r'="(.*)"', re.S)  # how exports keep a spreadsheet from touching a number
_WHOLE = re.compile(r"(\d+)\.0+")
MOST_SIGNS = 100  # of a message's own number
_IN_ALL = 120  # of the place in which a matter keeps where it came from
_AHEAD = timedelta(days=1)  # clocks of other systems run fast; more than a day ahead is a mistake


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to open a matter.

    id        its number in one spelling; `spelled` as the file has it
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
    ended: tuple[str, datetime] | None = None
    notes: tuple[Words, ...] = ()


def clean(text: str) -> str:
    """Without blanks at the ends, signs that nobody sees, and line ends of three kinds.

    >>> clean("　 路面积水\\u200b\\r\\n第二行 ")
    '路面积水\\n第二行'
    """
    text = _UNSEEN.sub("", _BLANKS.sub(" ", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def content_of(cells: Mapping[str, str] | str) -> bytes:
    """What tells one row that opens nothing from another: a hash over all its cells."""
    text = cells if isinstance(cells, str) else json.dumps(cells, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()


def canonical(cells: Mapping[str, str], one: MessageMap, zone: ZoneInfo) -> str:
    """What a row says to this mapping, in one spelling: other columns, widths of signs and blanks do not count, and a
    time is the instant that it means. What the mapping does with it does not count either: it may be corrected."""
    used = sorted(one.used() - {one.id, *([one.ended.column, one.ended.at] if one.ended else [])})
    said = {column: " ".join(unicodedata.normalize("NFKC", clean(cells.get(column, ""))).split()) for column in used}
    if at := time_of(clean(cells.get(one.time.column, "")), one.time.formats):
        said[one.time.column] = str(_in_zone(at, one, zone).timestamp())
    return json.dumps({column: text for column, text in said.items() if text}, ensure_ascii=False, sort_keys=True)


def identity(text: str) -> str:
    """A message's own number in one spelling.

    >>> identity("２０２４－０１"), identity('="007"'), identity("'42"), identity("188006.0"), identity(" A-1 ")
    ('2024-01', '007', '42', '188006', 'A-1')
    """
    plain = clean(unicodedata.normalize("NFKC", text))
    if found := _AS_FORMULA.fullmatch(plain):
        plain = found[1].strip()
    plain = plain.removeprefix("'").strip()
    return found[1] if (found := _WHOLE.fullmatch(plain)) else plain


def is_rounded(number: str) -> bool:
    """Whether a spreadsheet has rounded a number: it shows in powers of ten.

    >>> is_rounded("2.02412E+13"), is_rounded("202412010001"), is_rounded("3E8")
    (True, False, False)
    """
    return _SCIENTIFIC.fullmatch(number) is not None


def rounded_alike(numbers: Collection[str]) -> set[str]:
    """Those of a file's long numbers that look rounded: no digit but zeros beyond those that a spreadsheet keeps. One
    such number may be chance, so it takes most of them.

    >>> sorted(rounded_alike(["202411200000012000", "202411200000013000", "7"]))
    ['202411200000012000', '202411200000013000']
    >>> rounded_alike(["202411200000012000", "202411200000012001", "202411200000012002"])
    set()
    """
    long = {number for number in numbers if number.isascii() and number.isdecimal() and len(number) > SURE_DIGITS}
    ending = {number for number in long if not number[SURE_DIGITS:].strip("0")}
    return ending if len(ending) * 2 > len(long) else set()


def read_row(cells: Mapping[str, str], one: MessageMap, zone: ZoneInfo, now: datetime) -> Message | list[Words]:
    """The message of a row: column -> cell. Everything that is wrong is said at once."""
    tidy = {column: clean(cell) for column, cell in cells.items()}
    wrong: list[Words] = []
    notes: list[Words] = []
    data: dict[str, Any] = dict(one.defaults)
    for name in one.fields:
        value, complaint = _field(tidy, one.column(name))
        if complaint:
            wrong.append(complaint)
        elif value:
            data[name] = value
    at = _time(tidy, one.time.column, one, zone, now)
    place = _place(tidy, one, notes)
    ended = _ended(tidy, one, zone, now, at)
    wrong += [found for found in (at, place, ended) if isinstance(found, Words)]
    if isinstance(at, datetime) and at > now:  # a matter that began tomorrow would have all its acts tomorrow
        notes.append(say("signals.time_ahead", text=in_short(tidy[one.time.column], 40)))
        at = now
    if isinstance(ended, tuple):
        ended = ended[0], min(ended[1], now)
    content = hashlib.sha256(canonical(cells, one, zone).encode("utf-8", "backslashreplace")).digest()
    spelled = tidy.get(one.id, "") if one.id else content_of(cells).hex()
    number = identity(spelled) if one.id else content.hex()
    wrong += _of_number(number, one)
    if wrong or isinstance(at, Words) or isinstance(place, Words) or isinstance(ended, Words):
        return wrong
    reporter = _reporter(tidy, one, notes)
    raw = masked(tidy, one)
    return Message(number, content, at, data, reporter, place, raw, spelled, ended, tuple(notes))


def _of_number(number: str, one: MessageMap) -> list[Words]:
    """What is wrong with a message's own number."""
    most = min(MOST_SIGNS, _IN_ALL - len(origin(one.source, "")))
    if not number:
        return [say("signals.no_number", column=one.id)]
    if len(number) > most:
        return [say("signals.number_too_long", n=len(number), most=most)]
    return [say("signals.number_rounded", column=one.id, text=number)] if one.id and is_rounded(number) else []


def origin(source: str, number: str) -> str:
    """Where a matter came from, as the matter keeps it."""
    return f"signal:{source}:{number}"


def _reporter(tidy: Mapping[str, str], one: MessageMap, notes: list[Words]) -> dict[str, str]:
    reporter = {part: tidy.get(column, "") for part, column in one.reporter.columns().items()}
    if phone := reporter.get("phone"):
        reporter["phone"] = identity(phone)
        if is_rounded(reporter["phone"]):
            notes.append(say("signals.phone_rounded", column=one.reporter.phone))
            reporter["phone"] = ""
    return reporter


def _ended(
    tidy: Mapping[str, str], one: MessageMap, zone: ZoneInfo, now: datetime, sent: datetime | Words
) -> tuple[str, datetime] | Words | None:
    """(final stage, when) of a message that ended elsewhere; None of one that goes on."""
    if one.ended is None or isinstance(sent, Words):
        return None
    text = tidy.get(one.ended.column, "")
    if not text or text in one.ended.open:
        return None
    stage = one.ended.values.get(text)
    if stage is None:
        return say("signals.value_unknown", column=one.ended.column, value=in_short(text, 40))
    if one.ended.at is None or not tidy.get(one.ended.at, ""):
        return stage, sent
    at = _time(tidy, one.ended.at, one, zone, now)
    if isinstance(at, Words):
        return at
    return (stage, at) if at >= sent else say("signals.ended_before", column=one.ended.at)


def masked(tidy: Mapping[str, str], one: MessageMap) -> dict[str, str]:
    """The row with its personal cells masked, and what the others tell of people."""
    parts = {column: part for part, column in one.reporter.columns().items()}
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


def _time(tidy: Mapping[str, str], column: str, one: MessageMap, zone: ZoneInfo, now: datetime) -> datetime | Words:
    text = tidy.get(column, "")
    if not text:
        return say("signals.time_missing", column=column)
    at = time_of(text, one.time.formats)
    if at is None:
        return say("signals.time_unknown", text=in_short(text, 40), formats=one.time.formats)
    try:
        at = _in_zone(at, one, zone).astimezone(UTC)
    except OverflowError:
        return say("signals.time_far", text=in_short(text, 40))
    if not _EARLIEST <= at <= now + _AHEAD:
        return say("signals.time_far", text=in_short(text, 40))
    return at


def _in_zone(at: datetime, one: MessageMap, zone: ZoneInfo) -> datetime:
    """A time that names no zone is of the mapping's, else of the district's (R9.9)."""
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(one.time.zone) if one.time.zone else zone)


def time_of(text: str, formats: list[str]) -> datetime | None:
    """A time in the first format that fits, else None.

    >>> time_of("2019/2/28 11:25:05", ["iso", "%Y/%m/%d %H:%M:%S"])
    datetime.datetime(2019, 2, 28, 11, 25, 5)
    >>> time_of("1551326705", ["epoch"])
    datetime.datetime(2019, 2, 28, 4, 5, 5, tzinfo=datetime.timezone.utc)
    """
    return next((at for form in formats if (at := in_form(text, form)) is not None), None)


def _place(tidy: Mapping[str, str], one: MessageMap, notes: list[Words]) -> tuple[float, float] | Words | None:
    if one.place is None:
        return None
    lon, lat = tidy.get(one.place.lon, ""), tidy.get(one.place.lat, "")
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
