"""A list of a pack (CSV), read so that every row is whole, every key stands once, and every complaint has its line."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from yiwang.tables.delimited import delimiter_of, records
from yiwang.tables.lines import text_lines
from yiwang.typed.moments import YEARS, written_day
from yiwang.why import Words, say

from .pack_text import PackError, Problem, name_of, text_of

Row = Mapping[str, str]
_DELIMITERS = (",", "\t", ";")


def rows_of(
    path: Path,
    *,
    root: Path | None = None,
    needs: tuple[str, ...],
    problems: list[Problem],
    key: tuple[str, ...] = (),
    filled: tuple[str, ...] = (),
    most: Mapping[str, int] | None = None,
) -> Iterator[tuple[int, Row]]:
    """(line, row) of each sound row of a CSV file with a head line; what is wrong with others goes to `problems`.

    needs   columns that the head line must have, else PackError
    key     columns that together name a row: no two rows share them
    filled  columns in which no cell may be empty
    most    column -> how many signs a cell may have
    """
    name = name_of(path, root)
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _whole(path, name, needs, root, problems):
        wrong = next(_wrong(row, filled, most or {}), None)
        named = tuple(row[column] for column in key)
        if wrong is None and key and named in seen:
            wrong = say("org.stands_twice", name=" ".join(named), first=seen[named])
        if wrong is not None:
            problems.append(Problem(name, line, wrong))
            continue
        seen.setdefault(named, line)
        yield line, row


def _whole(
    path: Path, name: str, needs: tuple[str, ...], root: Path | None, problems: list[Problem]
) -> Iterator[tuple[int, Row]]:
    records = _records(text_of(path, root=root), name)
    line, head = next(records, (1, []))
    head = [cell.strip() for cell in head]
    missing = [column for column in needs if column not in head]
    if missing:
        raise PackError([Problem(name, line, say("org.columns_missing", columns=missing))])
    twice = sorted({column for column in head if column and head.count(column) > 1})
    if twice:
        raise PackError([Problem(name, line, say("org.columns_twice", columns=twice))])
    for line, cells in records:
        if len(cells) != len(head):
            problems.append(Problem(name, line, say("org.cells", n=len(cells), head=len(head))))
            continue
        yield line, {column: cell.strip() for column, cell in zip(head, cells, strict=True) if column}


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every record that is not empty."""
    for record in records(text_lines(text), delimiter_of(text.partition("\n")[0], _DELIMITERS), strict=True):
        if record.trouble is not None:
            raise PackError([Problem(name, record.line, say("org.quote_open"))])
        yield record.line, record.cells


def _wrong(row: Row, filled: tuple[str, ...], most: Mapping[str, int]) -> Iterator[Words]:
    for column in filled:
        if not row[column]:
            yield say("org.cell_empty", column=column)
    for column, n in most.items():
        if len(row.get(column, "")) > n:
            yield say("org.cell_too_long", column=column, n=len(row[column]), most=n)


def day_of(text: str) -> date:
    """The day that a cell names: 2024-02-29, as spreadsheets save it 2024/2/29, or 20240229. Raises NoDay."""
    year, month, day = written_day(text) or (None, 0, 0)
    if year is None or not (YEARS[0] <= year <= YEARS[1] and 1 <= month <= 12 and 1 <= day <= 31):
        raise NoDay(say("org.no_date", text=text[:40]))
    last = monthrange(year, month)[1]
    if day > last:  # the month's last day may be what was meant, but it is not for us to say so
        raise NoDay(say("org.no_such_day", text=text[:40], last=date(year, month, last).isoformat()))
    return date(year, month, day)


class NoDay(ValueError):
    """A cell that names no day; `words` say so."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def like(name: str, known: Mapping[str, object] | set[str] | list[str]) -> str:
    """The known name that is meant, if one is near; else nothing."""
    return next(iter(get_close_matches(name, list(known), 1)), "")


def unit_unknown(code: str, known: set[str]) -> Words:
    """That no unit has this code, with the one that may be meant."""
    near = like(code, known)
    return say("org.unit_unknown_near", unit=code, near=near) if near else say("org.unit_unknown", unit=code)
