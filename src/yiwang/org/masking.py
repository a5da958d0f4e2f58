"""How personal data looks by default, where its column says what it is (R9.3); in free text: `personal`."""

from __future__ import annotations

import re

from .personal import mask_name as name
from .personal import masked
from .personal.folded import fold

_MASKED = re.compile(r"[0-9]{0,3}\*+[0-9]{0,4}")  # what a mask has left

__all__ = ["address", "identity", "name", "phone"]


def phone(value: str) -> str:
    """The first three and last four digits; of a short number the last two.

    >>> phone("13800138000"), phone("021-5555 1234"), phone("12345"), phone("")
    ('138****8000', '021****1234', '***45', '')
    >>> phone("138****8000"), phone("13800138000*"), phone("021-55551234*302")
    ('138****8000', '138****8000', '021****4302')
    """
    if _MASKED.fullmatch(value):
        return value
    digits = "".join(one for one in fold(value) if one in "0123456789")
    if len(digits) >= 10:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def identity(value: str) -> str:
    """First three and last four characters of an identity number.

    >>> identity("310109199001010013")
    '310***********0013'
    """
    return value[:3] + "*" * max(len(value) - 7, 0) + value[-4:] if len(value) > 7 else "*" * len(value)


def address(value: str) -> str:
    """Up to the street or estate: what follows the first number is hidden, and whoever is named before it.

    >>> address("清河路218弄5号302室"), address("联系人王小明，清河路218号")
    ('清河路218弄****', '联系人王**，清河路218号')
    """
    for at, one in enumerate(value):
        if one in "弄号村苑" and at + 1 < len(value):
            return masked(value[: at + 1]) + "****"
    return masked(value)
