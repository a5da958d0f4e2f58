"""A copy of the text that is easy to parse, with the way back to the original (R9.10).

Parsing never touches the original: `flatten` replaces glyph by glyph, so that every offset stays what it was, and
`Block` drops the blanks and line breaks of one paragraph while it remembers where each character came from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .grammar import load


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x2F00, 0x2FD6), *range(0xFF01, 0xFF5F)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    glyphs = load("glyphs")
    for pair in (glyphs["radicals_supplement"] + " " + glyphs["other"]).split():
        table[ord(pair[0])] = pair[1]
    for blank in glyphs["blank"]:
        table[ord(blank)] = " "
    return table


# sixteen digits in a row count nothing (a goal holds fifteen): no number may be made of them, nor of a part of them
_ENDLESS = re.compile(r"\d{16,}|\d[\d,]{19,}|[〇零一二三四五六七八九十百千万亿两]{40,}")


def flatten(text: str) -> str:
    """The same text, glyph for glyph in one spelling; the length never changes. Numbers without end become signs.

    >>> flatten("⼈⼯智能部⻔增长５．６％")
    '人工智能部门增长5.6%'
    """
    return _ENDLESS.sub(lambda found: "□" * len(found[0]), text.translate(_table()))
