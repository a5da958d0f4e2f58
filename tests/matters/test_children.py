# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Matters under a matter: opened by an act, seen from both sides, counted, joined, never left behind (R1.17, R6.4)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.matters.opinion_kind import OPINION
from tests.support.district import make_district
from tests.support.tickets import at
from yiwang.matters import auditing, by_itself, queries, store
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.why import Refusal

MOTION = """
matter: motion
title: {zh: 提议, en: Motion}
version: 2026-01-01
reference: 试验规则
prefix: TY
opens: {desk: {by: [dispatcher], fields: [title, text]}}
form: {text: {type: text, title: {zh: 内容, en: Text}, required: true}}
asks:
  others: {type: units, title: {zh: 会办单位, en: Others}, at_most: 8}
  answer: {type: text, title: {zh: 答复, en: Answer}}
  reason: {type: text, title: {zh: 理由, en: Reason}}
stages:
  got: {title: {zh: 待交办, en: Got}, owner: dispatcher}
  held: {title: {zh: 办理, en: Held}, owner: unit}
  seen: {title: {zh: 审签, en: Looked at}, owner: dispatcher}
  over: {title: {zh: 办结, en: Over}, final: true}
  gone: {title: {zh: 撤回, en: Gone}, final: true}
actions:
  give:
    title: {zh: 交办, en: Give}
    from: got
    to: held
    by: dispatcher
    needs: [unit]
    may: [others]
    opens: [{as: opinions, each: others, unit: item}]
  answer:
    title: {zh: 答复, en: Answer}
    from: held
    to: seen
    by: unit
    needs: [answer]
    when: children.opinions.open = 0
    because: {zh: 会办单位的意见还没有到齐, en: not every opinion has come}
    handles: true
  close: {title: {zh: 办结, en: Close}, from: seen, to: over, by: dispatcher, verifies: true, when: children.opinions.open = 0}
  back: {title: {zh: 退回, en: Back}, from: seen, to: held, by: dispatcher, verifies: true, at_most: 2}
  withdraw: {title: {zh: 撤回, en: Withdraw}, from: [got, held], to: gone, by: dispatcher, needs: [reason]}
children: {opinions: {kind: opinion, title: {zh: 会办意见, en: opinions}, optional: true}}
clocks:
  giving: {title: {zh: 交办, en: Giving}, starts: got, stops: [held, gone], limit: 2 workdays}
  holding: {title: {zh: 办理, en: Holding}, starts: held, resumes: back, stops: [answer, gone], limit: {until: children.opinions.promised, default: 3 months}}
  looking: {title: {zh: 审签, en: Looking}, starts: seen, restarts: seen, stops: [over, back], limit: 2 workdays}
"""


def write(pack: Path) -> None:
    (pack / "matters" / "motion.yaml").write_text(MOTION, "utf-8")
    (pack / "matters" / "opinion.yaml").write_text(OPINION, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def motion(district: Any, when: str = "2026-10-12T10:00") -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "motion", {"title": "增设路灯", "text": "霜桥路太暗"}, at=at(when))


def do(district: Any, post: str, matter: int, action: str, when: str, **data: Any) -> Any:
    with acting_as(district.as_(post)) as asker:
        return store.act(asker, matter, action, data, at=at(when))


def given(district: Any) -> Any:
    one = motion(district)
    do(district, "dispatcher-1", one.id, "give", "2026-10-12T11:00", unit="water", others=["green", "bei"])
    return one


def seen(district: Any, post: str, matter: int) -> Any:
    """(state, its children: unit -> (id, state)) as somebody sees them."""

    with acting_as(district.as_(post) if post else district.system) as asker:
        found = queries.one(asker, pk=matter)
        rows = Matter.objects.filter(whole=matter).order_by("pk")
        under = {state["lead"]: (row.pk, state) for row in rows for state in [queries.state_of(asker, row)]}
        return (found.state if found else None), under


def test_each_unit_has_its_own_with_a_clock_and_the_whole_knows_of_it(district: Any) -> None:
    one = given(district)
    state, under = seen(district, "water-1", one.id)
    assert under.keys() == {"green", "bei"}
    assert (state["children.opinions.count"], state["children.opinions.open"]) == (2, 2)
    assert state["children.opinions.promised"] == "2026-11-12"
    assert all(child["whole"] == one.number and child["form.text"] == "霜桥路太暗" for _, child in under.values())


def test_the_promise_is_that_of_the_longest_of_them(district: Any) -> None:
    state, under = seen(district, "water-1", given(district).id)
    assert state.clock("holding").due == max(child.clock("viewing").due for _, child in under.values())


def test_who_takes_part_sees_the_whole_and_nobody_else_does(district: Any) -> None:
    """R6.4: a unit that is asked sees what it is asked about; one that is not asked sees neither."""
    one = given(district)
    assert seen(district, "green-1", one.id)[0] is not None
    assert seen(district, "green-1", one.id)[1].keys() == {"green"}
    assert seen(district, "nan-1", one.id) == (None, {})


def test_the_lead_cannot_answer_before_both(district: Any) -> None:
    one = given(district)
    _, under = seen(district, "", one.id)
    do(district, "green-1", under["green"][0], "send", "2026-10-13T10:00", view="同意")
    with pytest.raises(Refusal, match=r"not every opinion|没有到齐"):
        do(district, "water-1", one.id, "answer", "2026-10-13T11:00", answer="装")
    do(district, "bei-1", under["bei"][0], "send", "2026-10-13T12:00", view="同意")
    assert seen(district, "", one.id)[0]["children.opinions.open"] == 0
    do(district, "water-1", one.id, "answer", "2026-10-13T13:00", answer="装")
    do(district, "bei-1", under["bei"][0], "recall", "2026-10-13T14:00")  # and one that comes back is waited for again
    with pytest.raises(Refusal):
        do(district, "dispatcher-2", one.id, "close", "2026-10-13T15:00")
    do(district, "bei-1", under["bei"][0], "send", "2026-10-13T16:00", view="同意")
    assert do(district, "dispatcher-2", one.id, "close", "2026-10-13T17:00").state["stage"] == "over"


def test_a_unit_that_gets_it_later_takes_part_from_then_on(district: Any) -> None:
    one = given(district)
    _, under = seen(district, "", one.id)
    do(district, "dispatcher-1", under["bei"][0], "pass_on", "2026-10-13T10:00", unit="nan")
    assert seen(district, "nan-1", one.id)[0] is not None
    assert set(seen(district, "", one.id)[0]["co_units"]) == {"green", "bei", "nan"}


def test_what_stands_under_an_ended_matter_ends_too(district: Any) -> None:
    one = given(district)
    do(district, "dispatcher-1", one.id, "withdraw", "2026-10-14T10:00", reason="提议人撤回")
    assert by_itself.end_orphans(district.system, now=at("2026-10-14T10:05"), kinds={"no other"}) == 0
    assert by_itself.end_orphans(district.system, now=at("2026-10-14T10:05")) == 2
    state, under = seen(district, "", one.id)
    assert {child["stage"] for _, child in under.values()} == {"gone"}
    assert (state["stage"], state["children.opinions.open"]) == ("gone", 0)
    assert by_itself.end_orphans(district.system, now=at("2026-10-14T10:06")) == 0


def test_every_ledger_adds_up(district: Any) -> None:
    given(district)
    with acting_as(district.system) as asker:
        assert auditing.verify(asker).broken == []


def test_time_acts_once(district: Any) -> None:
    """Two workers at once, and again: each moment is acted on once."""

    assert by_itself.act_by_itself(district.system, now=at("2027-10-14T10:00") + timedelta(days=1)) == 0


def test_the_day_of_a_promise_is_the_districts(database: str) -> None:
    """An hour before dawn in Shanghai is still the day before in UTC."""

    def hourly(pack: Path) -> None:
        write(pack)
        text = OPINION.replace("limit: 1 month", "limit: 24 hours")
        assert text != OPINION
        (pack / "matters" / "opinion.yaml").write_text(text, "utf-8")

    town = make_district(hourly)
    one = motion(town, "2026-10-12T01:00")
    do(town, "dispatcher-1", one.id, "give", "2026-10-12T02:00", unit="water", others=["green"])
    state, under = seen(town, "water-1", one.id)
    due = under["green"][1].clock("viewing").due
    assert due == at("2026-10-13T02:00")
    assert state["children.opinions.promised"] == "2026-10-13"
