"""Text of unknown origin on one line of a terminal: it can neither steer the terminal nor forge a line of its own."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def one_line(text: str) -> str:
    """Control characters, line breaks and marks that turn the direction of writing become a space each run.

    >>> one_line("井盖\\x1b[2J\\n  \\u202e松动")
    '井盖 [2J    松动'
    """
    return _INVISIBLE.sub(" ", text)
