"""What is said of one number: a change, a share, a rate, a gap to the plan; counts and amounts are in `counted`."""

from __future__ import annotations

import re

from .around import Around, Said, plain, without_inner_verb
from .clause import Clause
from .counted import counted
from .grammar import phrase
from .naming import take_verb, without_head, without_tail
from .quantities import Quantity


def say_of(around: Around) -> Said:
    """The first of the readings that fits, the most telling words first."""
    q = around.number
    rated = q.unit_class == "rate"
    change = None if phrase("change_to").search(around.head) else phrase("change").search(around.head)
    if change and (rated or q.unit_class == "times" or phrase("yearly").search(around.head)):
        return _change(around, change)
    if q.unit_class == "time" and (around.head.endswith("提前") or "提前" in around.left[-4:]):
        return _ahead(around)
    if q.unit == "番" and (noun := without_tail(phrase("compared").sub("", around.head))):
        return Said(noun + "翻番数", "growth", "times", q.value, noun)
    if q.unit_class == "times" and around.topic.noun and (q.unit == "番" or phrase("multiple").match(around.head)):
        ending = "翻番数" if q.unit == "番" else "倍数"
        return Said(plain(around.topic) + ending, "growth", "times", q.value, around.topic.core)
    if rated:
        return _against_plan(around) or _share(around) or _same_again(around) or _rate(around)
    return counted(around)


def _change(around: Around, change: re.Match[str]) -> Said:
    q, topic = around.number, around.topic
    compared = phrase("compared")
    noun = without_tail(compared.sub("", around.head[: change.start()]))
    noun = without_inner_verb(without_tail(compared.sub("", noun)))
    noun = take_verb(noun)[1] if noun.startswith(("完成", "实现")) else noun
    noun = phrase("counted_as").sub("", noun)
    word = change["word"]
    apart = phrase("apart").fullmatch(word)
    if not noun and q.unit == "个百分点" and topic.measure == "share":
        noun = topic.last
    if not noun or (phrase("total").fullmatch(noun) and topic.noun):
        pace = noun or ("增速" if topic.measure == "growth" else "")
        noun = plain(topic) + (pace if apart else "")
    down = phrase("down").fullmatch(word)
    value = -q.value if down and q.value is not None else q.value
    if q.unit == "番":
        ending = "翻番数"
    elif q.unit_class not in ("rate", "times"):
        ending = "同比变动"
    elif q.unit == "个百分点":
        ending = f"{word}{change['than'] or ''}" if apart else "同比变动"
    elif phrase("shrink").fullmatch(word):
        ending = f"{word}幅度"
    else:
        ending = "下降率" if down else "增长率"
    return Said(noun.removesuffix(ending) + ending, "growth", "growth", value, noun)


def _ahead(around: Around) -> Said:
    """提前一年完成…: a plan done before its time."""
    plan = re.search(r"“([^”]{2,8})”(?:规划)?(?:确定的)?(目标|任务)", around.right)
    if plan:
        what = f"{around.topic.noun}{plan[1]}{plan[2]}"
    else:
        what = re.sub(r"^(?:超额|全面|基本|顺利)*(?:完成|实现|达到)(?:了)?", "", around.right) or around.topic.noun
        what = re.sub(r"(?:任务|目标)$", "", without_head(what))
    return Said(f"{what}提前完成年数", "completion", "ahead", around.number.value, around.topic.core)


def _against_plan(around: Around) -> Said | None:
    """降幅收窄至3.2%, 塌目标1.8个百分点, 完成年初预算的92%."""
    q, head = around.number, around.head

    def before(found: re.Match[str]) -> str:
        return without_tail(head[: found.start()]) or plain(around.topic)

    if (pace := phrase("pace").search(head)) and q.value is not None:
        falling = pace["pace"] in ("降幅", "跌幅")
        return Said(f"{before(pace)}增长率", "growth", "pace", -q.value if falling else q.value, before(pace))
    if (gap := phrase("gap").search(head)) and q.value is not None:
        above = gap[0].startswith(("高于", "超"))
        return Said(f"{before(gap)}与目标之差", "growth", "gap", q.value if above else -q.value, before(gap))
    if done := phrase("done_of").search(around.left):
        noun = without_tail(without_head(around.left[: done.start()].lstrip("、和及与"))) or plain(around.topic)
        return Said(f"{noun}完成率", "completion", "done of", q.value, noun)
    return None


def _share(around: Around) -> Said | None:
    q, topic, head = around.number, around.topic, around.head
    head = phrase("change_from").sub("", head)
    match = phrase("share").search(head) or phrase("share_of_all").search(head)
    if match:
        subject = without_tail(head[: match.start()])
        if not subject or (phrase("total").fullmatch(subject) and topic.noun):
            subject = plain(topic)
        word = match.groupdict().get("word")
        word = word if word == "比例" else "比重"
        return Said(f"{subject}占{match['of']}{word}", "share", "share", q.value, subject)
    region = without_tail(head)
    if around.leans and topic.measure == "share" and phrase("region").fullmatch(region):
        return Said(f"{topic.core}占{region}比重", "share", "share", q.value, topic.core)
    return None


def _same_again(around: Around) -> Said | None:
    """Nothing but a number after a change: 增长6.5%,力争7%."""
    q, topic = around.number, around.topic
    if not topic.noun or topic.measure != "growth" or around.right or without_tail(around.head):
        return None
    falling = topic.last.endswith(("下降率", "幅度")) and q.value is not None
    return Said(topic.last, "growth", "lean", -q.value if falling and q.value else q.value, topic.core)


def _rate(around: Around) -> Said:
    q, topic, right = around.number, around.topic, around.right
    if right.startswith("的") and len(right) > 3:  # 90%以上的高频事项实现“全程网办”
        name = re.sub("实现(?=“)", "", without_head(right[1:])) + "占比"
        return Said(name, "share", "rate", q.value, right[1:])
    noun = core = without_inner_verb(without_tail(around.head))
    if not noun:
        noun = without_tail(without_head(right)) or topic.core
    elif phrase("bare_rate").fullmatch(noun) and topic.core and not topic.core.endswith("率"):
        noun, core = topic.core + noun, topic.core  # beside another rate it is a rate of its own
    if right.startswith("覆盖") and not noun.endswith("率"):
        noun = noun.removesuffix("实现") + "覆盖率"
    elif "创建" in noun[-4:] and not phrase("rate_noun").search(noun):
        noun += "率"
    done = phrase("done_rate").search(noun.removesuffix("率")[-8:])
    return Said(noun, "completion" if done else "share", "rate", q.value, core or noun)


def named(text: str, q: Quantity, clause: Clause) -> str:
    """The name of a number that is part of a name: 15分钟生活圈, 三级网络."""
    if q.unit_class == "time":
        rest = re.match(r"(?:钟)?([^,。;、”]{0,14}?圈)", text[q.end : q.end + 24])
        return (rest[1] if rest else "生活圈") + "步行时间"
    before = without_head(text[clause.start : q.start])
    noun = "" if re.search("[—-]", before) else re.sub(r"^(?:健全|建立|形成|建设)", "", before)
    kinds = "网络|体系|平台|联动|架构"
    rest = re.match(rf"([^,。;、(]{{0,8}}?(?:{kinds})(?:网络|体系|平台)?)", text[q.end : q.end + 24])
    return f"{noun}{rest[1] if rest else ''}层级数"
