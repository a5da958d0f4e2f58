"""The number by which a source knows its message: in one spelling, compared as people compare it, and never taken where
a spreadsheet has damaged it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from yiwang.org.personal.folded import fold
from yiwang.tables.cells import SURE_DIGITS

_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")  # spaces of other kinds than the plain one
_UNSEEN = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:[.,]\d+E\+?|E\+)\d{2,3}", re.I)  # what a spreadsheet leaves of a long number
_AS_FORMULA = re.compile(r'="(.*)"', re.S)  # how exports keep a spreadsheet from touching a number
_WHOLE = re.compile(r"(\d+)\.0+")
_IN_GROUPS = re.compile(r"[0-9]+(?:([ -])[0-9]+)(?:\1[0-9]+)*")
_NO_NUMBER = frozenset("无 暂无 没有 空 不详 未知 无编号 null none nil nan n/a na undefined unknown".split())
LONG = 10  # digits from which signs between them are only there to read them by
PADDED = 4  # digits from which a number with a zero in front is one of a fixed length


def clean(text: str) -> str:
    """Without blanks at the ends, signs that nobody sees, and line ends of three kinds.

    >>> clean("　 路面积水\\u200b\\r\\n第二行 ")
    '路面积水\\n第二行'
    """
    text = _UNSEEN.sub("", _BLANKS.sub(" ", text))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def identity(text: str) -> str:
    """A message's own number in one spelling, as it is kept and shown.

    >>> identity("２０２４－０１"), identity('="007"'), identity("'42"), identity("188006.0"), identity(" A-1 ")
    ('2024-01', '007', '42', '188006', 'A-1')
    """
    plain = clean(unicodedata.normalize("NFKC", text))
    if match := _AS_FORMULA.fullmatch(plain):
        plain = match[1].strip()
    plain = plain.removeprefix("'").strip()
    return match[1] if (match := _WHOLE.fullmatch(plain)) else plain


def compared(number: str) -> str:
    """What two numbers must share to be the same: their signs, whatever dash or digit people typed for them.

    A long row of digits is the same with and without what only parts it: blanks anywhere, dashes where all groups have
    one length (the last may be shorter). Other dashes tell groups apart and stay: 2024-11-1 is not 2024-1-11. So do
    letters, their case, and zeros in front.

    >>> {compared(one) for one in ("2024 1200 0001", "２０２４12000001", "2024-1200-0001", "2024–1200–0001")}
    {'202412000001'}
    >>> [compared(one) for one in ("2024-11-1", "2024-1-11", "12-3", "A-1", "A1", "a1", "007", "7", "2024-12-000001")]
    ['2024-11-1', '2024-1-11', '12-3', 'A-1', 'A1', 'a1', '007', '7', '2024-12-000001']
    """
    plain = " ".join(fold(identity(number)).split())
    match = _IN_GROUPS.fullmatch(plain)
    if match is None:
        return plain
    groups = plain.split(match[1])
    together = "".join(groups)
    alike = len({*map(len, groups[:-1])}) == 1 and len(groups[-1]) <= len(groups[0]) > 2
    return together if len(together) >= LONG and (match[1] == " " or alike) else plain


def is_nothing(number: str) -> bool:
    """Whether it only says that there is no number, as people fill a column that must not be empty.

    >>> is_nothing("—"), is_nothing("无"), is_nothing("N/A"), is_nothing(""), is_nothing("0"), is_nothing("A-1")
    (True, True, True, True, False, False)
    """
    return number.casefold() in _NO_NUMBER or not any(sign.isalnum() for sign in number)


def is_rounded(number: str) -> bool:
    """Whether a spreadsheet has rounded a number: it shows in powers of ten.

    >>> is_rounded("2.02412E+13"), is_rounded("202412010001"), is_rounded("3E8")
    (True, False, False)
    """
    return _SCIENTIFIC.fullmatch(number) is not None


def rounded_alike(numbers: Collection[str]) -> set[str]:
    """Those of a file's long numbers that look rounded: no digit but zeros beyond those that a spreadsheet keeps. One
    such number may be chance, so it takes most of them.

    >>> sorted(rounded_alike(["202411200000012000", "202411200000013000", "7"]))
    ['202411200000012000', '202411200000013000']
    >>> rounded_alike(["202411200000012000", "202411200000012001", "202411200000012002"])
    set()
    """
    long = {number for number in numbers if number.isascii() and number.isdecimal() and len(number) > SURE_DIGITS}
    ending = {number for number in long if not number[SURE_DIGITS:].strip("0")}
    return ending if len(ending) * 2 > len(long) else set()


@dataclass(slots=True)
class Lengths:
    """How long the numbers of a source are that begin with a zero: when all are of one length, a shorter row of digits
    has lost its zeros to a spreadsheet.

    >>> Lengths().seen(["000123", "000124"]).without_zeros(["125", "000126", "700000", "A5"])
    {'125'}
    >>> Lengths().seen(["007", "01", "0815"]).without_zeros(["7"]), Lengths().seen(["007"]).without_zeros(["7"])
    (set(), set())
    """

    lengths: set[int] = field(default_factory=set)

    def seen(self, numbers: Iterable[str]) -> Lengths:
        """Learn from more numbers of the source."""
        self.lengths |= {len(one) for one in numbers if one.startswith("0") and one.isascii() and one.isdecimal()}
        return self

    def without_zeros(self, numbers: Iterable[str]) -> set[str]:
        """Those that are too short to be whole."""
        if len(self.lengths) != 1 or (length := next(iter(self.lengths))) < PADDED:
            return set()
        return {one for one in numbers if one.isascii() and one.isdecimal() and len(one) < length}
