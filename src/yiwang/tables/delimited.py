"""Records of a delimited text. A quote that is never closed costs its own line, not the rest of the file."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from yiwang.why import Words, say

from .lines import LONGEST, Line

DELIMITERS = (",", "\t", ";", "|")
MOST_LINES = 500  # of one record: a longer one is an open quote
LOOK_AHEAD = 200  # records by which it is decided whether a table leaves out what is empty at the end of rows

_IN_A_CELL = r"[^,;\t|\r\n\"\\\\]"  # neither at the beginning nor at the end of one
_DOUBLED = re.compile(rf'{_IN_A_CELL}""{_IN_A_CELL}')
_ESCAPED = re.compile(rf'(?<!\\)\\"{_IN_A_CELL}')
_BACKSLASH = re.compile(r'\\(["\\])?')

# blanks, and signs that nobody sees: \x1a ends the files of old systems
_UNSEEN = " \t\r\n\f\v\u00a0\u3000\x00\x1a\ufeff\u200b"

csv.field_size_limit(2 * LONGEST)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record; `line` is its first line, `raw` its text; `trouble` when it has no cells to trust.

    shown  place of a cell -> how people see it, of days and times in a workbook
    """

    line: int
    cells: list[str]
    raw: str
    trouble: Words | None = None
    shown: Mapping[int, str] = field(default_factory=dict)


class _TooMuch(Exception):
    pass


class _Feed:
    """Hands lines to the csv reader, remembers those of the current record, and takes them back."""

    def __init__(self, lines: Iterable[Line], backslash: bool) -> None:
        self._lines = iter(lines)
        self._backslash = backslash
        self._back: deque[Line] = deque()
        self.taken: list[Line] = []
        self.ended = False
        self._size = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= MOST_LINES or self._size > LONGEST:
            raise _TooMuch
        try:
            line = self._back.popleft() if self._back else next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.taken.append(line)
        self._size += len(line.text)
        # an end of line of the oldest kind inside a cell is no end of record
        text = line.text.replace("\r\n", "\n").replace("\r", " ") if "\r" in line.text else line.text
        return _escaping_quotes_alone(text) if self._backslash else text

    def begin(self) -> None:
        self.taken = []
        self._size = 0

    def give_back(self) -> Line:
        """All but the first line of the record go back; returns the first."""
        first, *rest = self.taken
        self._back.extendleft(reversed(rest))
        self.ended = False
        return first


def delimiter_of(head: str, delimiters: Sequence[str] = DELIMITERS) -> str:
    """The delimiter that stands most often in a head line, the first of those that stand alike.

    >>> delimiter_of("编号;主题，详情;时间")
    ';'
    """
    return max(delimiters, key=head.count)


def escapes_by_backslash(lines: Iterable[Line]) -> bool:
    r"""Whether quotes inside cells are written \\" throughout, as databases and programs write them, and nowhere "".

    >>> escapes_by_backslash([Line(1, r'1,"he said \"no\" to me",x')])
    True
    >>> [escapes_by_backslash([Line(1, text)]) for text in (r'1,"he said ""no"" to me","C:\"', r'"C:\","D:\"')]
    [False, False]
    """
    escaped = False
    for line in lines:
        if _DOUBLED.search(line.text):
            return False
        escaped = escaped or _ESCAPED.search(line.text) is not None
    return escaped


def _escaping_quotes_alone(text: str) -> str:
    r"""A text whose backslashes escape quotes and one another, for a reader to whom they escape every sign.

    >>> _escaping_quotes_alone(r'a \" \\ \n')
    'a \\" \\\\ \\\\n'
    """
    return _BACKSLASH.sub(lambda found: found[0] if found[1] else "\\\\", text) if "\\" in text else text


def records(
    lines: Iterable[Line], delimiter: str, *, strict: bool = False, backslash: bool = False
) -> Iterator[Record]:
    """The records of a table, blank ones left out, also those of signs that nobody sees, as at the end of old files.

    backslash  quotes inside cells are escaped by one (`escapes_by_backslash`)
    strict  a quote that closes in the middle of a cell is an error, also where it is only part of the text
    """
    feed = _Feed(lines, backslash)
    reader = csv.reader(feed, delimiter=delimiter, strict=True, escapechar="\\" if backslash else None)
    while True:
        feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            if not feed.taken:
                return
            yield _broken(feed, delimiter, strict, say("tables.quote_open"))
            continue
        except _TooMuch:
            yield _broken(feed, delimiter, strict, say("tables.quote_open"))
            continue
        except csv.Error:
            yield _broken(feed, delimiter, strict, say("tables.quote_open" if feed.ended else "tables.quote_inside"))
            continue
        trouble = next((line.trouble for line in feed.taken if line.trouble), None)
        if any(cell.strip(_UNSEEN) for cell in cells) or trouble:
            yield Record(feed.taken[0].number, cells, _text(feed.taken), trouble)


def whole(records_walked: Iterable[Record], width: int) -> Iterator[Record]:
    """The records, with those told that have fewer cells than the head where others have all of them.

    A text that was broken over two lines without quotes leaves two short records; together they are one row again, so
    they are reported as one. A table whose rows mostly leave out what is empty at their end is taken as it is.
    """
    walked = iter(records_walked)
    ahead: deque[Record] = deque(islice(walked, LOOK_AHEAD))
    if _leaves_out(ahead, width):
        yield from chain(ahead, walked)
        return
    for record in _joined(chain(ahead, walked), width):
        if record.trouble is None and len(record.cells) < width:
            record = replace(record, trouble=say("tables.too_few_cells", n=len(record.cells), head=width))
        yield record


def _leaves_out(ahead: Collection[Record], width: int) -> bool:
    """Whether this table is one of short rows: most are, alike or beyond what breaks explain."""
    short = [len(one.cells) for one in ahead if one.trouble is None and len(one.cells) < width]
    alike = len(short) > 1 and len(set(short)) == 1
    left = sum(one.trouble is None and len(one.cells) < width for one in _joined(ahead, width))
    return (len(short) if alike else left) * 2 > len(ahead)


def _joined(records_walked: Iterable[Record], width: int) -> Iterator[Record]:
    """Short neighbours that make one row of the head's width become one record, told as broken."""
    waiting: list[Record] = []
    for record in records_walked:
        if record.trouble is not None or len(record.cells) >= width:
            yield from waiting
            waiting = []
            yield record
            continue
        waiting.append(record)
        # a break inside a cell makes two cells of it, so each part but the first adds one less
        together = sum(len(part.cells) for part in waiting) - len(waiting) + 1
        if together == width and len(waiting) > 1:
            cells = list(waiting[0].cells)
            for part in waiting[1:]:
                cells[-1] += "\n" + part.cells[0]
                cells += part.cells[1:]
            raw = "\n".join(part.raw for part in waiting)
            yield Record(waiting[0].line, cells, raw, say("tables.broken_over_lines", n=len(waiting)))
            waiting = []
        elif together > width or len(waiting) >= MOST_LINES:
            yield from waiting
            waiting = []
    yield from waiting


def _broken(feed: _Feed, delimiter: str, strict: bool, why: Words) -> Record:
    """The first line alone: as cells where a stray quote is only part of the text, else as it stands."""
    line = feed.give_back()
    if why.key == "tables.quote_inside" and not strict:
        cells: list[str] = []
        with suppress(csv.Error):  # the line alone may hold a cell that is too long
            cells = next(csv.reader([line.text], delimiter=delimiter), [])
        if cells and line.text.count('"') % 2 == 0:
            return Record(line.number, cells, line.text, line.trouble)
    return Record(line.number, [], line.text, line.trouble or why)


def _text(lines: list[Line]) -> str:
    return "".join(line.text for line in lines).rstrip("\r\n")
