# ruff: noqa: E501 (a broken end is easier to see on one line)
"""How a matter has ended, apart from where it stands: it follows the facts, and every way to end is proven (R6.5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from tests.support.district import make_district
from tests.support.tickets import at, do, ticket
from tests.support.values import Values, values_of
from yiwang.indicators import queries as indicators
from yiwang.matters import auditing, ending, proof, rules, store
from yiwang.matters.act import Act
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.drawing_svg import svg
from yiwang.matters.ends import FACTS
from yiwang.matters.models import Entry
from yiwang.matters.results import Result, Results, complaints, facts_of
from yiwang.org.session import acting_as
from yiwang.org.titles import Title

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)  # a Monday, 9:30
RESULTS = {"done_well": "first", "left": "second"}
ENDS = """
ends:
  mended: {title: {zh: 修好, en: Mended}, stages: [over], when: form.safe and form.grade = 'great', good: true, result: done_well}
  made_do: {title: {zh: 将就, en: Made do}, when: form.safe, good: true}
  left: {title: {zh: 未修, en: Left}, good: false, result: left}
"""


@pytest.fixture(scope="module")
def values() -> Values:
    return values_of()


def walked(values: Values, kind: Kind, *, grade: str, safe: bool) -> State:
    """The whole life of one: sent, mended, looked at."""
    state = rules.begin(kind, {"title": "t", "text": "t", "grade": grade}, AT, values.world, place=None)
    for n, (action, post, data) in enumerate(
        [
            ("send", "dispatcher-1", {"unit": "water"}),
            ("mend", "water-1", {"done": "x"}),
            ("finish", "dispatcher-1", {"safe": safe}),
        ]
    ):
        asker = values.as_(post)
        act = Act(action, AT + timedelta(hours=n + 1), data, asker.person, asker.posts)
        state = State(state | rules.decide(kind, state, act, values.world).delta)
    return state


def said_of(state: State) -> list[Any]:
    return [state.get(fact) for fact in FACTS]


def test_the_first_that_holds_is_how_it_ended(values: Values) -> None:
    kind = kind_from(small(ENDS))
    assert said_of(walked(values, kind, grade="great", safe=True))[:3] == ["mended", True, "done_well"]
    assert said_of(walked(values, kind, grade="small", safe=True)) == ["made_do", True, None, None]
    assert said_of(walked(values, kind, grade="great", safe=False))[:3] == ["left", False, "left"]


def test_what_is_under_way_has_no_end_and_a_kind_that_says_none_keeps_none(values: Values) -> None:
    kind = kind_from(small(ENDS))
    first = rules.begin(kind, {"title": "t", "text": "t", "grade": "great"}, AT, values.world, place=None)
    assert said_of(first) == [None] * 4
    assert ending.shown(kind, first, values.world) is None
    older = walked(values, kind_from(small()), grade="great", safe=True)
    assert not set(FACTS) & older.keys()


AGAIN = """
actions.reopen: {title: {zh: 重开, en: Reopen}, from: over, to: looking, by: dispatcher, at_most: 1}
"""


def test_what_is_taken_up_again_has_no_end_until_it_ends_again(values: Values) -> None:
    kind = kind_from(small(ENDS + AGAIN))
    state = walked(values, kind, grade="great", safe=True)
    asker = values.as_("dispatcher-1")
    for action, data, wanted in (("reopen", {}, [None] * 3), ("finish", {"safe": False}, ["left", False, "left"])):
        act = Act(action, AT + timedelta(hours=9), data, asker.person, asker.posts)
        state = State(state | rules.decide(kind, state, act, values.world).delta)
        assert said_of(state)[:3] == wanted


def test_the_class_of_the_national_rules_is_the_districts_to_map_and_the_receipt_says_why(values: Values) -> None:
    known = facts_of(
        Results(AT.date(), "r", {"first": Title(zh="一类", en="First")},
                {"done_well": Result(Title(zh="办好", en="Done well"), "first")})
    )  # fmt: skip
    world = type(values.world)(values.world.district, {}, {}, values.world.calendar, results=known)
    kind = kind_from(small(ENDS))
    state = walked(Values(world, values.kinds, values.people), kind, grade="great", safe=True)
    assert said_of(state) == ["mended", True, "done_well", "first"]
    receipt = ending.receipt(kind, state, AT, world)
    assert receipt is not None
    said = [one.claim.speak("en") for one in receipt.because if not isinstance(one.claim, str)]
    assert "“Done well” in the district's words; in the national rules" in said
    assert len(receipt.because) == 3


BROKEN = [
    ("ends.mended: {title: {zh: 好, en: Good}, stages: [looking]}", "no matter ends"),
    ("ends.mended: {title: {zh: 好, en: Good}, stages: [nowhere]}", "there is no stage nowhere"),
    ("ends.mended: {title: {zh: 好, en: Good}, result: fine}", "results.yaml has no result fine"),
    ("ends.mended: {title: {zh: 好, en: Good}, when: form.safe}", "may have no end"),
    ("ends.mended: {title: {zh: 好, en: Good}, when: form.safe and not form.safe}\nends.rest: {title: {zh: 余, en: Rest}}", "no matter ever ends as mended"),
    ("ends.rest: {title: {zh: 余, en: Rest}}\nends.mended: {title: {zh: 好, en: Good}, when: form.safe}", "no matter ever ends as mended"),
    ("ends.mended: {title: {zh: 好, en: Good}, when: form.grade = 'grate'}\nends.rest: {title: {zh: 余, en: Rest}}", "great"),
    ("ends.mended: {title: {zh: 好, en: Good}, when: \"now > in.over\"}\nends.rest: {title: {zh: 余, en: Rest}}", "present moment"),
    ("ends.mended: {title: {zh: 好, en: Good}, when: form.why}\nends.rest: {title: {zh: 余, en: Rest}}", "form.why"),
    ("ends.bad name: {title: {zh: 好, en: Good}}", "bad name"),
]  # fmt: skip


def told(change: str) -> list[str]:
    kind = kind_from(small(change))
    found = proof.complaints(kind, units=UNITS, classes=CLASSES, crew=crew(**FULL), results=RESULTS)
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_sound_ends_are_proven() -> None:
    assert told(ENDS) == []


@pytest.mark.parametrize(("change", "says"), BROKEN, ids=[says for _, says in BROKEN])
def test_ends_that_cannot_be_are_named_where_they_stand(change: str, says: str) -> None:
    assert any(says in one and one.startswith("ends") for one in told(change)), told(change)


def test_a_rule_can_ask_how_it_ended_and_a_misspelt_end_is_named() -> None:
    asked = ENDS + AGAIN.replace("at_most: 1", "at_most: 1, when: \"ended = 'left'\"")
    assert told(asked) == []
    assert any("did you mean left" in one for one in told(asked.replace("'left'", "'lef'")))


def test_each_word_of_the_district_is_of_a_class_and_each_class_has_a_word() -> None:
    title = Title(zh="甲", en="A")
    said = Results(AT.date(), "r", {"first": title, "second": title}, {"well": Result(title, "frist")})
    assert [path for path, _ in complaints(said)] == ["results.well.national", "national.first", "national.second"]


def test_the_drawing_says_how_one_can_end() -> None:
    drawn = svg(kind_from(small(ENDS)), "en")
    assert "Over: Mended · Made do · Left" in drawn
    assert 'of-end" x' not in svg(kind_from(small()), "en")


@pytest.fixture
def district(database: str) -> Any:
    return make_district()


def answered(district: Any) -> Any:
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", opened, "accept", when="2026-10-12T11:00")
    do(district, "water-1", opened, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    return opened


def test_it_is_kept_in_the_entry_that_ended_it_and_counted_by_the_last_closing(district: Any) -> None:
    opened = answered(district)
    done = do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True}, "2026-10-14T09:00")
    assert said_of(done.state) == ["solved", True, "taken_up", "a"]
    with acting_as(district.system) as asker:
        word = {"solved": False, "satisfaction": "fair"}
        back = store.act(asker, opened.id, "rate", word, at=at("2026-10-14T10:00"), role="reporter")
    assert said_of(back.state) == [None] * 4
    assert (back.state["ended.first"], back.state["ended.reopened"]) == (at("2026-10-14T09:00"), at("2026-10-14T10:00"))
    last = do(district, "dispatcher-1", opened, "explain", {"reason": "条件所限"}, "2026-10-15T09:00")
    assert said_of(last.state) == ["explained", False, "when_possible", "c"]
    assert (last.state["ended.first"], last.state["ended.times"]) == (at("2026-10-14T09:00"), 2)
    with acting_as(district.system) as asker:
        figure = indicators.measure(asker, "hotline_reopened", period="2026-10", now=at("2026-10-20T09:00"))
    assert (figure.numerator, figure.denominator) == (1, 1)
    assert "首次办结时刻" in figure.receipt.text("zh")
    with acting_as(district.as_("dispatcher-1")):
        entries = Entry.objects.filter(matter_id=opened.id).order_by("seq").values_list("action", "delta")
        kept = [(action, delta["ended"]) for action, delta in entries if "ended" in delta]
    assert kept == [("verify", "solved"), ("rate", None), ("explain", "explained")]
    with acting_as(district.system) as asker:
        assert auditing.verify(asker, opened.number).whole
