"""A row of a table becomes a message, or a list of what is wrong with it. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.org import masking
from yiwang.why import Words, say

from .definition import EXCEL, ISO, Column, MessageMap

_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")  # spaces of other kinds than the plain one
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_MASKS = {"name": masking.name, "phone": masking.phone, "address": masking.address}
_EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # clocks of other systems run fast; more than a day ahead is a mistake


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to open a matter: `reporter` says who wrote (name, phone, address), `raw` is the row as it
    came, its personal cells masked."""

    id: str
    content: bytes
    at: datetime
    data: Mapping[str, Any]
    reporter: Mapping[str, str]
    place: tuple[float, float] | None
    raw: Mapping[str, str]


def clean(text: str) -> str:
    """Without blanks at the ends, signs that nobody sees, and line ends of three kinds.

    >>> clean("　 路面积水\\u200b\\r\\n第二行 ")
    '路面积水\\n第二行'
    """
    text = _UNSEEN.sub("", _BLANKS.sub(" ", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def content_of(cells: Mapping[str, str] | str) -> bytes:
    """What tells one row from another: a hash over all its cells."""
    text = cells if isinstance(cells, str) else json.dumps(cells, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).digest()


def read_row(cells: Mapping[str, str], one: MessageMap, zone: ZoneInfo, now: datetime) -> Message | list[Words]:
    """The message of a row: column -> cell. What is wrong is told all at once."""
    tidy = {column: clean(cell) for column, cell in cells.items()}
    wrong: list[Words] = []
    data: dict[str, Any] = dict(one.defaults)
    for name in one.fields:
        value, complaint = _field(tidy, one.column(name))
        if complaint:
            wrong.append(complaint)
        elif value:
            data[name] = value
    at = _time(tidy, one, zone, now)
    place = _place(tidy, one)
    wrong += [found for found in (at, place) if isinstance(found, Words)]
    number = tidy.get(one.id, "") if one.id else content_of(cells).hex()
    if not number:
        wrong.append(say("signals.no_number", column=one.id))
    if len(number) > 100:
        wrong.append(say("signals.number_too_long", n=len(number)))
    if wrong or isinstance(at, Words) or isinstance(place, Words):
        return wrong
    personal = one.reporter.columns()
    reporter = {part: tidy.get(column, "") for part, column in personal.items()}
    return Message(number, content_of(cells), at, data, reporter, place, masked(tidy, one))


def masked(tidy: Mapping[str, str], one: MessageMap) -> dict[str, str]:
    """The row with its personal cells masked."""
    parts = {column: part for part, column in one.reporter.columns().items()}
    return {column: _MASKS[parts[column]](cell) if column in parts else cell for column, cell in tidy.items()}


def _field(tidy: Mapping[str, str], column: Column) -> tuple[str, Words | None]:
    text = next((cell for name in column.columns if (cell := tidy.get(name, ""))), "")
    if column.values or column.otherwise:
        if text in column.values:
            return column.values[text], None
        if column.otherwise is not None:
            return column.otherwise, None
        return "", say("signals.value_unknown", column=column.column, value=text[:40]) if text else None
    return text[: column.at_most] if column.at_most else text, None


def _time(tidy: Mapping[str, str], one: MessageMap, zone: ZoneInfo, now: datetime) -> datetime | Words:
    text = tidy.get(one.time.column, "")
    if not text:
        return say("signals.time_missing", column=one.time.column)
    at = time_of(text, one.time.formats)
    if at is None:
        return say("signals.time_unknown", text=text[:40], formats=one.time.formats)
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(one.time.zone) if one.time.zone else zone)
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        return say("signals.time_far", text=text[:40])
    if not _EARLIEST <= at <= now + _AHEAD:
        return say("signals.time_far", text=text[:40])
    return at


def time_of(text: str, formats: list[str]) -> datetime | None:
    """A time in the first format that fits, else None.

    >>> time_of("2019/2/28 11:25:05", ["iso", "%Y/%m/%d %H:%M:%S"])
    datetime.datetime(2019, 2, 28, 11, 25, 5)
    >>> time_of("43524.5", ["excel"])
    datetime.datetime(2019, 2, 28, 12, 0)
    """
    for one in formats:
        try:
            if one == ISO:
                return datetime.fromisoformat(text)
            if one == EXCEL:
                return datetime(1899, 12, 30) + timedelta(days=float(text))
            return datetime.strptime(text, one)
        except (ValueError, OverflowError):
            continue
    return None


def _place(tidy: Mapping[str, str], one: MessageMap) -> tuple[float, float] | Words | None:
    if one.place is None:
        return None
    lon, lat = tidy.get(one.place.lon, ""), tidy.get(one.place.lat, "")
    if not lon and not lat:
        return None
    try:
        point = float(lon), float(lat)
    except ValueError:
        return say("signals.place_unknown", lon=lon[:20], lat=lat[:20])
    if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
        return say("signals.place_unknown", lon=lon[:20], lat=lat[:20])
    return point
