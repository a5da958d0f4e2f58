"""A number that begins at the end of one field and goes on at the beginning of another: 我的电话是138 | 00138000."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import permutations

from yiwang.typed.identity_numbers import identity_check

from .folded import fold

_GAP = r"[\s,.。,、:;-]{0,4}"
_GROUPS = r"(?:[0-9]{1,17}[ -]?){1,5}"
_LAST = re.compile(rf"(?<![0-9*])({_GROUPS}){_GAP}$")
_FIRST = re.compile(rf"{_GAP}({_GROUPS})(?![0-9*])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOST_FIELDS = 12


def masked_together(texts: Mapping[str, str]) -> dict[str, str]:
    """field -> its text with its part of such a number masked, of the fields that hold one; the others are left out.

    >>> masked_together({"title": "我的电话是138", "text": "00138000,请回电", "address": "学府路12号"})
    {'title': '我的电话是***', 'text': '********,请回电'}
    >>> masked_together({"title": "路灯不亮12", "text": "3天了"})
    {}
    """
    masked: dict[str, str] = {}
    held = {field: text for field, text in texts.items() if any(sign.isdigit() for sign in text[:24] + text[-24:])}
    for name, other in permutations(list(held)[:_MOST_FIELDS], 2):
        before, after = fold(held[name][-60:]), fold(held[other][:60])
        last, first = _LAST.search(before), _FIRST.match(after)
        if last is None or first is None:
            continue
        digits = re.sub("[^0-9]", "", last[1] + first[1])
        if _MOBILE.fullmatch(digits) or (len(digits) == 18 and identity_check(digits) == digits[17]):
            begins = len(held[name]) - len(before)
            masked[name] = _hidden(masked.get(name, held[name]), begins + last.start(1), begins + last.end(1))
            masked[other] = _hidden(masked.get(other, held[other]), *first.span(1))
    return masked


def _hidden(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"\w", "*", text[start:end]) + text[end:]
