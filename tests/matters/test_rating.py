# ruff: noqa: E501 (a broken rating is easier to see on one line)
"""A rating is the reporter's, once; silence is counted apart; a bad one leads to something (R3.13-R3.15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from tests.support.values import Values, values_of
from yiwang.indicators import proof as indicators
from yiwang.indicators.definition import indicator_from
from yiwang.matters import automatic, proof, rating, rules
from yiwang.matters.act import Act
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from
from yiwang.why import Refusal

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)  # a Monday, 9:30
RATED = """
asks.stars: {type: enum, title: {zh: 评价, en: Stars}, values: {one: {zh: 差, en: Bad}, two: {zh: 中, en: Fair}, three: {zh: 好, en: Good}}}
asks.words: {type: text, title: {zh: 说明, en: Words}}
rating: {of: stars, levels: [one, two, three], bad: [one], default: {by: count_silence, level: two}}
stages.again_then: {title: {zh: 再办, en: Again}, owner: dispatcher}
actions.rate: {title: {zh: 评价, en: Rate}, from: over, by: reporter, needs: [stars], may: [words], at_most: 1, outcomes: [{when: rated.bad and form.words is not null, to: again_then}]}
actions.count_silence: {title: {zh: 默认, en: By default}, from: over, by: system, does: {after: 5 workdays, when: rated.level is null}}
actions.once_more: {title: {zh: 再结, en: Once more}, from: again_then, to: over, by: dispatcher}
clocks.once_more: {title: {zh: 再办, en: Again}, starts: again_then, restarts: again_then, stops: over, limit: 3 workdays}
"""
FACTS = rating.FACTS


@pytest.fixture(scope="module")
def values() -> Values:
    return values_of()


def closed(values: Values, kind: Kind) -> State:
    state = rules.begin(kind, {"title": "t", "text": "t", "grade": "small"}, AT, values.world, place=None)
    for n, (action, post, data) in enumerate(
        [
            ("send", "dispatcher-1", {"unit": "water"}),
            ("mend", "water-1", {"done": "x"}),
            ("finish", "dispatcher-1", {"safe": True}),
        ]
    ):
        state = does(values, kind, state, action, data, post, timedelta(hours=n + 1))
    return state


def does(
    values: Values, kind: Kind, state: State, action: str, data: dict[str, Any], who: str, after: timedelta
) -> State:
    if who in ("reporter", "system"):
        act = Act(action, AT + after, data, role=who)
    else:
        asker = values.as_(who)
        act = Act(action, AT + after, data, asker.person, asker.posts)
    return State(state | rules.decide(kind, state, act, values.world).delta)


def rated(state: State) -> list[Any]:
    return [state.get(fact) for fact in FACTS]


def test_what_the_reporter_says_is_a_level_and_nothing_is_counted_instead(values: Values) -> None:
    kind = kind_from(small(RATED))
    state = closed(values, kind)
    assert rated(state) == [None, None, None]
    for value, wanted in (("one", [1, True, None]), ("three", [3, False, None])):
        said = does(values, kind, state, "rate", {"stars": value}, "reporter", timedelta(days=1))
        assert rated(said) == wanted
        assert automatic.coming(kind, said, values.world) is None


def test_a_bad_one_with_words_leads_on_and_without_words_does_not(values: Values) -> None:
    kind = kind_from(small(RATED))
    state = closed(values, kind)
    bare = does(values, kind, state, "rate", {"stars": "one"}, "reporter", timedelta(days=1))
    told = does(values, kind, state, "rate", {"stars": "one", "words": "still broken"}, "reporter", timedelta(days=1))
    fair = does(values, kind, state, "rate", {"stars": "two", "words": "slow"}, "reporter", timedelta(days=1))
    assert [one["stage"] for one in (bare, told, fair)] == ["over", "again_then", "over"]


def test_silence_is_counted_after_its_days_apart_and_gives_way_to_a_word(values: Values) -> None:
    kind = kind_from(small(RATED))
    state = closed(values, kind)
    coming = automatic.coming(kind, state, values.world)
    assert coming is not None
    assert coming.action == "count_silence"
    late = coming.at - AT
    silent = does(values, kind, state, "count_silence", {}, "system", late)
    assert rated(silent) == [None, None, 2]
    shown = rating.shown(kind.rating, silent)
    assert shown is not None
    assert (shown.by_default, shown.level, shown.bad) == (True, 2, False)
    spoken = does(values, kind, silent, "rate", {"stars": "one"}, "reporter", late + timedelta(hours=1))
    assert rated(spoken) == [1, True, None]


def test_it_is_said_once_and_nobody_changes_it(values: Values) -> None:
    kind = kind_from(small(RATED))
    said = does(values, kind, closed(values, kind), "rate", {"stars": "one"}, "reporter", timedelta(days=1))
    for who in ("reporter", "dispatcher-1", "water-1"):
        with pytest.raises(Refusal):
            does(values, kind, said, "rate", {"stars": "three"}, who, timedelta(days=2))


def test_a_bad_rating_is_not_forgotten_when_it_is_closed_again(values: Values) -> None:
    kind = kind_from(small(RATED))
    state = does(
        values, kind, closed(values, kind), "rate", {"stars": "one", "words": "x"}, "reporter", timedelta(days=1)
    )
    again = does(values, kind, state, "once_more", {}, "dispatcher-1", timedelta(days=2))
    assert rated(again) == [1, True, None]
    assert automatic.coming(kind, again, values.world) is None


def told(change: str) -> list[str]:
    found = proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_a_sound_rating_is_proven() -> None:
    assert told(RATED) == []


BROKEN = [
    ("of: stars", "of: words", "rating.of", "let that be an enum"),
    ("levels: [one, two, three]", "levels: [one, three]", "rating.levels", "each value"),
    ("values: {one: {zh: 差, en: Bad}", "default: three, values: {one: {zh: 差, en: Bad}", "asks.stars", "chooses for themself"),
    ("bad: [one]", "bad: [three]", "rating.bad", "the worst"),
    ("bad: [one]", "bad: []", "rating.bad", "the worst"),
    ("from: over, by: reporter", "from: over, by: [reporter, dispatcher]", "actions.rate.by", "reporter alone"),
    ("at_most: 1", "at_most: 2", "actions.rate.at_most", "rated once"),
    ("level: two", "level: one", "rating.default.level", "a bad one"),
    ("by: count_silence", "by: rate", "rating.default.by", "by the platform after a time"),
    ("does: {after: 5 workdays, when: rated.level is null}", "does: {after: 5 workdays}", "actions.count_silence.does", "rated.level is null"),
    ("outcomes: [{when: rated.bad and form.words is not null, to: again_then}]", "outcomes: [{when: form.words = 'x', to: again_then}]", "rating.bad", "nothing comes of a bad rating"),
    ("when: rated.bad and", "when: not rated.bad and", "rating.bad", "nothing comes of a bad rating"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "where", "says"), BROKEN, ids=[f"{wrong[:40]}" for _, wrong, *_ in BROKEN])
def test_a_rating_that_can_be_bought_or_comes_to_nothing_is_named(
    right: str, wrong: str, where: str, says: str
) -> None:
    assert right in RATED
    found = told(RATED.replace(right, wrong))
    assert any(one.startswith(f"{where}:") and says in one for one in found), found


def test_a_default_is_never_praise(values: Values) -> None:
    """R3.15: no numerator holds what was said beside what was counted instead."""
    kind = kind_from(small(RATED))
    said = {
        "indicator": "i",
        "title": {"zh": "甲", "en": "A"},
        "version": "2026-01-01",
        "reference": "r",
        "kind": "lift",
        "counted_by": "closed_at",
        "unit": {"zh": "%", "en": "%"},
        "denominator": {"title": {"zh": "甲", "en": "A"}},
    }

    def wrong(when: str) -> list[str]:
        one = indicator_from({**said, "numerator": {"title": {"zh": "甲", "en": "A"}, "when": when}})
        return [path for path, _ in indicators.complaints(one, {"lift": kind}, set())]

    assert wrong("rated.level >= 2 or rated.default >= 2") == ["numerator.when"]
    assert wrong("not rated.bad or rated.default is not null") == ["numerator.when"]
    assert wrong("rated.level >= 2") == []
    assert wrong("rated.default is not null") == []
