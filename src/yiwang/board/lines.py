"""The statements of a plan as lines of the table: what is shown, what can be typed, why it is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yiwang.goals import doubts, queries
from yiwang.goals.page_rows import StatementRow
from yiwang.goals.promise import COMPARATORS
from yiwang.goals.units import together
from yiwang.look.speech import listed, speak
from yiwang.org.district import District
from yiwang.typed.numbers import plain
from yiwang.why import Words, say

from .marked import Mark

SHOWN = ("", "review", "other", "dropped")
UNITS = ("centre", "office", "bureau", "street", "company")
SETTLED = {"confirmed": "done", "dropped": "no"}  # status -> lamp


@dataclass(frozen=True, slots=True)
class Instead:
    """What a line shows that has no number: `look` is a class of the style sheet."""

    look: str
    words: Words | str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `number` in the table, `state` missing, review, confirmed, dropped or other; `year` is the plan's."""

    row: StatementRow
    number: str
    state: str
    lead: Any
    co: tuple[Any, ...]
    words: tuple[Words, ...]
    given: Mapping[str, str]
    wrong: Mapping[str, Words] = field(default_factory=dict)
    note: Words | None = None
    chosen: bool = False
    year: int = 0

    @property
    def goal(self) -> int | None:
        return self.row.goal.pk if hasattr(self.row, "goal") else None

    @property
    def waits(self) -> bool:
        return self.row.status == "to_review"

    @property
    def lacks(self) -> Words | None:
        """What keeps it from being confirmed or led, in two words."""
        what = queries.lacks(self.row)
        return say(f"board.lacks_{what}") if what and self.waits else None

    @property
    def noted(self) -> Words:
        """What stands before its doubts."""
        return say("board.why_review") if self.waits else say("board.noted")

    @property
    def shows_sign(self) -> bool:
        """A milestone without a number has nothing to compare with."""
        return self.row.kind != "milestone" or self.row.value is not None

    @property
    def instead(self) -> Instead:
        """What stands where a number would."""
        if self.row.kind == "milestone":
            return Instead("", say("board.tick"))
        return Instead("faint", "—") if self.row.comparator == "trend" else Instead("lack", say("board.to_fill"))

    @property
    def due(self) -> str:
        """The day as the table shows it, with its year where that is not the plan's; else the period as it was read."""
        day = self.row.due
        if day is None:
            return self.row.period
        return f"{day:%m-%d}" if day.year == self.year else f"{day:%Y-%m-%d}"

    @property
    def lamp(self) -> tuple[str, Words] | None:
        """(lamp, word) of how far its review has come; None for what promises nothing."""
        if self.row.status in SETTLED:
            return SETTLED[self.row.status], say(f"board.{self.row.status}")
        if self.lacks:
            return "alarm", self.lacks
        return None if self.state == "other" else ("watch", say("board.to_review"))


def state_of(row: StatementRow) -> str:
    """How a statement looks in the text and in the table."""
    if row.status == "dropped":
        return "dropped"
    if not queries.is_commitment(row):
        return "other"
    if row.status == "confirmed":
        return "stretch" if row.stretch else "confirmed"
    return "missing" if queries.lacks(row) else "review"


def line_of(
    row: StatementRow,
    number: str,
    district: District,
    *,
    typed: Mapping[str, str] | None = None,
    wrong: Mapping[str, Words] | None = None,
    note: Words | None = None,
    chosen: bool = False,
    year: int = 0,
) -> Line:
    """A statement as a line; `typed` is what a person wrote when it could not be taken."""
    names = {unit.id: unit.short or unit.name for unit in district.units.values()}
    lead = names.get(row.lead_id) if row.lead_id else None
    co = tuple(together(district, row.co))
    given = {
        "indicator": row.indicator,
        "comparator": row.comparator,
        "value": as_typed(row.value),
        "value2": as_typed(row.value2),
        "unit": row.unit,
        "due": row.due.isoformat() if row.due else "",
        "lead": speak(lead or _precedent(row, names)),
        "co": joined(co),
        "kind": row.kind,
        "time_frame": row.time_frame,
        "stretch": "1" if row.stretch else "",
    }
    said = tuple(doubts.spoken(doubt, names) for doubt in row.doubts)
    return Line(row, number, state_of(row), lead, co, said, {**given, **(typed or {})}, wrong or {}, note, chosen, year)


def _precedent(row: StatementRow, names: Mapping[int, Any]) -> Any:
    """Who led the same thing before: typed in as a suggestion, taken only when a person confirms the line."""
    found = next((doubt for doubt in row.doubts if doubt["key"] == "precedent"), None)
    return names.get(found["args"]["unit"]) if found and row.status == "to_review" else None


def joined(names: Iterable[Any]) -> str:
    """Names as a list in the active language, as they can be typed back."""
    return listed(speak(one) for one in names)


def as_typed(value: Decimal | None) -> str:
    """What stands in the field of a number."""
    return "" if value is None else plain(value)


def numbered(rows: Sequence[StatementRow]) -> dict[int, str]:
    """Statement -> its number in the text's order; what was split off keeps its origin's with a letter: 4, 4b, 4c."""
    numbers: dict[int, str] = {}
    pieces: dict[int, int] = {}
    whole = 0
    for row in rows:
        if row.origin_id in numbers:
            pieces[row.origin_id] = pieces.get(row.origin_id, 0) + 1
            numbers[row.pk] = numbers[row.origin_id] + "bcdefghijklmnopqrstuvwxyz"[(pieces[row.origin_id] - 1) % 25]
        else:
            whole += 1
            numbers[row.pk] = str(whole)
    return numbers


def chosen_rows(rows: Sequence[StatementRow], only: str, order: str) -> list[StatementRow]:
    """The lines that the table shows, doubtful ones first when asked for."""
    if only == "other":
        picked = [row for row in rows if not queries.is_commitment(row) and row.status != "dropped"]
    elif only == "dropped":
        picked = [row for row in rows if row.status == "dropped"]
    else:
        picked = [row for row in rows if queries.is_commitment(row) and row.status != "dropped"]
        if only == "review":
            picked = [row for row in picked if row.status == "to_review"]
    if order == "doubt":
        picked.sort(key=lambda row: (queries.lacks(row) == "", row.confidence - 0.05 * len(row.doubts)))
    return picked


def marks(rows: Sequence[StatementRow], numbers: Mapping[int, str]) -> list[Mark]:
    """Where the statements stand in the text; what was dropped is not marked."""
    return [
        Mark(row.pk, numbers[row.pk], row.quote_offset, row.quote_offset + len(row.quote), state_of(row))
        for row in rows
        if row.status != "dropped"
    ]


def unit_names(district: District) -> list[str]:
    """The names that may be typed as a lead unit."""
    return [speak(unit.short or unit.name) for unit in district.units.values() if unit.kind in UNITS]


CHOICES: dict[str, tuple[str, ...]] = {
    "comparator": ("", *COMPARATORS),
    "kind": ("target", "milestone", "result"),
    "time_frame": ("this_year", "last_year", "five_years", "outlook"),
}
