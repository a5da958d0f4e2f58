"""Rows of the first sheet of an XLSX workbook that holds something, cell by cell as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from yiwang.why import say

from .delimited import Record
from .errors import Unreadable

LARGEST = 1 << 30  # bytes of all parts unpacked
LARGEST_TEXTS = 200 << 20  # bytes of the table of texts, which is held in memory


def records(stream: BinaryIO) -> Iterator[Record]:
    """The rows, blank ones left out. Raises Unreadable for a broken or outsized workbook."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(stream) as parts:
            sizes = {part.filename: part.file_size for part in parts.infolist()}
        if "xl/workbook.xml" not in sizes:
            raise Unreadable(say("signals.is_binary"))
        if sum(sizes.values()) > LARGEST or sizes.get("xl/sharedStrings.xml", 0) > LARGEST_TEXTS:
            raise Unreadable(say("signals.workbook_too_large"))
        stream.seek(0)
        book = load_workbook(stream, read_only=True, data_only=True)
    except Unreadable:
        raise
    except Exception:  # openpyxl lets through whatever its XML and zip readers raise
        raise Unreadable(say("signals.broken_workbook")) from None
    try:
        yield from _rows(book)
    finally:
        book.close()


def _rows(book: Any) -> Iterator[Record]:
    found = False
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        while True:
            try:
                line, values = next(rows)
            except StopIteration:
                break
            except Exception:
                raise Unreadable(say("signals.broken_workbook")) from None
            cells = [text_of(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if any(cell.strip() for cell in cells):
                found = True
                yield Record(line, cells, "\t".join(cells))
        if found:
            return


def text_of(value: Any) -> str:
    """A cell as people see it: whole numbers without a point, times as ISO.

    >>> text_of(188006.0), text_of(datetime(2026, 3, 2, 9, 5)), text_of(None), text_of(True)
    ('188006', '2026-03-02 09:05:00', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
