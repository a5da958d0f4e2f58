"""One spelling for signs that people see as the same, place for place: full-width and other digits, dashes, blanks."""

from __future__ import annotations

import sys
import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－ー"
_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_POINTS = "·•・‧∙⋅"


def _table() -> dict[int, str]:
    digits = {
        code: str(unicodedata.decimal(chr(code)))
        for code in range(0x80, sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Nd"
    }
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    signs = {ord(one): to for many, to in ((_DASHES, "-"), (_BLANKS + _UNSEEN, " "), (_POINTS, "·")) for one in many}
    return digits | wide | signs


_FOLD = _table()


def fold(text: str) -> str:
    """The text with ASCII digits, letters, dashes and blanks; of the same length, so places agree.

    >>> fold("１３８—００１３　８０００")
    '138-0013 8000'
    """
    return text if text.isascii() else text.translate(_FOLD)
