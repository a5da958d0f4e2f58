"""Commitments without a number, and what keeps a commitment from being judged."""

from __future__ import annotations

import pytest

from yiwang.reading import read
from yiwang.reading.statement import Statement


def read_clause(clause: str) -> list[Statement]:
    return read(f"2026年工作安排\n一、重点任务\n{clause}。").statements


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("基本建成环城路（东桥—西桥）", ["环城路(东桥—西桥)建成"]),
        ("确保滨河桥10月底前建成通车", ["滨河桥建成通车"]),
        ("加快推动文化馆、体育馆等项目竣工", ["文化馆竣工", "体育馆竣工"]),
        ("南山路、北苑等12个项目实现开工", ["南山路开工", "北苑开工"]),
        ("出台人才支持专项政策", ["人才支持专项政策出台"]),
        ("组织开展好第五次全国经济普查", ["第五次全国经济普查完成"]),
        ("举办首届全民健身运动会", ["首届全民健身运动会举办"]),
        ("建立企业培育库", ["企业培育库建立"]),
        ("创建国家食品安全示范城市", ["国家食品安全示范城市创建"]),
        ("启动城东片区改造项目", ["城东片区改造项目启动"]),
    ],
)
def test_an_end_state_that_can_be_ticked(clause: str, names: list[str]) -> None:
    assert [s.indicator for s in read_clause(clause) if s.kind == "milestone"] == names


@pytest.mark.parametrize(
    "clause",
    [
        "持续推进美丽街区建设",
        "完善工作机制",
        "加快科创社区建设步伐",
        "探索建设数据试验区",
        "深化城市更新",
        "优化政务服务",
        "积极推动模范城创建",
        "完成全年各项目标任务",
        "支持企业做大做强",
        "完成2家菜市场改造",
    ],
)
def test_an_effort_is_no_milestone(clause: str) -> None:
    assert [s.indicator for s in read_clause(clause) if s.kind == "milestone"] == []


@pytest.mark.parametrize("clause", ["实现宝宝屋街镇全覆盖", "公共停车场库数字化联网全覆盖"])
def test_full_coverage_is_a_hundred_per_cent(clause: str) -> None:
    assert [(s.value, s.unit, s.measure, s.implied) for s in read_clause(clause)] == [(100, "%", "completion", True)]


def test_results_hold_no_milestones() -> None:
    reading = read("2026年政府工作报告\n一、2025年工作回顾\n建成滨河桥，出台人才政策。")
    assert reading.statements == []


@pytest.mark.parametrize(
    ("clause", "missing", "judgeable"),
    [
        ("新增养老床位300张", ["owner"], True),
        ("亿元楼数量稳中有升", ["number", "owner"], False),
        ("办理时限再压缩20%", ["base", "owner"], False),
        ("居民健康素养水平提升2个百分点", ["base", "owner"], False),
        ("出庭应诉率较上年提升2个百分点", ["owner"], True),
        ("常态化开展巡查200次", ["date", "owner"], False),
        ("建成滨河桥（责任单位：区建设管理委）", [], True),
    ],
)
def test_what_is_missing(clause: str, missing: list[str], judgeable: bool) -> None:
    (statement,) = read_clause(clause)
    assert (statement.missing, statement.judgeable) == (missing, judgeable)
    assert (statement.mend is None) == judgeable


def test_the_mend_leaves_open_what_is_missing() -> None:
    (statement,) = read_clause("居民健康素养水平提升2个百分点")
    assert statement.mend == "居民健康素养水平比2025年（__个百分点）提高2个百分点"
