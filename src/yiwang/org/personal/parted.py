"""Mobile lines between whose digits people put signs that part other things, two of them in one row of digits, and
lines of other countries as they are dialled from here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .numbers import HAN_DIGITS, IS_OTHER, IS_PHONE, MEASURE, SPOKEN_DIGITS
from .span import Span

_BETWEEN = r"\s/,、()·_~*★☆'\"-"  # signs that people put between the digits of a number
_DIGITS = re.compile("[0-9]+")
# a mobile line between signs that part other numbers: by its groups alone
_PARTED = re.compile(
    rf"(?<![0-9*.\-])(?:\+?86\s?)?\(?(1[3-9][0-9])[{_BETWEEN}]{{1,3}}([0-9]{{4}})[{_BETWEEN}]{{0,3}}([0-9]{{4}})(?![0-9*.\-])"
)
_PARTED_HAN = re.compile(
    rf"(?<![0-9{HAN_DIGITS}*])([1一幺壹][0-9{HAN_DIGITS}]{{2}})[,、·. -]{{1,2}}([0-9{HAN_DIGITS}]{{4}})[,、·. -]{{1,2}}"
    rf"([0-9{HAN_DIGITS}]{{4}})(?![0-9{HAN_DIGITS}*十百千万亿])"
)
# one digit after the other, with a sign between each two
_ONE_BY_ONE = re.compile(
    rf"(?<![0-9])(?<![0-9][{_BETWEEN}])1[{_BETWEEN}]{{1,2}}[3-9](?:[{_BETWEEN}]{{1,2}}[0-9]){{9}}(?![{_BETWEEN}]{{0,2}}[0-9])"
)
_TWO_TOGETHER = re.compile(r"(?<![0-9A-Za-z*])(1[3-9][0-9]{9})(1[3-9][0-9]{9})(?![0-9A-Za-z*])")
# as it is dialled from abroad
_ABROAD = re.compile(
    r"(?<![0-9A-Za-z*])(?:\+|00(?=852|853|886))\s?(?P<country>852|853|886|[1-9][0-9]{0,2}(?=[ ()-])|[1-9])"
    r"(?P<line>(?:[ ()-]{0,2}[0-9]){7,12})(?![0-9*]|\.[0-9]|,[0-9]{3}(?![0-9]))"
)


def parted_in(folded: str) -> Iterator[Span]:
    """Every mobile line whose digits are parted, that stands one behind the other, or is dialled from abroad.

    folded  a text that `may_hold_one`
    """
    for found in _PARTED.finditer(folded):
        if _is_free(folded, found):
            yield Span(found.start(), found.end(), "mobile", f"{found[1]}****{found[3]}")
    for found in (*_PARTED_HAN.finditer(folded), *_ONE_BY_ONE.finditer(folded)):
        digits = re.sub("[^0-9]", "", found.group().translate(SPOKEN_DIGITS))
        if digits[1] in "3456789" and _is_free(folded, found):
            yield Span(found.start(), found.end(), "mobile", f"{digits[:3]}****{digits[-4:]}")
    for found in _TWO_TOGETHER.finditer(folded):
        if _is_free(folded, found):
            for which in (1, 2):
                yield Span(*found.span(which), "mobile", f"{found[which][:3]}****{found[which][-4:]}")
    for found in _ABROAD.finditer(folded):
        line = "".join(_DIGITS.findall(found["line"]))
        if _is_abroad(found, line, folded[max(0, found.start() - 14) : found.start()]) and _is_free(folded, found):
            mask = f"{found.group()[: found.start('line') - found.start()]}{'*' * min(4, len(line) - 4)}{line[-4:]}"
            yield Span(found.start(), found.end(), "landline", mask)


def _is_abroad(found: re.Match[str], line: str, before: str) -> bool:
    """Whether a number with a plus is a telephone of another country, and no amount."""
    country, parted = found["country"], len(line) < len(found["line"])
    if country == "86":
        return False
    if country in ("852", "853", "886") or IS_PHONE.search(before):
        return True
    return parted and (country != "1" or (len(line) == 10 and line[0] in "23456789"))


def _is_free(folded: str, found: re.Match[str]) -> bool:
    """Whether nothing beside it says that it is an amount, or the number of something else."""
    before = folded[max(0, found.start() - 24) : found.start()]
    return not MEASURE.match(folded, found.end()) and not IS_OTHER.search(before)
