"""How a limit is counted where people differ: said as phrases, kept as data (R0.3, R0.4).

====================  ==========================================================================================
counts_receipt_day    is the day of receipt day 1 of the limit?
ends                  when the last day ends: at office close (24:00 on a day off), at midnight, or at the time of
                      day of the receipt
outside               a receipt outside office hours counts on its own date, or as if received at the next opening
roll                  where a limit of calendar days or a date ends on a day off: it stays, or moves to the next
                      or the previous working day
====================  ==========================================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal

from .errors import LimitError

Ends = Literal["office close", "midnight", "same time"]
Outside = Literal["as received", "next opening"]
Roll = Literal["none", "forward", "back"]

# phrase -> (field, value); the first phrase of each pair of a field and a value is the one that is written
_PHRASES: dict[str, tuple[str, object]] = {
    "receipt day counted": ("counts_receipt_day", True),
    "含当日": ("counts_receipt_day", True),
    "receipt day not counted": ("counts_receipt_day", False),
    "不含当日": ("counts_receipt_day", False),
    "to office close": ("ends", "office close"),
    "至下班": ("ends", "office close"),
    "to midnight": ("ends", "midnight"),
    "至24时": ("ends", "midnight"),
    "same time": ("ends", "same time"),
    "同一时刻": ("ends", "same time"),
    "as received": ("outside", "as received"),
    "按收到时起": ("outside", "as received"),
    "from next opening": ("outside", "next opening"),
    "次一上班时起": ("outside", "next opening"),
    "no roll": ("roll", "none"),
    "遇休不变": ("roll", "none"),
    "roll forward": ("roll", "forward"),
    "遇休顺延": ("roll", "forward"),
    "roll back": ("roll", "back"),
    "遇休提前": ("roll", "back"),
}
_KNOWN = {
    "zh": "、".join(phrase for phrase in _PHRASES if not phrase.isascii()),
    "en": ", ".join(phrase for phrase in _PHRASES if phrase.isascii()),
}
_WRITTEN = {meaning: phrase for phrase, meaning in reversed(_PHRASES.items())}
COMMA = re.compile(r"[,;，；、]")


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a calendar or a limit says about counting; None where it says nothing."""

    counts_receipt_day: bool | None = None
    ends: Ends | None = None
    outside: Outside | None = None
    roll: Roll | None = None

    @classmethod
    def parse(cls, phrases: str | Iterable[str]) -> Conventions:
        """`"same time, from next opening"` or a list of such phrases, Chinese or English.

        >>> Conventions.parse("同一时刻, from next opening").ends
        'same time'
        """
        said: dict[str, object] = {}
        if isinstance(phrases, str) or not isinstance(phrases, Iterable):  # a file may hold anything
            phrases = COMMA.split(str(phrases))
        for phrase in map(str, phrases):
            plain = " ".join(unicodedata.normalize("NFKC", phrase).lower().split())
            if not plain:
                continue
            field, value = _PHRASES.get(plain, ("", None))
            if not field:
                raise LimitError("worktime.error.convention", text=phrase.strip(), known=_KNOWN)
            if said.setdefault(field, value) != value:
                raise LimitError("worktime.error.convention_twice", text=phrase.strip())
        return cls(**said)  # type: ignore[arg-type]

    def over(self, other: Conventions) -> Conventions:
        """Mine, and the other's where I say nothing."""
        own = {field.name: value for field in fields(self) if (value := getattr(self, field.name)) is not None}
        return replace(other, **own)

    def __str__(self) -> str:
        said = ((field.name, getattr(self, field.name)) for field in fields(self))
        return ", ".join(_WRITTEN[meaning] for meaning in said if meaning[1] is not None)


NOTHING_SAID = Conventions()
USUAL = Conventions(counts_receipt_day=False, ends="office close", outside="as received", roll="none")
