"""Commitments without a number that have an end state which can be ticked: 建成, 出台, 举办, 实现竣工 …

What only names an effort (推进, 完善, 深化 …) is not a milestone. Where projects are named one by one, each is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .clause import Clause, Found
from .compare import Comparison
from .grammar import any_of, load, words
from .naming import without_head
from .place import Place

_VAGUE = re.compile(
    r"一批|更多|更加|更高|若干|各项(?:工作|任务|目标)|^(?:全年|年度)?(?:目标|任务)$|新局面|新篇章|新格局|新优势|示范引领|标杆|^.{0,4}(?:系列|各类|丰富|群众性|文化)[^、]{0,8}活动$"
)


@cache
def _heads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("milestones")
    return re.compile(any_of(data["soft"])), re.compile(f"(?:{any_of(data['plain'])})+?(?=.)")


@cache
def _forms() -> list[tuple[str, re.Pattern[str], str]]:
    forms = []
    for form in load("milestones")["ends"]:
        heads = "|".join(sorted(form["head"].split("|"), key=len, reverse=True))
        forms.append((form["rule"], re.compile(f"(?:{heads})(?:好)?(?P<object>{form['object']})"), form["verb"]))
    return forms


@cache
def _any_head() -> re.Pattern[str]:
    heads = [head for form in load("milestones")["ends"] for head in form["head"].split("|")]
    return re.compile(any_of(heads))


@cache
def _state() -> re.Pattern[str]:
    states = any_of([load("milestones")["states"], load("milestones")["weak_states"]])
    return re.compile(
        rf"(?P<object>.{{3,}}?)(?:(?:等)?(?:\d+个)?(?:项目|工程|道路|地块)?)(?:力争|年内|年底前|全部|基本|正式|全面|如期|实现|完成|陆续|尽快|\d+月底?前?)*(?P<state>{states})(?:并.{{0,10}})?"
    )


def milestones(text: str, masked: str, clauses: list[Clause], place: Place) -> Iterator[Found]:
    """The milestones of a sentence, clause by clause."""
    for clause in clauses:
        if clause.end - clause.start < 5 or clause.end - clause.start > 160:
            continue
        yield from _clause(text, masked, clause)


def _clause(text: str, masked: str, clause: Clause) -> Iterator[Found]:
    soft, plain = _heads()
    start = clause.start
    while match := plain.match(masked, start, clause.end):
        start = match.end()
    body = masked[start : clause.end]
    numbers = [q for q in clause.quantities if not q.named]
    found_rule = None
    state = _state().fullmatch(body)
    if state and not _effort(body, state["state"]):
        found_rule = ("state", state["state"], start + state.start("object"), start + state.end("object"))
    elif _any_head().match(body) and not soft.match(body):
        for rule, form, verb in _forms():
            match = form.fullmatch(body)
            if match and not (rule == "done" and re.search("下达", body)):
                found_rule = (rule, verb, start + match.start("object"), start + match.end("object"))
                break
    if not found_rule:
        return
    rule, verb, a, b = found_rule
    things = _named(text, masked, a, b) if numbers else _listed(text, masked, a, b)
    if numbers and not things:
        return
    for thing in things:
        thing = re.sub(r"^(?:推动|推进|加快推动|加快推进|加快|确保|力争|实现|完成)+", "", thing)
        thing = without_head(thing) or thing
        if len(thing) < 2 or _VAGUE.search(thing):
            continue
        if rule == "started" and "开工" in body[:3]:
            verb = "开工"
        name = thing if thing.endswith(verb) else thing + verb
        yield Found(
            clause.start, clause.end, None, name, "completion", Comparison("=", rule=rule), None,
            f"milestone:{rule}", 0.75 if rule != "made" else 0.6, kind="milestone", verb=verb,
        )  # fmt: skip


def _effort(body: str, state: str) -> bool:
    """Whether a soft verb at the head makes an effort of it; 推动…竣工 still ends in 竣工."""
    soft = _heads()[0]
    if state in words(load("milestones")["weak_states"]):
        return bool(soft.match(body)) or "推" in body[:4]
    rest = re.sub(r"^(?:加快|加速|积极|全力|大力|统筹|有序)*(?:推动|推进|确保|加快|促进)", "", body)
    return bool(soft.match(rest))


def _named(text: str, masked: str, a: int, b: int) -> list[str]:
    """The projects that are named before a count: 甲、乙等12个项目."""
    if masked.startswith("等", b):
        return _parts(text, masked, a, b)
    etc = re.search(r"等(?=\d)", masked[a:b])
    return _parts(text, masked, a, a + etc.start()) if etc else []


def _listed(text: str, masked: str, a: int, b: int) -> list[str]:
    """The things of a list that ends with 等项目, else the whole object."""
    etc = re.search(r"等(?:重点|重大|一批)?(?:项目|工程|道路|地块)", masked[a:b])
    projects = re.search(r"(?:路|街|河|桥|段|线|中心|大厦|广场|园|医院|学校|馆)(?:\(\x01*\))?、", masked[a:b])
    if etc:
        return _parts(text, masked, a, a + etc.start())
    if projects:
        return _parts(text, masked, a, b)
    return [text[a:b]]


def _parts(text: str, masked: str, a: int, b: int) -> list[str]:
    parts = []
    at = a
    for cut in [m.start() + a for m in re.finditer("、", masked[a:b])] + [b]:
        parts.append(text[at:cut])
        at = cut + 1
    return [part for part in parts if part]
