"""One cell of a workbook: as text for whoever reads on, and as people see it there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

UNCOMPUTED = "#FORMULA!"  # in the place of a formula whose value no spreadsheet has ever written into the file
SURE_DIGITS = 15  # a spreadsheet keeps no more of a number
_SIGN = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how a workbook keeps signs that XML cannot hold (ECMA-376, ST_Xstring)
_PADDED = re.compile(r'(?:"[^"]*"|\\.|\[\$[^\]]*\]|[-+() :]|[^\x00-\x7f]|0)+')  # zeros and what stands around them
_IN_PADDED = re.compile(r'"([^"]*)"|\\(.)|\[\$[^\]]*\]|(0)|(.)')
# what a spreadsheet writes where it has no value, in the languages of its makers
_BROKEN = re.compile(
    r"#(?:N/A(?:\s?N/A)?|N/D|N/V|NV|NULL!|NUL!|DIV/0!?|VALUE!|WERT!|VALEUR!|VALOR!|¡VALOR!|REF!|BEZUG!|¡REF!|NAME\?|NOM\s?\?"
    r"|NOME\?|¿NOMBRE\?|NUM!|ZAHL!|NOMBRE!|N[ÚU]M!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|EXTERNAL!"
    r"|PYTHON!|FORMULA!|GETTING_DATA|ARRAY!|##+)|Err:\d{3}",
    re.IGNORECASE,
)
_LOCAL = {  # formats by number that are a language's own: those of Chinese (ECMA-376, part 1, 18.8.30)
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
}
# quoted and escaped text, what colours and languages choose, parts of a day
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|(\[[^\]]*\])|(上午/下午|am/pm|a/p)|(y+|m+|d+|h+|s+|a{3,4}|\.0+)|(.)', re.I)
_WEEKDAYS = "一二三四五六日"
_OF_WEEKDAY = re.compile(r"(?<!\\)a{3,4}(?!/)", re.I)


def is_broken(text: str) -> bool:
    """Whether a spreadsheet wrote an error where a value was, or signs for one that was too wide to be shown.

    >>> is_broken("#N/A"), is_broken("#DIV/0!"), is_broken("#######"), is_broken("#3 桥"), is_broken("Err:502")
    (True, True, True, False, True)
    """
    return text.lstrip()[:1] in ("#", "E", "e") and _BROKEN.fullmatch(text.strip()) is not None


def local_format(number: int) -> str | None:
    """The format of a number that spreadsheets keep for each language, as a Chinese one shows it.

    >>> local_format(31), local_format(2)
    ('yyyy"年"m"月"d"日"', None)
    """
    return _LOCAL.get(number)


def is_weekday(shape: str) -> bool:
    """Whether a format shows the day of the week alone, in the letters that Chinese spreadsheets have for it."""
    return _OF_WEEKDAY.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", shape.partition(";")[0])) is not None


def unescaped(text: str) -> str:
    r"""A text as people see it: signs that XML cannot hold are written out in the file, and line ends are one kind.

    >>> unescaped("第一行_x000D_\n第二行"), unescaped("_x005F_x000D_"), unescaped("_xD83D__xDE00_")
    ('第一行\n第二行', '_x000D_', '😀')
    """
    if "_x" not in text and "\r" not in text:
        return text
    plain = _SIGN.sub(lambda found: chr(int(found[1], 16)), text)
    if not plain.isprintable():
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\x00", "")
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _padded(number: int, shape: str) -> str | None:
    """A whole number with zeros in front and what else its format puts around them; None where it asks for no zeros.

    >>> _padded(9, '"GD-"000'), _padded(13800138000, "000-0000-0000"), _padded(42, "000000"), _padded(5, '0"元"')
    ('GD-009', '138-0013-8000', '000042', None)
    """
    first = shape.partition(";")[0]
    if number < 0 or first.count("0") < 2 or _PADDED.fullmatch(first) is None:  # nearly every cell
        return None
    parts = [found.groups() for found in _IN_PADDED.finditer(first)]
    zeros = sum(zero is not None for _, _, zero, _ in parts)
    if zeros < 2:
        return None
    digits = str(number).zfill(zeros)
    left, shown = len(digits) - zeros + 1, ""  # the first zero takes what the others have no place for
    for quoted, escaped, zero, other in parts:
        if zero:
            shown, digits, left = shown + digits[:left], digits[left:], 1
        else:
            shown += quoted or escaped or other or ""
    return shown.strip()


def text_of(value: Any, shape: str = "") -> str:
    """A cell as text: whole numbers without a point, times as ISO, zeros in front where the format has them.

    A number of more digits than a spreadsheet keeps shows as it shows there, so that nobody takes it for whole.

    >>> text_of(188006.0), text_of(datetime(2026, 3, 2, 9, 5)), text_of(None), text_of(True), text_of(0.1 + 0.2)
    ('188006', '2026-03-02 09:05:00', '', 'true', '0.3')
    >>> text_of(42, "000000"), text_of(2.02411200000012e17), text_of(202411200000012345)
    ('000042', '2.02411200000012E+17', '2.02411200000012E+17')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and abs(value) >= 10**SURE_DIGITS:
        return f"{Decimal(value):.{SURE_DIGITS - 1}E}" if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return _padded(value, shape) or str(value)
    if isinstance(value, float):
        return f"{value:.{SURE_DIGITS}g}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def seen(value: Any, shape: str) -> str | None:
    """A day or a time as its format shows it; None for any other value. A format with signs that nobody knows shows
    the day as ISO, and never the number that a spreadsheet keeps for it.

    >>> seen(datetime(2025, 12, 1), "yyyy/m/d"), seen(datetime(2025, 12, 1, 9, 5), "m-d-yy h:mm"), seen(45992, "0")
    ('2025/12/1', '12-1-25 9:05', None)
    >>> seen(datetime(2025, 12, 1, 15), '[$-804]yyyy"年"m"月"d"日" 上午/下午h"时"'), seen(datetime(2025, 12, 1), "B2yy")
    ('2025年12月1日 下午3时', '2025-12-01')
    """
    if not isinstance(value, datetime | date | time):
        return None
    parts = list(_parts(shape.partition(";")[0]))
    on = value if isinstance(value, datetime) else _moment(value)
    if None in parts or not parts:
        return text_of(value).removesuffix(" 00:00:00")
    half = any(part and part[0] == "half" for part in parts)
    return "".join(_shown(parts, at, on, half) for at in range(len(parts))).strip()


def _moment(value: date | time) -> datetime:
    return datetime.combine(date(1900, 1, 1), value) if isinstance(value, time) else datetime(*value.timetuple()[:3])


def _parts(shape: str) -> Iterator[tuple[str, str] | None]:
    """What a format says, part by part: ("text", …), ("half", …), ("y", "yyyy"); None for what nobody knows."""
    for found in _TOKEN.finditer(shape):
        quoted, escaped, chosen, half, letters, other = found.groups()
        if quoted is not None or escaped is not None:
            yield "text", quoted if quoted is not None else escaped
        elif chosen is not None:
            if not chosen.startswith("[$"):
                yield None  # other numerals, hours beyond a day
        elif half:
            yield "half", half
        elif letters:
            yield letters[0].lower(), letters
        elif other is not None:
            known = not other.isascii() or other in " -/:,.()@"
            yield ("text", "" if other == "@" else other) if known else None


def _shown(parts: list[tuple[str, str] | None], at: int, on: datetime, half: bool) -> str:
    """One part of a format for a moment; m is a minute behind an hour and before a second."""
    what, said = parts[at] or ("text", "")
    if what == "half":
        first, second = said.split("/")
        return second if on.hour >= 12 else first
    if what == "m" and _is_minute(parts, at):
        return f"{on.minute:0{min(len(said), 2)}}"
    wide = min(len(said), 2)
    hour = (on.hour % 12 or 12) if half else on.hour
    written = {
        "y": f"{on.year % 100:02}" if len(said) < 3 else str(on.year),
        "m": f"{on.month:0{wide}}" if len(said) < 3 else f"{on:%b}" if len(said) == 3 else f"{on:%B}",
        "d": f"{on.day:0{wide}}" if len(said) < 3 else f"{on:%a}" if len(said) == 3 else f"{on:%A}",
        "a": ("星期" if len(said) > 3 else "") + _WEEKDAYS[on.weekday()],
        "h": f"{hour:0{wide}}",
        "s": f"{on.second:0{wide}}",
        ".": f".{on.microsecond:06}"[: len(said)],
    }
    return written.get(what, said)


def _is_minute(parts: list[tuple[str, str] | None], at: int) -> bool:
    before = [part[0] for part in parts[:at] if part and part[0] in "ymdhs"]
    after = [part[0] for part in parts[at + 1 :] if part and part[0] in "ymdhs"]
    return before[-1:] == ["h"] or after[:1] == ["s"]
