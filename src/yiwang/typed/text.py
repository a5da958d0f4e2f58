"""Text that may come in: what a person can write, and nothing that a database, a file or a page cannot hold.

Control characters come in with what is copied from office programs and out of broken encodings; PostgreSQL has no place
for NUL, XLSX for none of them. They are taken out, and those that break a line there break one here. So are those that
turn the direction of what follows: a title would read backwards, and a number would be another. Half a surrogate pair
is refused: it stands for a character that is lost, and UTF-8 cannot write it.
"""

from __future__ import annotations

import re
import unicodedata

_EMPTY = frozenset("\u2800\u3164\u115f\u1160\uffa0")  # letters and patterns that show nothing
_FORBIDDEN = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class NotText(ValueError):
    """It holds half a surrogate pair."""


def clean(text: str) -> str:
    """The text without control characters but tab and line ends. Raises NotText.

    >>> clean("一\\x0b二\\x07"), clean("\\u202e0008"), clean("👨\\u200d👩")
    ('一\\n二', '0008', '👨\\u200d👩')
    """
    if text.isprintable():
        return text
    if _FORBIDDEN.search(text):
        raise NotText
    return _CONTROLS.sub("", _BREAKS.sub("\n", text))


def is_blank(text: str) -> bool:
    """Whether nobody sees anything of it: blanks, and signs that only join, part or turn others.

    >>> is_blank(" \u200b\u3000\u2800"), is_blank(""), is_blank("\u200ba")
    (True, True, False)
    """
    return not any(_is_seen(sign) for sign in text)


def seen(text: str) -> str:
    """The text without signs that nobody sees, as they come along with what is copied from a telephone.

    >>> seen("\u202d138 0013\u200b8000\u202c")
    '138 00138000'
    """
    return text if text.isprintable() else "".join(sign for sign in text if sign.isspace() or _is_seen(sign))


def _is_seen(sign: str) -> bool:
    return sign not in _EMPTY and unicodedata.category(sign)[0] not in "CZ"


def is_clean(text: str) -> bool:
    """Whether `clean` would leave it as it is."""
    try:
        return clean(text) == text
    except NotText:
        return False
