"""Statements without digits that are numbers nevertheless: 全覆盖 is 100 %, 稳中有升 is a direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .clause import Clause, Found
from .compare import Comparison
from .naming import Topic, without_head, without_tail
from .place import Place
from .quantities import Quantity

_WHOLE = Decimal(100)  # per cent
_ALL = re.compile(
    r"(?P<what>[^,。;:]{2,40}?)(?:(?:的)?(?P<done>实现|完成|达到|做到)(?P<that>[^,。;:]{0,30}?))?(?:的)?全(?:区|县|市|域|面|街镇)?覆盖(?!的|面|工作|行动)"
)
_SOFT = re.compile(r"推进|推动|加快|探索|深化|力促|扩大|逐步|促进|加强|努力|坚持|建立|形成")
_EVERY = re.compile(
    r"(?P<what>[^,。;:、\d]{3,20}?)(?:均|全部|都)(?P<did>开设|建成|设立|配备|建有|达标|设有)(?P<that>[^,。;:、\d]{2,24})$"
)
_TREND = re.compile(
    r"(?P<what>[^,。;:]{2,60}?)(?:总体|均|也|继续)?(?:实现|保持)?(?P<how>稳中有升|稳步提升|持续提升|稳步增长|稳中有降|稳步下降|持续下降|只升不降|只减不增|持平|零增长|两位数增长|(?<=增长)(?:快于|高于)[^,。;:、]{2,14}"
    r"|与[^,。;:]{2,16}?(?:同步|持平)|(?:均)?(?:完成|控制在|达到)[^,。;:]{0,8}下达(?:的)?(?:目标|指标|任务)(?:要求|范围)?(?:以内|之内|内)?)$"
)
_SUBJECT = re.compile(
    r"([^,。;、]{2,24}?(?:总值|收入|投资|总额|产值|规模|总量|税收|[数产重存吞吐总]量|销售额|交易额))(?:连跨|连续|先后|[两三四五]次|多次|跨越|突破|实现|稳步|持续|大幅|显著|再创|再上|跃上|迈上|跨上|保持|稳中|首次|不断)"
)
_HINT = re.compile("稳中|稳步|持续|持平|零增长|两位数|同步|下达|只升|只减|快于|高于")
_INDICATOR = re.compile(
    r"(?:率|数|数量|量|额|值|浓度|规模|收入|增速|比重|占比|楼|投资|消费|能耗|排放|指标|面积|指数|强度)$"
)


def wordless(text: str, masked: str, clause: Clause, topic: Topic, place: Place) -> Iterator[Found]:
    """What a clause without digits still measures."""
    words = masked[clause.start : clause.end]
    if "覆盖" in words and not any(q.unit_class == "rate" for q in clause.quantities):
        found = _covered(text, words, clause)
        if found:
            yield found
            return
    if clause.quantities:
        return
    every = _EVERY.search(words)
    if every and place.frame in ("last_year", "five_years"):
        what = without_head(text[clause.start + every.start("what") : clause.start + every.end("what")])
        that = text[clause.start + every.start("that") : clause.start + every.end("that")]
        yield _implied(clause.start, clause.end, f"{what}{that}覆盖率", "every")
    yield from _directions(text, words, clause)
    subject = _SUBJECT.match(text, clause.start, clause.end)
    if subject:
        topic.noun = topic.core = without_tail(without_head(subject[1]))


def _covered(text: str, words: str, clause: Clause) -> Found | None:
    match = _ALL.search(words)
    if not match:
        return None
    what = text[clause.start + match.start("what") : clause.start + match.end("what")]
    that = ""
    if match["done"]:
        that = text[clause.start + match.start("that") : clause.start + match.end("that")]
    elif _SOFT.match(without_head_words(what)) or _SOFT.search(what[:6]):
        return None
    subject = without_tail(re.sub(r"^(?:实现|完成|做到|达到)", "", without_head(what)))
    subject = without_head(subject)
    if re.fullmatch(r"20\d\d年?底?前?", subject):
        subject = ""
    name = (subject + without_head(that)).strip("的、")
    name = re.sub(r"^有(?=.{4})", "", name)
    if len(name) < 2:
        return None
    return _implied(clause.start, clause.start + match.end(), f"{name}覆盖率", "all")


def without_head_words(text: str) -> str:
    return re.sub(r"^(?:全面|基本|率先|今年|全年|20\d\d年)+", "", text)


def _implied(start: int, end: int, name: str, rule: str) -> Found:
    q = Quantity(start, start, start, _WHOLE, "%", unit_class="rate", implied=True)
    return Found(start, end, q, name, "completion", Comparison("=", rule=rule), "%", rule, 0.7, _WHOLE, implied=True)


def _directions(text: str, words: str, clause: Clause) -> Iterator[Found]:
    match = _TREND.search(words) if _HINT.search(words) else None
    if not match:
        return
    first = clause.start + match.start("what")
    nouns = text[first : clause.start + match.end("what")]
    how = match["how"]
    for part in nouns.split("、"):
        noun = without_tail(without_head(part))
        if how.startswith(("与", "快于", "高于")) and noun.endswith("增长"):
            noun += "率"
        if not _INDICATOR.search(noun) or len(noun) < 2:
            continue
        at = text.find(part, first)
        q = Quantity(clause.start, clause.start, clause.start, None, "", implied=True)
        sign = "≤" if "控制在" in how else "trend"
        kind = "completion" if "下达" in how else "growth" if "增长" in how or noun.endswith("增长率") else "level"
        if "两位数" in how and not noun.endswith("率"):
            noun += "增长率"
        unit = "%" if kind == "growth" else None
        yield Found(at, clause.start + match.end(), q, noun, kind, Comparison(sign, rule="trend"), unit, "trend", 0.6)
