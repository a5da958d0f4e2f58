"""What whoever reported a matter is shown of its way: read off the stages of its kind, whatever they are called."""

from __future__ import annotations

import pytest
import yaml

from tests.support.district import DEMO_PACK
from yiwang.matters import proof_steps, steps
from yiwang.matters.definition import Kind, kind_from

STAMP = """
matter: stamp
title: {zh: 盖章, en: Stamp}
version: 2026-01-01
reference: 试验规则
prefix: GZ
stages:
  asked: {title: {zh: 已收, en: Asked}, owner: clerk}
  weighed: {title: {zh: 审查, en: Weighed}, owner: clerk}
  given: {title: {zh: 已盖, en: Given}, final: true}
  kept: {title: {zh: 不盖, en: Kept back}, final: true}
actions:
  weigh: {title: {zh: 审, en: Weigh}, from: asked, to: weighed, by: clerk}
  give: {title: {zh: 盖, en: Give}, from: weighed, to: given, by: clerk}
  keep: {title: {zh: 不盖, en: Keep}, from: [asked, weighed], to: kept, by: clerk}
clocks: {}
"""


def stamp(**more: object) -> Kind:
    return kind_from({**yaml.safe_load(STAMP), **more})


def hotline() -> Kind:
    return kind_from(yaml.safe_load((DEMO_PACK / "matters" / "hotline.yaml").read_text("utf-8")))


def told(kind: Kind, *been: str) -> str:
    """The steps in one line: past, [now], and what lies ahead in brackets."""
    marks = {"past": "{}", "now": "[{}]", "future": "({})"}
    shown = steps.steps_told(kind, been)
    return " ".join(marks[one.state].format(one.title.speak("en")) for one in shown)


@pytest.mark.parametrize(
    ("been", "said"),
    [
        (["received"], "[Received] (Assigned) (In hand) (Closed)"),
        (["received", "assigned"], "Received [Assigned] (In hand) (Closed)"),
        (["received", "assigned", "handling"], "Received Assigned [In hand] (Closed)"),
        (["received", "assigned", "handling", "verifying"], "Received Assigned [In hand] (Closed)"),
        (["received", "assigned", "handling", "verifying", "closed"], "Received Assigned In hand Closed"),
        (["received", "assigned", "received"], "[Received] (Assigned) (In hand) (Closed)"),
        (["received", "assigned", "arbitration"], "Received [Assigned] (In hand) (Closed)"),
        (["received", "verifying"], "Received [In hand] (Closed)"),
        (["received", "declined"], "Received Closed"),
        (["received", "assigned", "handling", "closed", "unsolved"], "Received Assigned [In hand] (Closed)"),
        (["closed"], "Closed"),
    ],
)
def test_a_ticket_of_the_demo(been: list[str], said: str) -> None:
    assert told(hotline(), *been) == said


@pytest.mark.parametrize(
    ("been", "said"),
    [
        (["asked"], "[Asked] (Weighed) (Closed)"),
        (["asked", "weighed"], "Asked [Weighed] (Closed)"),
        (["asked", "weighed", "given"], "Asked Weighed Given"),
        (["asked", "kept"], "Asked Kept back"),
    ],
)
def test_a_kind_of_three_stages_shows_its_own_and_promises_no_end(been: list[str], said: str) -> None:
    assert told(stamp(), *been) == said


def test_the_only_end_that_there_is_has_its_name() -> None:
    one_end = yaml.safe_load(STAMP)
    del one_end["stages"]["kept"], one_end["actions"]["keep"]
    assert told(kind_from(one_end), "asked") == "[Asked] (Weighed) (Given)"


def test_a_kind_that_ends_at_once_shows_two_steps() -> None:
    at_once = yaml.safe_load(STAMP)
    for gone in ("weighed", "kept"):
        del at_once["stages"][gone]
    at_once["actions"] = {"give": {**at_once["actions"]["give"], "from": "asked"}}
    assert told(kind_from(at_once), "asked") == "[Asked] (Given)"
    assert told(kind_from(at_once), "asked", "given") == "Asked Given"


@pytest.mark.parametrize("kind", [hotline(), stamp()], ids=lambda kind: kind.matter)
def test_wherever_it_stands_one_step_is_the_present_one(kind: Kind) -> None:
    for stage, said in kind.stages.items():
        shown = steps.steps_told(kind, [kind.first, stage])
        assert [one.state for one in shown].count("now") == (0 if said.final else 1)
        assert len({str(one.title) for one in shown}) == len(shown)
        order = ["past", "now", "future"]
        assert [one.state for one in shown] == sorted((one.state for one in shown), key=order.index)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ([{"title": {"zh": "一", "en": "One"}, "stages": ["asked", "nowhere"]}], "there is no stage nowhere"),
        ([{"title": {"zh": "一", "en": "One"}, "stages": []}], "has no stages"),
        ([{"title": {"zh": "一", "en": "One"}, "stages": ["asked"]}] * 2, "stands in two steps"),
    ],
)
def test_steps_that_do_not_fit_the_kind_are_told(said: list[object], where: str) -> None:
    found = [words.speak("en") for _, words in proof_steps.complaints(stamp(steps=said))]
    assert len(found) == 1
    assert where in found[0]
