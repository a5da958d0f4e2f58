"""Whole texts in the styles of L1–L10: what is read of them, against what a careful colleague labelled."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from yiwang.reading import Reading, read
from yiwang.reading.score import Scored, score

from .gold import NAMES, gold_of, owners_of, text_of


def lines(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def scored(name: str) -> tuple[Reading, Scored]:
    reading = read(text_of(name), filename=f"{name}.txt")
    said = [row.to_json() for row in (*reading.statements, *reading.items)]
    return reading, score(lines([*gold_of(name), *owners_of(name)]), lines(said))


@pytest.mark.parametrize("name", NAMES)
def test_each_text_is_read_as_labelled(name: str) -> None:
    _, result = scored(name)
    view = result.views["all"]
    assert not result.missed
    assert not result.extra
    assert view["full_f1"] >= 0.97, result.wrong
    assert view["extras"]["measure"] >= 0.95
    assert view["extras"]["time_frame"] == 1.0
    assert view["extras"]["indicator_sim"] >= 0.85


def test_names_over_all_texts_are_the_labellers() -> None:
    similar = [scored(name)[1].views["all"]["extras"]["indicator_sim"] for name in NAMES]
    assert sum(similar) / len(similar) >= 0.95


@pytest.mark.parametrize("name", [name for name in NAMES if any(row["kind"] == "milestone" for row in gold_of(name))])
def test_milestones_are_found_and_nothing_else_is_called_one(name: str) -> None:
    milestones = scored(name)[1].milestones
    assert milestones is not None
    assert milestones["recall"] == 1.0
    assert milestones["precision"] >= 0.8


@pytest.mark.parametrize("name", [name for name in NAMES if owners_of(name)])
def test_lead_unit_and_unit_list_of_each_item(name: str) -> None:
    items = scored(name)[1].items
    assert items is not None
    assert items["found"] == items["items"]
    assert items["lead_right"] >= 0.95
    assert items["list_exact"] >= 0.95


def test_no_target_of_2030_is_among_this_years() -> None:
    reading, _ = scored("12_outlook")
    assert [s.indicator for s in reading.statements if "2030" in s.period and s.time_frame == "this_year"] == []
    assert {s.time_frame for s in reading.statements if s.period == "2030"} == {"outlook"}


def test_a_glossary_gives_no_statement_and_no_item() -> None:
    reading, _ = scored("09_glossary")
    glossary = reading.text.index("名词解释")
    assert [s.quote for s in reading.statements if s.quote_offset > glossary] == []
    assert [i.title for i in reading.items if i.quote_offset > glossary] == []


def test_forum_counters_say_nothing() -> None:
    reading, _ = scored("08_forum")
    title = reading.text.index("2023年松岭区政府工作报告\n\n")
    assert [s.quote for s in reading.statements if s.quote_offset < title] == []


def test_two_targets_in_one_sentence_are_two() -> None:
    reading = read("2.招商引资。全年新增注册企业10000家,引进税收千万级以上项目120个。")
    assert [(s.value, s.unit) for s in reading.statements] == [(10000, "家"), (120, "个")]


def test_review_and_plan_of_one_thing_are_kept_apart() -> None:
    reading = read(
        "2024年政府工作报告\n一、2023年工作回顾\n加装电梯完工302台、开工401台。\n二、2024年工作安排\n加装电梯开工500台。"
    )
    assert [(s.kind, s.period, s.value) for s in reading.statements] == [
        ("result", "2023", 302),
        ("result", "2023", 401),
        ("target", "2024", 500),
    ]


def test_owners_stand_on_the_statements_of_their_item() -> None:
    reading, _ = scored("06_livelihood_list")
    by_item = {s.item_no: s.lead_unit for s in reading.statements}
    assert by_item["1"] == "区民政局"
    assert by_item["6"] == "区水务局"


def test_a_deadline_in_the_owner_list_is_the_due_day() -> None:
    reading, _ = scored("02_bracket_owners")
    due = {s.item_no: s.due.isoformat() for s in reading.statements if s.due}
    assert due["6"] == "2025-11-30"


def test_statistics_show_what_share_can_be_judged() -> None:
    stats = read("2026年工作安排\n1.养老。新增养老床位300张。持续提升商圈品质，亿元楼数量稳中有升。").stats()
    assert (stats["commitments"], stats["judgeable"], stats["judgeable_share"]) == (2, 1, 0.5)
