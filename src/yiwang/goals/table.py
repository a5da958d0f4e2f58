"""The breakdown table of R5.1: out to a spreadsheet, edited there, and back with every difference shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from yiwang.org.district import District, UnitFacts
from yiwang.tables import TooLarge, workbook
from yiwang.tables.cells import UNCOMPUTED, is_broken
from yiwang.why import Incomplete, Unreadable, Words, say
from yiwang.why.words import LANGUAGES, format_value, said_in

from . import forms
from .models import Goal
from .promise import Promise, default_path, tidy
from .units import together

MONTHS = tuple(f"m{month}" for month in range(1, 13))
_BEFORE = ("id", "n", "section", "title", "target", "leader", "lead", "co", "contact", "due")
COLUMNS = {
    **{name: say(f"goals.column.{name}") for name in _BEFORE},
    **{name: say("goals.column.month", month=month) for month, name in enumerate(MONTHS, 1)},
    "note": say("goals.column.note"),
}
_WIDTHS = {"id": 11, "n": 6, "section": 22, "title": 36, "target": 16, "co": 26, "note": 24}
_TARGET = re.compile(r"(力争|aim:)?\s*([≥>≈≤<=＝])?\s*([0-9０-９.,，．－−-]+)(?:\s*[—~～]\s*([0-9.,，]+))?\s*(\S*)$")
_UNPACKED = 60 * 1024 * 1024
_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs: the column's name, what stands on the board, what the table says."""

    column: Words
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """The differences of one goal, and the typed values that would be taken. `version`: the goal as it was compared."""

    goal: int
    version: int
    title: str
    row: int
    differences: tuple[Difference, ...]
    values: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        kept = {name: value.isoformat() if isinstance(value, date) else value for name, value in self.values.items()}
        kept = {name: str(value) if isinstance(value, Decimal) else value for name, value in kept.items()}
        return {"goal": self.goal, "version": self.version, "values": kept}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Line:
        return cls(written["goal"], written["version"], "", 0, (), written["values"])

    def after(self) -> dict[str, Any]:
        """The typed values as a goal holds them."""
        typed = dict(self.values)
        if isinstance(typed.get("due"), str):
            typed["due"] = date.fromisoformat(typed["due"])
        for name in ("value", "value2"):
            if isinstance(typed.get(name), str):
                typed[name] = Decimal(typed[name])
        return typed


@dataclass(frozen=True, slots=True)
class Compared:
    """A table beside the board: what differs, what cannot be read (row, words), how many are the same or absent, and a
    sentence for what people do not see in the table, which is not read."""

    lines: tuple[Line, ...]
    problems: tuple[tuple[int, Words], ...]
    same: int
    absent: int
    rows: int = field(default=0)
    hidden: tuple[Words, ...] = ()


def cells(goal: Goal, promise: Promise, number: int, district: District) -> dict[str, Any]:
    """One row of the table."""
    path = promise.path or (default_path(promise) if goal.nature != "step" and promise.target is not None else ())
    lead = district.units.get(goal.lead_id) if goal.lead_id else None
    return {
        "id": f"M{goal.pk}.{goal.version}",
        "n": number,
        "section": goal.section,
        "title": goal.title,
        "target": target_text(goal, district.languages[0]),
        "leader": goal.leader,
        "lead": _short(lead, district),
        "co": format_value(together(district, goal.co), district.languages[0]),
        "contact": goal.contact,
        "due": goal.due,
        **{name: tidy(value) or Decimal(0) for name, value in zip(MONTHS, path, strict=False)},
        "note": goal.note,
    }


def target_text(goal: Goal, language: str) -> str:
    """The promise as offices write it: "≥ 240 台"."""
    if goal.value is None:
        return ""
    sign = "" if goal.comparator in ("=", "", "range", "trend") else f"{goal.comparator} "
    aim = f"{say('goals.column.aim').speak(language)} " if goal.stretch else ""
    upper = f"—{goal.value2.normalize() + 0:f}" if goal.value2 is not None else ""
    return f"{aim}{sign}{goal.value.normalize() + 0:f}{upper} {goal.unit}".strip()


def _short(unit: UnitFacts | None, district: District) -> str:
    return said_in(unit.short or unit.name, district.languages[0]) if unit else ""


def written(title: str, rows: Iterable[Mapping[str, Any]], language: str = LANGUAGES[0]) -> bytes:
    """The table as an XLSX file, its heads in a language."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = say("goals.column.sheet").speak(language)
    sheet.append([title])
    sheet.append([head.speak(language) for head in COLUMNS.values()])
    for row in rows:
        sheet.append([row.get(name) for name in COLUMNS])
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with "=" stays a text
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for at, name in enumerate(COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 9 if name in MONTHS else 14)
        head = sheet.cell(2, at)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="EFEDE8")
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.freeze_panes = "E3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compare(content: bytes, goals: Sequence[tuple[Goal, Promise]], district: District) -> Compared:
    """What a table would change. Raises Unreadable when it cannot be read at all."""
    hidden = workbook.Hidden()
    rows = _rows_of(content, hidden)
    by_id = {goal.pk: (goal, promise) for goal, promise in goals}
    lines: list[Line] = []
    problems: list[tuple[int, Words]] = []
    seen: set[int] = set()
    same = 0
    for row, given in rows:
        month = re.match(r"M(\d+)\.(\d+)$", _text(given.get("id")))
        if month is None or int(month[1]) not in by_id:
            problems.append((row, say("goals.table.no_id", id=_text(given.get("id")) or "—")))
            continue
        goal, promise = by_id[int(month[1])]
        if goal.pk in seen:
            problems.append((row, say("goals.table.twice", title=goal.title)))
            continue
        seen.add(goal.pk)
        if int(month[2]) != goal.version:
            problems.append((row, say("goals.table.older", title=goal.title)))
            continue
        try:
            line = _line(row, given, goal, promise, district)
        except Incomplete as error:
            problems += [(row, words) for words in error.fields.values()]
            continue
        if line.differences:
            lines.append(line)
        else:
            same += 1
    return Compared(tuple(lines), tuple(problems), same, len(by_id.keys() - seen), len(rows), tuple(hidden.told()))


def _rows_of(content: bytes, hidden: workbook.Hidden) -> list[tuple[int, dict[str, Any]]]:
    """(row, column -> value) of the visible rows of the first visible sheet."""
    try:
        sheets = workbook.values(content, hidden, most_rows=_ROWS, most_columns=60, largest=_UNPACKED)
        lines = next((list(rows) for rows in sheets), [])
    except TooLarge:
        raise Unreadable(say("goals.table.too_large")) from None
    except Unreadable as error:
        raise Unreadable(say("goals.table.not_xlsx")) from error
    heads = {head.speak(one): name for name, head in COLUMNS.items() for one in LANGUAGES}
    for at, (_, line) in enumerate(lines):
        names = {column: heads[_text(title)] for column, title in enumerate(line) if _text(title) in heads}
        if "id" in names.values():
            rows = [
                (number, {name: row[column] if column < len(row) else None for column, name in names.items()})
                for number, row in lines[at + 1 :]
            ]
            return [(number, row) for number, row in rows if any(_text(value) for value in row.values())]
    why, unseen = say("goals.table.no_head", column=COLUMNS["id"]), hidden.told()
    raise Unreadable(say("tables.perhaps_hidden", why=why, hidden=unseen) if unseen else why)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _line(row: int, given: Mapping[str, Any], goal: Goal, promise: Promise, district: District) -> Line:
    now = {name: _text(value) for name, value in cells(goal, promise, 0, district).items()}
    changed = {
        name: _text(value)
        for name, value in given.items()
        if name in COLUMNS and name not in ("id", "n", "section") and _text(value) != now.get(name, "")
    }
    if broken := {name: text for name, text in changed.items() if is_broken(text)}:
        raise Incomplete({name: _broken(name, text) for name, text in broken.items()})
    values: dict[str, Any] = {}
    plain = {name: text for name, text in changed.items() if name not in ("target", *MONTHS)}
    values |= forms.read(plain, district, goal.year)
    if "target" in changed:
        values |= _target(changed["target"])
    if any(name in changed for name in MONTHS):
        text = " ".join(_text(given.get(name)) or now.get(name, "") or "—" for name in MONTHS)
        path = forms.month_path(text, adds_up=goal.nature == "flow")
        values["path"] = None if path is None else [f"{value.normalize() + 0:f}" for value in path]
    differences = tuple(Difference(COLUMNS[name], now.get(name, ""), text) for name, text in changed.items())
    return Line(goal.pk, goal.version, goal.title, row, differences, values)


def _broken(name: str, text: str) -> Words:
    if text == UNCOMPUTED:
        return say("goals.table.uncomputed", column=COLUMNS[name])
    return say("goals.table.broken", column=COLUMNS[name], text=text)


def _target(text: str) -> dict[str, Any]:
    """ "≥ 240 台" as comparator, value and unit. Raises Incomplete."""
    written = _TARGET.match(text)
    if written is None:
        raise Incomplete({"target": say("goals.table.no_target", value=text)})
    stretch, sign, low, high, unit = written.groups()
    typed = forms.read({"value": low, **({"value2": high} if high else {}), "unit": unit}, None, 0)  # type: ignore[arg-type]
    sign = "range" if high else (sign or "=").replace("＝", "=")
    return {**typed, "value2": typed.get("value2"), "comparator": sign, "stretch": bool(stretch)}
