# ruff: noqa: E501 (what is broken is easier to see on one line)
"""What a form can ask for: each type of field by its own rules, rows, what is worked out, what hangs on an answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.matters.small_kind import small
from tests.support.values import values_of
from yiwang.matters import proof, rules
from yiwang.matters.act import Act
from yiwang.matters.against import refusal
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.facts import row
from yiwang.why import Incomplete

AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
PLOT = """
form.firm: {type: uscc, title: {zh: 企业, en: Firm}}
form.price: {type: money, title: {zh: 造价, en: Price}, least: 0, most: 1000000, measure: {zh: 元, en: yuan}}
form.share: {type: number, title: {zh: 比例, en: Share}, least: 0, most: 100}
form.services: {type: choices, title: {zh: 服务, en: Services}, values: {water: {zh: 水, en: Water}, gas: {zh: 气, en: Gas}, heat: {zh: 暖, en: Heat}}}
form.votes:
  type: list
  title: {zh: 表决, en: Votes}
  at_most: 5
  fields:
    door: {type: text, title: {zh: 户, en: Door}, required: true, at_most: 20}
    area: {type: number, title: {zh: 面积, en: Area}, required: true, least: 1}
    agrees: {type: bool, title: {zh: 同意, en: Agrees}}
    day: {type: date, title: {zh: 日期, en: Day}}
form.per_area: {type: money, title: {zh: 单价, en: Price by area}, computed: "form.price / nullif(form.votes.sum.area, 0)"}
form.why_great: {type: text, title: {zh: 为何重大, en: Why great}, required: true, asked_when: "form.grade = 'great'"}
form.shape: {type: area, title: {zh: 范围, en: Area}}
checks:
  - {that: "form.votes.count = 0 or form.votes.sum.area <= 500", because: {zh: 总面积不超过 500, en: the areas add up to 500 at most}}
"""


@pytest.fixture(scope="module")
def kind() -> Kind:
    return kind_from(small(PLOT))


@pytest.fixture(scope="module")
def world() -> Any:
    return values_of().world


def begin(kind: Kind, world: Any, **data: Any) -> State:
    said = {"title": "试验", "text": "试验", "grade": "small"} | data
    return rules.begin(kind, said, AT, world, place=None)


def wrong(kind: Kind, world: Any, **data: Any) -> dict[str, str]:
    with pytest.raises(Incomplete) as refused:
        begin(kind, world, **data)
    return {name: words.speak("en") for name, words in refused.value.fields.items()}


def test_the_kind_is_proven(kind: Kind) -> None:
    assert [(path, words.speak("en")) for path, words in proof.complaints(kind)] == []


GOOD = [
    ("firm", "91350100m000100y43", "91350100M000100Y43"),
    ("price", "12,345.5", "12345.50"),
    ("share", "99.5", 99.5),
    ("price", "-0.00", "0.00"),
    ("share", 0.1 + 0.2, 0.1 + 0.2),
    ("share", "12.3456789012345", 12.3456789012345),
    ("services", ["heat", "water", "water"], ["water", "heat"]),
    ("services", "gas", ["gas"]),
    ("shape", "[[121.9,31],[121.91,31],[121.91,31.01],[121.9,31]]", [[121.9, 31.0], [121.91, 31.0], [121.91, 31.01]]),
]
BAD = [
    ("firm", "91350100M000100Y4Z", "unified social credit code"),
    ("price", "1.005", "finer than a cent"),
    ("price", "-1", "from 0 to 1,000,000"),
    ("share", "100.1", "from 0 to 100"),
    ("share", "1,000,000,000,000,000", "is too large. Enter a number of at most 15 digits"),
    ("price", "1e15", "is too large. Enter a number of at most 15 digits"),
    ("share", "9" * 400, "is too large"),
    ("share", "0.1234567890123456789", "has more digits than can be kept. Enter at most 15."),
    ("share", "1.0000000000000000000000000000000001", "has more digits than can be kept"),
    ("share", "1e-99", "has more digits than can be kept"),
    ("share", "1e-99999", "is not a number"),
    ("share", "1_0", "is not a number"),
    ("services", ["water", "air"], "air"),
    ("services", {"water": True}, "one"),
    ("shape", "[[121.9,31],[121.91,31],[121.9,31]]", "at least 3 points"),
    ("shape", "around the school", "Draw it on the map"),
    ("shape", [[500, 31]] * 3, "Draw it on the map"),
    ("shape", "[" * 9000, "Draw it on the map"),
    ("shape", "[[121.9,31],[121.91,31],[121.91,31.01]]" + " " * 60_000 + "x", "Draw it on the map"),
    ("votes", "three", "rows"),
    ("votes", [{"door": "1", "area": 1}] * 6, "at most 5 rows"),
]


@pytest.mark.parametrize(("name", "said", "kept"), GOOD)
def test_a_value_is_kept_as_its_type(kind: Kind, world: Any, name: str, said: Any, kept: Any) -> None:
    assert begin(kind, world, **{name: said})[f"form.{name}"] == kept


@pytest.mark.parametrize(("name", "said", "why"), BAD)
def test_a_wrong_value_gets_a_sentence_at_its_field(kind: Kind, world: Any, name: str, said: Any, why: str) -> None:
    assert why in wrong(kind, world, **{name: said})[name]


def test_each_row_says_what_is_wrong_with_it(kind: Kind, world: Any) -> None:
    rows = [{"door": "101", "area": 60}, {"area": "x"}, {"door": "102", "area": 0.5, "colour": "red"}]
    found = wrong(kind, world, votes=rows)
    assert found.keys() == {"votes.1.door", "votes.1.area", "votes.2.area", "votes.2.colour"}


def test_a_page_sends_rows_by_their_numbers(kind: Kind, world: Any) -> None:
    sent = {
        "votes.0.door": "101",
        "votes.0.area": "60",
        "votes.3.door": "102",
        "votes.3.area": "40",
        "votes.4.door": "",
    }
    assert begin(kind, world, **sent)["form.votes"] == [{"door": "101", "area": 60}, {"door": "102", "area": 40}]


def test_what_is_worked_out_follows_its_facts(kind: Kind, world: Any) -> None:
    """Design §10.15: and where something is not known, neither is it."""
    rows = [{"door": "101", "area": 60}, {"door": "102", "area": 40}]
    assert begin(kind, world, price="1000", votes=rows)["form.per_area"] == "10.00"
    assert begin(kind, world, price="1000").get("form.per_area") is None
    assert begin(kind, world, per_area="5").get("form.per_area") is None


def test_a_check_sees_what_is_being_entered(kind: Kind, world: Any) -> None:
    found = wrong(kind, world, votes=[{"door": "101", "area": 501}])
    assert "the areas add up to 500 at most" in found["votes"]


def test_what_hangs_on_an_answer_is_asked_with_it_alone(kind: Kind, world: Any) -> None:
    assert "why_great" in wrong(kind, world, grade="great")
    assert begin(kind, world, grade="great", why_great="塌陷")["form.why_great"] == "塌陷"
    assert "leave it empty" in wrong(kind, world, why_great="塌陷")["why_great"]


def test_a_rule_knows_what_several_values_say(kind: Kind, world: Any) -> None:
    rows = [{"door": "101", "area": 60, "day": "2026-05-01"}, {"door": "102", "area": 40.5, "day": "2026-04-01"}]
    seen = row(kind, begin(kind, world, votes=rows, services=["gas"]), AT)
    known = {
        "form.votes.count": 2,
        "form.votes.sum.area": Decimal("100.5"),
        "form.votes.least.area": Decimal("40.5"),
        "form.services.gas": True,
        "form.services.heat": False,
        "form.services.count": 1,
    }
    assert {name: seen[name] for name in known} == known
    for text, answer in (
        ("form.services.gas and form.votes.count >= 2", True),
        ("form.votes.most.day = date '2026-05-01'", True),
        ("form.votes.sum.area > 100.5", False),
    ):
        assert kind.expression(text).evaluate(seen) is answer


def test_a_length_that_no_calendar_counts_is_the_usual_one(world: Any) -> None:
    promised = """
form.days: {type: number, title: {zh: 天数, en: Days}}
clocks.promised: {title: {zh: 承诺, en: Promised}, starts: got, stops: over, limit: {amount: form.days, unit: days, default: 3 days}}
"""
    counted = kind_from(small(promised))
    usual = begin(counted, world).clock("promised").due
    assert begin(counted, world, days=99999).clock("promised").due == usual
    assert begin(counted, world, days=4).clock("promised").due == usual + timedelta(days=1)  # type: ignore[operator]


def test_a_refusal_for_what_is_missing_names_it(world: Any) -> None:
    kind = kind_from(small("actions.send.when: form.days > 3"))
    refused = refusal(kind, begin(kind, world), "send", Act("send", AT, {}, role="dispatcher"), world)
    assert refused is not None
    assert (refused.sentence("zh"), refused.sentence("en")) == (
        "缺少判断所需的数据项：天数",
        "What decides this is missing: Days.",
    )


BROKEN = {
    "an area of a text": ("form.x: {type: text, least: 1}", "least and most belong to number and money"),
    "an empty range": ("form.x: {type: number, least: 2, most: 1}", "no number is at least 2 and at most 1"),
    "a list of nothing": ("form.x: {type: list}", "needs fields"),
    "files in rows": ("form.x: {type: list, fields: {f: {type: files}}}", "its type can be"),
    "worked out and asked": ("form.x: {type: number, computed: '1', required: true}", "nobody is asked for it"),
    "worked out and needed": ("asks.x: {type: number, computed: '1'}\nactions.mend.needs: [done, x]", "nobody is asked for it"),
    "files worked out": ("form.x: {type: files, computed: '1'}", "cannot be worked out"),
    "a choice by no name": ("form.x: {type: choices, values: {\"a'b\": {zh: 甲, en: A}}}", "not a'b"),
    "a choice that is a number of them": ("form.x: {type: choices, values: {count: {zh: 甲, en: A}}}", "how many were chosen"),
    "a value in rows by no name": ("form.x: {type: list, fields: {\"a'b\": {type: number}}}", "not a'b"),
    "parts by no name": ("children: {\"a'b\": {kind: lift, title: {zh: 甲, en: A}}}", "not a'b"),
    "worked out as another type": ("form.x: {type: date, computed: '1'}", "gives no date"),
    "worked out from itself": ("form.x: {type: number, computed: form.x}", "worked out from x"),
    "worked out too early": ("form.x: {type: number, computed: form.y}\nform.y: {type: number, computed: '1'}", "put y first"),
    "choices of nothing": ("form.x: {type: choices}", "needs values"),
    "a default that is no value": ("form.x: {type: enum, values: {a: {zh: 甲, en: A}}, default: b}", "no value of x"),
    "a condition that is none": ("form.x: {type: text, asked_when: form.text}", "condition"),
    "a check that cannot be met": (
        "actions.finish.checks: [{that: \"form.grade = 'small' and form.grade = 'great'\", because: {zh: 甲, en: A}}]",
        "checks",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_field_is_refused_with_its_remedy(case: str) -> None:
    change, why = BROKEN[case]
    said = [f"{path}: {words.speak('en')}" for path, words in proof.complaints(kind_from(small(change)))]
    assert any(why in one for one in said), said
