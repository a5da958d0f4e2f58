"""Who is responsible: units named in the text, in the five styles of L5.

(责任单位:甲、乙) · (牵头单位:甲,配合单位:乙) · 甲牵头,乙、丙按职责分工负责 · 甲、乙按职责分工负责,各地落实 ·
a line of its own. Where several are listed and none is marked, the first leads (R5.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from .grammar import any_of, load, words
from .periods import due_day


@dataclass(slots=True)
class Owners:
    """Responsible units in the order of the text; `leads` of them lead, `equal` that they share the duty alike."""

    start: int
    end: int
    leads: list[str] = field(default_factory=list)
    helpers: list[str] = field(default_factory=list)
    equal: bool = False
    due: date | None = None
    for_all: bool = False

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys((*self.leads, *self.helpers)))


@cache
def _words() -> dict[str, Any]:
    return load("owners")


@cache
def _label() -> re.Pattern[str]:
    kinds = _words()
    return re.compile(
        rf"(?:(?P<help>{any_of(kinds['help_labels'])})|(?P<other>{any_of(kinds['other_labels'])})"
        rf"|(?P<lead>{any_of(kinds['lead_labels'])}))(?:\(排第一位的?为牵头单位\))?:"
    )


@cache
def _said() -> re.Pattern[str]:
    kinds = _words()
    return re.compile(
        rf"(?P<who>[^,;。:]{{2,}}?)(?:等(?:单位|部门|有关部门|相关部门)?)?(?:(?P<lead>{any_of(kinds['lead_verbs'])})"
        rf"|(?P<equal>{any_of(kinds['equal_verbs'])})|(?P<help>{any_of(kinds['help_verbs'])}))"
    )


@cache
def _unit_like() -> re.Pattern[str]:
    return re.compile(
        rf"(?:各|有关|相关|市|区|县|省|州)?[^,、;。:]{{1,30}}{any_of(_words()['unit_ends'])}(?:\([^()]{{1,24}}\))?|各\S{{1,16}}|有关\S{{1,8}}|相关\S{{1,8}}"
    )


_GROUP = re.compile(r"[(\[]((?:[^()\[\]]|\([^()]{0,40}\)){2,400})[)\]]")
_OFFICIAL = re.compile(r"[省市区县州镇各]|[^,、]{1,6}[市区县](?:政府|人民政府|局|委)")
_RUN_ON = re.compile(r"(?<=[厅局委办部])(?=[省市区县](?![厅局委办部]))")
_DOING = re.compile(
    r"推进|加强|加快|完善|开展|建设|落实|做好|强化|提升|实施|深化|工作|责任|依法|切实|各项|我们|共同|\d"
)
_SENTENCE = re.compile(r"[^。]+")
_FOR_ALL = re.compile(
    r"(?:本条|以上|本部分|上述|本项|本章)(?:各项|所有)?(?:重点)?(?:工作|任务|事项)?(?:,)?(?:均需|均由|都由|由|需|请)(?P<who>各?[^,。;)]{2,40}?)(?:按职责分工)?(?:负责|落实|配合)"
)


def split_units(text: str) -> list[str]:
    """The unit names of a list, brackets kept together.

    >>> split_units("区市场监管局(区知识产权局)、区商务委,各街道")
    ['区市场监管局(区知识产权局)', '区商务委', '各街道']
    """
    names: list[str] = []
    depth = at = 0
    for i, c in enumerate(text + "、"):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c in "、,;/|" and depth <= 0:
            names.append(text[at:i])
            at = i + 1
    return [name for part in names for name in _bare(part)]


def _bare(name: str) -> list[str]:
    name = re.sub(r"\((?:含|包括)[^()]*\)", "", name)
    name = re.sub(r"^(?:由|和|及|以及|请)+", "", name.strip("。:. "))
    name = re.sub(r"(?:等(?:有关|相关)?(?:单位|部门)?|(?:有关)?(?:单位|部门)?配合)$", "", name)
    if len(name) > 7 and "(" not in name and _RUN_ON.search(name):
        return [part for part in _RUN_ON.split(name) if len(part) > 2]
    halves = re.split(r"(?<=[局委办厅部院会府中心])(?:和|及|以及|会同)(?=[市区县省各])", name)
    return [half for half in halves if 1 < len(half) <= 40]


def owners_in(text: str, year: int | None) -> Iterator[Owners]:
    """Every passage of a paragraph that says who is responsible, in order."""
    taken = -1
    for group in _GROUP.finditer(text):
        at_end = not text[group.end() :].strip("。;. ")
        owners = _labelled(group[1], year) or _spoken(group[1]) or (_listed(group[1]) if at_end else None)
        if owners:
            owners.start, owners.end = group.start(), group.end()
            taken = group.end()
            yield owners
    for sentence in _SENTENCE.finditer(text, taken if taken > 0 else 0):
        bare = sentence[0].strip(")")
        label = _label().match(bare)
        if label:
            owners = _labelled(bare, year)
        elif len(bare) < 200 and re.search("牵头|负责", bare[-60:]):
            owners = _spoken(bare)
        elif (inner := _label().search(bare)) and bare[inner.start() - 1] in " ;,":
            owners = _labelled(bare[inner.start() :], year)
        else:
            continue
        if owners:
            owners.start, owners.end = sentence.start(), sentence.end()
            yield owners


def _labelled(text: str, year: int | None) -> Owners | None:
    marks = list(_label().finditer(text))
    if not marks or marks[0].start() > 2:
        return None
    owners = Owners(0, 0)
    for k, mark in enumerate(marks):
        value = text[mark.end() : marks[k + 1].start() if k + 1 < len(marks) else len(text)].strip(",;。 ")
        label = mark[0].rstrip(":")
        if mark["help"]:
            owners.helpers += split_units(value)
        elif mark["lead"]:
            spoken = _spoken(value)
            if spoken:
                owners.leads += spoken.leads
                owners.helpers += spoken.helpers
            elif owners.leads:
                owners.helpers += split_units(value)
            elif label.startswith(("牵头", "主办", "主责")):
                owners.leads += split_units(value)
            else:
                units = split_units(value)
                owners.leads += units[:1]
                owners.helpers += units[1:]
        elif label in words(_words()["due_labels"]) and year:
            owners.due = due_day(value, year)
    return owners if owners.leads or owners.helpers or owners.due else None


def _listed(text: str) -> Owners | None:
    """A list of nothing but units in brackets at the end of a paragraph: (省交通运输厅,江州市政府)."""
    units = split_units(text)
    official = sum(bool(_OFFICIAL.match(unit)) for unit in units)
    if not units or official * 3 < len(units) * 2 or not all(_unit_like().fullmatch(unit) for unit in units):
        return None
    return Owners(0, 0, leads=units[:1], helpers=units[1:])


def _spoken(text: str) -> Owners | None:
    for_all = _FOR_ALL.search(text)
    if for_all:
        return Owners(0, 0, helpers=split_units(for_all["who"]), for_all=True)
    owners = Owners(0, 0)
    at = 0
    for said in _said().finditer(text):
        units = (
            split_units(text[at : said.start()] + said["who"])
            if text[at : said.start()].strip(",; ")
            else split_units(said["who"])
        )
        at = said.end()
        if not units or not all(map(_plausible, units)):
            return None
        if said["lead"]:
            owners.leads += units
        elif said["equal"]:
            if not owners.leads:
                owners.equal = len(units) > 1
                owners.leads += units[:1]
                owners.helpers += units[1:]
            else:
                owners.helpers += units
        else:
            owners.helpers += units
    rest = text[at:].strip(",;。、 ")
    if rest and at:
        units = split_units(rest)
        if all(map(_plausible, units)):
            owners.helpers += units
        elif len(rest) > 12:
            return None
    return owners if owners.leads or (owners.helpers and at) else None


def _plausible(unit: str) -> bool:
    """Whether this can be a unit's name: it ends like one, or is short and says nothing that is to be done."""
    return bool(_unit_like().fullmatch(unit)) or (len(unit) <= 10 and not _DOING.search(unit))


def canonical_unit(name: str, on: date | None = None) -> str:
    """The full name of a unit that is written short, as it was called on a day.

    >>> canonical_unit("区人社局"), canonical_unit("市大数据局", date(2025, 1, 1))
    ('区人力资源社会保障局', '市数据局')
    >>> canonical_unit("市大数据局", date(2020, 1, 1))
    '市大数据局'
    """
    for short, full in _words()["aliases"].items():
        if name.endswith(short) and len(name) - len(short) <= 4:
            since = full.get("from")
            if since is None or on is None or on >= since:
                return str(name[: -len(short)] + full["name"])
    return name
