"""Statements without digits that are numbers all the same: 全覆盖 is 100 %, 稳中有升 is a direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .compare import Comparison
from .naming import Topic, take_verb, without_head, without_tail
from .quantities import Quantity

if TYPE_CHECKING:
    from .extract import Clause, Found
    from .outline import Place

_ALL = re.compile(
    r"(?:(?:实现|完成|达到|做到|推动|基本实现|率先实现|全面实现)(?P<what>[^,。;:]{2,40}?)全(?:区|县|市|域|街镇|面)?覆盖|(?P<what2>[^,。;:]{2,40}?)(?:实现|达到|做到|基本实现|率先实现|全面实现)?(?:[^,。;:、]{0,14})?全(?:区|县|市|域)?覆盖)"
)
_EVERY = re.compile(
    r"(?P<what>[^,。;:]{2,30}?)(?:均|全部|都)(?P<did>开设|建成|设立|配备|实现|达标|完成)(?P<that>[^,。;:]{2,24})"
)
_TREND = re.compile(
    r"(?P<what>[^,。;:]{2,60}?)(?:总体)?(?:实现|保持)?(?P<how>稳中有升|稳中有进|稳步提升|持续提升|稳中有降|只升不降|只减不增|持平|零增长|两位数增长|与[^,。;:]{2,16}?(?:同步|持平)|(?:均)?(?:完成|控制在|达到)[^,。;:]{0,8}下达(?:的)?(?:目标|指标|任务)(?:以内|内|数)?)"
)


def wordless(text: str, masked: str, clause: Clause, topic: Topic, place: Place) -> Iterator[Found]:
    """What a clause without digits still measures."""
    from .extract import Found

    words = masked[clause.start : clause.end]
    if "覆盖" in words and not any(q.unit_class == "rate" for q in clause.quantities):
        found = _ALL.search(words)
        if found:
            name = "what" if found["what"] else "what2"
            what = text[clause.start + found.start(name) : clause.start + found.end(name)]
            what = re.sub(r"(?:实现|完成|的)+$", "", without_tail(without_head(what)).replace("实现", ""))
            what = take_verb(what)[1] or what
            if len(what) >= 2:
                q = Quantity(clause.start, clause.start, clause.start, 100, "%", unit_class="rate", implied=True)
                yield Found(
                    clause.start, clause.start + found.end(), q, f"{what}覆盖率", "completion", Comparison("=", rule="all"),
                    "%", "all", 0.7, value=100, implied=True,
                )  # fmt: skip
                return
    if clause.quantities:
        return
    found = _TREND.search(words)
    if found:
        a = clause.start + found.start("what")
        nouns = text[a : clause.start + found.end("what")]
        for part in re.split(r"、(?![^“]*”)", nouns):
            noun = without_tail(without_head(part))
            if len(noun) >= 2:
                at = text.find(part, a)
                q = Quantity(clause.start, clause.start, clause.start, None, "%", implied=True)
                sign = "≤" if "控制在" in found["how"] else "trend"
                yield Found(
                    at,
                    clause.start + found.end(),
                    q,
                    noun,
                    "completion" if "下达" in found["how"] else "level",
                    Comparison(sign, rule="trend"),
                    None,
                    "trend",
                    0.6,
                    value=None,
                )
