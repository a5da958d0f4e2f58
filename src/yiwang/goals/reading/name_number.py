"""Each number of a clause with the words that belong to it: subject, verb, what is counted, what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .compare import comparison
from .naming import Topic, Verb, bare_unit, pattern, suffix, take_verb, without_head, without_tail
from .numbers_that_count import counts
from .quantities import Quantity

if TYPE_CHECKING:
    from .extract import Clause, Found
    from .outline import Place

_CHANGE = (
    r"增长|增幅|增速|增加|提高|提升|上升|上涨|下降|降低|减少|缩减|压减|缩短|压缩|回落|下调|下滑|削减|攀升|扩大|缩小|"
    r"增|降|涨|快于|(?<!不)高于|高出|(?<!不)低于|领先"
)
_GROWTH = re.compile(
    rf"(?:同比|环比)?(?:分别|平均|累计)?(?:再|将)?(?P<word>{_CHANGE})(?:率|幅度?|速)?(?P<than>全[国市省区县](?:平均)?(?:水平)?)?"
    r"(?:了|大约|约|近|达到|达|为|超过|突破|不低于|不少于|控制在|保持在|稳定在|超|至少|分别|左右|各|在)*$"
)
_TO = re.compile(r"(?:增长|提高|提升|上升|增加|扩大|下降|降低|减少|压减|压缩|精简|缩短|缩小|增|降|升|优化|减)(?:至|到|为)$")
_SHARE = re.compile(
    r"(?:约)?占(?!比)(?P<of>[^,。;、\d]{1,16}?)(?:的)?(?P<word>比重|比例|比|总数|总量|总额)?(?:的)?"
    r"(?:达到|达|为|超过|超|近|约|提高到|提升至|提升到|提高至|升至|上升到|上升至|稳定在|保持在|维持在|控制在|不低于|不少于|至|分别|左右)*$"
)
_OF_ALL = re.compile(r"(?:超过|近|约|达到|达)?(?P<of>全[国市省区县]|中心城区)(?:总数|总量|总额|总体)?的$")
_RATE = re.compile(r"(?:率|比例|比重|占比|覆盖面|满意度|知晓度|普及度|贡献度|集中度)$")
_BARE_RATE = re.compile(
    r"(?:(?:实际|按时|按期|及时|总体)?(?:解决|办复|办结|满意|完成|签约|整改|达标|合格|优良|回复|见面|覆盖|竣工|开工|处置|入园|就业|投诉|响应)率)"
)
_DONE = re.compile(r"(?:解决|办复|办结|完成|创建|整改|开工|竣工|首日签约|征收签约|腾房|交付|回复|见面|销号|处置|搬迁|投产)[^,]{0,3}$")
_DOWN = ["削减", "下降", "降低", "减少", "缩减", "压减", "缩短", "压缩", "回落", "下调", "下滑", "缩小", "降"]
_COMPARED = re.compile(r"(?:同比|环比|(?:比|较)(?:上年|去年|前年|同期|20\d\d年|上年同期|[^,、\d]{1,6}?)|年均|平均|分别|最大幅度|大幅|累计|比)+$")
_PLACE = re.compile(r"^(?P<place>\d+(?:号)?(?:街坊|地块)|[^,。;、]{2,6}?(?:街坊|号地块))(?=[^,。;、]{3})")
_FIRST_OF_TWO = re.compile(r"[^、]{1,8}(?:性|型|级|类|式|列|属|立|办)(?:和|、)?")
_STOCK_NEAR = re.compile(r"(?:增至|增加到|降至|精简至|压减至|总数|达到?|共有|累计|总量|已有|现有|突破|超过)")


_MEASURED = re.compile(r"(?:率|额|值|量|数|面积|收入|投资|总额|比重|浓度|满意度)$")
_GENERIC = re.compile(
    r"(?:综合)?(?:改造|修缮|建设|整治|更新|实施)(?:面积|户数|台数|数)|(?:开工|竣工|完工|建设)?项目(?:建设|开工|竣工|完工)?数|(?:年度|总)?投资"
)


@dataclass(slots=True)
class Said:
    """What was understood of one number before the dictionary is asked."""

    name: str
    measure: str
    rule: str
    value: float | int | None
    core: str = ""
    verb: str = ""


def describe(text: str, masked: str, clause: Clause, topic: Topic, place: Place) -> Iterator[Found]:
    """The statements of a clause that carry digits; `topic` is read for what is left out and brought up to date."""
    kept = [q for q in clause.quantities if counts(text, clause, q)]
    if not kept:
        return
    found = _pairs(text, clause, kept, topic, place) or list(_each(text, masked, clause, kept, topic, place))
    topic.recent = [_unnumbered(one.name) for one in found]
    yield from found


def _pairs(text: str, clause: Clause, kept: list[Quantity], topic: Topic, place: Place) -> list[Found]:
    """ "A、B分别增长1%、14%" and "开工、竣工各100万平方米": subjects and numbers in two lists."""
    left = text[clause.start : kept[0].start]
    found = re.search(r"(?P<said>[^、,。;]{0,6}?(?:分别|各|(?<![平人年])均)(?P<verb>[^、,。;\d]*))$", left)
    if not found:
        return []
    said = found["said"]
    cut = max(said.rfind(word, 0, len(said) - len(found["verb"])) for word in ("分别", "各", "均"))
    alike = said[cut] == "均"
    who = _COMPARED.sub("", left[: found.start()] + said[:cut])
    names = topic.recent if not who and len(topic.recent) == len(kept) > 1 else []
    names = names or [name for name in re.split(r"、|和|与|(?<![惠普涉以波])及", without_head(who)) if name]
    if alike:
        if len(kept) > 1 or kept[0].unit_class == "thing" or not all(_MEASURED.search(name) for name in names):
            return []
        numbers = kept * len(names)
    elif len(kept) == 1 and text[kept[0].start - 1] == "各":
        numbers = kept * len(names)
    elif len(names) == len(kept) or (len(kept) == 2 and names[:1] and names[0].startswith("城乡")):
        numbers = kept
    else:
        return []
    if len(names) == 1 and len(kept) == 2 and names[0].startswith("城乡"):
        names = [("城镇" if "居民" in names[0] else "城市") + names[0][2:], "农村" + names[0][2:]]
    if len(names) < 2:
        return []
    names = _with_shared_noun(names)
    out = []
    for name, q in zip(names, numbers, strict=True):
        one = _one(text, clause, q, name + found["verb"], "", Topic(), place, clause.start, numbers[-1].end)
        out.append(one)
    topic.noun = topic.core = out[-1].name
    return out


def _with_shared_noun(names: list[str]) -> list[str]:
    """楼宇、园区税收落地率 -> 楼宇税收落地率, 园区税收落地率."""
    head, last = names[0], names[-1]
    common = last[len(head) :]
    if len(common) >= 2 and _MEASURED.search(common) and not any(_MEASURED.search(n) for n in names[:-1]):
        return [*(name + common for name in names[:-1]), last]
    rate = _BARE_RATE.search(head)
    if rate and rate.end() == len(head) and all(_BARE_RATE.fullmatch(name) for name in names[1:]):
        return [head, *(head[: rate.start()] + name for name in names[1:])]
    return names


def _each(
    text: str, masked: str, clause: Clause, kept: list[Quantity], topic: Topic, place: Place
) -> Iterator[Found]:
    edge = start = clause.start
    shared = ""
    for k, q in enumerate(kept):
        following = kept[k + 1] if k + 1 < len(kept) else None
        left = shared or text[edge : q.start]
        shared = ""
        if following and (following.start == q.end or _TOWARD.fullmatch(text, q.end, following.start)):
            # 五方面28项任务, 由291项精简至211项: two numbers of one thing
            shared = left
            right = _noun_after(text, following, kept[k + 2] if k + 2 < len(kept) else None, clause)
            found = _one(text, clause, q, left, right, replace(topic), place, start, clause.end)
            if following.start > q.end:
                found.earlier = True
            yield found
            edge = following.start
            continue
        cut = _boundary(masked, q.end, following.start if following else clause.end, following is not None)
        if following and cut == following.start and following.unit_class != "thing":
            shared = text[q.end : cut]
        right = text[q.end : cut]
        bare = right.strip("、和及与并")
        if following and not bare and take_verb(without_head(left.lstrip("、和及与")))[1] == "":
            bare = _noun_after(text, following, None, clause)
        elif following and _FIRST_OF_TWO.fullmatch(right):
            bare = right.rstrip("和、") + _last_noun(_noun_after(text, following, None, clause))
        end = cut if right.strip("、和及与并") else q.end
        while end > q.end and text[end - 1] in "、和及与并":
            end -= 1
        yield _one(text, clause, q, left, bare, topic, place, start, end)
        edge = cut


def _boundary(masked: str, start: int, end: int, more: bool) -> int:
    """Where what belongs to one number ends and what belongs to the next begins."""
    if not more:
        return end
    gap = masked[start:end]
    if gap[:1] in ("、", "和", "及", "与", "并") or re.match("同比|环比|较|比上年|占|累计", gap):
        return start
    joints = [found.start() for found in re.finditer("、|和|以及|并", gap)]
    return start + joints[-1] if joints else end


def _noun_after(text: str, q: Quantity, beyond: Quantity | None, clause: Clause) -> str:
    rest = text[q.end : beyond.start if beyond else clause.end]
    return re.split(r"[、,]", rest, maxsplit=1)[0]


def _last_noun(noun: str) -> str:
    return re.sub(r"^[^、]{1,8}?(?:性|型|级|类|式|列|属|立|办)(?=.{2})", "", noun)


def _one(
    text: str, clause: Clause, q: Quantity, left: str, right: str, topic: Topic, place: Place, start: int, end: int
) -> Found:
    from .extract import Found

    compared = comparison(text, q, clause.start)
    if q.named:
        name = _named(text, q, clause)
        end = max(end, min(clause.end, q.end + 24))
        return Found(
            start, end, q, name, "level" if q.unit_class == "time" else "count", compared, q.unit, "named", 0.6, q.value
        )
    leans = left[:1] in ("、", "和", "及", "与")
    head = without_head(left.lstrip("、和及与"))
    scope = "district"
    named_place = _PLACE.match(head)
    if named_place:
        scope, head = named_place["place"], without_head(head[named_place.end() :])
    said = _said(text, clause, q, left, head, right, leans, topic)
    if leans and topic.measure == "level" and topic.kind == q.unit_class and said.rule in ("before", "lean") and not said.verb:
        said.measure = "level"
    topic.verb, topic.measure, topic.last, topic.kind = said.verb, said.measure, said.name, q.unit_class
    if _GENERIC.fullmatch(said.name):
        said.name = _matter_at_hand(text, clause, place) + said.name
    if said.rule != "times":
        topic.noun = re.sub(r"(?:增长率|下降率|同比变动|占.{1,14}比重)$", "", said.name)
        topic.core = said.core or topic.noun
    confidence = 0.8 if said.rule not in ("lean", "listed") else 0.7
    if len(said.name) < 3 or len(said.name) > 30:
        confidence = 0.4
    return Found(
        start, end, q, said.name, said.measure, compared, q.unit, said.rule, confidence, said.value, scope=scope
    )


def _matter_at_hand(text: str, clause: Clause, place: Place) -> str:
    """What a bare "项目" or "改造面积" is of: the name in quotes before it, else what the passage is headed by."""
    near = max(0, clause.start - 200)
    sentence = max(text.rfind("。", near, clause.start) + 1, text.rfind(";", near, clause.start) + 1, near)
    quoted = re.findall(
        r"“([^”]{2,10})”(?=综合|改造|建设|创建|更新|工程|项目|计划|行动|街区)", text[sentence : clause.start]
    )
    if quoted:
        return str(quoted[-1])
    title = without_head(place.lead or place.item_title or "")
    title = without_head(take_verb(title)[1])
    title = re.sub(r"(?:步伐)?(?:扎实|全面|深入|持续|有序|加快|稳步)*(?:建设|增速|提速|增效|推进|提升|改善|增强|优化|向好|见效|加快)$", "", title)
    return title if 2 <= len(title) <= 8 and not re.search("[,、]", title) else ""


def _said(
    text: str, clause: Clause, q: Quantity, left: str, head: str, right: str, leans: bool, topic: Topic
) -> Said:
    rated = q.unit_class == "rate"
    growth = None if _TO.search(head) else _GROWTH.search(head)
    if growth and (rated or q.unit_class == "times" or re.search("同比|环比|比上年|较上年", head)):
        return _growth(head, growth, q, right, topic)
    if rated:
        special = _against_plan(head, q, topic)
        if special:
            return special
    share = _SHARE.search(head) or _OF_ALL.search(head)
    if rated and share:
        subject = without_tail(head[: share.start()])
        if not subject or (_TOTAL.fullmatch(subject) and topic.noun):
            subject = _plain(topic)
        word = share.groupdict().get("word") or "比重"
        word = "比重" if word in ("总数", "总量", "总额", "比") else word
        return Said(f"{subject}占{share['of']}{word}", "share", "share", q.value, subject)
    if q.unit_class == "time" and (head.endswith("提前") or "提前" in left[-4:]):
        return _ahead(head, q, right, topic)
    if q.unit_class == "times" and topic.noun and (q.unit == "番" or _MULTIPLE.match(head)):
        return Said(_plain(topic) + ("翻番数" if q.unit == "番" else "倍数"), "growth", "times", q.value, topic.core)
    if rated and leans and topic.measure == "share" and _REGION.fullmatch(without_tail(head)):
        return Said(f"{topic.core}占{without_tail(head)}比重", "share", "share", q.value, topic.core)
    if rated and topic.noun and not without_tail(head) and not right and topic.measure == "growth":
        value = -q.value if topic.last.endswith(("下降率", "幅度")) and q.value is not None else q.value
        return Said(topic.last, "growth", "lean", value, topic.core)
    if rated:
        return _rate(head, q, right, topic)
    return _thing(text, clause, q, left, head, right, leans, topic)


def _ahead(head: str, q: Quantity, right: str, topic: Topic) -> Said:
    """提前一年完成…: a plan done before its time."""
    plan = re.search(r"“([^”]{2,8})”(?:规划)?(?:确定的)?(目标|任务)", right)
    if plan:
        what = f"{topic.noun}{plan[1]}{plan[2]}"
    else:
        what = re.sub(r"^(?:超额|全面|基本|顺利)*(?:完成|实现|达到)(?:了)?", "", right) or topic.noun
        what = re.sub(r"(?:任务|目标)$", "", without_head(what))
    return Said(f"{what}提前完成年数", "completion", "ahead", q.value, topic.core)


def _against_plan(head: str, q: Quantity, topic: Topic) -> Said | None:
    """降幅收窄至3.2%, 塌目标1.8个百分点, 完成年初预算的92%."""
    pace = _PACE.search(head)
    if pace and q.value is not None:
        noun = without_tail(head[: pace.start()]) or _plain(topic)
        down = pace["pace"] in ("降幅", "跌幅")
        return Said(f"{noun}增长率", "growth", "pace", -q.value if down else q.value, noun)
    gap = _GAP.search(head)
    if gap and q.value is not None:
        noun = without_tail(head[: gap.start()]) or _plain(topic)
        value = q.value if gap[0].startswith(("高于", "超")) else -q.value
        return Said(f"{noun}与目标之差", "growth", "gap", value, noun)
    done = _DONE_OF.search(head)
    if done:
        noun = without_tail(head[: done.start()]) or _plain(topic)
        return Said(f"{noun}完成率", "completion", "done of", q.value, noun)
    return None


def _plain(topic: Topic) -> str:
    """The last name without 数, 户数 and the like."""
    return _unnumbered(topic.noun)


def _unnumbered(name: str) -> str:
    return re.sub(r"(?<=.{2})(?:户数|台数|套数|件数|(?<!人)数)$", "", name)


def _growth(head: str, growth: re.Match[str], q: Quantity, right: str, topic: Topic) -> Said:
    noun = without_tail(_COMPARED.sub("", head[: growth.start()]))
    noun = _inner(without_tail(_COMPARED.sub("", noun)))
    noun = take_verb(noun)[1] if noun.startswith(("完成", "实现")) else noun
    noun = _BASIS.sub("", noun)
    word = growth["word"]
    if not noun or (_TOTAL.fullmatch(noun) and topic.noun):
        than = word in ("高于", "快于", "高出", "低于", "领先")
        noun = _plain(topic) + (noun or "增速" if than and (noun or topic.measure == "growth") else "")
    value = q.value
    if word in _DOWN and value is not None:
        value = -value
    if q.unit_class == "times" and q.unit == "番":
        ending = "翻番数"
    elif q.unit_class not in ("rate", "times"):
        ending = "同比变动"
    elif q.unit == "个百分点":
        ending = f"{word}{growth['than'] or ''}" if word in ("高于", "快于", "高出", "低于", "领先") else "同比变动"
    elif word in ("缩减", "压缩", "缩短", "压减"):
        ending = f"{word}幅度"
    elif word in _DOWN:
        ending = "下降率"
    else:
        ending = "增长率"
    return Said(noun + ("" if noun.endswith(ending) else ending), "growth", "growth", value, noun)


def _rate(head: str, q: Quantity, right: str, topic: Topic) -> Said:
    noun = _inner(without_tail(head))
    if right.startswith("的") and len(right) > 3:
        return Said(re.sub("实现(?=“)", "", without_head(right[1:])) + "占比", "share", "rate", q.value, right[1:])
    if not noun:
        noun = without_tail(without_head(right)) or topic.core
    elif _BARE_RATE.fullmatch(noun) and topic.core:
        noun = topic.core + noun
    if right.startswith("覆盖") and not noun.endswith("率"):
        noun = noun.removesuffix("实现") + "覆盖率"
    elif "创建" in noun[-4:] and not _RATE.search(noun):
        noun += "率"
    kind = "completion" if _DONE.search(noun.removesuffix("率")[-8:]) else "share"
    return Said(noun, kind, "rate", q.value, noun)


def _named(text: str, q: Quantity, clause: Clause) -> str:
    if q.unit_class == "time":
        rest = re.match(r"(?:钟)?([^,。;、”]{0,14}?圈)", text[q.end :])
        return (rest[1] if rest else "生活圈") + "步行时间"
    before = without_head(text[clause.start : q.start])
    noun = "" if re.search("[—-]", before) else re.sub(r"^(?:健全|建立|形成|建设)", "", before)
    rest = re.match(r"([^,。;、(]{0,8}?(?:网络|体系|平台|联动|架构)(?:网络|体系|平台)?)", text[q.end :])
    return f"{noun}{rest[1] if rest else ''}层级数"


def _thing(
    text: str, clause: Clause, q: Quantity, left: str, head: str, right: str, leans: bool, topic: Topic
) -> Said:
    """The name of a count or an amount."""
    amount = q.unit_class != "thing"
    since = _SINCE.fullmatch(head)
    if since and topic.noun:
        name = f"{_plain(topic)}{since['word']}"
        return Said(name + suffix(q, name), "growth", "since", q.value, topic.core)
    listed = bool(re.search(r"等$" if not right else r"等$|”$", head)) or bool(right and re.search(r"、[^、]{2,8}$", head) and not leans)
    verb, rest = take_verb(head)
    if listed:
        rest = ""
    rest = _HANDED_DOWN.sub("", _FROM.sub("", rest))
    given = _GIVEN.match(rest)
    if given and not verb.keep:
        verb, rest = Verb(given["verb"], post=given["verb"]), given["whom"] + rest[given.end() :]
    noun = _inner(without_tail(_PREPOSITION.sub("", rest)))
    moved = re.search(r"(?<=.{2})(?:新增|净增|新引进|新设|新注册|引进|新认定|新建|培育)$", noun)
    if moved and not verb.text:
        verb, noun = Verb(moved[0], moved[0]), noun[: moved.start()]
    if (leans or "其中" in left[:3]) and noun and not verb.text and not _STOCK_NEAR.search(left) and not _CARRIED_NOT.search(noun):
        verb = Verb(topic.verb, topic.verb)
    if amount and right.startswith("的") and noun and len(right) > 2:
        whose = _split_right(right[1:])[0] or right[1:]
        return Said(whose + noun, "level", "of", q.value, whose)
    if leans and len(noun) >= 3 and right and not pattern("predicates", _PREDICATE).match(right):
        right = ""
    body, deed = _split_right(right)
    stock = bool(pattern("stock").search(left)) and not verb.keep
    kind = "level" if amount or stock or "安装" in verb.text else "count"
    if q.unit_class == "thing" and deed and pattern("state").search(deed) and not re.search("创建|开设", deed):
        kind = "level"
    if _STOCK_NEAR.search(text, max(clause.start, q.start - 6), q.start) and not verb.keep.startswith("新"):
        kind = "level"
    if _FROM.search(left) or _TO.search(left):
        kind = "level"
    if not noun and not body and not deed:
        return _leaning(verb, q, kind, topic)
    if verb.text == "建设" and body and not amount and not noun:
        verb = Verb("建设", "新建")
    body = _FINE.sub("", body)
    if verb.keep and verb.post:
        verb = Verb(verb.text, verb.text)
    core = noun + body if not (noun and body) else body
    name = noun + body
    if deed and body and not amount and pattern("state").search(deed):
        name = noun + deed + body if not noun else noun + body + deed
    elif deed:
        name = deed + body if re.search("创建|开设|成为|入选|获评", right) and body else name + deed
    if _BARE_SIZE.fullmatch(name) and topic.noun and not verb.keep:
        name = _unnumbered(re.sub("幅数$", "数", topic.noun)) + name
    name = verb.keep + _inner(name)
    if verb.post and name:
        name += re.sub("建设$", "", verb.post)
    money = re.search(r"[元]$", q.unit)
    if money and verb.post in ("发放", "兑现", "减免"):
        name += "额"
    rule = "listed" if listed else "after" if body else "before"
    return Said(name + suffix(q, name), kind, rule, q.value, core or name, verb.keep)


_PREDICATE = "{}|(?<![平人年户])均"
_PACE = re.compile(r"(?P<pace>增速|增幅|降幅|涨幅|跌幅)(?:收窄|扩大|回升|回落|提高|加快|保持|稳定|控制)?(?:至|到|为|达|在)+$")
_GAP = re.compile(r"(?:塌|低于|高于|超|未达)(?:预期|年度|年初|既定)?目标(?:任务)?$")
_DONE_OF = re.compile(r"(?:仅|已)?(?:完成|占)(?:了)?(?:全年|年度|年初|计划)?(?:预算|目标|任务|计划)(?:总额|数)?的$")
_MULTIPLE = re.compile(r"(?:是|为|相当于|达到)[^,。;]{0,20}?的$")
_CARRIED_NOT = re.compile(r"(?:收入|额|投资|产值|总值|率)$")
_BARE_SIZE = re.compile(r"(?:总)?(?:建筑)?(?:面积|长度|里程)")
_TOTAL = re.compile(r"总量|总额|增速|增幅|规模|总数|其")
_BASIS = re.compile(r"^(?:(?:扣除|剔除)[^,]*?后|(?:按)?(?:可比口径|同口径|可比价格|可比价|不变价格|不变价)(?:计算)?)")
_SINCE = re.compile(r"(?:比|较)(?:20\d\d年底?|上年|去年|上年末)(?:净|新)?(?P<word>增加|增长|减少|下降)(?:了)?")
_REGION = re.compile(r"全[国市省区县]|中心城区|全球|同类城区")
_FROM = re.compile(r"(?:由|从|将)(?:20\d\d年底?(?:的)?)?$")
_TOWARD = re.compile(r"(?:的)?(?:精简|压缩|压减|减少|减|提高|提升|增加|扩大|扩展|下降|降低|缩短|增长|上升|优化|调整|升|降|增|增加|翻番)?(?:至|到|为)(?:20\d\d年的?)?")
_HANDED_DOWN = re.compile(r"^[^,]{0,8}下达的?")
_GIVEN = re.compile(r"^(?:为|对|向|给)(?P<whom>[^,]{2,10}?)(?P<verb>发放|改造|加装|安装|配备|提供|实施|开展|进行|完成)")
_PREPOSITION = re.compile(r"^(?:在[^,]{2,12}?(?:中|内|里|上)(?=.{2})|为|对(?![口接外标照])|向|在|由|从|以|使|让)")
_FINE = re.compile(r"^(?:高品质|高质量|高标准|高水平|高规格|一批)(?:的)?(?=.{2})")


def _leaning(verb: Verb, q: Quantity, kind: str, topic: Topic) -> Said:
    """Only a verb, or nothing: it speaks of the noun before it (完工302台、开工401台; 6250户、17.5万平方米)."""
    word = verb.keep or verb.post
    if kind == "level" and q.unit_class == "thing" and not word:
        noun = re.sub(r"^(?:新增|新设|新建|新引进|新认定|引进|净增|新注册|认定|培育)", "", _plain(topic))
        return Said(noun + suffix(q, noun), kind, "lean", q.value, topic.core, topic.verb)
    if verb.post:
        core = re.sub(r"^(?:新开工|开工|新建|续建)|(?:开工|竣工|完工|供应|筹措)$", "", re.sub(r"(?:台|套|户|件)?(?:人数|数|面积)$", "", topic.noun))
        name = core + word
    elif word and topic.core:
        name = word + re.sub(r"^(?:收集|新增|引进|办理|发放)", "", topic.core)
    else:
        name = word + re.sub(r"(?:(?<=.{2})(?:人数|户数|台数|套数|件数|面积|长度|数))$", "", topic.noun)
    return Said(name + suffix(q, name), kind, "lean", q.value, topic.core, topic.verb)


def _split_right(right: str) -> tuple[str, str]:
    """(what is counted, what is said of it): 审批事项 | 全程网上办理."""
    right = re.sub(r"^(?:的|以上|左右|以内|内)", "", right)
    right = re.sub(r"的(?:目标|指标|任务)$", "", right)
    if re.fullmatch(r"[^的]{2,8}的[^的]{2,8}", right):
        whose, what = right.split("的")
        return what + whose, ""
    found = pattern("predicates", _PREDICATE).search(right)
    if found and found.start() == 0:
        return "", re.sub(r"^(?:实现|完成|进行|实施|开展|得到|成功)+", "", right)
    if not found:
        return re.sub(r"^.{4,}?的(?=.{4})", "", right), ""
    body = re.sub(r"^.{2,}?的(?=.{2})", "", right[: found.start()])
    body = re.sub(r"(?:的|全面|全部|均|已)+$", "", body)
    deed = right[found.start() :]
    deed = re.sub(r"^(?:均|全部|正式|陆续|如期|顺利|成功|同步|按期|已)*(?:实现|完成|进行|实施|开展|得到)?(?:了)?(?:全部)?", "", deed)
    deed = re.sub(r"^(?:创建|成功创建|评定|被评|认定|获评|评选|命名|确定)+(?:为|成为|成)?(?:首批|第.批|新一批)?(?=.{2})", "", deed)
    deed = re.sub(r"^向[^,]{2,7}?(?=开放)", "", deed)
    deed = re.sub(r"(?<=.{2})(?:工程|项目|任务)$", "", deed)
    return body, deed


def _inner(name: str) -> str:
    """Without the verb between subject and object: 重点产业(完成)综合税收."""
    return re.sub(r"(?<=.{3})(?:完成|实现|达成|共有|拥有|取得|共完成)(?=.{2})", "", name)


def unit_of(q: Quantity) -> str:
    return bare_unit(q.unit)
