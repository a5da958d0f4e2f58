"""Words around a number, taken apart: time and manner off the head, 达到 and 超过 off the tail, the verb set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .grammar import any_of, load, words
from .quantities import Quantity

_WHEN = re.compile(
    r"(?:到|至|截至|力争到|确保)?(?:20\d\d年?(?:年?底|末|初|前|年内|以来|度)?"
    r"|“十[一二三四五]五”(?:期间|时期|末|以来)?|\d{1,2}月(?:底|末|份|\d{1,2}日)?|上半年|下半年|[一二三四]季度末?"
    r"|今年|全年|年底|年末|年内)(?:之?前|,|以来|共|期间)?"
)
_ASIDE = re.compile(r"\([^()]{0,20}\)|\d{1,2}[.、](?!\d)")
_EMPTY_HEAD = re.compile(r"[、,:和与()·\-—]+")
_EMPTY_TAIL = re.compile(r"(?:[、,:和与(·\-—]|(?<![惠普涉以波])及)+$")
_EACH = re.compile(r"(?:(?:提高|增加|上调|达)?(?:到|至)?每(?:人|户|亩|平方米|生)(?:每)?(?:月|年|天|学年)?)$")
_PERSON = re.compile(r"(?:人才|人员|人|员|者|师|手|生|士|民|工|童|家|星|军)$")
_COUNTED = re.compile(r"(?:数|数量|总数|人次|面积|长度|总量|规模|金额|总额|场次|收入|投资额|产值|量)$")


@cache
def vocabulary() -> dict[str, Any]:
    return load("naming")


@cache
def pattern(name: str, shape: str = "{}") -> re.Pattern[str]:
    """A regular expression of one word list of `naming.yaml`, put into a shape."""
    return re.compile(shape.replace("{}", any_of(vocabulary()[name])))


@dataclass(slots=True)
class Topic:
    """What the sentence has been about so far, for what leans on it: ",同比增长5%", "、开工401台"."""

    verb: str = ""
    noun: str = ""
    core: str = ""
    measure: str = ""
    last: str = ""
    kind: str = ""
    recent: list[str] = field(default_factory=list)


@cache
def _adverbs() -> re.Pattern[str]:
    data = vocabulary()
    return re.compile(f"(?!{any_of(data['protected'])})(?:{any_of(data['adverbs'])})")


def without_head(text: str) -> str:
    """The text without words of time and manner at its head."""
    adverb = _adverbs()
    while True:
        for shape in (_ASIDE, _EMPTY_HEAD, _WHEN, adverb):
            found = shape.match(text)
            if found and found.end() and (found.end() < len(text) or shape is not adverb):
                text = text[found.end() :]
                break
        else:
            return text


def without_tail(text: str) -> str:
    """The text without 达到, 为, 超过 and the like at its end."""
    tail = pattern("noun_tail", "{}$")
    while text:
        shorter = _EACH.sub("", _EMPTY_TAIL.sub("", text))
        found = tail.search(shorter, max(0, len(shorter) - 5))
        if found:
            shorter = shorter[: found.start()]
        if shorter == text:
            return text
        text = shorter
    return ""


@cache
def _verb_kinds() -> dict[str, frozenset[str]]:
    return {kind: frozenset(words(vocabulary()[kind])) for kind in ("keep_verbs", "post_verbs", "drop_verbs")}


@cache
def _verbs() -> re.Pattern[str]:
    verbs = any_of([word for kind in _verb_kinds().values() for word in kind])
    return re.compile(f"(?!{any_of(vocabulary()['protected'])}){verbs}(?:和(?!美|谐|平|合)|并|或)?(?=.)")


@dataclass(slots=True)
class Verb:
    """A verb at the head of a name: `keep` before the noun (新增…), `post` behind it (…办理), else left out."""

    text: str = ""
    keep: str = ""
    post: str = ""


def take_verb(text: str) -> tuple[Verb, str]:
    """(the verb at the head, the rest)."""
    verb = Verb()
    rest = text
    for _ in range(3):
        match = _verbs().match(rest + " ") if not verb.text else _verbs().match(rest)
        if not match or (verb.post and match[0] not in ("建设", "实施")):
            break
        word = match[0].rstrip("和并或")
        verb.text += word
        if word in _verb_kinds()["keep_verbs"]:
            verb.keep += word
        elif word in _verb_kinds()["post_verbs"]:
            verb.post += word
        rest = rest[min(match.end(), len(rest)) :]
    return verb, rest


@cache
def _suffixes() -> dict[str, str]:
    return {unit: name for name, units in load("units")["suffix"].items() for unit in units.split()}


def bare_unit(unit: str) -> str:
    """万平方米 -> 平方米."""
    return re.sub(r"^(?:万亿|千万|百万|[万亿千百十])(?=.)", "", unit)


def suffix(q: Quantity, noun: str) -> str:
    """The ending that tells what is counted: 数, 面积, 户数 …; empty when the noun says it already."""
    ending = _suffixes().get(bare_unit(q.unit))
    if ending is None:
        ending = "数" if q.unit_class == "thing" else ""
    if q.unit == "项" and re.search(r"(?:任务|事务|举措|措施|工作|改革)$", noun):
        ending = "项数"
    if q.unit == "条" and re.search(r"(?:信息|建议|线索|政策|措施|举措)$", noun):
        ending = "条数"
    if q.unit == "方面":
        ending = "方面数"
    if ending == "户数" and re.search(r"(?:企业|主体|单位|商户|公司|个体工商户|总部)$", noun):
        ending = "数"
    if ending == "人数" and _PERSON.search(noun):
        ending = "数"
    if ending == "场次" and noun.endswith("次"):
        return ""
    return "" if _COUNTED.search(noun) else ending
