"""Word documents: paragraphs and tables in reading order, automatic numbers written out."""

from __future__ import annotations

import io
from typing import Any

from yiwang.why import say

from .source import Source, UnreadableDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "一二三四五六七八九十"


def read_docx(data: bytes) -> Source:
    """The body of a .docx; raises UnreadableDocument where it cannot be opened."""
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        numbers = _Numbers(document)
        lines: list[str] = []
        for element in document.element.body.iterchildren():
            if element.tag == _W + "p":
                lines.append(numbers.of(element) + _text(element))
            elif element.tag == _W + "tbl":
                lines.extend(_rows(element))
    except UnreadableDocument:
        raise
    except Exception:  # python-docx raises whatever its XML parser raises
        raise UnreadableDocument(say("reading.broken")) from None
    return Source("\n".join(lines), "docx")


def _text(paragraph: Any) -> str:
    parts = []
    for node in paragraph.iter(_W + "t", _W + "tab", _W + "br"):
        parts.append(node.text or "" if node.tag == _W + "t" else "\n" if node.tag == _W + "br" else " ")
    return "".join(parts)


def _rows(table: Any) -> list[str]:
    rows = []
    for row in table.iter(_W + "tr"):
        cells = [
            "".join(_text(p) for p in cell.iter(_W + "p")).replace("|", "/").replace("\n", "")
            for cell in row.iter(_W + "tc")
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return rows


class _Numbers:
    """Numbers that Word counts by itself: they are part of the text for whoever reads it."""

    def __init__(self, document: Any) -> None:
        self._count: dict[tuple[str, str], int] = {}
        self._shape: dict[tuple[str, str], tuple[str, str]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in root.iter(_W + "abstractNum")}
        for number in root.iter(_W + "num"):
            link = number.find(_W + "abstractNumId")
            definition = abstract.get(link.get(_W + "val")) if link is not None else None
            if definition is None:
                continue
            for level in definition.iter(_W + "lvl"):
                form, text = level.find(_W + "numFmt"), level.find(_W + "lvlText")
                if form is not None and text is not None:
                    key = (number.get(_W + "numId"), level.get(_W + "ilvl"))
                    self._shape[key] = (form.get(_W + "val") or "", text.get(_W + "val") or "")

    def of(self, paragraph: Any) -> str:
        """The number in front of a paragraph, or nothing."""
        mark = paragraph.find(f"{_W}pPr/{_W}numPr")
        if mark is None:
            return ""
        ident, level = mark.find(_W + "numId"), mark.find(_W + "ilvl")
        key = ("" if ident is None else ident.get(_W + "val"), "0" if level is None else level.get(_W + "val"))
        form, text = self._shape.get(key, ("", ""))
        if form not in ("decimal", "chineseCounting", "chineseCountingThousand", "japaneseCounting"):
            return ""
        n = self._count[key] = self._count.get(key, 0) + 1
        spoken = str(n) if form == "decimal" else _spoken(n)
        return text.replace(f"%{int(key[1]) + 1}", spoken) if text.count("%") == 1 else ""


def _spoken(n: int) -> str:
    if n <= 10:
        return _CHINESE[n - 1]
    tens, ones = divmod(n, 10)
    return ("" if tens == 1 else _CHINESE[tens - 1]) + "十" + (_CHINESE[ones - 1] if ones else "")
