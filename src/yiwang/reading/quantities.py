"""Numbers with their units, as they stand in a paragraph; dates, ordinals, names and plot numbers are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from yiwang.typed.spoken import chinese_number

from .grammar import any_of, load, words

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "一二两三四五六七八九十百千"


@dataclass(slots=True)
class Quantity:
    """One number in a paragraph.

    start, end    the characters that say value and unit, with 以上 and the like
    number_end    end of the number itself, 万 included when it was multiplied out
    value, value2 the number exactly as written, and the upper end of a range; None where only words say it
    """

    start: int
    end: int
    number_end: int
    value: Decimal | None
    unit: str
    value2: Decimal | None = None
    value_text: str | None = None
    unit_class: str = "thing"
    more: bool = False
    after: str = ""
    each: bool = False
    chinese: bool = False
    named: bool = False
    implied: bool = False


@cache
def _grammar() -> dict[str, Any]:
    return load("units")


@cache
def _classes() -> dict[str, str]:
    units = _grammar()
    classes: dict[str, str] = {}
    for name in ("thing", "amount", "rate", "time", "age", "score", "times"):
        for unit in words(units[name]):
            classes[unit] = name
    return classes


@cache
def _digit_pattern() -> re.Pattern[str]:
    units = _grammar()
    unit = any_of(list(_classes()))
    scale = any_of(units["scales"])
    after = any_of(units["after"])
    return re.compile(
        rf"(?<![A-Za-z\d.第+×/:*#])(?P<a>{_DIGITS})(?P<more>[余多])?(?P<scale>{scale})?(?P<more2>[余多])?(?P<unit>{unit})?"
        rf"(?:[-—–~至到]{{1,2}}(?P<b>{_DIGITS})(?P<scale2>{scale})?(?P<unit2>{unit}))?(?P<after>{after})?"
    )


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<fraction>(?P<below>[{_CHINESE}]{{1,3}})分之(?P<above>[{_CHINESE}]{{1,3}}))"
        rf"|(?<=对口)(?P<county>[{_CHINESE}]{{1,2}})(?P<county_unit>个?(?:县市|区县|县|区|市))"
        rf"|(?P<sides>[{_CHINESE}]{{1,2}})(?P<sides_unit>个?方面|大类|类)(?=\d)"
        rf"|(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?=以上|左右|以内|[,。;、]|$)"
        rf"|(?<=等)(?P<such>[{_CHINESE}]{{1,2}})(?P<such_unit>大(?=场景|项目|载体|园区|应用)|个(?!方面|层面|维度|环节|领域|一|专项)|家|项|所|条|座)"
        rf"|(?<=[”》])(?P<quoted>[两三四五六七八九十]{{1,2}})(?P<quoted_unit>个|家|项|所|条|座|部)"
        rf"|(?<=提前)(?P<early>[{_CHINESE}]{{1,2}}|\d{{1,2}})(?P<early_unit>个?[年月季]度?)(?=.{{0,6}}(?:完成|实现|达|超额))"
        rf"|(?P<tier>[三四五六])级(?=[^,。;、(]{{0,8}}(?:网络|体系|平台|联动|架构))"
        rf"|(?P<double>翻了?(?P<twice>[一两]?)番)"
        rf"|(?P<circle>(?P<minutes>\d{{1,2}}|一刻|十|十五|五|二十|三十)分?钟(?=[^,。;、]{{0,14}}圈))"
    )


@cache
def _not_after() -> re.Pattern[str]:
    return re.compile(_grammar()["not_after"])


def quantities(text: str) -> list[Quantity]:
    """The quantities of a paragraph in reading order."""
    all_quantities = [q for match in _digit_pattern().finditer(text) if (q := _from_digits(text, match))]
    taken = {q.start for q in all_quantities}
    for match in _word_pattern().finditer(text):
        q = _from_words(match)
        if q.named or q.start in taken:
            all_quantities = [other for other in all_quantities if not (other.start < q.end and q.start < other.end)]
        all_quantities.append(q)
    return sorted(all_quantities, key=lambda q: q.start)


def _from_digits(text: str, match: re.Match[str]) -> Quantity | None:
    unit, scale = match["unit"], match["scale"] or ""
    end = match.end()
    if not unit:
        if match["unit2"]:
            unit = match["unit2"]
        elif scale and not match["b"] and _PEOPLE.match(text, match.end()):
            unit = "人"
        else:
            return None if not _bare_number_counts(text, match) else _bare(match)
    tail = text[match.end("unit") if match["unit"] else match.end() :][:3]
    if not match["unit"] and not match["unit2"] and _not_after().match(tail):
        return None
    kind = _classes().get(unit, "thing")
    value = chinese_number(match["a"])
    value2 = chinese_number(match["b"]) if match["b"] else None
    number_end = match.end("a")
    if kind in ("amount", "rate"):
        unit = (scale + unit) if kind == "amount" else unit
        if kind == "amount" and match["scale2"] and not scale:
            unit = match["scale2"] + unit
    elif scale or match["scale2"]:
        factor = _SCALE[scale or match["scale2"]]
        value *= factor
        value2 = value2 * factor if value2 is not None else None
        number_end = match.end("scale") if scale else number_end
    return Quantity(
        match.start(), end, number_end, value, _spelling(unit), value2, unit_class=kind,
        more=bool(match["more"] or match["more2"]) or match["after"] in ("余", "多", "有余"),
        after=match["after"] or "",
    )  # fmt: skip


_PEOPLE = re.compile(
    r"(?:名|位)?[^,。;、\d]{0,6}?(?:人|居民|群众|市民|学生|员工|职工|农民|游客|师生|儿童|患者|考生|劳动者)"
)

_POWER = {
    "百": 2,
    "千": 3,
    "万": 4,
    "十万": 5,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "十亿": 9,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
}
_PART = Decimal("0.0001")  # how exactly a part of a whole is said
_SCALE = {word: 10**power for word, power in _POWER.items()}


def _spelling(unit: str) -> str:
    return {"百分点": "个百分点", "㎡": "平方米", "工作日": "个工作日", "个方面": "方面", "大类": "类"}.get(unit, unit)


_INDEX = re.compile(r"(?:指数|系数|比值|之比|收入比|浓度|PMI|得分|评分)[^,。;、\d]{0,8}$")


def _bare_number_counts(text: str, match: re.Match[str]) -> bool:
    return bool(_INDEX.search(text[max(0, match.start() - 16) : match.start()])) and not re.match(
        r"[年月日号]", text[match.end() :]
    )


def _bare(match: re.Match[str]) -> Quantity:
    return Quantity(
        match.start(),
        match.end(),
        match.end("a"),
        chinese_number(match["a"]),
        "",
        unit_class="score",
        after=match["after"] or "",
    )


def _from_words(match: re.Match[str]) -> Quantity:
    start, end = match.span()
    if match["fraction"]:
        above, below = chinese_number(match["above"]), chinese_number(match["below"])
        return Quantity(
            start,
            end,
            end,
            (above / below).quantize(_PART),
            "比例",
            value_text=f"{above}/{below}",
            unit_class="rate",
            chinese=True,
        )
    if match["tenths"]:
        value = chinese_number(match["tenths"]) * 10 + (5 if match["half"] else 0)
        return Quantity(start, end, end, value, "%", value_text=match[0], unit_class="rate", chinese=True)
    if match["double"]:
        times = Decimal(2 if match["twice"] == "两" else 1)
        return Quantity(start, end, end, times, "番", unit_class="times", chinese=True)
    if match["circle"]:
        minutes = Decimal(15) if match["minutes"] == "一刻" else chinese_number(match["minutes"])
        number_end = end if match["minutes"] == "一刻" else match.end("minutes")
        text = None if match["minutes"].isdigit() else match[0]
        return Quantity(
            start, end, number_end, minutes, "分钟", value_text=text, unit_class="time", named=True, chinese=True
        )
    if match["tier"]:
        return Quantity(
            start,
            start + 2,
            start + 1,
            chinese_number(match["tier"]),
            "级",
            unit_class="level",
            named=True,
            chinese=True,
        )
    for name in ("county", "sides", "such", "quoted", "early"):
        if match[name]:
            unit = match[f"{name}_unit"]
            unit = {"大": "个", "个方面": "方面", "年度": "年", "大类": "类"}.get(
                unit, "个" if name == "county" else unit
            )
            kind = "time" if name == "early" else "thing"
            return Quantity(
                start, end, match.end(name), chinese_number(match[name]), unit, unit_class=kind, chinese=True
            )
    raise AssertionError(match)


def in_quotes(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between “ and ”, and 《 and 》: names, whose numbers say nothing."""
    for found in re.finditer(r"“[^”]{0,40}”|《[^》]{0,60}》", text):
        yield found.start(), found.end()
