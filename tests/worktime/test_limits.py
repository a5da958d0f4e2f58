"""Limits as people write them, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.worktime import Conventions, Limit, LimitError, Unit

from .strategies import conventions


@pytest.mark.parametrize(
    ("texts", "means"),
    [
        (["5 workdays", "5个工作日", "五个工作日", "5 工作日", "within 5 working days", "5个工作日内办结",
          "5 wd", "五工作日以内", "5 Workdays.", "在5个工作日内。"], "5 workdays"),
        (["1 workday", "one business day", "a workday", "１个工作日", "不超过1个工作日"], "1 workday"),
        (["4 work hours", "4工作时", "4个工作小时", "4 office hours", "240 work minutes", "240工作分钟"],
          "4 work hours"),
        (["30 minutes", "30分钟", "半小时", "30 min", "三十分", "0.5 hours", "half an hour"], "30 minutes"),
        (["2 hours", "2小时", "two hours", "2紧急工作时", "120分钟", "1小时60分", "1 hour and 60 minutes",
          "2h"], "2 hours"),
        (["90 minutes", "一个半小时", "1个半小时", "1.5 hours"], "90 minutes"),
        (["90 days", "90日", "九十天", "90个自然日", "90-days"], "90 days"),
        (["15 days", "半个月", "15天内"], "15 days"),
        (["14 days", "two weeks", "2周", "两个星期"], "14 days"),
        (["3 months", "3个月", "三个月内"], "3 months"),
        (["6 months", "半年"], "6 months"),
        (["12 months", "1年", "a year"], "12 months"),
        (["120日", "一百二十天"], "120 days"),
        (["105日", "一百零五天"], "105 days"),
        (["100日", "百日", "一百天"], "100 days"),
        (["0 days", "当日", "当天办结", "same day"], "0 days"),
        (["0 workdays", "当个工作日", "same workday"], "0 workdays"),
        (["2026-06-30", "2026年6月30日", "2026/6/30", "2026.06.30", "30 June 2026", "June 30, 2026", "by 2026-06-30",
          "2026年6月底", "2026年上半年", "2026Q2", "2026年二季度末", "2026-06", "end of June 2026", "2026年前两个季度",
          "first half of 2026", "the second quarter of 2026", "2026 H1", "2026年6月30日前", "二〇二六年六月三十日",
          "2026年六月三十日", "end of Q2 2026", "Q2, 2026", "H1 2026"], "2026-06-30"),
        (["2026-12-31", "2026年底", "2026年", "by the end of 2026", "2026年12月", "2026年下半年", "2026年年底",
          "2026年年内"], "2026-12-31"),
        (["2024-02-29", "2024年2月底"], "2024-02-29"),
        (["上半年", "6月底", "二季度", "end of June", "六月底前", "6 月", "前两季度", "Q2", "H1", "June end",
          "6月下旬", "到6月底", "end of Q2", "by the end of H1"], "end of June"),
        (["三季度末", "第三季度", "前三季度", "9月底前", "by the end of the third quarter", "9月份"],
          "end of September"),
        (["年底前", "年内", "下半年", "12月底", "四季度", "end of year", "全年", "by year-end", "今年",
          "本年度", "今年年底", "今年底", "截至年底"], "end of year"),
        (["月底", "本月底前", "end of the month", "月末"], "end of month"),
        (["季度末", "本季度内", "end of quarter"], "end of quarter"),
        (["6月30日", "6月30日前", "30 June", "June 30", "the 30th of June", "六月三十日"], "30 June"),
        (["6月上旬"], "10 June"),
        (["6月中旬前"], "20 June"),
        (["2026年6月中旬"], "2026-06-20"),
        (["2月29日", "29 February"], "29 February"),
    ],
)  # fmt: skip
def test_many_words_for_one_limit(texts: list[str], means: str) -> None:
    for text in texts:
        limit = Limit.parse(text)
        assert str(limit) == means, text
        assert limit == Limit.parse(means)
        assert hash(limit) == hash(Limit.parse(means))


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("5 workdays", "5个工作日", "5 workdays"),
        ("1 workday", "1个工作日", "1 workday"),
        ("4 work hours", "4个工作时", "4 work hours"),
        ("1 work hour", "1个工作时", "1 work hour"),
        ("90 work minutes", "90工作分钟", "90 work minutes"),
        ("1 work minute", "1工作分钟", "1 work minute"),
        ("90 minutes", "90分钟", "90 minutes"),
        ("0 minutes", "0分钟", "0 minutes"),
        ("1 hour", "1小时", "1 hour"),
        ("1 day", "1日", "1 day"),
        ("2 months", "2个月", "2 months"),
        ("2026-06-30", "2026年6月30日", "30 June 2026"),
        ("30 June", "6月30日", "30 June"),
        ("end of June", "6月底", "the end of June"),
        ("end of month", "本月底", "the end of the month"),
        ("end of quarter", "本季度末", "the end of the quarter"),
        ("end of year", "年底", "the end of the year"),
    ],
)
def test_a_limit_is_spoken_in_words_that_mean_it(text: str, zh: str, en: str) -> None:
    limit = Limit.parse(text)
    assert (limit.speak("zh"), limit.speak("en")) == (zh, en)
    assert Limit.parse(zh) == Limit.parse(en) == limit


def test_conventions_are_said_after_a_comma() -> None:
    limit = Limit.parse("5个工作日，同一时刻、次一上班时起, 含当日; 遇休顺延")
    assert limit.conventions == Conventions(True, "same time", "next opening", "forward")
    assert str(limit) == "5 workdays, receipt day counted, same time, from next opening, roll forward"
    assert Limit.parse("30 June, 2026, roll back") == Limit.parse("2026-06-30, 遇休提前")
    assert Limit.parse("5 workdays; to midnight") == Limit.parse("5个工作日、至24时")
    assert Conventions.parse(["To Midnight", " as  received "]) == Conventions(ends="midnight", outside="as received")
    assert str(Conventions()) == ""


def test_equal_limits_are_one_key() -> None:
    assert len({Limit.parse("1 hour"), Limit.parse("60 minutes"), Limit.parse("60 work minutes")}) == 2
    assert Limit.parse("1 hour") != "1 hour"
    assert Limit.parse("2026-06-30") != Limit.parse("2026-07-01")


plain = st.one_of(
    st.builds(Limit, st.sampled_from([u for u in Unit if not u.named]), st.integers(0, 1200)),
    st.builds(Limit, st.just(Unit.MONTH_END), st.integers(0, 12)),
    st.builds(lambda on: Limit(Unit.DATE, on=on), st.dates(date(1000, 1, 1))),
    st.builds(
        lambda on: Limit(Unit.MONTH_DAY, on.month * 100 + on.day), st.dates(date(2000, 1, 1), date(2000, 12, 31))
    ),
    st.just(Limit(Unit.QUARTER_END)),
)


@settings(deadline=None)
@given(plain, conventions | st.just(Conventions()))
def test_the_text_of_a_limit_means_the_limit(limit: Limit, rules: Conventions) -> None:
    limit = limit.counted(rules)
    assert Limit.parse(str(limit)) == limit
    assert Limit.parse(limit.speak("zh")).counted(rules) == limit
    assert Limit.parse(limit.speak("en")).counted(rules) == limit


@settings(deadline=None)
@given(st.text() | st.text("0123456789 个工作日时月年底前上下半季度月末endofworkdayhur,.-零一二三十百", max_size=20))
def test_any_text_is_a_limit_or_a_sentence(text: str) -> None:
    meant = meaning(text)
    if isinstance(meant, LimitError):
        assert meant.words.speak("zh")
        assert str(meant)
    else:
        assert Limit.parse(str(meant)) == meant


def meaning(text: str) -> Limit | LimitError:
    try:
        return Limit.parse(text)
    except LimitError as error:
        return error
