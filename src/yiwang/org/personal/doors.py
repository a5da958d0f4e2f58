"""Doors: an address is kept to its road, lane or estate; building, unit and room of a home are not (R9.3).

A building by itself ("3号楼电梯坏了") is a place that somebody must go to and stays; with a room in it, it is a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .span import Span

_N = r"(?:[0-9]{1,4}|[一二三四五六七八九十百零〇]{1,5})"
_BUILDING = rf"(?:{_N}[A-Za-z]?\s?(?:号楼|幢|栋|座|号|#楼?)|[A-Za-z甲乙丙丁]\s?[座栋幢])"
_UNIT = rf"(?:(?:{_N}|[A-Za-z甲乙丙丁东西南北中])\s?单元|{_N}\s?门(?![口牌前诊面卫市店]))"
_FLOOR = rf"{_N}\s?[楼层]"
_NO_ROOM = r"(?![0-9一二两三四]\s?厅|两?厅|外机|内机|房屋)"
_ROOM = rf"\s?(?:室|房(?![屋产子东租价源])){_NO_ROOM}"
_ROOM_LONG = rf"(?:[0-9]{{3,4}}[A-Za-z]?|[A-Za-z][0-9]{{3,4}}|[一二三四五六七八九零〇]{{3,4}}){_ROOM}"
_ROOM_SHORT = rf"(?:[0-9]{{1,4}}[A-Za-z]?|[一二三四五六七八九十零〇]{{1,4}}){_ROOM}"
_BARE = r"[0-9]{3,4}(?![0-9a-zA-Z]|\s?(?:[年月日号路弄元米度万%％户人件个次只辆平台盏张块棵根条吨片株名套层]|多|余))"
_SIDE = r"(?:[东西左右南北中][边侧]?户?)?"
_GAP = r"[\s·-]{0,2}"

_DOOR = re.compile(
    rf"(?<![0-9A-Za-z*])(?:"
    rf"(?:(?P<b1>{_BUILDING}){_GAP})?(?:{_UNIT}{_GAP})?(?:{_FLOOR}{_GAP})?{_SIDE}{_ROOM_LONG}"
    rf"|(?:(?P<b2>{_BUILDING}){_GAP}(?:{_UNIT}{_GAP})?|{_UNIT}{_GAP})(?:{_FLOOR}{_GAP})?{_SIDE}(?:{_ROOM_SHORT}|(?:[0-9]{{1,2}}-)?{_BARE})"
    rf")"
)
# a building or unit with a bare number behind it: looked for before the long pattern, which most texts need not pay
_NUMBERED = re.compile(
    rf"[楼幢栋座号#元层门]{_GAP}(?:{_N}{_GAP}[单楼层门])?[^0-9]{{0,6}}(?:[0-9]{{1,2}}-)?[0-9]{{3,4}}"
)
_DASHED = re.compile(
    r"(?<=[区苑村园里庭城府邸坊弄湾院寓庄])\s?[0-9]{1,3}\s?-\s?(?:[0-9]{1,2}\s?-\s?)?[0-9]{3,4}(?:室)?(?![0-9A-Za-z*]|[年月日])"
)
_ENGLISH = re.compile(
    r"\b(?P<what>Room|Rm\.?|Flat|Apt\.?|Apartment)\s?#?\s?(?P<n>[0-9]{1,4}[A-Za-z]?|[A-Za-z][0-9]{1,4})\b", re.I
)
_LIVES = re.compile(
    r"(?:家住|我住|住在|住址|现住|住于|家庭地址|家庭住址|户籍地址|户籍地|户籍(?=[是为在])|我家在|家在|居住在|居住于)[是为:\s]{0,3}[^。！？!?;；\n，,*]{0,28}?"
    rf"(?P<till>路|街|巷|大道|弄|小区|[苑村园里坊邸寓庄])\s?(?P<door>{_N}\s?(?:号楼|号|幢|栋|座)(?:[0-9]{{1,4}})?)(?![0-9*]|线)"
)
_AFTER_ROAD = ("路", "街", "巷", "道")


def doors_in(folded: str) -> Iterator[Span]:
    """Every door of a home in a folded text; the mask is four stars, or as many as it was long."""
    if "室" in folded or "房" in folded or _NUMBERED.search(folded):
        yield from _rooms(folded)
    if "-" in folded:
        for match in _DASHED.finditer(folded):
            yield _door(*match.span())
    for match in _ENGLISH.finditer(folded):
        yield _door(*match.span("n"))
    if "住" in folded or "户籍" in folded or "家在" in folded or "家庭地址" in folded:
        for match in _LIVES.finditer(folded):
            yield _door(*match.span("door"))


def _rooms(folded: str) -> Iterator[Span]:
    for match in _DOOR.finditer(folded):
        start = match.start()
        building = match["b1"] or match["b2"]
        if building and building.endswith("号") and folded[start - 1 : start] in _AFTER_ROAD:
            start += len(building)  # the number of a road is the street's, not the home's
        yield _door(start, match.end())


def _door(start: int, end: int) -> Span:
    return Span(start, end, "door", "*" * min(4, end - start))
