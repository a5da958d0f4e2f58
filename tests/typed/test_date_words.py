"""Days in words are read once, for limits and for plans: the same words mean the same day (R0.11)."""

from __future__ import annotations

import doctest
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.reading.periods import due_day
from yiwang.typed import date_words
from yiwang.typed.date_words import Named, NoSuchDay, last_in, named_day
from yiwang.worktime import Calendar, Limit, LimitError, due

START = datetime(2026, 1, 5, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(date_words).failed == 0


TEXTS = [
    # what is written        the day that it means in 2026, in a limit and in a plan alike
    ("年内", (12, 31)),
    ("年底前", (12, 31)),
    ("全年", (12, 31)),
    ("上半年", (6, 30)),
    ("下半年", (12, 31)),
    ("三季度末前", (9, 30)),
    ("第二季度", (6, 30)),
    ("前三季度", (9, 30)),
    ("2季度", (6, 30)),
    ("10月底前", (10, 31)),
    ("2月底前", (2, 28)),
    ("6月份", (6, 30)),
    ("6月15日前", (6, 15)),
    ("2026年6月15日", (6, 15)),
    ("2026-06-15", (6, 15)),
    # these two readers once read differently
    ("六月底", (6, 30)),
    ("十二月十五日前", (12, 15)),
    ("9月30号前", (9, 30)),
    ("9月上旬", (9, 10)),
    ("9月中旬", (9, 20)),
    ("9月下旬", (9, 30)),
    ("2026Q3", (9, 30)),
    ("end of june", (6, 30)),
    ("二〇二六年六月", (6, 30)),
]


@pytest.mark.parametrize(("text", "day"), TEXTS, ids=[text for text, _ in TEXTS])
def test_a_limit_and_a_plan_mean_the_same_day(text: str, day: tuple[int, int]) -> None:
    on = date(2026, *day)
    assert due_day(text, 2026) == on
    ends = due(START, Limit.parse(text), Calendar.load("cn")).local
    assert ends is not None
    assert (ends - timedelta(microseconds=1)).date() == on


INSIDE = [
    # a sentence of a plan                        the day that it ends with
    ("力争六月份完成改造", (6, 30)),
    ("2026年3月启动，9月中旬完工", (9, 20)),
    ("每3个月一次、一月一次巡查，年底前完成", (12, 31)),
    ("三季度末前开工、11月20日前完工", (11, 20)),
]


@pytest.mark.parametrize(("text", "day"), INSIDE)
def test_a_sentence_means_the_last_day_that_it_names(text: str, day: tuple[int, int]) -> None:
    assert due_day(text, 2026) == date(2026, *day)


@pytest.mark.parametrize("text", ["6月31日", "2月30日前", "2026年2月29日", "9月0日", "2026-13-01"])
def test_a_day_that_no_calendar_has_is_refused_in_a_limit_and_unknown_in_a_plan(text: str) -> None:
    with pytest.raises(LimitError):
        Limit.parse(text)
    assert due_day(text, 2026) is None


@pytest.mark.parametrize("text", ["尽快", "每3个月一次", "一月一次", "四季常绿", "30日内", "半年", "第三方", ""])
def test_what_names_no_day_names_none(text: str) -> None:
    assert last_in(text) is None


@given(st.text("0123456789年月日号底前末上中下半旬季度一二三四十第至到-/. Qqh", max_size=14))
def test_whatever_is_written_means_a_day_or_none(text: str) -> None:
    for read in (named_day, last_in):
        try:
            found = read(text)
        except NoSuchDay:
            continue
        assert found is None or isinstance(found, Named)
    due_day(text, 2026)
