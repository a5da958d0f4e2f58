"""The name of a count or an amount: verb, thing, and what is said of it."""

from __future__ import annotations

import re

from .around import Around, Said, plain, unnumbered, without_inner_verb
from .grammar import phrase
from .naming import Topic, Verb, pattern, suffix, take_verb, without_tail
from .quantities import Quantity

_PREDICATE = "{}|(?<![平人年户])均"


def counted(around: Around) -> Said:
    """新增养老床位(475张), (157项)审批事项实现全程网上办理, 完工302台、开工(401台)."""
    q, topic = around.number, around.topic
    amount = q.unit_class != "thing"
    since = phrase("since").fullmatch(around.head)
    if since and topic.noun:
        name = plain(topic) + since["word"]
        return Said(name + suffix(q, name), "growth", "since", q.value, topic.core)
    listed = _is_list(around)
    verb, noun = _verb_and_noun(around, listed)
    right = around.right
    if amount and right.startswith("的") and noun and len(right) > 2:  # 总建筑面积8.5万平方米的文体中心
        whose = split_right(right[1:])[0] or right[1:]
        return Said(whose + noun, "level", "of", q.value, whose)
    if around.leans and len(noun) >= 3 and right and not pattern("predicates", _PREDICATE).match(right):
        right = ""
    body, deed = split_right(right)
    body = phrase("fine").sub("", body)
    measure = _measure(around, verb, deed)
    if not (noun or body or deed):
        return _leaning(verb, q, measure, topic)
    if verb.text == "建设" and body and not amount and not noun:
        verb = Verb("建设", "新建")
    if verb.keep and verb.post:
        verb = Verb(verb.text, verb.text)
    name = _join(noun, body, deed, right, amount)
    if name.endswith(("以上", "级")):  # 其中10亿元以上4个
        kind = phrase("head_noun").search(topic.core)
        name += kind[0] if kind else ""
    if phrase("total").fullmatch(name) and topic.noun:  # 净增112家、总数达468家
        verb, measure = Verb(), "level"
        name = phrase("new_prefix").sub("", plain(topic))
    if phrase("bare_size").fullmatch(name) and topic.noun and not verb.keep:
        name = unnumbered(re.sub("幅数$", "数", topic.noun)) + name
    name = verb.keep + without_inner_verb(name)
    if verb.post and name:
        name += re.sub("建设$", "", verb.post)
    if q.unit.endswith("元") and verb.post in ("发放", "兑现", "减免"):
        name += "额"
    rule = "listed" if listed else "after" if body else "before"
    return Said(name + suffix(q, name), measure, rule, q.value, body or noun or name, verb.keep)


def _is_list(around: Around) -> bool:
    """Whether named examples stand before the number (甲、乙等12个项目): they are no part of the name."""
    head = around.head
    if head.endswith("等"):
        return True
    if not around.right:
        return False
    return head.endswith("”") or (not around.leans and bool(re.search(r"、[^、]{2,8}$", head)))


def _verb_and_noun(around: Around, listed: bool) -> tuple[Verb, str]:
    verb, rest = take_verb(around.head)
    rest = "" if listed else phrase("handed_down").sub("", phrase("change_from").sub("", rest))
    given = phrase("given").match(rest)
    if given and not verb.keep:
        verb, rest = Verb(given["verb"], post=given["verb"]), given["whom"] + rest[given.end() :]
    rest = phrase("examples").sub("", rest)
    noun = without_inner_verb(without_tail(phrase("preposition").sub("", rest)))
    moved = phrase("flow_at_end").search(noun)
    if moved and not verb.text:  # 高新技术企业净增30家
        return Verb(moved[0], moved[0]), noun[: moved.start()]
    carries = around.leans or "其中" in around.left[:3]
    if carries and noun and not verb.text:
        held = phrase("near_stock").search(around.left) or phrase("not_carried").search(noun)
        if not held:
            verb = Verb(around.topic.verb, around.topic.verb)
    return verb, noun


def _measure(around: Around, verb: Verb, deed: str) -> str:
    """A stock or an amount is a level; what was done or got in the period is a count."""
    q, left = around.number, around.left
    if q.unit_class != "thing" or "安装" in verb.text or (pattern("stock").search(left) and not verb.keep):
        return "level"
    if deed and pattern("state").search(deed) and not re.search("创建|开设", deed):
        return "level"
    near = around.text[max(around.clause.start, q.start - 6) : q.start]
    if phrase("near_stock").search(near) and not verb.keep.startswith("新"):
        return "level"
    return "level" if phrase("change_from").search(left) or phrase("change_to").search(left) else "count"


def _join(noun: str, body: str, deed: str, right: str, amount: bool) -> str:
    if deed and body and not noun and not amount and pattern("state").search(deed):
        return deed + body
    if deed and body and phrase("awarded").search(right):
        return deed + body
    return noun + body + deed


def _leaning(verb: Verb, q: Quantity, measure: str, topic: Topic) -> Said:
    """Only a verb, or nothing: it speaks of the noun before it (完工302台、开工401台; 6250户、17.5万平方米)."""
    word = verb.keep or verb.post
    if measure == "level" and q.unit_class == "thing" and not word:
        name = phrase("new_prefix").sub("", plain(topic))
    elif verb.post:
        bare = phrase("any_tail").sub("", topic.noun)
        name = phrase("end_state").sub("", phrase("start_prefix").sub("", bare)) + word
    elif word and topic.core:
        name = word + phrase("act_prefix").sub("", topic.core)
    else:
        name = word + phrase("any_tail").sub("", topic.noun)
    return Said(name + suffix(q, name), measure, "lean", q.value, topic.core, topic.verb)


def split_right(right: str) -> tuple[str, str]:
    """(what is counted, what is said of it).

    >>> split_right("审批事项实现全程网上办理"), split_right("工业用地的转型升级")
    (('审批事项', '全程网上办理'), ('转型升级工业用地', ''))
    """
    right = re.sub(r"^(?:的|以上|左右|以内|内)", "", right)
    right = re.sub(r"的(?:目标|指标|任务)$", "", right)
    if re.fullmatch(r"[^的]{2,8}的[^的]{2,8}", right):
        whose, what = right.split("的")
        return what + whose, ""
    predicate = pattern("predicates", _PREDICATE).search(right)
    if predicate and predicate.start() == 0:
        return "", re.sub(r"^(?:实现|完成|进行|实施|开展|得到|成功)+", "", right)
    if not predicate:
        return re.sub(r"^.{4,}?的(?=.{4})", "", right), ""
    body = re.sub(r"^.{2,}?的(?=.{2})", "", right[: predicate.start()])
    body = re.sub(r"(?:的|全面|全部|均|已)+$", "", body)
    deed = right[predicate.start() :]
    for part in ("deed_head", "deed_award", "deed_open", "deed_tail"):
        deed = phrase(part).sub("", deed)
    return body, deed
