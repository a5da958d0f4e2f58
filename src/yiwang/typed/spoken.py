"""Numbers as people say and write them: `5`, `1.5`, `十五`, `二百一十五`, `两万`, `半`, `two`."""

from __future__ import annotations

import re
from decimal import Decimal


class NoNumber(ValueError):
    """Chinese signs in an order nobody writes."""


_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
ENGLISH = {word: n for n, word in enumerate(_WORDS, start=1)}
ENGLISH |= {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90}
_DIGIT = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_TEN = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}
_TENTH = {"百": 10, "千": 100, "万": 1000, "亿": 10**7}
_IN_ORDER = re.compile("(?:[一二两三四五六七八九]?百零?)?(?:[一二三四五六七八九]?十)?[零一二两三四五六七八九]?")
AS_DIGITS = str.maketrans("零〇○Ο一二三四五六七八九", "0000123456789")  # a sign for each digit

NUMBER = rf"\d+(?:\.\d+)?|半|[零一二两三四五六七八九十百]+|(?:{'|'.join(ENGLISH)})(?= )"


def number(text: str) -> Decimal:
    """What a text that matches `NUMBER` says, as in "within 15 days". Raises `NoNumber`.

    >>> [str(number(text)) for text in ("15", "十五", "一百二十", "半", "two")]
    ['15', '15', '120', '0.5', '2']
    """
    if text == "半":
        return Decimal("0.5")
    if text in ENGLISH:
        return Decimal(ENGLISH[text])
    if not text[0].isdigit() and _IN_ORDER.fullmatch(text) is None:
        raise NoNumber(text)
    return chinese_number(text)


def chinese_number(text: str) -> Decimal:
    """The value of a number in digits or Chinese characters, in whatever order, exactly as it is written; raises
    ValueError on anything else.

    >>> [str(chinese_number(text)) for text in ("二百一十五", "两万", "十", "3.5", "1,200", "一万二", "一百零二")]
    ['215', '20000', '10', '3.5', '1200', '12000', '102']
    """
    if text.replace(",", "").replace(".", "", 1).isdigit():
        return Decimal(text.replace(",", ""))
    total = section = digit = 0
    for c in text:
        if c in _DIGIT:
            digit = _DIGIT[c] if digit == 0 else digit * 10 + _DIGIT[c]
        elif c in _TEN:
            section += (digit or 1) * _TEN[c]
            digit = 0
        elif c in _BIG:
            total = (total + section + digit) * _BIG[c] if total == 0 else total + (section + digit) * _BIG[c]
            section = digit = 0
        else:
            raise ValueError(text)
    if text[-1:] in _DIGIT and text[-2:-1] in _TENTH:  # 一万二: the sign stands for tenths of the one before it
        digit *= _TENTH[text[-2:-1]]
    return Decimal(total + section + digit)


def as_digits(text: str) -> str:
    """Signs that stand one for each digit, as in a year, character for character.

    >>> as_digits("二〇二六")
    '2026'
    """
    return text.translate(AS_DIGITS)
