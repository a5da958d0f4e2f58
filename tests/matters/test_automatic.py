"""What the platform does to a matter by itself: when it is due, once, late rather than never, and back-dated (R3.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.matters.small_kind import small
from tests.support.values import Values, values_of
from yiwang.matters import automatic, proof, rules
from yiwang.matters.act import Act
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)  # a Monday, 9:30
ITSELF = """
stages.asked: {title: {zh: 待补正, en: To be completed}, owner: dispatcher}
actions.ask:
  title: {zh: 告知补正, en: Ask for more}
  from: got
  to: asked
  by: dispatcher
  needs: [why]
actions.complete: {title: {zh: 补齐, en: Completed}, from: asked, to: got, by: dispatcher}
actions.deem:
  title: {zh: 视为受理, en: Deemed taken}
  from: got
  to: sent
  by: system
  does: {after: 5 workdays, when: "unit is not null", dated: got}
actions.urge:
  title: {zh: 催办, en: Urge}
  from: sent
  by: system
  does: {overdue: mending}
  raises: [supervisor]
actions.blame:
  title: {zh: 通报, en: Name and blame}
  from: sent
  by: system
  does: {overdue: mending, late: 5 workdays}
  at_most: 1
actions.warn:
  title: {zh: 提醒, en: Remind}
  from: sent
  by: system
  does: {overdue: mending, ahead: 1 day}
actions.calm: {title: {zh: 知悉, en: Noted}, from: sent, by: supervisor, lowers: [supervisor]}
actions.shut:
  title: {zh: 自动办结, en: Shut}
  from: looking
  to: over
  by: system
  verifies: true
  does: {when: "form.done = 'nothing to do'"}
clocks.asking: {title: {zh: 补正, en: Completing}, starts: asked, restarts: asked, stops: got, limit: 5 workdays}
clocks.sending.restarts: complete
"""


@pytest.fixture(scope="module")
def known() -> Values:
    return values_of()


@pytest.fixture(scope="module")
def kind() -> Kind:
    return kind_from(small(ITSELF))


def begin(kind: Kind, known: Values, **data: Any) -> State:
    said = {"title": "试验", "text": "试验", "grade": "small"} | data
    return rules.begin(kind, said, AT, known.world, place=None)


def act(kind: Kind, known: Values, state: State, name: str, post: str, at: datetime, **data: Any) -> State:
    who = known.as_(post)
    step = Act(name, at, data, who.person, who.posts)
    return state | rules.decide(kind, state, step, known.world).delta


def itself(kind: Kind, known: Values, state: State, name: str, at: datetime) -> State:
    step = Act(name, at, {}, role="system")
    return state | rules.decide(kind, state, step, known.world).delta


def test_the_kind_is_proven(kind: Kind) -> None:
    assert [(path, words.speak("en")) for path, words in proof.complaints(kind)] == []


def test_time_brings_the_first_of_them(kind: Kind, known: Values) -> None:
    state = act(kind, known, begin(kind, known), "send", "dispatcher-1", AT, unit="water")
    due = state.clock("mending").due
    assert due is not None
    coming = automatic.coming(kind, state, known.world)
    assert coming == automatic.Coming(due - timedelta(days=1), "warn")
    state = itself(kind, known, state, "warn", due - timedelta(days=1))
    assert automatic.coming(kind, state, known.world) == automatic.Coming(due, "urge")
    state = itself(kind, known, state, "urge", due + timedelta(minutes=3))
    assert state["raised"] == ["supervisor"]
    after = automatic.coming(kind, state, known.world)
    assert after is not None
    assert (after.action, after.at > due + timedelta(days=5)) == ("blame", True)
    state = itself(kind, known, state, "blame", after.at)
    assert automatic.coming(kind, state, known.world) is None
    assert act(kind, known, state, "calm", "supervisor", after.at)["raised"] == []


def test_a_clock_that_stands_brings_nothing_until_it_goes_on(kind: Kind, known: Values) -> None:
    state = act(kind, known, begin(kind, known), "send", "dispatcher-1", AT, unit="water")
    state = act(kind, known, state, "wait", "dispatcher-1", AT, why="等件")
    assert automatic.coming(kind, state, known.world) is None
    state = act(kind, known, state, "go_on", "dispatcher-1", AT + timedelta(days=1))
    assert automatic.coming(kind, state, known.world) is not None


def test_who_says_nothing_in_time_has_taken_it_from_the_day_it_came(kind: Kind, known: Values) -> None:
    """R3.2: on the sixth day without a word it counts as taken, from the day on which it was received."""
    state = begin(kind, known, unit="water")
    coming = automatic.coming(kind, state, known.world)
    assert coming is not None
    assert (coming.action, coming.at) == ("deem", datetime(2026, 10, 19, 9, 0, tzinfo=UTC))
    late = itself(kind, known, state, "deem", coming.at + timedelta(hours=2))
    assert late["stage"] == "sent"
    assert late["in.sent"] == coming.at + timedelta(hours=2)  # what happened, when it happened
    assert late.clock("mending").since == AT  # what it counts from


def test_what_was_done_for_an_event_is_not_done_again_when_the_calendar_moves_its_moment(
    kind: Kind, known: Values
) -> None:
    """A holiday that is decreed later moves the fifth working day; what was done then was done."""
    remind = "actions.nudge: {title: {zh: 提示, en: Nudge}, from: got, by: system, does: {after: 5 workdays}}"
    nudged = kind_from(small(remind))
    state = begin(nudged, known)
    coming = automatic.coming(nudged, state, known.world)
    assert coming is not None
    state = itself(nudged, known, state, "nudge", coming.at - timedelta(days=1))  # the day that it was before
    assert automatic.coming(nudged, state, known.world) is None


def test_one_that_something_stands_against_keeps_no_other_waiting(kind: Kind, known: Values) -> None:
    state = act(kind, known, begin(kind, known), "send", "dispatcher-1", AT, unit="water")
    due = state.clock("mending").due
    assert automatic.coming(kind, state, known.world, {"warn"}) == automatic.Coming(due, "urge")  # type: ignore[arg-type]


def test_a_condition_is_asked_of_the_facts_alone(kind: Kind, known: Values) -> None:
    assert automatic.coming(kind, begin(kind, known), known.world) is None  # nobody is in charge: nothing to deem


def test_what_an_act_makes_true_is_done_at_once(kind: Kind, known: Values) -> None:
    state = act(kind, known, begin(kind, known), "send", "dispatcher-1", AT, unit="water")
    waiting = act(kind, known, state, "mend", "water-1", AT, done="mended")
    assert automatic.at_once(kind, waiting, AT) is None
    ready = act(kind, known, state, "mend", "water-1", AT, done="nothing to do")
    assert automatic.at_once(kind, ready, AT) == "shut"


BROKEN = {
    "never": ("does: {}", "says no moment"),
    "nobody": ("by: dispatcher\n  does: {overdue: mending}", "by must name system"),
    "for ever": ("does: {when: 'unit is not null'}", "would hold for ever"),
    "no clock": ("does: {overdue: menden}", "menden"),
    "late of nothing": ("does: {after: 1 day, late: 1 day}", "belong to overdue"),
    "both": ("does: {overdue: mending, late: 1 day, ahead: 1 day}", "not both"),
    "ahead by working days": ("does: {overdue: mending, ahead: 1 workday}", "takes hours or days"),
    "at a time": ("to: over\n  verifies: true\n  does: {when: 'now > created_at'}", "cannot ask for now"),
    "needs what nobody gives": ("needs: [why]\n  does: {overdue: mending}", "nobody fills in why"),
    "fills what is not asked": ("does: {overdue: mending, fills: {why: x}}", "does not ask for why"),
    "no such event": ("does: {after: {limit: 1 day, since: sended}}", "sended"),
    "no such role": ("does: {overdue: mending}\n  raises: [mayor_of_nowhere]", ""),
}


@pytest.mark.parametrize("case", [name for name in BROKEN if name != "no such role"])
def test_a_broken_one_is_refused_with_its_remedy(case: str) -> None:
    change, why = BROKEN[case]
    by = "" if "by:" in change else "by: system\n  "
    whole = f"actions.auto:\n  title: {{zh: 甲, en: Auto}}\n  from: sent\n  {by}{change}\n"
    said = [f"{path}: {words.speak('en')}" for path, words in proof.complaints(kind_from(small(whole)))]
    assert any(why in one for one in said), said
