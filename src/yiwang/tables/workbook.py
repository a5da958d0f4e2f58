"""Rows of an XLSX workbook's visible sheets as people see them: merged cells over the rows that they cover."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from yiwang.why import say

from .delimited import Record
from .errors import TooLarge, Unreadable

LARGEST = 1 << 30  # bytes of all parts unpacked
LARGEST_TEXTS = 200 << 20  # bytes of the table of texts, which is held in memory
MOST_MERGED = 100_000  # areas of a sheet
SURE_DIGITS = 15  # a spreadsheet keeps no more of a number
Values = tuple[Any, ...]
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ZEROS = re.compile(r"0{2,30}")


@dataclass(slots=True)
class Sheet:
    """A sheet with something in it; `rows` are walked once, in the order of the sheets."""

    name: str
    hidden: bool
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
    running: list[tuple[_Area, str]] = field(default_factory=list)
    at: int = 0

    def fill(self, line: int, cells: list[str]) -> None:
        self.running = [(area, value) for area, value in self.running if area.last >= line]
        for area, value in self.running:
            if area.column >= len(cells):
                cells += [""] * (area.column + 1 - len(cells))
            cells[area.column] = cells[area.column] or value
        while self.at < len(self.areas) and self.areas[self.at].first <= line:
            area = self.areas[self.at]
            self.at += 1
            if area.first == line and area.column < len(cells) and cells[area.column]:
                self.running.append((area, cells[area.column]))


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


def sheets(stream: BinaryIO) -> Iterator[Sheet]:
    """The sheets that hold something. Raises Unreadable for a broken or outsized workbook."""
    with opened(stream) as book:
        for sheet in book.worksheets:
            rows = _rows(book, sheet)
            first = next(rows, None)
            if first is not None:
                yield Sheet(sheet.title, sheet.sheet_state != "visible", _from(first, rows))


def values(content: bytes, *, most_rows: int, most_columns: int, largest: int = LARGEST) -> Iterator[Iterator[Values]]:
    """The rows of each sheet, hidden ones too, as the workbook keeps them: numbers, days, texts, None for empty cells.

    A sheet's rows are read before the next sheet is asked for. Raises Unreadable for a broken workbook, TooLarge for
    one that unpacks to more bytes than `largest`.
    """
    with opened(io.BytesIO(content), largest) as book:
        for sheet in book.worksheets:
            yield _values(sheet, most_rows, most_columns)


def _values(sheet: Any, most_rows: int, most_columns: int) -> Iterator[Values]:
    rows = iter(sheet.iter_rows(values_only=True, max_row=most_rows, max_col=most_columns))
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception:  # as above
            raise Unreadable(say("tables.broken_workbook")) from None
        yield row


def _from(first: Record, rest: Iterator[Record]) -> Iterator[Record]:
    yield first
    yield from rest


def _rows(book: Any, sheet: Any) -> Iterator[Record]:
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    rows = enumerate(sheet.iter_rows(), 1)
    covered = _Covered(_merged(book, sheet))
    while True:
        try:
            line, values = next(rows)
        except StopIteration:
            break
        except Exception:
            raise Unreadable(say("tables.broken_workbook")) from None
        cells = [text_of(cell.value, cell.number_format if cell.value is not None else "") for cell in values]
        own = any(cell.strip() for cell in cells)
        covered.fill(line, cells)  # a row with nothing of its own is blank, whatever reaches over it
        while cells and not cells[-1]:
            cells.pop()
        if own:
            yield Record(line, cells, "\t".join(cells))


def _merged(book: Any, sheet: Any) -> list[_Area]:
    """The merged areas of more than one row, from the top. They stand behind all rows, so the part is read twice."""
    found: list[_Area] = []
    try:
        with book._archive.open(sheet._worksheet_path) as part:
            kept = b""
            while more := part.read(1 << 20):
                text = kept + more
                end = 0
                for match in _MERGED.finditer(text):
                    end = match.end()
                    column, first, _, last = match.groups()
                    if int(last) > int(first) and len(found) < MOST_MERGED:
                        found.append(_Area(_column(column), int(first), int(last)))
                kept = text[max(end, len(text) - 200) :]
    except (KeyError, AttributeError, zipfile.BadZipFile, OSError):
        return []
    return sorted(found, key=lambda area: area.first)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def text_of(value: Any, shape: str = "") -> str:
    """A cell as people see it: whole numbers without a point, times as ISO, zeros in front where the format has them.

    A number of more digits than a spreadsheet keeps shows as it shows there, so that nobody takes it for whole.

    >>> text_of(188006.0), text_of(datetime(2026, 3, 2, 9, 5)), text_of(None), text_of(True)
    ('188006', '2026-03-02 09:05:00', '', 'true')
    >>> text_of(42, "000000"), text_of(2.02411200000012e17), text_of(202411200000012345)
    ('000042', '2.02411200000012E+17', '2.02411200000012E+17')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and abs(value) >= 10**SURE_DIGITS:
        return f"{Decimal(value):.{SURE_DIGITS - 1}E}" if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value).zfill(len(shape)) if _ZEROS.fullmatch(shape) else str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
