"""Task tables in workbooks: each row a line of cells between bars (R5.1)."""

from __future__ import annotations

import io

from yiwang.why import say

from .source import LARGEST_TEXT, Source, UnreadableDocument


def read_xlsx(data: bytes) -> Source:
    """All sheets of a workbook, row by row; raises UnreadableDocument where it cannot be opened."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines: list[str] = []
        size = 0
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True, max_row=20_000, max_col=60):
                cells = ["" if value is None else _plain(value) for value in row]
                while cells and not cells[-1]:
                    cells.pop()
                alone = sum(1 for cell in cells if cell) <= 1
                line = "".join(cells) if alone else "| " + " | ".join(cells) + " |"
                size += len(line)
                if size > LARGEST_TEXT:
                    raise UnreadableDocument(say("reading.too_large", limit=LARGEST_TEXT))
                if line:
                    lines.append(line)
    except UnreadableDocument:
        raise
    except Exception:  # openpyxl raises whatever the XML and zip layers raise
        raise UnreadableDocument(say("reading.broken")) from None
    return Source("\n".join(lines), "xlsx")


def _plain(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return text.replace("\n", "").replace("\r", "").replace("|", "/").strip()
