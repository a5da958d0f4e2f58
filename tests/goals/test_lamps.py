"""When a goal's lamp turns: tables that a supervisor can check with a pencil (R5.5, R5.7, R5.15, R0.11)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.goals.definition import DEFAULT, Lamps, Reports, Rules
from yiwang.goals.forecast import forecast
from yiwang.goals.promise import Promise, default_path, is_kept, nature_of, planned
from yiwang.goals.rules import Actual, lamp, period_due
from yiwang.org.titles import Title
from yiwang.why import Receipt

YEAR = 2026
RULES = Rules(
    Title(zh="", en=""), date(2026, 1, 1), "", lamps=Lamps(green_within=0, yellow_within=10, rate_yellow_within=2)
)


def amount(value: int, **more: object) -> Promise:
    return Promise(YEAR, "flow", "≥", Decimal(value), unit="台", **more)  # type: ignore[arg-type]


def reached(value: float | str, by: date, *, verified: bool = False) -> Actual:
    return Actual(Decimal(str(value)), by, verified, Receipt("上报"))


# 240 lifts in the year; the plan is even, so 181 days into the year it stands at 240 * 181 / 365 = 119.0
HALF_YEAR = date(2026, 6, 30)
TABLE = [
    # done by 30 June, what comes of it
    (125, "ok"),  # ahead
    (120, "ok"),  # just ahead of 119.01
    (118, "watch"),  # 0.4 % of the year's work behind
    (96, "watch"),  # 9.6 % behind
    (94, "alarm"),  # 10.4 % behind
    (0, "alarm"),
]


@pytest.mark.parametrize(("done", "colour"), TABLE)
def test_an_amount_is_held_against_the_plan_of_the_day(done: int, colour: str) -> None:
    assert lamp(amount(240), reached(done, HALF_YEAR), HALF_YEAR, RULES).colour == colour


def test_a_late_report_is_yellow_however_good_the_last_one_was() -> None:
    found = lamp(amount(240), reached(200, HALF_YEAR), date(2026, 9, 1), RULES, late="2026-07")
    assert found.colour == "watch"
    assert "2026-07" in found.receipt.sentence("zh")


def test_reached_is_green_until_somebody_else_has_verified_it() -> None:
    assert lamp(amount(240), reached(240, HALF_YEAR), HALF_YEAR, RULES).colour == "ok"
    assert lamp(amount(240), reached(240, HALF_YEAR, verified=True), HALF_YEAR, RULES).colour == "done"


def test_after_its_day_a_goal_is_reached_or_red() -> None:
    january = date(2027, 1, 5)
    assert lamp(amount(240), reached(239, date(2026, 12, 31), verified=True), january, RULES).colour == "alarm"
    assert lamp(amount(240), None, january, RULES).colour == "alarm"


def test_what_is_only_striven_for_is_never_red() -> None:
    found = lamp(amount(300, stretch=True), reached(10, HALF_YEAR), HALF_YEAR, RULES)
    assert found.colour == "watch"


def test_nothing_reported_and_nothing_due_is_grey() -> None:
    assert lamp(amount(240), None, date(2026, 1, 20), RULES).colour == "stale"


RATES = [
    # promised, sign, measured, lamp
    ("85", "≥", "85.0", "ok"),
    ("85", "≥", "84.9", "watch"),
    ("85", "≥", "83.0", "watch"),
    ("85", "≥", "82.9", "alarm"),
    ("5", "≤", "4.8", "ok"),
    ("5", "≤", "6.5", "watch"),
    ("5", "≤", "7.1", "alarm"),
    ("88", "≈", "87.5", "ok"),  # 左右 leaves half a point
    ("88", "≈", "87.4", "watch"),
    ("88", "≈", "91", "ok"),
    ("5", ">", "5", "watch"),
    ("-15", "=", "-15.3", "ok"),  # 下降 15%: a decrease is at least that deep
    ("-15", "≥", "-14.2", "watch"),
    ("-15", "=", "-12", "alarm"),
]


@pytest.mark.parametrize(("promised", "sign", "measured", "colour"), RATES)
def test_a_rate_is_judged_in_points(promised: str, sign: str, measured: str, colour: str) -> None:
    promise = Promise(YEAR, "rate", sign, Decimal(promised), unit="%")
    assert lamp(promise, reached(measured, HALF_YEAR, verified=True), HALF_YEAR, RULES).colour == colour


MILESTONES = [
    # today, reported percent, verified, lamp; due on 30 September
    (date(2026, 3, 1), None, False, "stale"),
    (date(2026, 9, 5), None, False, "watch"),
    (date(2026, 9, 5), 60, False, "ok"),
    (date(2026, 9, 5), 100, False, "ok"),
    (date(2026, 9, 5), 100, True, "done"),
    (date(2026, 10, 1), 60, False, "alarm"),
    (date(2026, 10, 1), None, False, "alarm"),
]


@pytest.mark.parametrize(("today", "percent", "verified", "colour"), MILESTONES)
def test_a_milestone_is_done_or_missed(today: date, percent: int | None, verified: bool, colour: str) -> None:
    promise = Promise(YEAR, "step", "", None, due=date(2026, 9, 30))
    actual = None if percent is None else reached(percent, today, verified=verified)
    assert lamp(promise, actual, today, RULES).colour == colour


def test_a_ceiling_may_be_used_up_but_not_broken() -> None:
    promise = Promise(YEAR, "flow", "≤", Decimal(100), unit="件")
    assert lamp(promise, reached(40, HALF_YEAR), HALF_YEAR, RULES).colour == "ok"
    assert lamp(promise, reached(80, HALF_YEAR), HALF_YEAR, RULES).colour == "watch"
    assert lamp(promise, reached(101, HALF_YEAR), HALF_YEAR, RULES).colour == "alarm"


def test_a_promise_without_a_number_is_for_people_to_judge() -> None:
    promise = Promise(YEAR, "rate", "trend", None)
    assert lamp(promise, reached(3, HALF_YEAR), HALF_YEAR, RULES).colour == "unknown"


def test_a_stock_counts_from_where_the_year_began() -> None:
    """28 stations at the start, 36 promised: by mid-year four more, not eighteen (R5.15)."""
    promise = Promise(YEAR, "stock", "≥", Decimal(36), base=Decimal(28), unit="家")
    assert abs((planned(promise, HALF_YEAR) or 0) - Decimal(32)) < Decimal("0.1")
    assert lamp(promise, reached(32, HALF_YEAR), HALF_YEAR, RULES).colour == "ok"
    assert lamp(promise, reached(31, HALF_YEAR), HALF_YEAR, RULES).colour == "alarm"  # 12 % of the eight behind


def test_a_monthly_plan_is_followed_between_the_months_ends() -> None:
    path = tuple(Decimal(n) for n in (0, 0, 10, 20, 40, 60, 80, 100, 120, 160, 200, 240))
    promise = amount(240, path=path)
    assert planned(promise, date(2026, 6, 30)) == 60
    assert planned(promise, date(2026, 7, 31)) == 80
    assert 60 < (planned(promise, date(2026, 7, 15)) or 0) < 80
    assert lamp(promise, reached(62, HALF_YEAR), HALF_YEAR, RULES).colour == "ok"


REPORTS = [
    # today, cadence, the last period that should be there (by the 28th, five days of grace)
    (date(2026, 2, 2), "month", "2025-12"),
    (date(2026, 2, 3), "month", "2026-01"),
    (date(2026, 10, 12), "month", "2026-09"),
    (date(2026, 10, 12), "quarter", "2026-09"),
    (date(2026, 9, 20), "quarter", "2026-06"),
]


@pytest.mark.parametrize(("today", "cadence", "period"), REPORTS)
def test_a_report_is_late_after_the_cut_off_and_its_grace(today: date, cadence: str, period: str) -> None:
    rules = Rules(Title(zh="", en=""), date(2026, 1, 1), "", reports=Reports(cadence=cadence))  # type: ignore[arg-type]
    assert period_due(rules, today) == period


def test_how_a_number_adds_up_is_told_from_its_measure() -> None:
    assert nature_of("target", "count", "台") == "flow"
    assert nature_of("target", "share", "%") == "rate"
    assert nature_of("target", "growth", "%") == "rate"
    assert nature_of("target", "level", "微克/立方米", "PM2.5年均浓度") == "rate"
    assert nature_of("target", "level", "万平方米", "旧住房修缮面积") == "flow"
    assert nature_of("milestone", "", "") == "step"


def test_a_forecast_says_its_range() -> None:
    months = [(date(2026, month, 28), Decimal(done)) for month, done in enumerate((20, 38, 60, 80, 99, 120), 1)]
    found = forecast(amount(240), months, date(2026, 7, 1))
    assert found is not None
    assert found.low < found.value < found.high
    assert 235 < found.value < 250
    assert forecast(amount(240), months[:2], date(2026, 7, 1)) is None


days = st.dates(date(2026, 1, 1), date(2027, 2, 1))
values = st.decimals(0, 1000, places=2)
promises = st.builds(
    Promise,
    year=st.just(YEAR),
    nature=st.sampled_from(["flow", "stock", "rate", "step"]),
    comparator=st.sampled_from(["≥", ">", "=", "≈", "≤", "<", "trend"]),
    value=st.none() | values,
    base=st.none() | values,
    due=st.none() | st.dates(date(2026, 1, 31), date(2026, 12, 31)),
    stretch=st.booleans(),
)


@given(promises, st.none() | values, days, st.booleans())
def test_every_goal_has_a_lamp_with_a_reason_in_both_languages(
    promise: Promise, value: Decimal | None, today: date, verified: bool
) -> None:
    actual = None if value is None else Actual(value, today, verified, Receipt("上报"))
    found = lamp(promise, actual, today, DEFAULT)
    assert found.colour in ("ok", "watch", "alarm", "done", "stale", "unknown")
    assert found.receipt.text("zh")
    assert found.receipt.text("en")
    assert not (promise.stretch and found.colour == "alarm")
    assert not (found.colour == "done" and not verified)


@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 10_000), days)
def test_more_work_never_worsens_the_lamp(target: int, done: int, more: int, today: date) -> None:
    rank = {"alarm": 0, "watch": 1, "ok": 2, "done": 3}
    before = lamp(amount(target), reached(done, today), today, RULES).colour
    after = lamp(amount(target), reached(done + more, today), today, RULES).colour
    assert rank[after] >= rank[before]


@given(promises, days, st.integers(0, 60))
def test_the_plan_never_runs_backwards_and_ends_at_the_target(promise: Promise, day: date, later: int) -> None:
    first, second = planned(promise, day), planned(promise, day + timedelta(days=later))
    if promise.target is None:
        assert first is None
        return
    assert first is not None
    assert second is not None
    if promise.nature == "flow":
        assert second >= first
    if promise.nature != "rate":
        assert planned(promise, promise.ends) == promise.target
    assert len(default_path(promise)) == 12


@given(promises, values)
def test_a_promise_is_kept_by_its_own_value_unless_it_asks_for_more(promise: Promise, value: Decimal) -> None:
    if promise.target is None:
        assert is_kept(promise, value, DEFAULT) is None
    elif promise.nature != "step" and promise.comparator not in (">", "<"):
        assert is_kept(promise, promise.target, DEFAULT) is True


UNITS = [
    # what is promised, its unit, how its plan reads in Chinese and English
    ("flow", "万平方米", "42 万平方米", "42 万平方米"),
    ("flow", "亿元", "42 亿元", "42 亿元"),
    ("rate", "%", "42%", "42%"),
    ("rate", "个百分点", "42 个百分点", "42 个百分点"),
    ("flow", "", "42", "42"),
]


@pytest.mark.parametrize(("nature", "unit", "zh", "en"), UNITS)
def test_an_amount_keeps_its_unit_in_the_receipt(nature: str, unit: str, zh: str, en: str) -> None:
    promise = Promise(YEAR, nature, "≥", Decimal(42), unit=unit)
    for language, text in (("zh", zh), ("en", en)):
        plan = lamp(promise, reached(1, date(2026, 12, 31)), date(2026, 12, 31), RULES).receipt.because[-1]
        assert plan.text(language).endswith(text)
