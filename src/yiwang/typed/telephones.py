"""A telephone as people write it: whether somebody can be called under it, or it only says that none was given."""

from __future__ import annotations

import re
import unicodedata

from .spoken import AS_DIGITS
from .text import seen

SHORTEST, LONGEST = 3, 15  # digits: 110; the most that a number of the world has (ITU-T E.164)
_ALONE = 7  # digits from which a number parted from the next by a blank is one for itself
_NOT_GIVEN = frozenset(
    "无 暂无 没有 空 不详 未知 未留 未留电话 没留 没有留 不留 不愿留 不便透露 不提供 未提供 匿名 保密 无电话 没有电话"
    " none no null nil nan n/a na unknown undefined withheld anonymous".split()
)
_PARTED = re.compile(r"[/、,;\n]|\s或(?:者)?\s?|或(?:者)?|\bor\b")  # two numbers in one field
_NUMBER = re.compile(
    r"(?:(?:电话|手机|座机|固话|tel|phone|mobile)[.:\s]*)?"
    r"[+*]?(?P<number>[0-9()](?:[0-9() .·_-]*[0-9)])?)"
    r"(?:\s*(?:转|分机号?|内线|ext(?:ension)?\.?|x|#|\*|-)[\s:]*(?P<more>[0-9]{1,6}))?"
    r"\s*(?:\([^()0-9]{1,20}\)|[\u4e00-\u9fff]{1,10})?",  # whose it is
    re.IGNORECASE,
)
_MASKED = re.compile(r"[0-9]{1,4}-?\*{2,}[0-9]{2,4}")  # as other systems hand a number on
_SPOKEN = {**AS_DIGITS, ord("幺"): ord("1"), **str.maketrans("壹贰叁肆伍陆柒捌玖", "123456789")}
_HAN = "".join(map(chr, _SPOKEN))
_IN_HAN = re.compile(rf"[+(]*[0-9{_HAN}](?:[ ()·_-]{{0,2}}[0-9{_HAN}]){{4,}}")
_CHINA = re.compile(r"\(?(?P<abroad>(?:\+|00)\s?)?86\)?[ -]?")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def is_telephone(text: str, least: int = SHORTEST) -> bool:
    """Whether it is a number to call, or several: with blanks, dashes, country, extension and whose it is.

    least  digits of each; of a masked one none is counted

    >>> [is_telephone(one) for one in ("138 0013 8000", "+86-21-5555 1234 转 802", "(021)5555-1234", "110", "12345")]
    [True, True, True, True, True]
    >>> [is_telephone(one) for one in ("+351 21 123 45 67", "13800138000（女儿）", "138****8000", "一三八零零一三八零")]
    [True, True, True, True]
    >>> [is_telephone(one) for one in ("abc", "", "12", "见附件", "wx1234567", "+", "1" * 18, "a@b.cn", "138O0138000")]
    [False, False, False, False, False, False, False, False, False]
    """
    plain = _plain(text)
    if not plain or _MASKED.fullmatch(plain):
        return plain != ""
    parts = [part.strip() for part in _PARTED.split(plain.rstrip(".,;、。"))]
    if all(_is_one(part, least) for part in parts):
        return True
    return all(_is_one(part, _ALONE) for part in plain.split())


def _is_one(part: str, least: int) -> bool:
    found = _NUMBER.fullmatch(part)
    return found is not None and least <= len(_digits(found["number"])) <= LONGEST


def _digits(number: str) -> str:
    """Its digits, without the 00 that stands for a plus."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return digits[2:] if len(digits) > LONGEST and digits.startswith("00") else digits


def is_not_given(text: str) -> bool:
    """Whether it says in words, or by a dash, that there is none.

    >>> is_not_given("无"), is_not_given(" — "), is_not_given("N/A"), is_not_given("未留。"), is_not_given("110")
    (True, True, True, True, False)
    """
    plain = _plain(text).casefold()
    return plain.strip(" 。.()") in _NOT_GIVEN or not any(sign.isalnum() or sign in "*#" for sign in plain)


def dialled(text: str) -> str:
    """Its digits as they are dialled within China: without the country, with the zero of an area.

    >>> dialled("+86 138 0013 8000"), dialled("+86 21 5555 1234"), dialled("幺三八零零幺三八零零零"), dialled("０１")
    ('13800138000', '02155551234', '13800138000', '01')
    >>> dialled("00351 912 345 678"), dialled("13800138000二姐"), dialled("86123456")
    ('00351912345678', '13800138000', '86123456')
    """
    plain = _plain(text)
    digits = "".join(sign for sign in plain if sign in "0123456789")
    country = _CHINA.match(plain)
    if country is None:
        return digits
    national = "".join(sign for sign in plain[country.end() :] if sign in "0123456789")
    if _MOBILE.match(national):
        return national
    return f"0{national.lstrip('0')}" if country["abroad"] and len(national) >= _ALONE else digits


def _plain(text: str) -> str:
    plain = seen(unicodedata.normalize("NFKC", text)).translate(_DASHES).strip()
    return _IN_HAN.sub(_in_digits, plain)


def _in_digits(row: re.Match[str]) -> str:
    """A row of digits in which each is said by a sign of its own; what follows a number in figures is no part of it."""
    number = row[0].translate(_SPOKEN)
    digits = "".join(sign for sign in number if sign in "0123456789")
    mixed = any(sign in "0123456789" for sign in row[0])
    return number if not mixed or (_MOBILE.fullmatch(digits[-11:]) and len(digits) <= LONGEST) else row[0]
