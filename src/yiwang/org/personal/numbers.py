"""Numbers that lead to a person: mobile and fixed lines, identity numbers, bank cards, permits.

A number is a row of digit groups as people write them ("138 0013 8000", "6222-…"); what it is, its length, its check
digit, its grouping and the words beside it decide together, so that amounts, dates, coordinates and the numbers of
orders and matters stay. Sources: GB 11643-1999 (identity numbers), GB/T 2260 (provinces), ISO/IEC 7812-1 (cards).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from yiwang.typed.spoken import AS_DIGITS

from .span import Span

_HAN_PLAIN = "零〇○一二三四五六七八九幺"
HAN_DIGITS = f"{_HAN_PLAIN}壹贰叁肆伍陆柒捌玖"  # the signs that stand one for each digit
_LOOSE = " -·_"
_ROW = re.compile(r"[0-9]+(?:[ \-·_.]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_LEFT = 4  # digits beside the stars of a mask are at most so many
_CHECK_X = re.compile(r"[ -]?[Xx×✕ХхⅩⅹ](?![A-Za-z0-9])")
_LONG = re.compile(
    rf"[0-9](?:[^0-9A-Za-z]{{0,4}}[0-9]){{6}}|[{_HAN_PLAIN}]{{7}}|(?:[ ,、·.-]{{0,2}}[0-9{HAN_DIGITS}]){{11}}"
)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_MOBILE_GROUPS = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (5, 6), (6, 5), (5, 3, 3)}
_MOBILE_GROUPS |= {(1,) * 11, (2, 2, 2, 2, 2, 1), (1, 2, 2, 2, 2, 2), (3, 2, 2, 2, 2), (3, 2, 2, 4)}
_CARD_FIRST = re.compile(r"[34569]")
_RECENT = 2010  # numbers of orders and cases carry a date of late: whoever was born then shows a right check digit

# what stands right before a number
IS_OTHER = re.compile(
    r"(?:订单|运单|快递|物流|单|流水|合同|发票|序列|设备|编|工单|案件|批|户|表|学|工|票|文|案|箱|杆|桩|车架|产品|条形|追溯|统一社会信用代|税|网格|部件|单元格?)"
    r"(?:号|码|编号|编码|代码)(?:码)?[是为:#()\s]*$|(?:order|serial|invoice|No\.?|number)[\s:#]*$",
    re.IGNORECASE,
)
IS_PHONE = re.compile(
    r"(?:电\s{0,4}话|座机|固话|手\s{0,4}机|来电|致电|回电|拨打|联\s{0,2}系\s{0,2}方\s{0,2}式|联系|传\s{0,4}真|号码"
    r"|tel|phone|mobile|call)"
    r"(?:号码|号|我|他|她|本人|人)?[是为:.()\s]*$",
    re.IGNORECASE,
)
_IS_IDENTITY = re.compile(
    r"(?:身\s{0,2}份\s{0,2}证|证件|身份号|ID\s?card|\bID)(?:号码|号|明|件)*[是为:.()\s]*$", re.IGNORECASE
)
_IS_CARD = re.compile(r"(?:卡|银行|账户|帐户|账|帐|card|account)(?:号码|号|户)*[是为:.()\s]*$", re.IGNORECASE)
# the line of an office, which is given to people so that they call it
_OFFICE = re.compile(
    r"(?:[局处科所站办委]|中心|窗口|热线|客服|公司|物业|单位|[大支]队|咨询|监督|举报|值班|服务|受理|公开|政务|银行|医院|学校|部门|请致电|请拨打|可拨打|可致电"
    r"|office|hot ?line|service)[^。！？!?\n0-9]{0,10}(?:[0-9-]{7,14}[、,，/或]\s?)?$",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"\s?(?:元|万|亿|吨|公斤|千克|克|平方|立方|公里|千米|米|㎡|度|千瓦|瓦|户|件|人|个|岁|次|股|斤|平米|欧|美元|%|℃|kW|km|kg|m\b|t\b)"
)

# a mobile line that is part of a name in Latin letters, or of a file's
_IN_PINYIN = re.compile(r"(?:(?<![A-Za-z0-9])[a-z]{2,}|(?i:img|vid|photo|tel|wx|vx))$")
_PINYIN = re.compile(r"[a-z]{2,}")
# digits and their words in one number, and words with gaps between them
_MIXED = re.compile(
    rf"(?<![0-9{HAN_DIGITS}*])[0-9一幺壹](?:[ -]?[0-9{HAN_DIGITS}]){{10}}(?![0-9{HAN_DIGITS}*十百千万亿]|[ -][0-9])"
)
_HAN_DIGIT = re.compile(f"[{HAN_DIGITS}]")

_LANDLINE = re.compile(
    r"(?<![0-9A-Za-z\-.])\(?(?:(?:\+?86[ -]?)?\(?(?P<area>010|02[0-9]|0[3-9][0-9]{2})"
    r"|(?:\+|00)86\)?[ -]{0,2}\(?(?:0\)?)?(?P<abroad>10|2[0-9]|[3-9][0-9]{2}))\)?[ -]{0,2}"
    r"(?P<line>[2-8][0-9]{2,3}[ -]?[0-9]{4})(?P<more>\s{0,2}(?:转|分机|ext\.?|[-#x])\s{0,2}[0-9]{1,6})?(?![0-9])",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    r"(?<![A-Za-z0-9*])(?:(?P<passport>[EGDSPKegdspk](?:[A-HJ-NP-Za-hj-np-z][0-9]{7}|[0-9]{8}))"
    r"|(?P<home>[HMhm](?:[0-9]{8}|[0-9]{10})))(?![A-Za-z0-9])"
)
_IS_PERMIT = re.compile(
    r"(?:护照|通行证|台胞证|回乡证|居留证|居留许可|居住证|passport|permit)[^0-9A-Za-z*]{0,8}$", re.IGNORECASE
)
# other papers of a person, whose numbers have no form of their own
_IS_PAPER = re.compile(
    r"(?:军官证|士兵证|警官证|军人证|残疾人?证|老年证|优待证|驾驶证|驾照|医保|社保|医疗保险|社会保险|就诊|病历|统一编号)"
    r"(?:卡|证)?(?:号码?|编号|卡号|证号|\s?[\u4e00-\u9fff]字第)?[是为:.()#\s]*$"
)
_ON_PAPER = re.compile(r"(?<![0-9A-Za-z*\-.])[A-Za-z]{0,2}[0-9]{6,10}(?![0-9A-Za-z*])")

_SPOKEN = re.compile(rf"(?<![{_HAN_PLAIN}十百千万亿])[{_HAN_PLAIN}]{{7,}}(?![十百千万亿])")
SPOKEN_DIGITS = {**AS_DIGITS, ord("幺"): ord("1"), **str.maketrans("壹贰叁肆伍陆柒捌玖", "123456789")}


def numbers_in(folded: str) -> Iterator[Span]:
    """Every number of a person in a folded text that `may_hold_one`, but those parted by signs (`parted`)."""
    for row in _ROW.finditer(folded):
        if len(row.group()) >= 7:
            yield from _in_row(folded, row)
    yield from _landlines(folded)
    yield from _permits(folded)
    for match in _MIXED.finditer(folded):
        digits = match.group().translate(SPOKEN_DIGITS).replace(" ", "").replace("-", "")
        if _HAN_DIGIT.search(match.group()) and re.match("1[3-9]", digits) and not MEASURE.match(folded, match.end()):
            yield Span(match.start(), match.end(), "mobile", f"{digits[:3]}****{digits[-4:]}")
    for match in _SPOKEN.finditer(folded):
        digits = match.group().translate(SPOKEN_DIGITS)
        if seen := _what(digits, (len(digits),), folded, match.start(), match.end()):
            yield Span(match.start(), match.end(), *seen)


def may_hold_one(folded: str) -> bool:
    """Whether there are digits enough, close enough together."""
    return _LONG.search(folded) is not None


def _landlines(folded: str) -> Iterator[Span]:
    """Lines with their area, those of offices aside."""
    for match in _LANDLINE.finditer(folded):
        line = "".join(_GROUP.findall(match["line"]))
        if _OFFICE.search(folded[max(0, match.start() - 24) : match.start()]):
            continue
        if not _is_day(line) or IS_PHONE.search(folded[max(0, match.start() - 14) : match.start()]):
            area = match["area"] or f"0{match['abroad']}"
            yield Span(match.start(), match.end(), "landline", f"{area}{'*' * (len(line) - 4)}{line[-4:]}")


def _in_row(folded: str, row: re.Match[str]) -> Iterator[Span]:
    """Groups side by side that make a number of a person, the longest first; what a mask has left is none of them."""
    at = [
        one.span()
        for one in _GROUP.finditer(folded, *row.span())
        if len(one.group()) > _LEFT
        or "*" not in (folded[one.start() - 1 : one.start()], folded[one.end() : one.end() + 1])
    ]
    i = 0
    while i < len(at):
        last, size = i, 0
        while last < len(at) and size + at[last][1] - at[last][0] <= 22:
            size += at[last][1] - at[last][0]
            last += 1
        for j in range(last, i, -1):
            if found := _of_groups(folded, at[i:j]):
                yield found
                i = j - 1
                break
        i += 1


def _of_groups(folded: str, at: list[tuple[int, int]]) -> Span | None:
    start, end = at[0][0], at[-1][1]
    between = {folded[one[1] : other[0]] for one, other in pairwise(at)}
    loose = all(set(one) <= set(_LOOSE) for one in between)
    if not loose and (between != {"."} or len(at) < 3):
        return None
    digits = "".join(folded[a:b] for a, b in at)
    if len(digits) < 7:
        return None
    groups, before = tuple(b - a for a, b in at), folded[max(0, start - 24) : start]
    if len(digits) == 17 and (tail := _CHECK_X.match(folded, end)):
        seen = _identity(digits + "X", groups, before)
        return Span(start, tail.end(), *seen) if seen else None
    labelled = IS_PHONE.search(before) or _IS_IDENTITY.search(before)
    mobile = len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789"
    beside = folded[end : end + 1]
    if beside.isascii() and beside.isalnum() and not labelled and not (mobile and _PINYIN.match(folded, end)):
        return None
    of_a_thing = before[-1:].isascii() and before[-1:].isalpha() and len(digits) < 15
    if of_a_thing and not labelled and not (mobile and _IN_PINYIN.search(before)):
        return None
    if folded[start - 1 : start] == "+" and digits.startswith("86"):
        start -= 1
    seen = _what(digits, groups, folded, start, end)
    return Span(start, end, *seen) if seen else None


def _what(digits: str, groups: tuple[int, ...], folded: str, start: int, end: int) -> tuple[str, str] | None:
    """(what, mask) of a whole number, by its digits, its grouping and what stands beside it."""
    before = folded[max(0, start - 24) : start]
    if before.endswith(("-", ".")) and re.search(r"[0-9A-Za-z][-.]$", before):
        return None  # the end of a longer number
    if MEASURE.match(folded, end):
        return None
    return (
        _identity(digits, groups, before)
        or _mobile(digits, groups, before)
        or _card(digits, groups, before)
        or _called_a_phone(_national(digits) if folded[start : start + 1] == "+" else digits, before)
    )


def _mobile(digits: str, groups: tuple[int, ...], before: str) -> tuple[str, str] | None:
    for prefix in ("", "86", "0086"):
        if len(digits) == 11 + len(prefix) and digits.startswith(f"{prefix}1"):
            national = digits[len(prefix) :]
            if prefix:
                groups = _without(groups, len(prefix))
            if groups not in _MOBILE_GROUPS:
                return None
            if IS_OTHER.search(before) and national[1] not in "3456789":
                return None
            return "mobile", f"{national[:3]}****{national[-4:]}"
    return None


def _without(groups: tuple[int, ...], n: int) -> tuple[int, ...]:
    """The groups without the first n digits."""
    left = list(groups)
    while n:
        take = min(n, left[0])
        left[0] -= take
        n -= take
        if not left[0]:
            left.pop(0)
    return tuple(left)


def _identity(number: str, groups: tuple[int, ...], before: str) -> tuple[str, str] | None:
    if len(number) not in (15, 18):
        return None
    mask = f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    if _IS_IDENTITY.search(before):
        return "identity", mask
    born = _born(number)
    if born is None:
        return None
    known = number[:2] in _PROVINCES
    if len(number) == 15:
        fits = known and len(groups) == 1 and born.year >= 1915 and not IS_OTHER.search(before)
        return ("identity", mask) if fits else None
    if checks(number):
        return "identity", mask
    whole = len(groups) == 1 or groups in ((6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (6, 8, 3)) or set(groups) == {1}
    likely = known and whole and born.year < _RECENT and not IS_OTHER.search(before)
    return ("identity", mask) if likely else None


def _born(number: str) -> date | None:
    day = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    if not 1890 <= int(day[:4]) <= 2049:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None


def checks(number: str) -> bool:
    """Whether the last character of an identity number is the right one (GB 11643-1999, ISO 7064 MOD 11-2).

    >>> checks("11010519491231002X"), checks("110105194912310021")
    (True, False)
    """
    weighed = sum(int(one) * (2 ** (17 - at) % 11) for at, one in enumerate(number[:17]))
    return "10X98765432"[weighed % 11] == number[17]


def _card(digits: str, groups: tuple[int, ...], before: str) -> tuple[str, str] | None:
    mask = f"{'*' * (len(digits) - 4)}{digits[-4:]}"
    if _IS_CARD.search(before) and 12 <= len(digits) <= 19:
        return "card", mask
    if not 16 <= len(digits) <= 19 or not _CARD_FIRST.match(digits) or IS_OTHER.search(before) or not luhn(digits):
        return None
    fours = all(one == 4 for one in groups[:-1]) and groups[-1] <= 4
    whole = len(groups) == 1 or fours or set(groups) == {1} or (len(groups) == 2 and groups[0] == 6)
    return ("card", mask) if whole else None


def luhn(digits: str) -> bool:
    """Whether a card's last digit is the right one (ISO/IEC 7812-1).

    >>> luhn("6222021234567890128"), luhn("6222021234567890127")
    (True, False)
    """
    total = sum(sum(divmod(int(one) * (1 + at % 2), 10)) for at, one in enumerate(reversed(digits)))
    return total % 10 == 0


def _national(digits: str) -> str:
    """A line of China that was written with its +86, as it is dialled there."""
    if not digits.startswith("86"):
        return digits
    return digits[2:] if digits[2:].startswith(("0", "400", "800")) else f"0{digits[2:]}"


def _called_a_phone(digits: str, before: str) -> tuple[str, str] | None:
    """Seven to twelve digits that the words before them call a telephone; lines of services are nobody's own."""
    service = len(digits) != 11 and digits.startswith(("400", "800", "95", "96", "100", "12345"))
    if service or not 7 <= len(digits) <= 12:
        return None
    if not IS_PHONE.search(before) or IS_OTHER.search(before) or _OFFICE.search(before):
        return None
    shown = digits[:3] if len(digits) >= 10 else ""
    return "landline", f"{shown}{'*' * min(4, len(digits) - len(shown) - 4)}{digits[-4:]}"


def _permits(folded: str) -> Iterator[Span]:
    for match in _PERMIT.finditer(folded):
        before = folded[max(0, match.start() - 14) : match.start()]
        if not IS_OTHER.search(before) or _IS_PERMIT.search(before):
            number = match.group()
            yield Span(match.start(), match.end(), "permit", f"{number[0]}{'*' * (len(number) - 4)}{number[-3:]}")
    for match in _ON_PAPER.finditer(folded):
        before, number = folded[max(0, match.start() - 16) : match.start()], match.group()
        if MEASURE.match(folded, match.end()) or IS_PHONE.search(before) or _OFFICE.search(before):
            continue
        if (len(number) >= 8 and _IS_PERMIT.search(before)) or _IS_PAPER.search(before):
            letter = number[0] if number[0].isalpha() else ""
            stars = "*" * (len(number) - 3 - len(letter))
            yield Span(match.start(), match.end(), "permit", f"{letter}{stars}{number[-3:]}")


def _is_day(digits: str) -> bool:
    if len(digits) != 8 or not 1900 <= int(digits[:4]) <= 2100:
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
