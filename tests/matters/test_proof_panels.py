# ruff: noqa: E501 (a broken panel is easier to see on one line)
"""A panel on which nobody sits, that never is enough or never ends, and owners of whom there may be none, are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.matters.small_kind import UNITS, small
from tests.support.roles import ROLES
from yiwang.matters import proof
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from

KIND = Path(__file__).with_name("permit_by_committee.yaml").read_text("utf-8")
SORTS = {"centre": "centre", "office": "office", "north": "street", "south": "street"}


def crew(clerks: int = 4) -> Crew:
    held = [("dispatcher", "centre"), ("dispatcher", "centre"), ("supervisor", "office"), ("supervisor", "office")]
    held += [("clerk", "north")] * clerks
    posts = [{"code": f"p{n}", "role": role, "unit": unit} for n, (role, unit) in enumerate(held)]
    units = [{"code": code, "kind": kind} for code, kind in SORTS.items()]
    return Crew.of(posts, [{"username": one["code"], "post": one["code"]} for one in posts], ["centre"], ROLES, units)


def told(said: dict[str, Any], clerks: int = 4) -> list[str]:
    found = proof.complaints(kind_from(said), units=UNITS, crew=crew(clerks))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_a_sound_committee_is_proven() -> None:
    assert told(yaml.safe_load(KIND)) == []


ROLE_OF = "at_least: 3, at_most: 7}"
BROKEN = [
    ("quorum: 2/3", "quorum: 9", "panels.committee.quorum", "can never be reached: 7 at most"),
    ("quorum: 2/3", "quorum: 5", "panels.committee.quorum", "as few as 3 may be named"),
    ("quorum: 2/3", "quorum: 5/3", "panels.committee.quorum", "is no quorum"),
    ("quorum: 2/3", "quorum: half", "panels.committee.quorum", "is no quorum"),
    (ROLE_OF, "of: [grid_worker], at_least: 3, at_most: 7}", "panels.committee.of", "0 people can be named in members, and 3 must be"),
    (ROLE_OF, "of: [nobody_there], at_least: 3, at_most: 7}", "asks.members.of", "nobody_there"),
    ("by: committee, needs: [position]", "by: dispatcher, needs: [why]", "panels.committee", "nobody may answer"),
    ("by: committee, needs: [position]", "by: [committee, dispatcher], needs: [position]", "actions.vote.by", "in person"),
    ("by: committee, needs: [position]", "by: committee, to: voting, needs: [position]", "actions.vote.to", "would be void"),
    ("by: committee, needs: [position]", "by: committee, may: [position]", "actions.vote.needs", "it is the vote"),
    ("by: committee, needs: [position]", "by: committee, needs: [position, why]", "actions.vote.needs", "anything else would be seen"),
    ("of: members", "of: why", "panels.committee.of", "must say who sits on it"),
    ("vote: position", "vote: why", "panels.committee.vote", "is none"),
    ("for: [agree]", "for: [yes_sir]", "panels.committee.for", "there is no vote yes_sir"),
    ("for: [agree]", "for: [agree, refuse]", "panels.committee.for", "some against"),
    ("to: voting, by: dispatcher, needs: [members]", "to: voting, by: dispatcher, may: [members]", "panels.committee.of", "(new, Call the vote) nobody has said who sits there"),
    ("does: {when: votes.committee.open = 0 and votes.committee.quorum}", "does: {when: votes.committee.open = 0}", "actions.all_in", "not whether enough have voted"),
    ("by: dispatcher, needs: [why]}\nclocks", "by: dispatcher, needs: [why], when: votes.committee.quorum and votes.committee.for < 2}\nclocks", "actions.drop", "before they are over"),
    ("  silence: {title: {zh: 专家逾期, en: No view came}, from: advised, to: got, by: system, does: {after: 5 workdays}}\n", "", "stages.advised", "the silence of one of adviser holds the matter up for ever"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "where", "says"), BROKEN, ids=[f"{n}" for n, _ in enumerate(BROKEN)])
def test_what_never_comes_about_is_named(right: str, wrong: str, where: str, says: str) -> None:
    assert KIND.count(right) == 1
    found = told(yaml.safe_load(KIND.replace(right, wrong)))
    assert any(one.startswith(f"{where}: ") and says in one for one in found), found


OWNERS = """
form.owners: {type: units, title: {zh: 责任单位, en: Owners}, of: [street], at_most: 12, required: true}
children: {parts: {kind: part, title: {zh: 分工, en: parts}}}
actions.share: {title: {zh: 分, en: Share}, from: sent, by: dispatcher, opens: [{as: parts, each: owners, unit: item}]}
actions.finish.when: children.parts.open = 0
"""


def owned(right: str = "", wrong: str = "") -> list[str]:
    assert right in OWNERS
    return [one for one in told(small(OWNERS.replace(right, wrong) if right else OWNERS)) if "opens[0]" in one]


def test_owners_who_are_named_are_sound() -> None:
    assert owned() == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (", required: true}", "}\nactions.send.may: [owners]", "nobody would have it"),
        ("each: owners", "each: every company", "it expands to none"),
        ("each: owners", "each: every hamlet", "hamlet"),
        ("each: owners, unit: item", "each: every street", "say unit: item"),
    ],
)
def test_owners_of_whom_there_may_be_none_are_refused(right: str, wrong: str, says: str) -> None:
    assert any(says in one for one in owned(right, wrong)), owned(right, wrong)
