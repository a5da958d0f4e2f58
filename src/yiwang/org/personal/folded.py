"""One spelling for signs that people see as the same, place for place: full-width and other digits, also in circles,
dashes, blanks, and signs that nobody sees."""

from __future__ import annotations

import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－ー"
_BLANKS = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_UNSEEN = "\u20e3" + "".join(map(chr, range(0xFE00, 0xFE10)))  # the box of a key, and what chooses the form of a sign
_POINTS = "·•・‧∙⋅"


_WIDE = range(0xFF01, 0xFF5F)
_KEPT = 0x10000  # signs beyond it are rare, and their many would only fill the table


class _Fold(dict[int, str]):
    """What `str.translate` puts for a sign: looked up when the sign is first seen, for there are over a million."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code), code)
        if code < _KEPT:
            self[code] = folded
        return folded


def _folded(sign: str, code: int) -> str:
    for many, to in ((_DASHES, "-"), (_BLANKS + _UNSEEN, " "), (_POINTS, "·")):
        if sign in many:
            return to
    if code in _WIDE:
        return chr(code - 0xFEE0)
    sort = unicodedata.category(sign)
    if sort == "Cf":  # marks of direction, joiners, the soft hyphen
        return " "
    digit = unicodedata.digit(sign, None) if sort in ("Nd", "No") else None
    return sign if digit is None else str(digit)


_FOLD = _Fold()


def fold(text: str) -> str:
    """The text with ASCII digits, letters, dashes and blanks; of the same length, so places agree.

    >>> fold("１３８—００１３　８０００")
    '138-0013 8000'
    """
    return text if text.isascii() else text.translate(_FOLD)
