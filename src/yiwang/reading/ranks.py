"""Places in a ranking: 位居全市第三, 进入全国前十."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yiwang.typed.spoken import chinese_number

from .clause import Clause, Found
from .compare import Comparison
from .naming import Topic, without_head, without_tail
from .quantities import Quantity

_REGION = r"(?:全[国市省区县]|中心城[区市]|世界|全球|同类|[^,。;、\d]{0,3}各区|[^,。;、\d]{0,4}县[市区])"
_RANK = re.compile(
    rf"(?:(?:位居|位列|名列|排名|排在|稳居|跻身|进入|挺进|保持|跃升至|上升至|升至|[排列居])(?P<among>{_REGION}?[^,。;、\d第前]{{0,8}}?)"
    rf"|(?P<region>{_REGION}[^,。;、\d第前]{{0,4}}?))"
    r"(?:第(?P<at>[一二三四五六七八九十]{1,3}|\d{1,3})|前(?P<top>[一二三四五六七八九十]{1,3}|\d{1,3})(?:强)?)(?:位|名)?(?=$|[,。;、)!])"
)


def ranks(text: str, clause: Clause, topic: Topic) -> Iterator[Found]:
    if text.find("第", clause.start, clause.end) < 0 and text.find("前", clause.start, clause.end) < 0:
        return
    for match in _RANK.finditer(text, clause.start, clause.end):
        if text[match.start() - 1 : match.start()] == "“":
            continue
        number = match["at"] or match["top"]
        at = match.start("at") if match["at"] else match.start("top")
        noun = without_tail(without_head(text[clause.start : match.start()])) or topic.noun
        if noun in ("增速", "增幅", "总量", "总额") and topic.noun:
            noun = re.sub(r"(?:增长率|数)$", "", topic.noun) + noun
        if not noun:
            continue
        q = Quantity(
            at,
            at + len(number),
            at + len(number),
            chinese_number(number),
            "位",
            unit_class="rank",
            chinese=not number.isdigit(),
        )
        sign = Comparison("≤" if match["top"] else "=", rule="rank")
        among = without_tail(match["among"] or match["region"] or "")
        yield Found(clause.start, match.end(), q, f"{noun}{among}排名", "rank", sign, "位", "rank", 0.8, value=q.value)
