"""What one asks for and another grants stands in the inbox of whoever may grant it, until it is granted or refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.pack_words import PACK
from tests.support.tickets import TO_BE_EXCLUDED, closed, do, in_hand
from tests.support.vale import VALE
from yiwang.matters import granting, proof, queries
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    return make_district()


def waits_for(town: TestDistrict, post: str, one: Any) -> bool:
    with acting_as(town.as_(post)) as asker:
        mine = queries.matters(asker, Filter(scope="mine"), now=datetime.now(UTC))
        return mine.filter(pk=one.id).exists()


@pytest.mark.parametrize("answer", [("extend", {}), ("deny_extension", {"reason": "不必"})])
def test_more_time_is_asked_of_who_grants_it(town: TestDistrict, answer: tuple[str, dict[str, str]]) -> None:
    one = in_hand(town)
    assert not waits_for(town, "dispatcher-1", one)
    do(town, "water-1", one, "ask_extension", {"workdays": 3, "reason": "备件未到"}, "2026-10-12T14:00")
    assert waits_for(town, "dispatcher-1", one)
    assert waits_for(town, "water-1", one)  # whose move it is has not changed
    do(town, "dispatcher-1", one, *answer, "2026-10-12T15:00")
    assert not waits_for(town, "dispatcher-1", one)


def test_what_can_be_granted_no_more_is_asked_of_nobody(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "ask_extension", {"workdays": 3, "reason": "备件未到"}, "2026-10-12T14:00")
    do(town, "water-1", one, "answer", {"result": "已疏通"}, "2026-10-12T15:00")
    with acting_as(town.as_("dispatcher-1")) as asker:
        found = queries.one(asker, number=one.number)
    assert found is not None
    assert not found.state[granting.ASKED_OF]


@pytest.mark.parametrize("answer", [("exclude", {}), ("keep_counted", {"reason": "照计"})])
def test_an_ended_matter_is_in_the_inbox_of_who_excludes_it(
    town: TestDistrict, answer: tuple[str, dict[str, str]]
) -> None:
    one = closed(town)
    assert not waits_for(town, "supervisor", one)
    do(town, "dispatcher-1", one, "propose_exclusion", TO_BE_EXCLUDED, "2026-10-13T14:00")
    assert waits_for(town, "supervisor", one)
    assert not waits_for(town, "dispatcher-1", one)
    do(town, "supervisor", one, *answer, "2026-10-13T15:00")
    assert not waits_for(town, "supervisor", one)


def test_an_inbox_is_found_by_its_indexes(town: TestDistrict) -> None:
    """However many have ended: only those of them are read of which something is asked."""
    with acting_as(town.as_("supervisor")) as asker:
        plan = queries.matters(asker, Filter(scope="mine"), now=datetime.now(UTC)).explain()
    assert "matters_ended_raised" in plan, plan
    assert "Seq Scan" not in plan, plan


def kinds() -> list[Kind]:
    paths = [*(PACK / "matters").glob("*.yaml"), *(VALE / "matters").glob("*.yaml")]
    return [kind_from(yaml.safe_load(Path(path).read_text("utf-8"))) for path in paths]


def test_whatever_is_asked_for_can_be_refused_as_well_as_granted() -> None:
    """Else it stands in the inbox of whoever does not want to grant it, for ever."""
    asked = [(kind, *one) for kind in kinds() for one in granting.grants(kind)]
    assert len(asked) > 5
    for kind, asks, grants in asked:
        by = {*kind.actions[grants].actors}
        answers = [
            name
            for name, action in kind.actions.items()
            if by & {*action.actors} and action.when and f"count.{asks}" in kind.expression(action.when).fields()
        ]
        assert set(answers) > {grants}, (kind.matter, asks)


ASKS = """
actions.ask: {title: {zh: 延, en: Ask}, from: sent, by: unit, needs: [days], before: mending, at_most: 1}
actions.more: {title: {zh: 准, en: More}, from: sent, by: supervisor, when: count.ask > count.more, extends: {clock: mending, by: days, up_to: 9, asked_by: ask}}
"""  # noqa: E501


def told(change: str) -> list[str]:
    found = proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_what_is_asked_of_a_role_is_proven() -> None:
    assert told(ASKS) == []


def test_what_is_asked_of_nobody_is_named() -> None:
    """Who handled it has no inbox but where it is their move."""
    found = told(ASKS.replace("by: supervisor", "by: handler"))
    assert any(one.startswith("actions.more.by: what ask asks for") for one in found), found


def test_a_queue_that_asks_for_it_is_enough() -> None:
    queue = "queues.asked: {title: {zh: 待批, en: Asked}, when: count.ask > count.more}\n"
    found = told(queue + ASKS.replace("by: supervisor", "by: handler"))
    assert not any("nobody's inbox" in one for one in found), found


def test_what_is_asked_stands_beside_it_in_the_lists(town: TestDistrict) -> None:
    one = closed(town)
    do(town, "dispatcher-1", one, "propose_exclusion", TO_BE_EXCLUDED, "2026-10-13T14:00")
    listed = client(town, "supervisor").get("/desk/").content.decode()
    assert "待批：提请剔除评价" in listed
    do(town, "supervisor", one, "exclude", {}, "2026-10-13T15:00")


def test_what_asks_another_is_never_the_usual_next_step(town: TestDistrict) -> None:
    """Nobody proposes as a rule that an ended matter counts in no rate; who is asked for it answers first of all."""
    one = closed(town)
    page = f"/desk/matters/{one.number}/"
    assert usual(client(town, "dispatcher-1").get(page)) == ""
    do(town, "dispatcher-1", one, "propose_exclusion", TO_BE_EXCLUDED, "2026-10-13T14:00")
    assert "批准剔除" in usual(client(town, "supervisor").get(page))


def usual(answer: Any) -> str:
    """What the button of the usual next step says."""
    found = re.search(r'<summary>\s*<span class="btn pri">(.*?)</span>', answer.content.decode(), re.S)
    return found[1] if found else ""
