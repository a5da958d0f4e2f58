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
    for match in _PARTED.finditer(folded):
        if _is_free(folded, match):
            yield Span(match.start(), match.end(), "mobile", f"{match[1]}****{match[3]}")
    for match in (*_PARTED_HAN.finditer(folded), *_ONE_BY_ONE.finditer(folded)):
        digits = re.sub("[^0-9]", "", match.group().translate(SPOKEN_DIGITS))
        if digits[1] in "3456789" and _is_free(folded, match):
            yield Span(match.start(), match.end(), "mobile", f"{digits[:3]}****{digits[-4:]}")
    for match in _TWO_TOGETHER.finditer(folded):
        if _is_free(folded, match):
            for which in (1, 2):
                yield Span(*match.span(which), "mobile", f"{match[which][:3]}****{match[which][-4:]}")
    for match in _ABROAD.finditer(folded):
        line = "".join(_DIGITS.findall(match["line"]))
        if _is_abroad(match, line, folded[max(0, match.start() - 14) : match.start()]) and _is_free(folded, match):
            mask = f"{match.group()[: match.start('line') - match.start()]}{'*' * min(4, len(line) - 4)}{line[-4:]}"
            yield Span(match.start(), match.end(), "landline", mask)


def _is_abroad(match: re.Match[str], line: str, before: str) -> bool:
    """Whether a number with a plus is a telephone of another country, and no amount."""
    country, parted = match["country"], len(line) < len(match["line"])
    if country == "86":
        return False
    if country in ("852", "853", "886") or IS_PHONE.search(before):
        return True
    return parted and (country != "1" or (len(line) == 10 and line[0] in "23456789"))


def _is_free(folded: str, match: re.Match[str]) -> bool:
    """Whether nothing beside it says that it is an amount, or the number of something else."""
    before = folded[max(0, match.start() - 24) : match.start()]
    return not MEASURE.match(folded, match.end()) and not IS_OTHER.search(before)
