"""The rows of a workbook's sheet, and which of its rows and columns people do not see.

openpyxl's reader of large workbooks gives cells alone; what is hidden stands beside them in the same part of the file,
so its parser is asked directly and the part is read once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yiwang.why import say

from .cells import UNCOMPUTED, is_weekday, local_format, unescaped
from .errors import Unreadable

MOST_COLUMNS = 16_384
_YES = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it: its column from 0, its value as the workbook keeps it, the format that shows it."""

    column: int
    value: Any
    shape: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its number as people count, the cells with something in them, whether people do not see it."""

    number: int
    cells: list[Cell]
    hidden: bool


class Grid:
    """The rows of one sheet, walked once. `hidden` are the columns, from 0, that people do not see: known as soon as
    the first row is. Raises Unreadable while it is walked where the sheet is broken."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self.hidden: frozenset[int] = frozenset()
        self._book, self._sheet = book, sheet
        self._shapes: dict[int, str] = {}

    def __iter__(self) -> Iterator[Line]:
        from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

        class Parser(WorkSheetParser):
            """Tells a formula that was never computed from an empty cell, and from one whose value is an empty text."""

            def parse_cell(self, element: Any) -> Any:
                cell = super().parse_cell(element)
                if cell["value"] is None and element.get("t") != "str" and element.find(FORMULA_TAG) is not None:
                    cell["value"] = UNCOMPUTED
                return cell

        book = self._book
        try:
            with self._sheet._get_source() as source:
                parser = Parser(
                    source,
                    self._sheet._shared_strings,
                    data_only=True,
                    epoch=book.epoch,
                    date_formats=_days(book),
                    timedelta_formats=book._timedelta_formats,
                )
                for number, cells in parser.parse():
                    said = parser.row_dimensions.pop(str(number), {})
                    if parser.column_dimensions:
                        self.hidden |= _columns(parser.column_dimensions)
                        parser.column_dimensions = {}
                    yield Line(number, [self._cell(one) for one in cells if one["value"] is not None], _is_hidden(said))
        except Exception:  # openpyxl lets through whatever its XML and zip readers raise
            raise Unreadable(say("tables.broken_workbook")) from None

    def _cell(self, attributes: Mapping[str, Any]) -> Cell:
        style = attributes["style_id"]
        if style not in self._shapes:
            self._shapes[style] = _shape(self._book, style)
        value = attributes["value"]
        return Cell(
            attributes["column"] - 1, unescaped(value) if isinstance(value, str) else value, self._shapes[style]
        )


def _shape(book: Any, style: int) -> str:
    """The format of a style, as people write it."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = book._cell_styles[style].numFmtId
    if number >= BUILTIN_FORMATS_MAX_SIZE:
        return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])
    return local_format(number) or str(BUILTIN_FORMATS.get(number, "General"))


def _days(book: Any) -> set[int]:
    """The styles that show a number as a day or a time: those that openpyxl knows, those of a language's own formats,
    and days of the week."""
    more = {at for at, style in enumerate(book._cell_styles) if local_format(style.numFmtId) is not None}
    return {*book._date_formats, *more, *(at for at in range(len(book._cell_styles)) if is_weekday(_shape(book, at)))}


def _is_hidden(said: Mapping[str, str]) -> bool:
    """Whether a row or column is hidden, by hand, by a filter or by a fold, or has no height or width."""
    return said.get("hidden", "").lower() in _YES or _is_nothing(said.get("ht")) or _is_nothing(said.get("width"))


def _is_nothing(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False


def _columns(dimensions: Mapping[str, Mapping[str, str]]) -> frozenset[int]:
    """The hidden columns, from 0."""
    columns: set[int] = set()
    for said in dimensions.values():
        if _is_hidden(said):
            first, last = int(said.get("min", "0")), int(said.get("max", "0"))
            columns.update(range(max(first, 1) - 1, min(last, MOST_COLUMNS)))
    return frozenset(columns)
