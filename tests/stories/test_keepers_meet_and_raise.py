"""Keepers meet each week and raise each month (87), and roads and woods are patrolled (121): what is missed is said."""

from __future__ import annotations

from typing import Any

from .plain import Town, measured

CENTRE, CHECKER, STREET = "csc-dispatcher-1", "office-supervision-1", "street-qinghe-clerk-1"
BEARINGS = "surface signs verge drains"


def test_what_firms_raise_at_the_weekly_meeting_goes_on(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "building_week", title="节前安全会", building_met="LY001")
    raised = [{"raised_short": "晚高峰停车难", "raised_full": "希望协调周边学校操场夜间开放"}]
    day.does(loop, STREET, "hold_meeting", firms_at_it="9", minutes_of_it="通报用电和停车", raised_there=raised)
    assert (loop.stage, loop.state["ended"]) == ("met_this_week", "was_held")
    (problem,) = loop.parts("raised_problems")
    assert (problem.state["title"], problem.stage) == ("晚高峰停车难", "on_the_list")


def test_a_week_without_a_meeting_is_told_and_struck(town: Town) -> None:
    loop = town.at("2026-09-01 10:00").opens(CENTRE, "building_week", title="专题会", building_met="LY002")
    town.at("2026-09-09 10:00").comes()
    assert loop.state["count.meeting_late"] == 1
    town.at("2026-09-11 18:00").comes()
    assert (loop.stage, loop.state["ended"]) == ("did_not_meet", "was_missed")


def test_a_meeting_that_somebody_opened_is_none_of_the_rounds_that_are_counted(town: Town) -> None:
    day = town.at("2026-11-02 10:00")
    loop = day.opens(CENTRE, "building_week", title="专题会", building_met="LY003")
    day.does(loop, "street-luting-clerk-1", "hold_meeting", firms_at_it="6", minutes_of_it="通报消防检查")
    assert measured(town, "building_meetings_kept", "2026-11", "2026-12-01 00:00") == (0, 0)


def test_what_is_raised_to_the_district_is_answered_when_it_is_done(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "building_month", title="专项提请", building_raised="LY001")
    asked = [{"asked_short": "公交站点偏远", "asked_full": "希望在南门增设公交站"}]
    day.does(loop, STREET, "raise_it", month_in_words="集中反映出行", asked_of_district=asked)
    assert loop.stage == "raised_up"
    assert "没有办完" in day.refuses(loop, CHECKER, "answer_raising")
    nothing = day.opens(CENTRE, "building_month", title="专项提请", building_raised="LY002")
    day.does(nothing, STREET, "raise_it", month_in_words="本月无需区里协调")
    day.does(nothing, CHECKER, "answer_raising")
    assert (nothing.stage, nothing.state["ended"]) == ("raising_done", "was_raised")


def test_what_is_wrong_on_a_road_is_a_case_of_its_own(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "chief_patrol", title="雨后加巡", road_or_wood="LD01")
    rows: list[dict[str, Any]] = [{"item": item, "ok": item != "drains", "note": ""} for item in BEARINGS.split()]
    assert day.wants(loop, STREET, "chief_looks", looked_over=rows) == {"looked_over.3.note"}
    rows[3]["note"] = "雨水口被落叶堵住"
    day.does(loop, STREET, "chief_looks", looked_over=rows)
    assert (loop.stage, len(loop.parts("found_there"))) == ("chief_went", 1)


def test_a_patrol_that_nobody_made_is_told(town: Town) -> None:
    loop = town.at("2026-09-01 10:00").opens(CENTRE, "chief_patrol", title="防火期巡查", road_or_wood="LK01")
    town.at("2026-09-09 10:00").comes()
    assert loop.state["count.chief_late"] == 1
