"""What must hold of any text: quotes at their offsets, digits within them, damage that changes nothing, linear time."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiwang.reading import UnreadableDocument, read
from yiwang.reading.normal import flatten
from yiwang.reading.statement import Statement

from . import noise
from .gold import NAMES, text_of

SCRAPS = """
新增 完成 建成 万平方米 亿元 1 25.6 ３０ % ％ , ， 、 。 （ ） “ ” 一、 （一） 1. | 责任单位：
牵头 按职责分工负责 区民政局 等 到2030年 同比 增长 下降 占 比重 均 分别 各 2023年 以上 左右 全覆盖
实现 达到 的 率 ： ； — 建设 项目 第 前 三 千 十 成 翻 番 分之 《 》 年 月 每 比 较 下达 目标 与
同步 竣工 开工 养老床位 张 家 个 户 万 余 由 至 提前 力争 ⼈ 圈 15分钟 三级网络
"""
PIECES = (*SCRAPS.split(), "\n", " ", "\t")
TELLING = re.compile(r"[\d０-９一二三四五六七八九十千成番覆盖下达同步竣工开工建]")
SLOW = settings(max_examples=150, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow])
scraps = st.lists(st.sampled_from(PIECES), min_size=1, max_size=120).map("".join)


def essence(statement: Statement) -> tuple[object, ...]:
    s = statement
    return s.kind, s.indicator, s.comparator, s.value, s.value2, s.unit, s.measure, s.period, s.time_frame, s.due


def holds(text: str) -> list[Statement]:
    reading = read(text)
    for s in reading.statements:
        assert text[s.quote_offset : s.quote_offset + len(s.quote)] == s.quote
        if s.number_offset is not None:
            assert s.number
            assert text[s.number_offset : s.number_offset + len(s.number)] == s.number
            assert s.quote_offset <= s.number_offset
            assert s.number_offset + len(s.number) <= s.quote_offset + len(s.quote)
        if s.value is not None and not s.implied:
            assert s.number_offset is not None
    return reading.statements


@SLOW
@given(scraps)
def test_every_quote_stands_in_the_text_with_its_digits(text: str) -> None:
    try:
        holds(text)
    except UnreadableDocument:
        assert not text.strip()


@SLOW
@given(st.text(max_size=300))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    try:
        holds(text)
    except UnreadableDocument:
        assert not text.strip()


@settings(max_examples=80, deadline=timedelta(seconds=5))
@given(
    st.lists(
        st.sampled_from(
            [p for p in PIECES if not re.search(r"[\d０-９一二三四五六七八九十千成番覆盖下达同步竣工开工建]", p)]
        ),
        max_size=80,
    )
)
def test_text_without_digits_or_end_states_says_nothing(pieces: list[str]) -> None:
    text = "".join(pieces)
    if text.strip():
        assert read("计划" + text).statements == []


@pytest.mark.parametrize("damage", noise.ALL)
@pytest.mark.parametrize("name", NAMES)
def test_damage_changes_nothing_of_what_is_read(name: str, damage: str) -> None:
    if name == "11_pipe_table" and damage == "cut lines":
        pytest.skip("a table pasted with bars is one row a line; it is never cut by width")
    text = text_of(name)
    damaged = noise.ALL[damage](text)
    before, after = read(text), read(damaged)
    assert [essence(s) for s in after.statements] == [essence(s) for s in before.statements]
    assert [(i.item_no, i.units) for i in after.items] == [(i.item_no, i.units) for i in before.items]
    holds(damaged)


@given(st.text(max_size=200))
def test_flattening_keeps_every_offset(text: str) -> None:
    assert len(flatten(text)) == len(text)


def seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        read(text)
        best = min(best, time.process_time() - begun)
    return best


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(str.strip))
def test_twice_the_text_takes_about_twice_the_time(unit: str) -> None:
    times = 6000 // len(unit) + 1
    once, twice = seconds("一" + unit * times), seconds("一" + unit * (2 * times))
    assert twice < 0.15 or twice < 3.5 * once
