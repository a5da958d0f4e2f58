"""Small numbers as people write them: `5`, `1.5`, `十五`, `半`, `two`."""

from __future__ import annotations

import re
from decimal import Decimal


class NoNumber(ValueError):
    """Chinese signs in an order nobody writes."""


_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
ENGLISH = {word: n for n, word in enumerate(_WORDS, start=1)}
ENGLISH |= {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE = re.compile(
    r"(?:([一二两三四五六七八九]?)(百)零?)?(?:([一二三四五六七八九]?)(十))?([零一二两三四五六七八九])?"
)

NUMBER = rf"\d+(?:\.\d+)?|半|[零一二两三四五六七八九十百]+|(?:{'|'.join(ENGLISH)})(?= )"


def number(text: str) -> Decimal:
    """What a text that matches `NUMBER` says. Raises `NoNumber`.

    >>> [str(number(text)) for text in ("15", "十五", "一百二十", "半", "two")]
    ['15', '15', '120', '0.5', '2']
    """
    if text == "半":
        return Decimal("0.5")
    if text in ENGLISH:
        return Decimal(ENGLISH[text])
    if text[0].isdigit():
        return Decimal(text)
    found = _CHINESE.fullmatch(text)
    if found is None:
        raise NoNumber(text)
    hundreds, hundred, tens, ten, ones = found.groups()
    total = 100 * _DIGITS[hundreds or "一"] if hundred else 0
    total += 10 * _DIGITS[tens or "一"] if ten else 0
    return Decimal(total + (_DIGITS[ones] if ones else 0))
