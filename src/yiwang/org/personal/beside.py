"""Names that no word announces, told by what stands beside or in them: 王小明女士, 阿不都·热合曼."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .surnames import ADDRESSED, BEFORE_NAMES, COMPOUND, PLACES, SOUNDED, SURNAMES

_TITLE = re.compile("|".join(ADDRESSED))
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SOUNDED = re.compile(rf"[{SOUNDED}]{{2,8}}(?:·[{SOUNDED}]{{1,8}})+(?<=[{SOUNDED}]{{2}})")
_ESTATE = re.compile(r"[\u4e00-\u9fff]{0,4}(?:[苑城府园庭区湾邸墅]|公馆|广场|小镇|大厦|中心)")
Usual = Callable[[str, int], bool]  # (name, signs of its family name) -> whether it looks like one


def beside_a_title(text: str, usual: Usual) -> Iterator[tuple[int, str]]:
    """(where it begins, name) of each whole name before a form of address; a family name alone names nobody."""
    for title in _TITLE.finditer(text):
        if (begins := _before(text, title.start(), usual)) is not None:
            yield begins, text[begins : title.start()]


def _before(text: str, end: int, usual: Usual) -> int | None:
    for size in (4, 3, 2):
        name = text[end - size : end] if end >= size else ""
        family = 2 if name[:2] in COMPOUND else 1 if name[:1] in SURNAMES else 0
        if not family or not 1 <= size - family <= 2 or not all(map(_HAN.match, name)):
            continue
        before = text[end - size - 1 : end - size]
        begins = not before or not _HAN.match(before) or before in BEFORE_NAMES
        # of two signs many are the end of another word; behind a family name of two, any may be given
        if (usual(name, family) and (size > 2 or begins)) or (family == 2 and begins and name[:2] not in PLACES):
            return end - size
    return None


def with_a_dot(folded: str) -> Iterator[tuple[int, str]]:
    """(where it begins, name) of each name of another language, parted by a dot; estates are called so too."""
    for found in _SOUNDED.finditer(folded) if "·" in folded else ():
        if not _ESTATE.match(folded, found.end()):
            yield found.start(), found.group()
