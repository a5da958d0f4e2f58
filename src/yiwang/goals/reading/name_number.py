"""Each number of a clause with the words that belong to it: subject, verb, what is counted, what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .compare import comparison
from .dictionary import canonical
from .grammar import any_of
from .naming import Topic, _data, suffix, take_verb, without_head, without_tail
from .quantities import Quantity

if TYPE_CHECKING:
    from .extract import Clause, Found
    from .outline import Place

_JOINTS = re.compile(r"[、]|和|及|与|以及|并")
_GROWTH = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年|年均)?(?:分别|平均)?(?:再)?(?P<word>{})(?:率|幅度?|速)?(?:了|约|近|达到|达|为|超过|突破|不低于|不少于|控制在|超|率达|至少|分别为|分别达|分别|左右|各)*$".replace(
        "{}",
        any_of(
            "增长 增幅 增速 增加 提高 提升 上升 上涨 下降 降低 减少 缩减 压减 缩短 压缩 回落 下调 下滑 攀升 扩大 缩小 增 降 涨 快于 高于 高出 低于"
        ),
    )
)
_TO = re.compile(
    r"(?:增长|提高|提升|上升|增加|扩大|下降|降低|减少|压减|压缩|精简|缩短|缩小|降|增|升|优化)(?:至|到|为)$"
)
_SHARE = re.compile(
    r"占(?P<of>[^,。;、\d]{1,16}?)(?:的)?(?P<word>比重|比例|比|总数|总量|总额)?(?:的)?(?:达到|达|为|超过|超|近|约|提高到|提升至|提升到|提高至|升至|上升到|不低于|不少于|至|分别|左右)*$"
)
_OF_ALL = re.compile(r"(?:超过|近|约|达|达到)?(?:占)?(?P<of>全[国市省区县]|中心城区)(?:总数|总量|总额|总体)?的$")
_RATE_NOUN = re.compile(r"(?:率|比例|比重|占比|覆盖面|普及度|满意度|获得感|知晓度)$")
_DOUBLE = re.compile(r"由|从")
_FROM_TO = re.compile(r"(?:由|从)$")


@cache
def _predicates() -> re.Pattern[str]:
    return re.compile(any_of(_data()["predicates"]))


def describe(text: str, masked: str, clause: Clause, topic: Topic, place: Place) -> Iterator[Found]:
    """The statements of a clause that carry digits; `topic` is read for what is left out and brought up to date."""
    from .numbers_that_count import counts

    kept = [q for q in clause.quantities if counts(text, clause, q)]
    if not kept:
        return
    yield from _pairs(text, clause, kept, topic, place) or _each(text, masked, clause, kept, topic, place)


def _pairs(text: str, clause: Clause, kept: list[Quantity], topic: Topic, place: Place) -> list[Found]:
    """ "A、B分别增长1%、14%" and "开工、竣工各100万平方米": subjects and numbers in two lists."""
    left = text[clause.start : kept[0].start]
    shared = re.search(r"(?P<who>[^,。;]*?)(?P<said>[^、,。;]{0,6}?(?:分别|各)[^、,。;\d]*)$", left)
    if not shared or ("、" not in shared["who"] and "和" not in shared["who"]):
        return []
    said = shared["said"]
    split = re.search("分别|各", said)
    assert split is not None
    who = shared["who"] + said[: split.start()]
    verb = said[split.end() :]
    names = [n for n in re.split(r"、|和|与|及", without_head(who)) if n]
    if len(kept) == 1 and len(names) >= 2 and text[kept[0].start - 1] == "各":
        quantities = kept * len(names)
    elif len(names) >= 2 and len(names) == len(kept):
        quantities = kept
    else:
        return []
    # a noun shared by the subjects stands with the last of them: 楼宇、园区|税收落地率
    last = names[-1]
    common = ""
    for cut in range(1, len(last)):
        if (len(last) - cut >= 3 and len(names[0]) == cut) or (cut == len(names[0]) and len(last) - cut >= 2):
            common = last[cut:]
            break
    if common and not (verb and re.search("率|额|值|量|数|总", names[0])):
        names = [*(n + common for n in names[:-1]), last]
    found = []
    for name, q in zip(names, quantities, strict=True):
        found.append(_one(text, clause, q, name + verb, "", Topic(), place, clause.start, quantities[-1].end))
    topic.noun = found[0].name
    return found


def _each(text: str, masked: str, clause: Clause, kept: list[Quantity], topic: Topic, place: Place) -> Iterator[Found]:
    edge = clause.start
    start = clause.start
    for k, q in enumerate(kept):
        following = kept[k + 1] if k + 1 < len(kept) else None
        gap_end = following.start if following else clause.end
        cut = _boundary(masked, q.end, gap_end, following is not None)
        left, right = text[edge : q.start], text[q.end : cut]
        end = cut if right.strip("、和及与") else q.end
        while end > q.end and text[end - 1] in "、和及与并":
            end -= 1
        borrowed = ""
        if following and not right.strip("、和及与并") and take_verb(without_head(left))[1] == "":
            borrowed = _noun_after(text, masked, following, clause)
        elif following and right and re.fullmatch(r"[^、]{1,8}(?:性|型|级|类)(?:和|、)?", right):
            borrowed = right.strip("和、") + _noun_after(text, masked, following, clause)
            right = ""
        yield _one(text, clause, q, left, borrowed or right.strip("、和及与"), topic, place, start, end)
        edge = cut


def _boundary(masked: str, start: int, end: int, more: bool) -> int:
    """Where what belongs to one number ends and what belongs to the next begins."""
    if not more:
        return end
    gap = masked[start:end]
    if gap[:1] in "、和及与并" and gap:
        return start
    joints = [m.start() for m in re.finditer("、|和|以及|并", gap)]
    if not joints:
        return end
    return start + joints[-1]


def _noun_after(text: str, masked: str, q: Quantity, clause: Clause) -> str:
    rest = text[q.end : clause.end]
    return re.split(r"[、,]", rest, maxsplit=1)[0]


def _one(
    text: str, clause: Clause, q: Quantity, left: str, right: str, topic: Topic, place: Place, start: int, end: int
) -> Found:
    from .extract import Found

    compared = comparison(text, q, clause.start)
    leans = left[:1] in "、和及与"
    head = without_head(left.lstrip("、和及与"))
    rule = "before" if not right else "after"
    kind = "count"
    value = q.value
    scope = "district"
    unit = q.unit
    name = ""
    base = topic.noun
    if q.named:
        name, kind = _named(text, q, clause), "level" if q.unit_class == "time" else "count"
        end = max(end, clause.end if clause.end - q.end < 24 else end)
        return Found(start, end, q, name, kind, compared, unit, "named", 0.6, value=q.value)
    share = _SHARE.search(head)
    of_all = _OF_ALL.search(head)
    growth = _GROWTH.search(head) if not _TO.search(head) else None
    if q.unit_class == "rate" and (share or of_all):
        found = share or of_all
        assert found is not None
        subject = without_tail(head[: found.start()]) or base
        word = found.groupdict().get("word") or "比重"
        word = "比重" if word in ("总数", "总量", "总额", "比") else word
        name, kind, rule = f"{subject}占{found['of']}{word}", "share", "share"
    elif growth and (q.unit_class in ("rate", "times") or "同比" in head):
        noun = without_tail(
            re.sub(
                r"(?:同比|环比|比上年|较上年|比去年|较去年|较[^,、]{1,8}?|比[^,、]{1,8}?|年均|平均|分别|最大幅度)$",
                "",
                head[: growth.start()],
            )
        )
        noun = without_tail(noun)
        noun = noun or base
        noun = re.sub(r"(?<=投资)额$", "", noun)
        down = growth["word"] in (
            "下降",
            "降低",
            "减少",
            "缩减",
            "压减",
            "缩短",
            "压缩",
            "回落",
            "下调",
            "下滑",
            "缩小",
            "降",
        )
        if down and value is not None:
            value = -value
        if q.unit == "个百分点":
            name = (
                f"{noun}同比变动"
                if growth["word"] not in ("高于", "快于", "高出", "低于")
                else f"{noun}{growth['word']}" + head[growth.end() :]
            )
        elif down:
            name = f"{noun}{'缩减幅度' if growth['word'] in ('缩减', '压缩', '缩短') else '下降率'}"
        else:
            name = f"{noun}增长率"
        kind, rule = "growth", "growth"
    elif q.unit_class == "rate":
        noun = without_tail(head) or without_tail(without_head(right)) or base
        if not _RATE_NOUN.search(noun) and not noun.endswith("率"):
            if right.startswith("覆盖") or "覆盖" in right[:6]:
                noun += "覆盖率"
            elif "创建" in noun:
                noun += "率"
        if not head and base and noun and not _RATE_NOUN.search(base):
            pass
        kind = (
            "completion"
            if re.search(
                r"(?:解决|办复|办结|完成|创建|整改|开工|竣工|首日签约|腾房|签约和|交付|回复|见面|销号|处置)", noun[-8:]
            )
            else "share"
        )
        name, rule = noun, "rate"
    else:
        name, kind, rule = _thing(text, clause, q, head, right, leans, topic, compared.sign)
    known = canonical(name, unit, kind, place)
    confidence = 0.9 if known.known else 0.8 if name else 0.3
    if not name:
        confidence = 0.3
    topic.noun = _topic_noun(name, q, topic)
    topic.name = known.name or name
    return Found(
        start, end, q, known.name, known.measure or kind, compared, unit, rule, confidence, value=value, scope=scope
    )


def _topic_noun(name: str, q: Quantity, topic: Topic) -> str:
    noun = re.sub(r"(?:增长率|下降率|同比变动|占.{1,14}比重)$", "", name)
    return re.sub(r"(?<=.)(?:人数|户数|台数|套数|件数|面积|长度|数)$", "", noun)


def _named(text: str, q: Quantity, clause: Clause) -> str:
    if q.unit_class == "time":
        rest = re.match(r"(?:钟)?([^,。;、”]{0,14}?圈)", text[q.end :])
        return (rest[1] if rest else "生活圈") + "步行时间"
    before = text[clause.start : q.start]
    noun = re.sub(r"^(?:夯实|构建|完善|健全|建立|打造|形成|建设|推进|优化)", "", without_head(before))
    noun = "" if re.search("[—-]", noun) else noun
    rest = re.match(r"([^,。;、(]{0,8}?(?:网络|体系|平台|联动|架构))", text[q.end :])
    return f"{noun}{rest[1] if rest else ''}层级数"


def _thing(
    text: str, clause: Clause, q: Quantity, head: str, right: str, leans: bool, topic: Topic, sign: str
) -> tuple[str, str, str]:
    """The name of a count or an amount."""
    amount = q.unit_class != "thing"
    listed = re.search(r"(?:[^、]*、)*[^、]*等$", head)
    tail_verb = ""
    stock = bool(_data_pattern("stock").search(head)) and not head.startswith(("新增", "完成"))
    if listed:
        verb, _ = take_verb(head)
        head = ""
    else:
        verb, head = take_verb(head)
    noun = without_tail(head)
    if leans and not verb and noun and not stock:
        verb = topic.verb
    elif leans and not noun and not right and not verb:
        pass
    topic.verb = verb
    body, deed = _split_right(right)
    rule = "after" if body else "before"
    if listed:
        rule = "listed"
    if not noun and not body:
        # only a verb, or nothing: it speaks of the noun before it (完工302台、开工401台)
        noun = topic.noun
        moved = re.sub(r"(?:开工|竣工|完工|建设|供应|筹措)$", "", noun)
        name = (moved if verb in ("开工", "竣工", "完工") else noun) + verb if verb and noun else noun or verb
        return name + suffix(q, name), "level" if amount else "count", "lean"
    if noun and body:
        name = _join(noun, verb, body, deed)
    elif body:
        name = verb + body
        if deed and not verb:
            name = body + deed if not deed.startswith(body) else deed
        elif deed:
            name = verb + body + deed
    else:
        name = verb + noun
    name = _drop_inner(name)
    kind = "level" if amount or stock else "count"
    if not amount and body and deed and _data_pattern("state").search(deed):
        kind = "level"
    if re.search(
        r"(?:增至|增加到|降至|精简至|压减至|总数|达到?|共有|累计)", text[max(clause.start, q.start - 6) : q.start]
    ):
        kind = "level"
    return name + suffix(q, name), kind, rule


@cache
def _data_pattern(name: str) -> re.Pattern[str]:
    return re.compile(any_of(_data()[name]))


def _split_right(right: str) -> tuple[str, str]:
    """(what is counted, what is said of it): 审批事项 | 全程网上办理."""
    right = re.sub(r"^(?:的|以上|左右|以内|内)", "", right)
    found = _predicates().search(right)
    if not found or found.start() == 0:
        if found:
            return "", re.sub(r"^(?:实现|完成|进行|实施|开展)", "", right)
        return right, ""
    body = right[: found.start()]
    deed = re.sub(
        r"^(?:均|全部|正式|陆续|如期|顺利|成功|同步|提前)*(?:实现|完成|进行|实施|开展)?(?:了)?(?:全部)?",
        "",
        right[found.start() :],
    )
    body = re.sub(r"^.{2,}?的(?=.{2})", "", body)
    return body.rstrip("的"), deed


def _join(noun: str, verb: str, body: str, deed: str) -> str:
    noun = re.sub(r"^(?:为|对|向|在|由|从)", "", noun)
    return verb + noun + body + deed


def _drop_inner(name: str) -> str:
    """Without the verb between subject and object: 重点产业(完成)综合税收."""
    return re.sub(r"(?<=.{3})(?:完成|实现|达成|共有|拥有|取得)(?=.{2})", "", name)
