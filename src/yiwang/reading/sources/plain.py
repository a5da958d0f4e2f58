"""Plain text in the encodings that offices send (R9.10), and Markdown without its marks."""

from __future__ import annotations

import re

from yiwang.tables import Unreadable
from yiwang.tables.encoding import decoded
from yiwang.why import say

from .source import UnreadableDocument


def decode(data: bytes) -> str:
    """The text in whichever encoding an office saved it; raises UnreadableDocument for one in none."""
    try:
        return decoded(data)
    except Unreadable:
        raise UnreadableDocument(say("reading.not_text")) from None


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
