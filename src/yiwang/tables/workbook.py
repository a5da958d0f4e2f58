"""Rows of an XLSX workbook as people see them: merged cells over the rows that they cover, nothing that is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from yiwang.why import Words, say

from .cells import UNCOMPUTED, seen, text_of
from .delimited import Record
from .errors import TooLarge, Unreadable
from .grid import Grid, Line

LARGEST = 1 << 30  # bytes of all parts unpacked
LARGEST_TEXTS = 200 << 20  # bytes of the table of texts, which is held in memory
MOST_MERGED = 100_000  # areas of a sheet
Values = tuple[Any, ...]
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
NAMED = 40  # signs of a sheet's name that a sentence tells


@dataclass(slots=True)
class Hidden:
    """What people do not see of a workbook, counted while it is walked: sheets, and of each sheet that is read, rows
    and columns with something in them, and formulas whose values were never written into the file."""

    sheets: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, set[int]] = field(default_factory=dict)
    uncomputed: dict[str, int] = field(default_factory=dict)

    def row(self, sheet: str) -> None:
        self.rows[sheet] = self.rows.get(sheet, 0) + 1

    def told(self) -> list[Words]:
        """A sentence for each."""
        return [
            *(say("tables.sheet_hidden", name=name[:NAMED]) for name in self.sheets),
            *(say("tables.rows_hidden", name=name[:NAMED], n=n) for name, n in self.rows.items()),
            *(
                say("tables.columns_hidden", name=name[:NAMED], columns=[letters(one) for one in sorted(columns)])
                for name, columns in self.columns.items()
            ),
            *(say("tables.formulas_uncomputed", name=name[:NAMED], n=n) for name, n in self.uncomputed.items()),
        ]


@dataclass(slots=True)
class Sheet:
    """A sheet that people see, with something in it; `rows` are walked once, in the order of the sheets."""

    name: str
    rows: Iterator[Record]


@dataclass(frozen=True, slots=True)
class _Area:
    """A merged area: its first column from 0, its rows from 1."""

    column: int
    first: int
    last: int


@dataclass(slots=True)
class _Covered:
    """Gives the cells under a merged area the value at its top, row by row."""

    areas: list[_Area]
    running: list[tuple[_Area, str, str | None]] = field(default_factory=list)
    at: int = 0

    def fill(self, line: int, cells: list[str], shown: dict[int, str]) -> None:
        self.running = [one for one in self.running if one[0].last >= line]
        for area, value, day in self.running:
            if area.column >= len(cells):
                cells += [""] * (area.column + 1 - len(cells))
            if not cells[area.column]:
                cells[area.column] = value
                if day is not None:
                    shown[area.column] = day
        while self.at < len(self.areas) and self.areas[self.at].first <= line:
            area = self.areas[self.at]
            self.at += 1
            if area.first == line and area.column < len(cells) and cells[area.column]:
                self.running.append((area, cells[area.column], shown.get(area.column)))


@contextmanager
def opened(stream: BinaryIO, largest: int = LARGEST) -> Iterator[Any]:
    """The workbook, read only. Raises Unreadable for a broken one, TooLarge for one that unpacks to more bytes."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(stream) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
        if "xl/workbook.xml" not in sizes:
            raise Unreadable(say("tables.is_binary"))
        if sum(sizes.values()) > largest or sizes.get("xl/sharedStrings.xml", 0) > LARGEST_TEXTS:
            raise TooLarge(say("tables.workbook_too_large"))
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception:  # openpyxl lets through whatever its XML and zip readers raise
        raise Unreadable(say("tables.broken_workbook")) from None
    try:
        yield book
    finally:
        book.close()


def sheets(stream: BinaryIO, hidden: Hidden) -> Iterator[Sheet]:
    """The visible sheets that hold something; what is not read goes to `hidden` while they are walked.

    Raises Unreadable for a broken or outsized workbook.
    """
    with opened(stream) as book:
        for sheet in book.worksheets:
            rows = _rows(book, sheet, hidden)
            if sheet.sheet_state != "visible":
                if next(rows, None) is not None:
                    hidden.rows.pop(sheet.title, None)
                    hidden.columns.pop(sheet.title, None)
                    hidden.sheets.append(sheet.title)
                continue
            first = next(rows, None)
            if first is not None:
                yield Sheet(sheet.title, _from(first, rows))


def values(
    content: bytes, hidden: Hidden, *, most_rows: int, most_columns: int, largest: int = LARGEST
) -> Iterator[Iterator[tuple[int, Values]]]:
    """(row from 1, cells) of each visible sheet as the workbook keeps them: numbers, days, texts, None for empty cells,
    UNCOMPUTED for a formula without a value.

    A sheet's rows are read before the next sheet is asked for; what people do not see goes to `hidden`. Raises
    Unreadable for a broken workbook, TooLarge for one that unpacks to more bytes than `largest`.
    """
    with opened(io.BytesIO(content), largest) as book:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                hidden.sheets.append(sheet.title)
            else:
                yield _values(book, sheet, hidden, most_rows, most_columns)


def _values(book: Any, sheet: Any, hidden: Hidden, most_rows: int, most_columns: int) -> Iterator[tuple[int, Values]]:
    grid = Grid(book, sheet)
    for line in grid:
        if line.number > most_rows:
            return
        if line.hidden:
            if any(cell.value is not None for cell in line.cells):
                hidden.row(sheet.title)
            continue
        row: list[Any] = []
        for cell in _visible(line, grid, sheet.title, hidden):
            if cell.column < most_columns:
                row += [None] * (cell.column + 1 - len(row))
                row[cell.column] = cell.value
                if cell.value == UNCOMPUTED:
                    hidden.uncomputed[sheet.title] = hidden.uncomputed.get(sheet.title, 0) + 1
        yield line.number, tuple(row)


def _visible(line: Line, grid: Grid, name: str, hidden: Hidden) -> Iterator[Any]:
    """The cells of a row in columns that people see."""
    for cell in line.cells:
        if cell.column in grid.hidden:
            hidden.columns.setdefault(name, set()).add(cell.column)
        else:
            yield cell


def _from(first: Record, rest: Iterator[Record]) -> Iterator[Record]:
    yield first
    yield from rest


def _rows(book: Any, sheet: Any, hidden: Hidden) -> Iterator[Record]:
    grid = Grid(book, sheet)
    covered = _Covered(_merged(book, sheet))
    for line in grid:
        cells: list[str] = []
        shown: dict[int, str] = {}
        for cell in _visible(line, grid, sheet.title, hidden):
            cells += [""] * (cell.column + 1 - len(cells))
            cells[cell.column] = text_of(cell.value, cell.shape)
            if (day := seen(cell.value, cell.shape)) is not None:
                shown[cell.column] = day
        own = any(cell.strip() for cell in cells)
        covered.fill(line.number, cells, shown)  # a row with nothing of its own is blank, whatever reaches over it
        while cells and not cells[-1]:
            cells.pop()
        if own and line.hidden:
            hidden.row(sheet.title)
        elif own:
            yield Record(line.number, cells, "\t".join(cells), shown=shown)


def _merged(book: Any, sheet: Any) -> list[_Area]:
    """The merged areas of more than one row, from the top. They stand behind all rows, so the part is read twice."""
    areas: list[_Area] = []
    try:
        with book._archive.open(sheet._worksheet_path) as part:
            rest = b""
            while more := part.read(1 << 20):
                text = rest + more
                end = 0
                for match in _MERGED.finditer(text):
                    end = match.end()
                    column, first, _, last = match.groups()
                    if int(last) > int(first) and len(areas) < MOST_MERGED:
                        areas.append(_Area(_column(column), int(first), int(last)))
                rest = text[max(end, len(text) - 200) :]
    except (KeyError, AttributeError, zipfile.BadZipFile, OSError):
        return []
    return sorted(areas, key=lambda area: area.first)


def _column(said: bytes) -> int:
    number = 0
    for letter in said:
        number = number * 26 + letter - 64
    return number - 1


def letters(column: int) -> str:
    """A column, from 0, as a spreadsheet names it.

    >>> letters(0), letters(25), letters(26), letters(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    said, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        said = chr(65 + letter) + said
    return said
