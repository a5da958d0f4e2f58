"""Task tables in workbooks: each row a line of cells between bars (R5.1)."""

from __future__ import annotations

from yiwang.tables import Unreadable
from yiwang.tables.cells import UNCOMPUTED
from yiwang.tables.workbook import Hidden, values
from yiwang.why import say

from .source import LARGEST_TEXT, Source, UnreadableDocument

_MOST_ROWS, _MOST_COLUMNS = 20_000, 60  # of a sheet


def read_xlsx(data: bytes) -> Source:
    """All visible sheets of a workbook, row by row; raises UnreadableDocument where it cannot be opened."""
    lines: list[str] = []
    size = 0
    hidden = Hidden()
    try:
        for sheet in values(data, hidden, most_rows=_MOST_ROWS, most_columns=_MOST_COLUMNS):
            for _, row in sheet:
                cells = ["" if value is None or value == UNCOMPUTED else _plain(value) for value in row]
                while cells and not cells[-1]:
                    cells.pop()
                alone = sum(1 for cell in cells if cell) <= 1
                line = "".join(cells) if alone else "| " + " | ".join(cells) + " |"
                size += len(line)
                if size > LARGEST_TEXT:
                    raise UnreadableDocument(say("reading.too_large", limit=LARGEST_TEXT))
                if line:
                    lines.append(line)
    except Unreadable:
        raise UnreadableDocument(say("reading.broken")) from None
    return Source("\n".join(lines), "xlsx", hidden.told())


def _plain(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return text.replace("\n", "").replace("\r", "").replace("|", "/").strip()
