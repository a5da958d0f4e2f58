"""How a number binds: at least, at most, about, exactly (R0.11)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .quantities import Quantity


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    approx: bool = False
    rule: str = ""


_BEFORE = (
    (">", False, re.compile(r"(?:超过|突破|超出|超|高于|多于|大于|跨越|逾)(?:了|全[国市省区][^,。;、]{0,6}?的)?$")),
    ("≥", False, re.compile(r"(?:不少于|不低于|不小于|至少|不得低于|不得少于|不低于全市|达到或超过|≥)$")),
    ("≤", False, re.compile(r"(?:不超过|不高于|不多于|不大于|不得超过|不突破|≤)$")),
    ("<", False, re.compile(r"(?:低于|小于|少于|不到|不足)$")),
    ("≈", True, re.compile(r"(?:大约|约|近|接近|将近|大致|左右|约为|约占|约达)(?:占全[市国省区])?$")),
)
_ABOUT_EARLIER = re.compile(r"约占[^,。;\d]{1,16}$")
_WITHIN = re.compile(r"^(?:以内|之内|内)")
_CONTROL = re.compile(r"控制在$")
_STRETCH = re.compile(r"力争|争取|努力实现|努力达到|力求|冲刺|奋力实现")


def comparison(text: str, q: Quantity, left: int) -> Comparison:
    """The comparator of a quantity: from the words right before it and right after it."""
    before = text[max(left, q.start - 20) : q.start]
    if q.value2 is not None:
        return Comparison("range", rule="range")
    if q.after in ("以上", "及以上") or text.startswith("以上", q.end):
        return Comparison("≥", rule="after:以上")
    if q.after in ("以内", "之内", "以下") or _WITHIN.match(text[q.end : q.end + 2]):
        return Comparison("≤", rule="after:以内")
    if q.after in ("左右", "上下"):
        return Comparison("≈", True, "after:左右")
    for sign, approx, pattern in _BEFORE:
        found = pattern.search(before)
        if found:
            return Comparison(sign, approx or q.more, "before:" + found[0])
    if _ABOUT_EARLIER.search(before):
        return Comparison("≈", True, "before:约占")
    if q.more:
        return Comparison(">", True, "more:余")
    if q.unit_class == "time" and q.named:
        return Comparison("≤", rule="named")
    if _CONTROL.search(before):
        return Comparison("≤", rule="before:控制在")
    return Comparison("=", rule="plain")


def is_stretch(text: str, start: int, end: int) -> bool:
    """力争 and 争取 promise an effort, not the result (R0.11)."""
    return bool(_STRETCH.search(text, max(0, start - 6), end))
