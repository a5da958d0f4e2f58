"""Which numbers say something, with their units: tables of clauses as they stand in plans."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yiwang.reading import read
from yiwang.typed.spoken import chinese_number


def said(clause: str) -> list[tuple[object, ...]]:
    """(comparator, value, value2, unit) of each statement of a sentence of this year's plan."""
    reading = read(f"2026年工作安排\n一、重点任务\n{clause}。")
    return [(s.comparator, s.value, s.value2, s.unit) for s in reading.statements if s.kind != "milestone"]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("新增就业岗位1.6万个", [("=", 16000, None, "个")]),
        ("完成投资5.6万亿元", [("=", Decimal("5.6"), None, "万亿元")]),
        ("新建绿地12万平方米左右", [("≈", 12, None, "万平方米")]),
        ("新增泊位不少于1,200个", [("≥", 1200, None, "个")]),
        ("新增泊位1200个以上", [("≥", 1200, None, "个")]),
        ("办理时限压缩至3个工作日以内", [("≤", 3, None, "个工作日")]),
        ("举办活动100余场", [(">", 100, None, "场")]),
        ("地区生产总值突破千亿元，达到1050亿元", [("=", 1050, None, "亿元")]),
        ("地区生产总值增长4%—4.5%", [("range", 4, 4.5, "%")]),
        ("新增上市企业2至3家", [("range", 2, 3, "家")]),
        ("建设筹措保障性租赁住房4360套（间）", [("=", 4360, None, "套(间)")]),
        ("高于全市0.6个百分点", [("=", Decimal("0.6"), None, "个百分点")]),
        ("单位能耗下降３．２％", [("=", Decimal("-3.2"), None, "%")]),
        ("非化石能源占比提高到三分之一", [("=", Decimal("0.3333"), None, "比例")]),
        ("民营企业占比超过七成", [(">", 70, None, "%")]),
        ("惠及居民3.1万人", [("=", 31000, None, "人")]),
        ("登记失业人数控制在市下达指标以内", [("≤", None, None, "人")]),
        ("年内改造旧住房二十万平方米", []),
    ],
)
def test_value_unit_and_comparator(clause: str, expected: list[tuple[object, ...]]) -> None:
    assert said(clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "召开区第十六届人民代表大会第七次会议",
        "办好12345市民服务热线",
        "深入实施“1+3+X”行动和“3+3”产业体系",
        "落实三年行动计划，推进4号地块、68街坊前期工作",
        "服务60岁以上老年人",
        "培育更多世界500强企业",
        "优化营商环境6.0版",
        "推进轨道交通19号线建设",
        "推动24小时自助服务",
        "2026年是“十五五”开局之年",
        "聚焦四大功能，深化六大专项行动",
        "牢固树立“四个意识”",
    ],
)
def test_dates_ordinals_names_and_slogans_are_no_statements(clause: str) -> None:
    assert said(clause) == []


@pytest.mark.parametrize(
    ("clause", "size"),
    [("引进投资5000万元以上项目120个", 1), ("新引进10亿元以上项目不少于15个", 1), ("净增规模以上工业企业30户", 1)],
)
def test_a_size_in_a_name_is_not_a_number_of_its_own(clause: str, size: int) -> None:
    assert len(said(clause)) == size


@pytest.mark.parametrize(
    ("text", "number"),
    [("二百一十五", 215), ("两万", 20000), ("十五", 15), ("一亿三千万", 130000000), ("3.5", 3.5), ("1,200", 1200)],
)
def test_chinese_numerals(text: str, number: float) -> None:
    assert chinese_number(text) == number


def test_what_is_no_numeral_is_refused() -> None:
    with pytest.raises(ValueError, match="很多"):
        chinese_number("很多")
