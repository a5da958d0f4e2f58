"""Plain text in the encodings that offices send (R9.10), and Markdown without its marks."""

from __future__ import annotations

import codecs
import re

from yiwang.why import say

from .source import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB 18030; raises UnreadableDocument."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\x00" in data[:4096]:
        raise UnreadableDocument(say("reading.not_text"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    for encoding in ("utf-8", "gb18030"):  # a page cut in the middle of a character
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 50 < len(text):
            return text
    raise UnreadableDocument(say("reading.not_text"))


def without_marks(text: str) -> str:
    """Markdown as plain lines: headings and emphasis lose their marks, tables keep their bars."""
    lines = []
    for line in text.split("\n"):
        if re.fullmatch(r"[\s|:-]*-[\s|:-]*", line):
            line = ""
        line = re.sub(r"^(\s*)(?:#{1,6}\s+|>\s?|[*+-]\s+)", r"\1", line)
        line = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", line)
        line = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", line)
        lines.append(line.replace("\\.", "."))
    return "\n".join(lines)
