"""What a number is about: subject, verb, list, shared noun and what leans on the clause before."""

from __future__ import annotations

import pytest

from yiwang.reading import read
from yiwang.reading.dictionary import Dictionary


def named(clause: str) -> str:
    """name/measure of each statement of a sentence of this year's plan."""
    reading = read(f"2026年工作安排\n一、重点任务\n{clause}。")
    return " ".join(f"{s.indicator}/{s.measure}" for s in reading.statements if s.kind != "milestone")


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("新增养老床位475张、社区食堂2家", "新增养老床位数/count 新增社区食堂数/count"),
        ("新建6条、翻建4条健身步道", "新建健身步道数/count 翻建健身步道数/count"),
        ("建成3个示范性和8个标志性驿站", "示范性驿站数/count 标志性驿站数/count"),
        ("商品销售总额、进出口总额分别增长1%、14%", "商品销售总额增长率/growth 进出口总额增长率/growth"),
        ("楼宇、园区入驻率同比分别提高4.1个百分点和1个百分点", "楼宇入驻率同比变动/growth 园区入驻率同比变动/growth"),
        (
            "城乡居民人均可支配收入分别增长6%和7%",
            "城镇居民人均可支配收入增长率/growth 农村居民人均可支配收入增长率/growth",
        ),
        ("实施10幅零星地块改造，涉及面积5万平方米", "零星地块改造幅数/count 零星地块改造面积/level"),
        ("为500户老年人家庭实施适老化改造", "居家环境适老化改造户数/count"),
        ("南山路、北苑等12个项目实现竣工", "重大工程竣工项目数/count"),
        ("高新技术企业净增30家", "净增高新技术企业数/count"),
        ("高新技术企业总数达到320家", "高新技术企业数/level"),
        ("战略性新兴产业增加值占地区生产总值比重达到25%", "战略性新兴产业增加值占地区生产总值比重/share"),
        ("外贸进出口总额达316亿元，同比增长5%", "外贸进出口总额/level 外贸进出口总额增长率/growth"),
        ("加装电梯完工302台、开工401台", "既有多层住宅加装电梯完工台数/count 既有多层住宅加装电梯开工台数/count"),
        ("诉求解决率不低于85%", "诉求解决率/completion"),
        ("森林覆盖率提高到42%", "森林覆盖率/share"),
        ("办件量位居全市第三", "办件量全市排名/rank"),
        ("地区生产总值增长6%，增速位居全市第三", "地区生产总值增长率/growth 地区生产总值增速全市排名/rank"),
    ],
)
def test_names_and_measures(clause: str, names: str) -> None:
    assert named(clause) == names


def test_a_districts_own_aliases_come_first() -> None:
    text = "2026年工作安排\n1.绿化。新增绿量12万平方米。"
    ours = Dictionary({"新增绿量": "新增各类绿地面积"})
    assert [s.indicator for s in read(text, dictionary=ours).statements] == ["新增各类绿地面积"]


def test_the_name_of_the_place_itself_is_left_out() -> None:
    reading = read("澄江区2026年工作安排\n一、重点\n澄江区地区生产总值增长5%。")
    assert [s.indicator for s in reading.statements] == ["地区生产总值增长率"]


def test_each_of_a_list_is_quoted_with_its_subject() -> None:
    reading = read("2026年工作安排\n1.养老。新增养老床位475张、社区食堂2家。")
    assert [s.quote for s in reading.statements] == ["新增养老床位475张", "新增养老床位475张、社区食堂2家"]
