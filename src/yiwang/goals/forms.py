"""What a person may write into a statement or a goal: text to typed values, every complaint at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from yiwang.org.district import District
from yiwang.org.personal import in_short
from yiwang.typed.forms import Wrong, noted, yes_or_no
from yiwang.typed.moments import YEARS, written_day
from yiwang.typed.numbers import WIDE, decimal, is_too_large
from yiwang.why import Incomplete, Words, say

from .promise import COMPARATORS, NATURES
from .units import named, names_in

_FINEST = Decimal("0.000001")  # of a figure, as it is kept
TIME_FRAMES = ("this_year", "last_year", "five_years", "outlook")
KINDS = ("target", "result", "milestone")
_TEXTS = {
    "indicator": 200, "title": 200, "unit": 40, "period": 40, "scope": 200, "leader": 60, "contact": 60, "note": 400,
}  # fmt: skip
REMARKS = {"reason": 400, "note": 1000, "explanation": 1000}  # of a change, a report and its verification
_CHOICES = {"comparator": ("", *COMPARATORS), "kind": KINDS, "time_frame": TIME_FRAMES, "nature": NATURES}


def read(given: Mapping[str, str], district: District, year: int) -> dict[str, Any]:
    """The typed values of the fields that were given; what was not given is left out. Raises Incomplete."""
    values: dict[str, Any] = {}
    wrong: dict[str, Words] = {}
    for name, raw in given.items():
        if reader := _READERS.get(name):
            with noted(wrong, name):
                values |= reader(name, str(raw).replace("\x00", "").strip(), district, year)
    if wrong:
        raise Incomplete(wrong)
    return values


def _text(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    most = _TEXTS[name]
    if len(raw) > most:
        raise Wrong(say("goals.form.too_long", most=most))
    if not raw and name in ("indicator", "title"):
        raise Wrong(say("goals.form.no_name"))
    return {name: raw}


def wordy(name: str, text: str) -> dict[str, Words]:
    """field -> what is wrong with a remark that is longer than is kept: it is refused, never cut in silence."""
    most, n = REMARKS[name], len(text.strip())
    return {name: say("goals.form.remark_too_long", n=n, most=most)} if n > most else {}


def _choice(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    if raw not in _CHOICES[name]:
        raise Wrong(say("goals.form.no_choice", value=raw))
    return {name: raw}


def _number(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    return {name: number(raw)}


def number(raw: str) -> Decimal | None:
    """A number as people write it: thousands, full-width digits, − for minus. Raises Incomplete's words on nonsense."""
    if not raw:
        return None
    said = raw.translate(WIDE).replace("%", "")
    value = decimal(said)
    if value is None:
        key = "number_too_large" if is_too_large(said) else "no_number"
        raise Wrong(say(f"goals.form.{key}", value=in_short(raw, 40)))
    if value != value.quantize(_FINEST):
        raise Wrong(say("goals.form.number_too_fine", value=in_short(raw, 40)))
    return value.quantize(_FINEST)


def _due(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    return {name: day(raw, year)}


def day(raw: str, year: int) -> date | None:
    """A date: 2026-06-30, 06-30 or 6月30日 of the plan's year; nothing for nothing."""
    if not raw:
        return None
    named = written_day(raw)
    if named is None:
        raise Wrong(say("goals.form.no_date", value=raw))
    try:
        that_day = date(year if named[0] is None else named[0], named[1], named[2])
    except ValueError:
        raise Wrong(say("goals.form.no_date", value=raw)) from None
    if not YEARS[0] <= that_day.year <= YEARS[1]:
        raise Wrong(say("goals.form.no_date", value=raw))
    return that_day


def _lead(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    units = named(district, raw) if raw else []
    if raw and len(units) != 1:
        raise Wrong(say("goals.form.no_unit", value=raw))
    return {"lead_id": units[0] if units else None}


def _co(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    units: list[int] = []
    for one in names_in(raw):
        for name in [one] if named(district, one) else one.split():  # names in English hold blanks themselves
            if not (found := named(district, name)):
                raise Wrong(say("goals.form.no_unit", value=name))
            units += found
    return {"co": list(dict.fromkeys(units))}


def _flag(name: str, raw: str, district: District, year: int) -> dict[str, Any]:
    return {name: yes_or_no(raw) is True}


Reader = Callable[[str, str, District, int], dict[str, Any]]
_READERS: dict[str, Reader] = {
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(_CHOICES, _choice),
    **dict.fromkeys(("value", "value2", "base"), _number),
    "due": _due,
    "lead": _lead,
    "co": _co,
    "stretch": _flag,
}


def month_path(raw: str, *, adds_up: bool = False) -> list[Decimal] | None:
    """Twelve planned values at the months' ends, separated by blanks or commas; nothing: the default path.

    adds_up  what is counted through the year never becomes less
    Raises Incomplete.
    """
    parts = [part for part in re.split(r"[\s、;；/|]+|,(?=\s)|，", raw.strip()) if part]
    if not parts:
        return None
    try:
        values = [number(part) for part in parts]
    except Wrong as error:
        raise Incomplete({"path": error.words}) from None
    if len(values) != 12 or None in values:
        raise Incomplete({"path": say("goals.form.twelve", n=len(parts))})
    path = [value for value in values if value is not None]
    if adds_up and any(later < before for before, later in pairwise(path)):
        raise Incomplete({"path": say("goals.form.path_falls")})
    return path


def report_value(raw: str) -> Decimal:
    """The figure of a report. Raises Incomplete."""
    try:
        value = number(raw.replace("\x00", "").strip())
    except Wrong as error:
        raise Incomplete({"value": error.words}) from None
    if value is None:
        raise Incomplete({"value": say("goals.form.figure_missing")})
    return value
