"""Forms of numbers and names that are a district's own, beside the Chinese ones: data of its pack (`personal.yaml`).

They hold while somebody of the district is served (`using`); outside of that only what is Chinese is recognised, but in
logs, which take every form that this process has met (`everywhere`). Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from .latin import LATIN, masked_latin
from .numbers import IS_OTHER, MEASURE, luhn
from .span import Span

_GAP = r"[ \-·._/]{0,2}"
_PART = re.compile(r"#|@|\[[0-9A-Z]{1,36}\]|[0-9A-Z]")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")
_LONGER = re.compile(r"[0-9A-Za-z][-.]$")  # the end of a longer number
SHORTEST, LONGEST = 5, 24  # signs of a number
SHORTEST_ALONE = 7


class NumberForm(Struct, frozen=True, forbid_unknown_fields=True):
    """One form of numbers that lead to a person.

    what     what such a number is
    shape    # for a digit, [123] for one of these, @ for a letter, 9 for itself; how people part it counts for nothing
    country  with which it begins when it is written for abroad, as "+351"
    called   words of which one stands right before it
    alone    whether it is recognised without such a word and without the country
    check    how its last digit is computed: ISO/IEC 7812-1 (luhn); weights 2, 3, … from the right, modulo 11 (mod11)
    """

    what: Literal["mobile", "landline", "identity", "card", "permit"]
    shape: str
    country: str = ""
    called: tuple[str, ...] = ()
    alone: bool = True
    check: Literal["", "luhn", "mod11"] = ""

    def parts(self) -> list[str] | None:
        """The signs of its shape; None where the shape cannot be read."""
        plain = self.shape.replace(" ", "")
        return _PART.findall(plain) if plain and _PART.sub("", plain) == "" else None


class Forms(Struct, frozen=True):
    """What a district adds. tells: words behind which somebody's name stands, in languages of Latin letters."""

    numbers: tuple[NumberForm, ...] = ()
    tells: tuple[str, ...] = ()


NONE = Forms()
_now: ContextVar[Forms] = ContextVar("forms", default=NONE)
_met: dict[int, Forms] = {}


@contextmanager
def using(district: int, forms: Forms) -> Iterator[None]:
    """What a district adds is recognised until this ends."""
    if _met.get(district) != forms:
        _met[district] = forms
    before = _now.set(forms)
    try:
        yield
    finally:
        _now.reset(before)


@contextmanager
def everywhere() -> Iterator[None]:
    """What any district adds that this process has served is recognised: for logs."""
    every = tuple(_met.values())
    numbers = dict.fromkeys(one for forms in every for one in forms.numbers)
    tells = dict.fromkeys(one for forms in every for one in forms.tells)
    before = _now.set(Forms(tuple(numbers), tuple(tells)))
    try:
        yield
    finally:
        _now.reset(before)


def forms_in(folded: str) -> Iterator[Span]:
    """Every number and name in a folded text that is in a form of the district."""
    forms = _now.get()
    for form in forms.numbers:
        for match in _pattern(form).finditer(folded):
            if _is_one(form, match, folded):
                number = _signs(match["number"])
                shown = len(number) // 4
                mask = number[:shown] + "*" * (len(number) - 2 * shown) + number[len(number) - shown :]
                yield Span(match.start(), match.end(), form.what, mask, number)
    if forms.tells:
        for match in _telling(forms.tells).finditer(folded):
            yield Span(*match.span("name"), "name", masked_latin(match["name"]))


def _is_one(form: NumberForm, match: re.Match[str], folded: str) -> bool:
    before = folded[max(0, match.start() - 40) : match.start()]
    if form.called and _called(form.called).search(before):
        return True
    if match["abroad"]:
        return True
    if not form.alone or IS_OTHER.search(before) or MEASURE.match(folded, match.end()) or _LONGER.search(before):
        return False
    if before[-1:].isascii() and before[-1:].isalpha():
        return False
    return not _DAY.match(match["number"]) and checks(_signs(match["number"]), form.check)


def checks(number: str, check: str) -> bool:
    """Whether the last digit of a number is the right one.

    >>> checks("123456789", "mod11"), checks("123456780", "mod11"), checks("anything", "")
    (True, False, True)
    """
    if not check:
        return True
    if not number.isdecimal():
        return False
    if check == "luhn":
        return luhn(number)
    rest = sum(weight * int(digit) for weight, digit in enumerate(reversed(number[:-1]), start=2)) % 11
    return int(number[-1]) == (0 if rest < 2 else 11 - rest)


def _signs(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum()).upper()


@lru_cache(maxsize=512)
def _pattern(form: NumberForm) -> re.Pattern[str]:
    signs = [_sign(part) for part in form.parts() or ["(?!)"]]
    country = re.escape(form.country.lstrip("+"))
    abroad = rf"(?P<abroad>\(?(?:\+|00){country}\)?{_GAP})?" if country else "(?P<abroad>(?!))?"
    return re.compile(rf"(?<![0-9*+]){abroad}(?P<number>{_GAP.join(signs)})(?![0-9*])")


def _sign(part: str) -> str:
    if part == "#":
        return "[0-9]"
    letters = part.strip("[]")
    return "[A-Za-z]" if part == "@" else f"[{letters}{letters.lower()}]"


@lru_cache(maxsize=512)
def _called(words: tuple[str, ...]) -> re.Pattern[str]:
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{every})[^\w*]{{0,6}}(?:n\.?[ºo°]?[^\w*]{{0,3}})?$", re.IGNORECASE)


@lru_cache(maxsize=64)
def _telling(words: tuple[str, ...]) -> re.Pattern[str]:
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?i:{every})[\s:,]{{1,3}}(?P<name>{LATIN})(?![^\W\d_]|\*)")
