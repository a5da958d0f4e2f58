"""Units, their aliases, and who is responsible where a text says it in an unusual way."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.reading import read
from yiwang.reading.owners import canonical_unit, split_units


@pytest.mark.parametrize(
    ("listed", "units"),
    [
        ("区商务委、区财政局，各街镇", ["区商务委", "区财政局", "各街镇"]),
        ("市市场监管局（市知识产权局）、市科技局等", ["市市场监管局（市知识产权局）", "市科技局"]),
        ("区建设管理委和区房管局", ["区建设管理委", "区房管局"]),
        ("省财政厅省水利厅省林业局", ["省财政厅", "省水利厅", "省林业局"]),
    ],
)
def test_a_list_of_units_comes_apart(listed: str, units: list[str]) -> None:
    plain = listed.replace("（", "(").replace("）", ")").replace("，", ",")
    assert split_units(plain) == [unit.replace("（", "(").replace("）", ")") for unit in units]


@pytest.mark.parametrize(
    ("short", "day", "full"),
    [
        ("区人社局", None, "区人力资源社会保障局"),
        ("省住建厅", None, "省住房城乡建设厅"),
        ("市大数据局", date(2020, 1, 1), "市大数据局"),
        ("市大数据局", date(2025, 1, 1), "市数据局"),
        ("区民政局", None, "区民政局"),
    ],
)
def test_short_names_have_a_full_one_with_its_date(short: str, day: date | None, full: str) -> None:
    assert canonical_unit(short, day) == full


def test_equal_owners_are_marked() -> None:
    reading = read(
        "2026年工作安排\n1.就业。新增就业1万人。（区人社局、区教育局按职责分工负责）\n2.养老。新增床位9张。（区民政局牵头，区财政局配合）"
    )
    assert [(i.lead_unit, i.equal_owners) for i in reading.items] == [("区人社局", True), ("区民政局", False)]


def test_what_holds_for_all_items_is_added_to_each() -> None:
    reading = read(
        "2026年工作安排\n一、民生\n1.养老。新增床位9张。（责任单位：区民政局）\n2.就业。新增岗位9个。（责任单位：区人社局）\n（以上各项工作均需各街镇落实）"
    )
    assert [i.units for i in reading.items] == [["区民政局", "各街镇"], ["区人社局", "各街镇"]]


def test_passages_without_numbers_are_counted_through() -> None:
    reading = read(
        "2026年任务分工\n——做强产业。新增企业9家。（责任单位：市工信局、市商务局）\n——扩大投资。完成投资5亿元。（市发展改革委牵头，市财政局配合）"
    )
    assert [(i.kind, i.item_no, i.title, i.units) for i in reading.items] == [
        ("measure", "1", "做强产业", ["市工信局", "市商务局"]),
        ("measure", "2", "扩大投资", ["市发展改革委", "市财政局"]),
    ]


def test_numbers_that_begin_anew_are_told_apart_by_the_chapter() -> None:
    reading = read(
        "2026年工作安排\n一、经济\n（一）稳增长。增长5%。\n（二）扩投资。投资9亿元。\n二、民生\n（一）养老。新增床位9张。"
    )
    assert [i.item_no for i in reading.items] == ["一(一)", "一(二)", "二(一)"]


def test_a_persons_name_is_no_unit() -> None:
    reading = read("2026年工作安排\n1.减负。减税5亿元。（牵头领导：李某某；牵头单位：区税务局；配合单位：区财政局）")
    assert reading.items[0].units == ["区税务局", "区财政局"]
