"""How personal data looks by default, where its column says what it is (R9.3); in free text: `personal`."""

from __future__ import annotations

import re

from yiwang.typed.telephones import dialled

from .personal import masked

_MASKED = re.compile(r"[0-9]{0,3}\*+[0-9]{0,4}")  # what a mask has left


def phone(value: str) -> str:
    """The first three and last four digits, without the country's +86; of a short number the last two.

    >>> phone("13800138000"), phone("021-5555 1234"), phone("12345"), phone("")
    ('138****8000', '021****1234', '***45', '')
    >>> phone("+86 138 0013 8000"), phone("008613800138000"), phone("幺三八零零一三八零零零"), phone("+86 21 55551234")
    ('138****8000', '138****8000', '138****8000', '021****1234')
    >>> phone("138****8000"), phone("13800138000*"), phone("021-55551234*302")
    ('138****8000', '138****8000', '021****4302')
    """
    if _MASKED.fullmatch(value):
        return value
    digits = dialled(value)
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def address(value: str) -> str:
    """Up to the street or estate: what follows the first number is hidden, and whoever is named before it.

    >>> address("清河路218弄5号302室"), address("联系人王小明，清河路218号")
    ('清河路218弄****', '联系人王**，清河路218号')
    """
    for at, one in enumerate(value):
        if one in "弄号村苑" and at + 1 < len(value):
            return masked(value[: at + 1]) + "****"
    return masked(value)
