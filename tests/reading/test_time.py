"""Of which year a number speaks, and by which day it is promised (L3, R0.11)."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.reading import read


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("年内", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("上半年", date(2026, 6, 30)),
        ("三季度末前", date(2026, 9, 30)),
        ("10月底前", date(2026, 10, 31)),
        ("2月底前", date(2026, 2, 28)),
        ("6月15日前", date(2026, 6, 15)),
        ("", date(2026, 12, 31)),
    ],
)
def test_deadline_words(words: str, due: date) -> None:
    reading = read(f"2026年工作安排\n1.改造。{words}完成32个小区改造。")
    assert [s.due for s in reading.statements] == [due]


def test_what_lasts_has_no_day() -> None:
    reading = read("2026年工作安排\n1.巡查。常态化开展巡查200次。")
    assert [(s.due, s.recurring, "date" in s.missing) for s in reading.statements] == [(None, True, True)]


@pytest.mark.parametrize(
    ("heading", "sentence", "frame", "period"),
    [
        ("一、2025年工作回顾", "新增床位300张", "last_year", "2025"),
        ("一、过去五年工作回顾", "累计新增床位3000张", "five_years", "2021-2025"),
        ("一、过去五年工作回顾", "床位总数达到9000张", "five_years", "2025"),
        ("一、今后五年的主要目标", "到2030年，床位总数达到12000张", "outlook", "2030"),
        ("一、“十五五”时期主要目标", "床位总数达到12000张", "outlook", "2026-2030"),
        ("一、2026年重点工作", "新增床位400张", "this_year", "2026"),
        ("一、2026年重点工作", "2027年底实现旧住房改造全覆盖", "outlook", "2027"),
    ],
)
def test_time_frames(heading: str, sentence: str, frame: str, period: str) -> None:
    reading = read(f"政府工作报告\n——2026年1月20日在区第三届人民代表大会第五次会议上\n{heading}\n{sentence}。")
    assert [(s.time_frame, s.period) for s in reading.statements] == [(frame, period)]


def test_two_figures_of_two_years() -> None:
    reading = read("2026年政府工作报告\n一、2025年工作回顾\n下沉事务由291项精简至211项。")
    assert [(s.value, s.period) for s in reading.statements] == [(291, "2024"), (211, "2025")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("——二〇二六年一月二十七日在某区人民代表大会会议上\n各位代表：\n新增床位300张。", 2026),
        ("做好第六届进博会服务保障，新增床位300张。", 2023),
        ("今年是新中国成立75周年，新增床位300张。", 2024),
        ("二、2024年主要工作安排\n新增床位300张。", 2024),
        ("一、2019年工作回顾\n新增床位300张。", 2020),
    ],
)
def test_the_year_of_a_plan(text: str, year: int) -> None:
    assert read(text).year == year


def test_an_unknown_year_is_said_not_guessed() -> None:
    reading = read("新增床位300张。")
    assert reading.year is None
    assert [s.period for s in reading.statements] == [""]
    assert "哪一年" in reading.warnings[0].speak("zh")
    assert read("新增床位300张。", year=2026).statements[0].period == "2026"


def test_striving_is_marked() -> None:
    reading = read("2026年工作安排\n1.加梯。加装电梯完工240台、力争开工300台。")
    assert [(s.value, s.stretch) for s in reading.statements] == [(240, False), (300, True)]
