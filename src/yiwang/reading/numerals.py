"""Chinese numerals as numbers."""

from __future__ import annotations

_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_TEN = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "亿": 10**8}


def chinese_number(text: str) -> float:
    """The value of a number in digits or Chinese characters; raises ValueError on anything else.

    >>> chinese_number("二百一十五"), chinese_number("两万"), chinese_number("十"), chinese_number("3.5")
    (215, 20000, 10, 3.5)
    """
    if text.replace(",", "").replace(".", "", 1).isdigit():
        value = float(text.replace(",", ""))
        return int(value) if value.is_integer() and "." not in text else value
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
    return total + section + digit
