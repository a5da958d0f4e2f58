"""One spelling for signs that people see as the same, place for place: full-width and other digits, also in circles,
dashes, blanks, and signs that nobody sees."""

from __future__ import annotations

import sys
import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－ー"
_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u20e3" + "".join(map(chr, range(0xFE00, 0xFE10)))  # the box of a key, and what chooses the form of a sign
_POINTS = "·•・‧∙⋅"


def _table() -> dict[int, str]:
    others = [chr(code) for code in range(0x80, sys.maxunicode + 1)]
    sorts = {one: unicodedata.category(one) for one in others}
    digits = {
        ord(one): str(unicodedata.digit(one))
        for one in others
        if sorts[one] == "Nd" or (sorts[one] == "No" and unicodedata.digit(one, None) is not None)
    }
    unseen = {ord(one): " " for one in others if sorts[one] == "Cf"}  # marks of direction, joiners, the soft hyphen
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    signs = {ord(one): to for many, to in ((_DASHES, "-"), (_BLANKS + _UNSEEN, " "), (_POINTS, "·")) for one in many}
    return digits | unseen | wide | signs


_FOLD = _table()


def fold(text: str) -> str:
    """The text with ASCII digits, letters, dashes and blanks; of the same length, so places agree.

    >>> fold("１３８—００１３　８０００")
    '138-0013 8000'
    """
    return text if text.isascii() else text.translate(_FOLD)
