"""Which quantities say something, and which only stand in a name, a date or a condition."""

from __future__ import annotations

import re

from .clause import Clause
from .quantities import Quantity

_EVERY = re.compile(r"(?:每|每个|每逢|满|(?<!提)前|第|近年|年满|之[一二三])$")
_HOURS = re.compile(
    r"^(?:全天|不打烊|开放|自助|服务|值守|在线|营业|营运|智能|热线|不间断|便利|监测|应急|运行|书房|图书馆|无人|生活|经济)"
)
_TIME_LIMIT = re.compile(r"(?:压缩|缩短|控制|减少|提速|不超过|降至|减至|办结|时限|提前|平均|限时|用时|耗时|由|从)")
_QUALIFIER_AFTER = re.compile(r"^(?!(?:[,。;、)!和及与]|的?$))[^,。;、)\d]")
_BORDER = re.compile(r"半径|直径|以?高|长约|周边|范围内")
_SLOGAN = re.compile(
    r"^(?:行动计划|规划|年行动|个[一二三四五六七八九十]”|个统一|个维护|个意识|个自信|个确立|个务必|个毫不动摇)"
)
_BASIS = re.compile(
    r"(?:聚焦|围绕|依托|立足|按照|根据|针对|瞄准|对照|结合|紧扣|锚定)(?P<far>(?=[^,。;]{0,30}(?:完成|新增|建成|实现|打造|开展|推进)))?"
)
_NAMELESS = re.compile(r"“[\dX+一二三四五]{1,3}”")
_SIZED = re.compile(r"(?:以上|以下)?(?:的)?(?:重大|重点|产业|工业)?(?:项目|企业|单体)")
_AGAIN = re.compile(r"^(?:次(?:会议|全会|全体|党代会|代表大会))")


def counts(text: str, clause: Clause, q: Quantity) -> bool:
    """Whether the quantity is a statement of its own."""
    before, after = text[max(clause.start, q.start - 8) : q.start], text[q.end : q.end + 12]
    if _EVERY.search(before) or _SLOGAN.match(after) or _AGAIN.match(text[q.end - 1 : q.end + 8]):
        return False
    basis = _BASIS.match(text, clause.start)
    if basis and clause.quantities[0] is q and not q.named and (basis["far"] is None or q.start - basis.end() <= 4):
        return False
    if q.named:
        return True
    if _NAMELESS.match(after):
        return False
    if q.chinese:
        return True
    if q.unit_class == "age":
        return "寿命" in text[max(clause.start, q.start - 12) : q.start]
    if q.unit == "天" and "天数" in before:
        return True
    if q.unit_class == "time":
        if _HOURS.match(after):
            return False
        return bool(
            q.after or after.startswith("内") or _TIME_LIMIT.search(text[max(clause.start, q.start - 14) : q.start])
        )
    if q.unit in ("米",) and (
        _BORDER.search(before) or after.startswith("半径") or (after[:1] and after[0] not in ",。;、)以左")
    ):
        return False
    if q.unit_class == "amount" and _SIZED.match(after) and any(other.start > q.end for other in clause.quantities):
        return False
    if q.unit_class == "amount" and any(other.start == q.end for other in clause.quantities):
        return False
    if q.after in ("以上", "及以上", "以下", "以内") and q.unit_class in ("amount", "rate", "thing"):
        later = any(other.start > q.end for other in clause.quantities)
        if _QUALIFIER_AFTER.match(after) and (later or q.unit_class == "amount"):
            return False
    return not (q.unit == "次" and before.endswith("第"))
