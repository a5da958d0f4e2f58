"""Which words of a clause belong to which of its numbers: subjects and lists come apart into the right pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .around import Around, Said, unnumbered
from .clause import Clause, Found
from .compare import comparison
from .counted import split_right
from .grammar import phrase
from .naming import Topic, take_verb, without_head
from .numbers_that_count import counts
from .place import Place
from .quantities import Quantity
from .said import named, say_of

_JOINTS = "、和及与"
_ENDS = "、和及与并"
SURE, LEANING, ODD = 0.92, 0.85, 0.5


def describe(text: str, masked: str, clause: Clause, topic: Topic, place: Place) -> Iterator[Found]:
    """The statements of a clause that carry digits; `topic` is read for what is left out and brought up to date."""
    counting = [q for q in clause.quantities if counts(text, clause, q)]
    if not counting:
        return
    described = _in_two_lists(text, clause, counting, topic, place) or list(
        _each(text, masked, clause, counting, topic, place)
    )
    names = [unnumbered(one.name) for one in described if one.measure != "growth"]
    topic.recent = [*topic.recent, *names][-8:]
    yield from described


def _in_two_lists(text: str, clause: Clause, counting: list[Quantity], topic: Topic, place: Place) -> list[Found]:
    """Subjects in one list and numbers in another: A、B分别增长1%、14%; 开工、竣工各100万平方米; A率、B率均达100%."""
    left = text[clause.start : counting[0].start]
    subjects = phrase("listed_subjects").search(left)
    if not subjects:
        return []
    said, verb = subjects["said"], subjects["verb"]
    cut = max(said.rfind(word, 0, len(said) - len(verb)) for word in ("分别", "各", "均"))
    who = phrase("compared").sub("", left[: subjects.start()] + said[:cut])
    names = topic.recent[-len(counting) :] if not who and len(topic.recent) >= len(counting) > 1 else []
    names = names or [name for name in phrase("joint").split(without_head(who)) if name]
    if len(names) == 1 and len(counting) == 2 and names[0].startswith("城乡"):
        names = [("城镇" if "居民" in names[0] else "城市") + names[0][2:], "农村" + names[0][2:]]
    alike = said[cut] == "均" and counting[0].unit_class != "thing" and all(phrase("measured").search(n) for n in names)
    if len(names) < 2:
        return []
    if topic.core and phrase("bare_rate").fullmatch(names[0]):
        names[0] = topic.core + names[0]
    if len(counting) == 1 and (alike or text[counting[0].start - 1] == "各"):
        numbers = counting * len(names)
    elif len(names) == len(counting) and said[cut] != "均":
        numbers = counting
    else:
        return []
    out = [
        _described(text, clause, q, name + verb, "", Topic(), place, clause.start, numbers[-1].end)
        for name, q in zip(_with_shared_noun(names), numbers, strict=True)
    ]
    topic.noun = topic.core = out[-1].name
    return out


def _with_shared_noun(names: list[str]) -> list[str]:
    """楼宇、园区税收落地率 -> 楼宇税收落地率, 园区税收落地率; 提案办结率、满意率 -> 提案办结率, 提案满意率."""
    first, last = names[0], names[-1]
    common = last[len(first) :]
    measured, bare = phrase("measured"), phrase("bare_rate")
    if len(common) >= 2 and measured.search(common) and not any(measured.search(name) for name in names[:-1]):
        return [*(name + common for name in names[:-1]), last]
    rate = bare.search(first)
    if rate and rate.end() == len(first) and all(bare.fullmatch(name) for name in names[1:]):
        return [first, *(first[: rate.start()] + name for name in names[1:])]
    return names


def _each(
    text: str, masked: str, clause: Clause, counting: list[Quantity], topic: Topic, place: Place
) -> Iterator[Found]:
    edge = clause.start
    shared = ""
    for k, q in enumerate(counting):
        after = counting[k + 1] if k + 1 < len(counting) else None
        left, shared = shared or text[edge : q.start], ""
        if after and (after.start == q.end or phrase("toward").fullmatch(text, q.end, after.start)):
            # 五方面28项任务, 由291项精简至211项: two numbers of one thing
            shared = left
            right = _noun_after(text, after, counting[k + 2] if k + 2 < len(counting) else None, clause)
            found = _described(text, clause, q, left, right, replace(topic), place, clause.start, clause.end)
            found.earlier = after.start > q.end
            yield found
            edge = after.start
            continue
        cut = _boundary(masked, q.end, after.start, clause.end) if after else clause.end
        right = text[q.end : cut]
        if after and cut == after.start and after.unit_class != "thing":  # 74幢楼宇平均产税13600元
            shared = right
            right = phrase("rate_tail").sub("", split_right(right)[0] or right)
        elif right[:1] == "、" and not after:
            right = ""
        bare = right.strip(_ENDS)
        if after and not bare and take_verb(without_head(left.lstrip(_JOINTS)))[1] == "":
            bare = _noun_after(text, after, None, clause)  # 新建6条、翻建4条健身步道
        elif after and phrase("first_of_two").fullmatch(right):  # 3个示范性和8个标志性驿站
            bare = right.rstrip("和、") + phrase("kind_word").sub("", _noun_after(text, after, None, clause))
        end = cut if right.strip(_ENDS) else q.end
        while end > q.end and text[end - 1] in _ENDS:
            end -= 1
        yield _described(text, clause, q, left, bare, topic, place, clause.start, end)
        edge = cut


def _boundary(masked: str, start: int, end: int, stop: int) -> int:
    """Where what belongs to one number ends and what belongs to the next begins."""
    gap = masked[start : min(end, stop)]
    if gap[:1] in tuple(_ENDS) or re.match("同比|环比|较|比上年|占|累计", gap):
        return start
    joints = [found.start() for found in re.finditer("、|和|以及|并", gap)]
    return start + joints[-1] if joints else end


def _noun_after(text: str, q: Quantity, beyond: Quantity | None, clause: Clause) -> str:
    rest = text[q.end : beyond.start if beyond else clause.end]
    return re.split(r"[、,]", rest, maxsplit=1)[0]


def _described(
    text: str, clause: Clause, q: Quantity, left: str, right: str, topic: Topic, place: Place, start: int, end: int
) -> Found:
    compared = comparison(text, q, clause.start)
    if q.named:
        measure = "level" if q.unit_class == "time" else "count"
        end = max(end, min(clause.end, q.end + 24))
        return Found(start, end, q, named(text, q, clause), measure, compared, q.unit, "named", ODD, q.value)
    leans = left[:1] in tuple(_JOINTS)
    head = without_head(left.lstrip(_JOINTS))
    scope = "district"
    place_name = phrase("place").match(head)
    if place_name:
        scope, head = place_name["place"], without_head(head[place_name.end() :])
    said = say_of(Around(text, clause, q, left, head, right, leans, topic))
    held = leans and topic.measure == "level" and topic.kind == q.unit_class and not said.verb
    if held and said.rule in ("before", "lean"):
        said.measure = "level"
    topic.verb, topic.measure, topic.last, topic.kind = said.verb, said.measure, said.name, q.unit_class
    if phrase("generic").fullmatch(said.name):
        said.name = _matter_at_hand(text, clause, place) + said.name
    if said.rule != "times":
        topic.noun = phrase("said_tail").sub("", said.name)
        topic.core = said.core or topic.noun
    return Found(
        start, end, q, said.name, said.measure, compared, q.unit, said.rule, _sure(said), said.value, scope=scope
    )


def _sure(said: Said) -> float:
    """How sure the reading is: a name that leans on the words before it or is very long wants a second look."""
    if not 3 <= len(said.name) <= 24:
        return ODD
    return LEANING if said.rule in ("lean", "listed", "times") else SURE


def _matter_at_hand(text: str, clause: Clause, place: Place) -> str:
    """What a bare "项目" or "改造面积" is of: the name in quotes before it, else what the passage is headed by."""
    near = max(0, clause.start - 200)
    sentence = max(text.rfind("。", near, clause.start) + 1, text.rfind(";", near, clause.start) + 1, near)
    quoted = phrase("quoted_work").findall(text[sentence : clause.start])
    if quoted:
        return str(quoted[-1])
    title = without_head(place.lead or place.item_title or "")
    title = phrase("title_tail").sub("", without_head(take_verb(title)[1]))
    return title if 2 <= len(title) <= 8 and not re.search("[,、]", title) else ""
