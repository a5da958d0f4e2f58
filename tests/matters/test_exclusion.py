# ruff: noqa: E501 (a broken exclusion is easier to see on one line)
"""Nobody takes a matter out of the rates alone (R2.11); tests/indicators/test_exclusions.py counts what was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.indicators import proof as indicators
from yiwang.indicators.definition import indicator_from
from yiwang.matters import proof
from yiwang.matters.definition import kind_from
from yiwang.matters.exclusion import Exclusion, excluded

TAKEN_OUT = """
asks.why_not: {type: enum, title: {zh: 事由, en: Code}, values: {frost: {zh: 冰冻, en: Frost}, flood: {zh: 水淹, en: Flood}}}
exclusion: {asked_by: ask_out, granted_by: grant_out, code: why_not}
actions.ask_out: {title: {zh: 提请, en: Ask}, from: over, by: dispatcher, needs: [why_not]}
actions.grant_out: {title: {zh: 批准, en: Grant}, from: over, by: supervisor, may: [why], unlike: [ask_out], when: count.ask_out > count.grant_out}
"""


def told(change: str) -> list[str]:
    found = proof.complaints(kind_from(small(change)), units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return [f"{path}: {words.speak('en')}" for path, words in found]


def test_a_sound_exclusion_is_proven() -> None:
    assert told(TAKEN_OUT) == []


BROKEN = [
    ("unlike: [ask_out], ", "", "actions.grant_out", "granted by somebody else"),
    ("by: supervisor", "by: [supervisor, unit]", "actions.grant_out.by", "roles alone"),
    ("by: supervisor", "by: [supervisor, system]", "actions.grant_out.by", "roles alone"),
    ("by: dispatcher, needs: [why_not]", "by: [dispatcher, reporter], needs: [why_not]", "actions.ask_out.by", "holds a post"),
    (", when: count.ask_out > count.grant_out", "", "actions.grant_out.when", "nobody asked for it"),
    ("when: count.ask_out > count.grant_out", "when: count.ask_out >= count.grant_out", "actions.grant_out.when", "nobody asked for it"),
    ("needs: [why_not]", "may: [why_not]", "exclusion.code", "reason code"),
    ("code: why_not", "code: why", "exclusion.code", "reason code"),
    ("may: [why]", "may: [why_not]", "actions.grant_out", "not ask for why_not"),
    ("granted_by: grant_out", "granted_by: grant", "exclusion.granted_by", "grant"),
    ("from: over, by: supervisor", "from: over, to: got, by: supervisor", "actions.grant_out", "moves nothing"),
    ("from: over, by: dispatcher", "from: [over, got], by: dispatcher", "actions.ask_out", "moves nothing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "where", "says"), BROKEN, ids=[f"{n} {says}" for n, (*_, says) in enumerate(BROKEN)]
)
def test_what_one_person_could_do_alone_is_named(right: str, wrong: str, where: str, says: str) -> None:
    assert right in TAKEN_OUT
    found = told(TAKEN_OUT.replace(right, wrong))
    assert any(one.startswith(f"{where}:") and says in one for one in found), found


@pytest.mark.parametrize(
    ("ended", "asked", "granted", "wanted"),
    [(1, 2, 3, True), (1, 2, None, None), (1, None, 3, None), (None, 2, 3, None), (4, 2, 3, None), (1, 4, 3, None)],
)
def test_it_holds_for_the_end_for_which_it_was_asked_and_granted(
    ended: Any, asked: Any, granted: Any, wanted: Any
) -> None:
    state = {"closed_at": ended, "at.ask": asked, "at.grant": granted}
    assert excluded(Exclusion("ask", "grant", "code"), state) == {"excluded": wanted}


def test_an_indicator_takes_nothing_out_by_what_one_person_did() -> None:
    kind, title = kind_from(small(TAKEN_OUT)), {"zh": "甲", "en": "A"}
    said = {
        "indicator": "i",
        "title": title,
        "version": "2026-01-01",
        "reference": "r",
        "kind": "lift",
        "counted_by": "closed_at",
        "unit": title,
        "denominator": {"title": title},
        "numerator": {"title": title, "when": "form.safe"},
    }

    def wrong(when: str) -> list[str]:
        one = indicator_from({**said, "exclude": {"title": title, "when": when}})
        return [path for path, _ in indicators.complaints(one, {"lift": kind}, set())]

    assert wrong("count.ask_out > 0") == ["exclude.when"]
    assert wrong("at.grant_out is not null") == ["exclude.when"]
    assert wrong("excluded") == []
