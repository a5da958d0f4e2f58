"""A table with its head: found by the columns that are needed, on every sheet that has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from yiwang.why import Words, say

from . import workbook
from .cells import UNCOMPUTED, is_broken
from .delimited import DELIMITERS, Record, records, whole
from .errors import Unreadable
from .lines import Line
from .opening import escapes, lines_of, unpacked
from .workbook import Hidden, Sheet, letters

_NAMES = {"cp950": "big5"}
HEAD_WITHIN = 20  # records; exports put a title or a note above the head


@dataclass(frozen=True, slots=True)
class Row:
    """One row: column -> cell, or what is wrong with it.

    shown   column -> the cell as people see it, of days and times in a workbook, which `cells` has as ISO
    broken  column -> what is wrong with a cell in which a spreadsheet wrote an error instead of a value
    """

    line: int
    cells: dict[str, str]
    raw: str
    trouble: Words | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """`form` says how it was read ("csv gb18030"); `rows` can be walked once.

    notes, hidden  what was passed over, told while the rows are walked: complete when they have been
    """

    head: list[str]
    form: str
    rows: Iterator[Row]
    stream: BinaryIO
    size: int
    notes: list[Words] = field(default_factory=list)
    hidden: Hidden = field(default_factory=Hidden)

    def passed_over(self) -> list[Words]:
        """A sentence for each sheet, and for the rows and columns, that were not read."""
        return [*self.notes, *self.hidden.told()]

    def at(self) -> float:
        """How far the file is read, 0 to 1."""
        return min(self.stream.tell() / self.size, 1.0) if self.size else 1.0


def open_table(path: Path, needs: Sequence[str]) -> Table:
    """The table in a file. Raises Unreadable with a sentence for what is none, or lacks a column; OSError as usual."""
    outer = path.open("rb")
    try:
        return _opened(outer, path.stat().st_size, needs)
    except BaseException:
        outer.close()
        raise


def _opened(outer: BinaryIO, size: int, needs: Sequence[str]) -> Table:
    stream, sample, form = unpacked(outer)
    if form == "xlsx":
        notes: list[Words] = []
        hidden = Hidden()
        head, rows = _sheets(workbook.sheets(stream, hidden), needs, notes, hidden)
        return Table(head, "xlsx", rows, outer, size, notes, hidden)
    every, encoding = lines_of(stream, sample)
    first = list(islice(every, 4 * HEAD_WITHIN))
    delimiter = _delimiter(first, needs)
    parsed = records(chain(first, every), delimiter, backslash=escapes(sample, encoding))
    head, rest = _head(list(islice(parsed, HEAD_WITHIN)), needs)
    form_name = "tsv" if delimiter == "\t" else "csv"
    rows = _rows(head, whole(chain(rest, parsed), len(head)))
    return Table(head, f"{form_name} {_NAMES.get(encoding, encoding)}", rows, outer, size)


def _sheets(
    sheets: Iterator[Sheet], needs: Sequence[str], notes: list[Words], hidden: Hidden
) -> tuple[list[str], Iterator[Row]]:
    """The head of the first sheet that has the columns, and the rows of every visible sheet that has them."""
    refusals: list[Unreadable] = []
    begun = _with_head(sheets, needs, notes, refusals)
    first = next(begun, None)
    if first is None:
        why = refusals[0].words if refusals else say("tables.empty_file")
        unseen = hidden.told()
        raise Unreadable(say("tables.perhaps_hidden", why=why, hidden=unseen) if unseen else why)
    head, rows = first
    return head, chain(rows, (row for _, more in begun for row in more))


def _with_head(
    sheets: Iterator[Sheet], needs: Sequence[str], notes: list[Words], refusals: list[Unreadable]
) -> Iterator[tuple[list[str], Iterator[Row]]]:
    """(head, rows) of the sheets that have the columns; the others are noted."""
    for sheet in sheets:
        try:
            head, rest = _head(list(islice(sheet.rows, HEAD_WITHIN)), needs)
        except Unreadable as lacking:
            refusals.append(lacking)
            notes.append(say("tables.sheet_not_read", name=sheet.name[: workbook.NAMED]))
            continue
        yield head, _rows(head, chain(rest, sheet.rows))


def _delimiter(first: list[Line], needs: Sequence[str]) -> str:
    """The delimiter under which the needed columns show; when under none, the one that shows most of them."""

    def missing(delimiter: str) -> int:
        found = islice(records(list(first), delimiter), HEAD_WITHIN)
        return min((len(set(needs) - set(_named(one.cells))) for one in found), default=len(needs))

    return min(DELIMITERS, key=missing)


def _head(block: list[Record], needs: Sequence[str]) -> tuple[list[str], list[Record]]:
    """The head and what follows it. Raises Unreadable naming the columns that are missing."""
    for number, record in enumerate(block):
        names = _named(record.cells)
        if set(needs) <= set(names):
            twice = sorted({name for name in needs if names.count(name) > 1})
            if twice:
                raise Unreadable(say("tables.columns_twice", columns=twice))
            return names, block[number + 1 :]
    if not block:
        raise Unreadable(say("tables.empty_file"))
    best = min(block, key=lambda record: len(set(needs) - set(_named(record.cells))))
    names = _named(best.cells)
    missing = [name for name in needs if name not in names]
    raise Unreadable(say("tables.columns_missing", missing=missing, found=[name[:40] for name in names if name][:30]))


def _named(cells: list[str]) -> list[str]:
    return [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]


def _rows(head: list[str], records: Iterator[Record]) -> Iterator[Row]:
    width = len(head)
    for record in records:
        cells = record.cells
        trouble = record.trouble
        while len(cells) > width and not cells[-1].strip():
            cells = cells[:-1]
        if trouble is None and len(cells) > width:
            trouble = say("tables.too_many_cells", n=len(cells), head=width)
        named = list(zip(head, cells, strict=False))
        broken = {
            name: _broken(record.line, at, name, cell) for at, (name, cell) in enumerate(named) if is_broken(cell)
        }
        shown = {head[at]: day for at, day in record.shown.items() if at < width}
        yield Row(record.line, dict(named), record.raw, trouble, shown, broken)


def _broken(line: int, at: int, column: str, cell: str) -> Words:
    if cell.strip() == UNCOMPUTED:
        return say("tables.cell_uncomputed", cell=f"{letters(at)}{line}", column=column)
    return say("tables.cell_broken", cell=f"{letters(at)}{line}", column=column, text=cell.strip())


def sound_rows(path: Path, needs: Sequence[str]) -> list[dict[str, str]]:
    """The cells of every row of a table that is known to be sound. Raises Unreadable for the first row that is not."""
    table = open_table(path, needs)
    with table.stream:
        rows = list(table.rows)
    for row in rows:
        if row.trouble is not None or row.broken:
            raise Unreadable(row.trouble or next(iter(row.broken.values())))
    return [row.cells for row in rows]
