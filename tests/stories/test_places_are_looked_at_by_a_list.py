"""Checks by a list: waste (149), readiness (156), safe premises (159); what is wrong goes on until it is gone."""

from __future__ import annotations

from typing import Any

from .plain import Day, Loop, Town, measured

CENTRE, STREET, CHECKER = "csc-dispatcher-1", "street-qinghe-clerk-1", "office-supervision-1"
READY = "plan map refuge stores warnings team drill frail shelter teaching"


def gone_through(items: str, wrong: dict[str, str]) -> list[dict[str, Any]]:
    return [{"item": item, "ok": item not in wrong, "note": wrong.get(item, "")} for item in items.split()]


def community(day: Day, wrong: dict[str, str]) -> Loop:
    loop = day.opens(CENTRE, "waste_check", title="投诉后复查", which_community="SQ001")
    day.does(loop, STREET, "check_waste", sorted_how_well=gone_through("bins sorted clean times board", wrong))
    return loop


def test_a_community_is_in_order_or_each_fault_becomes_a_case(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    good = community(day, {})
    assert (good.stage, good.state["ended"], good.parts("faults")) == ("all_in_order", "sorting_good", [])
    bad = community(day, {"sorted": "湿垃圾桶混入塑料袋", "clean": "地面有污水"})
    assert (bad.stage, bad.state["ended"], len(bad.parts("faults"))) == ("sorting_bad", "sorted_badly", 2)


def test_every_item_of_the_list_is_answered(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "waste_check", title="抽查", which_community="SQ001")
    wanted = day.wants(loop, STREET, "check_waste", sorted_how_well=gone_through("bins sorted", {}))
    assert wanted == {f"sorted_how_well.{row}.ok" for row in (2, 3, 4)}


def test_premises_are_safe_when_every_danger_is_gone(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "premises_check", title="燃气专项检查", which_place="CS002")
    day.does(loop, CENTRE, "send_inspectors", unit="street-qinghe")
    rows = gone_through("hose flame sniff", {"hose": "软管超期两年"})
    assert day.wants(loop, STREET, "go_through", place_gone_through=rows) == {"grave_as"}
    day.does(loop, STREET, "go_through", place_gone_through=rows, grave_as="general")
    assert loop.stage == "faults_followed"
    (danger,) = loop.parts("dangers")
    day.does(danger, CENTRE, "dismiss", reason="经复核软管在期限内")
    day.comes()
    assert loop.stage == "place_safe"


def scored(day: Day, wrong: dict[str, str]) -> Loop:
    loop = day.opens(CENTRE, "disaster_ready", title="汛前评估", community_scored="JS01")
    day.does(loop, STREET, "score_it", readiness_list=gone_through(READY, wrong))
    return loop


def test_a_community_is_ready_by_a_score_that_nobody_types(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    ready = scored(day, {"stores": "物资两箱过期", "map": "风险图还是前年的"})
    assert (ready.state["form.readiness_score"], len(ready.parts("shortfalls"))) == (80, 2)
    day.does(ready, CHECKER, "verify_score", score_stands=True)
    bare = scored(day, {"stores": "物资过期", "map": "没有更新", "drill": "今年没有演练"})
    assert bare.state["form.readiness_score"] == 70
    day.does(bare, CHECKER, "verify_score", score_stands=True)
    assert (ready.stage, bare.stage) == ("is_ready", "not_ready")
    assert measured(town, "communities_ready", "2026-09", "2026-10-01 00:00") == (1, 2)


def test_a_score_that_does_not_stand_is_made_again(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = scored(day, {})
    day.does(loop, CHECKER, "verify_score", score_stands=False, reason="物资抽查与记录不一致")
    assert loop.stage == "to_be_scored"
