"""Text that may come in: what a person can write, and nothing that a database, a file or a page cannot hold.

Control characters come in with what is copied from office programs and out of broken encodings; PostgreSQL has no place
for NUL, XLSX for none of them. They are taken out, and those that break a line there break one here. So are those that
turn the direction of what follows: a title would read backwards, and a number would be another. Half a surrogate pair
is refused: it stands for a character that is lost, and UTF-8 cannot write it.
"""

from __future__ import annotations

import re

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


def is_clean(text: str) -> bool:
    """Whether `clean` would leave it as it is."""
    try:
        return clean(text) == text
    except NotText:
        return False
