"""Rows of task tables, pasted as lines with bars or taken from a document or workbook (L7, R5.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from .block import Block
from .grammar import load, words
from .owners import Owners, split_units
from .periods import due_day


@dataclass(slots=True)
class Cell:
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Row:
    """One row: its number, its chapter, the cells that are read, and who is responsible until when."""

    number: str | None
    chapter: str
    cells: list[Block]
    owners: Owners | None


@dataclass(slots=True)
class Table:
    """The columns of the table that is being read: position -> what stands there; empty outside a table."""

    columns: dict[int, str] = field(default_factory=dict)
    chapter: str = ""

    def row(self, block: Block, year: int | None) -> Row | None:
        """The row that a paragraph with bars is, None for the heads of the columns."""
        cells = cells_of(block.text)
        heads = {k: kind for k, cell in enumerate(cells) if (kind := _heads().get(re.sub(r"\(.*\)", "", cell.text)))}
        if len(heads) >= 2:
            self.columns, self.chapter = heads, ""
            return None
        return self._read(block, cells, year)

    def _read(self, block: Block, cells: list[Cell], year: int | None) -> Row:
        owners = Owners(0, 0)
        number: str | None = None
        texts: list[Cell] = []
        for k, cell in enumerate(cells):
            kind = self.columns.get(k) or ("number" if k == 0 and re.fullmatch(r"\d{1,3}[.、]?", cell.text) else None)
            if not cell.text:
                continue
            if kind == "number":
                number = cell.text.rstrip(".、")
            elif kind == "chapter":
                self.chapter = cell.text
            elif kind == "lead":
                units = split_units(cell.text)
                owners.leads += units[:1]
                owners.helpers += units[1:]
            elif kind == "help":
                owners.helpers += split_units(cell.text)
            elif kind == "due" and year:
                owners.due = due_day(cell.text, year)
            elif kind in ("task", "target") or (not self.columns and kind is None):
                texts.append(cell)
        known = owners.leads or owners.helpers or owners.due
        return Row(number, self.chapter, [block.part(c.start, c.end) for c in texts], owners if known else None)


def cells_of(text: str) -> list[Cell]:
    """The cells between bars, a bar at either end left out."""
    cells, at = [], 0
    for bar in [found.start() for found in re.finditer(r"\|", text)] + [len(text)]:
        inside = text[at:bar]
        start = at + len(inside) - len(inside.lstrip(" "))
        cells.append(Cell(start, start + len(inside.strip(" ")), inside.strip(" ").replace(" ", "")))
        at = bar + 1
    if cells and not cells[0].text and text.lstrip(" ").startswith("|"):
        cells = cells[1:]
    if cells and not cells[-1].text and text.rstrip(" ").endswith("|"):
        cells = cells[:-1]
    return cells


@cache
def _heads() -> dict[str, str]:
    return {head: kind for kind, listed in load("tables").items() for head in words(listed)}
