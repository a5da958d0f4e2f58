"""What depends on a fact follows the fact (design §10.15), and a pause ends with what it paused (§10.16)."""

from __future__ import annotations

import pytest

from tests.support.tickets import at, do, ticket
from yiwang.matters import clocks, disclosure, queries, store
from yiwang.matters.kinds import world
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, NotThere, Refusal


def receipt_of(district, matter, clock, language="en"):
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=matter.id)
        return clocks.receipt(found.kind, clock, found.state, world(asker)).text(language)


def test_a_question_that_becomes_a_complaint_is_one_at_once(district):
    """R2.15: sensitivity, suggestion and limit go with the category, in the entry that changes it."""

    one = ticket(district, category="ask", reporter=Reported("王小明", "13800138000"))
    assert (one.state["sensitivity"], one.state["suggested"]) == (1, "bei")
    done = do(district, "dispatcher-1", one, "assign", {"unit": "bei", "category": "litter.pile"}, "2026-10-12T10:20")
    assert (done.state["sensitivity"], done.state["category.class"]) == (2, "complaint")
    assert done.state["clock.handling.limit"] == "5 workdays"
    with acting_as(district.as_("bei-1")) as asker, pytest.raises(Refusal, match="不能查看"):
        disclosure.unmask(asker, one.id, "call_back", "想知道是谁")
    with acting_as(district.as_("bei-grid")) as asker, pytest.raises(NotThere):
        store.act(asker, one.id, "accept")  # a complaint is beyond a grid worker's clearance


def test_a_running_clock_takes_the_limit_of_the_new_category(district):
    one = ticket(district, category="ask")
    first = do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    assert first.state["clock.handling.limit"] == "1 workday"
    do(district, "water-1", one, "refuse", {"basis": "不属本局", "suggested_unit": "green"}, "2026-10-12T11:00")
    again = {"unit": "green", "category": "litter.pile"}
    state = do(district, "dispatcher-1", one, "assign", again, "2026-10-12T11:10").state
    assert state["clock.handling.started"] == at("2026-10-12T10:20")
    assert (state["clock.handling.limit"], state["clock.handling.due"]) == ("5 workdays", at("2026-10-19T17:00"))
    told = receipt_of(district, one, "handling")
    assert "5 working days" in told or "5 workdays" in told
    assert "a complaint" in told
    assert "11:10" in told


def test_urgency_follows_the_category_and_falls_back_to_what_was_said(district):
    one = ticket(district, category="drain.cover")
    assert one.state["urgency"] == "urgent"
    state = do(district, "dispatcher-1", one, "assign", {"unit": "water", "category": "ask"}, "2026-10-12T10:20").state
    assert state["urgency"] == "normal"


def test_a_pause_ends_when_its_clock_stops(district):
    """Suspended an hour before the limit and answered two weeks later: the clock stood, and it stands no longer."""
    one = ticket(district, category="ask", when="2026-10-12T09:00")
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T09:10")
    do(district, "water-1", one, "accept", {}, "2026-10-12T09:30")
    do(district, "dispatcher-1", one, "suspend", {"reason": "等待材料"}, "2026-10-13T16:00")
    state = do(district, "water-1", one, "answer", {"result": "已处理"}, "2026-10-27T10:00").state
    assert state["clock.handling.pauses"][-1][1] == at("2026-10-27T10:00").isoformat()
    assert state["clock.handling.stopped"] == at("2026-10-27T10:00")
    assert state["clock.handling.due"] == at("2026-10-27T17:00")  # one working day, fourteen days of standing


def test_what_was_in_time_when_it_was_closed_stays_so(district):
    """Said not to be solved and handled a second time: the first limit does not run on, the second has its own."""

    one = ticket(district, category="ask", when="2026-10-12T09:00")
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T09:10")
    do(district, "water-1", one, "accept", {}, "2026-10-12T09:30")
    do(district, "water-1", one, "answer", {"result": "已处理"}, "2026-10-12T10:00")
    do(district, "dispatcher-2", one, "verify", {"reached": "false"}, "2026-10-12T11:00")
    said = {"solved": False, "satisfaction": "fair"}
    with acting_as(district.system) as asker:
        store.act(asker, one.id, "rate", said, at=at("2026-10-14T11:00"), role="reporter")
    do(district, "dispatcher-2", one, "rework", {"reason": "未解决"}, "2026-10-15T11:00")
    do(district, "water-1", one, "answer", {"result": "再处理"}, "2026-10-16T11:00")
    state = do(district, "dispatcher-2", one, "rework", {"reason": "仍未解决"}, "2026-10-19T11:00").state
    assert state["clock.handling.stopped"] == at("2026-10-12T10:00")
    assert (state["clock.redo.started"], state["clock.redo.stopped"]) == (
        at("2026-10-14T11:00"),
        at("2026-10-16T11:00"),
    )
    assert state["clock.second_handling.stopped"] is None
    assert state["count.rework"] == 2


NOTHING = [
    # what was done before,                               the act that changes nothing,             why
    ([("suspend", "dispatcher-1", {"reason": "等"})], ("suspend", "dispatcher-1", {"reason": "等"}), "已经"),
    ([], ("resume", "dispatcher-1", {}), "没有"),
    ([("ask_extension", "water-1", {"workdays": 3, "reason": "备件"}), ("extend", "dispatcher-1", {})],
     ("extend", "dispatcher-1", {}), "没有待批"),
    ([], ("extend", "dispatcher-1", {}), "没有待批"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "act", "why"), NOTHING)
def test_what_changes_nothing_is_refused(district, before, act, why):

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", {}, "2026-10-12T10:30")
    for action, post, data in before:
        do(district, post, one, action, data, "2026-10-12T11:00")
    action, post, data = act
    with pytest.raises(Refusal, match=why):
        do(district, post, one, action, data, "2026-10-12T12:00")


def test_a_clock_that_ran_out_is_not_suspended(district):
    """It was due: no pause takes it out of the account any more."""

    one = ticket(district, category="ask")
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", {}, "2026-10-12T10:30")
    with pytest.raises(Refusal, match="到期"):
        do(district, "dispatcher-1", one, "suspend", {"reason": "等"}, "2026-10-20T10:00")


@pytest.mark.parametrize("workdays", [0, -3, 2.5, 16, 10**9, "1e9", "abc"])
def test_an_extension_is_one_to_the_most_that_is_allowed(district, workdays):

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", {}, "2026-10-12T10:30")
    with pytest.raises(Incomplete) as wrong:
        do(district, "water-1", one, "ask_extension", {"workdays": workdays, "reason": "x"}, "2026-10-12T11:00")
    assert set(wrong.value.fields) == {"workdays"}
