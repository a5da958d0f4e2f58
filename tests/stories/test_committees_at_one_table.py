"""Residents, owners and the property firm at one table (122): nothing is settled before each has had its word."""

from __future__ import annotations

from .plain import Town

CENTRE, CHECKER, STREET = "csc-dispatcher-1", "office-supervision-1", "street-qinghe-clerk-1"
PLAN = {"plan_agreed": "业委会出资金，物业施工，居委会公示", "done_until": "2026-09-30"}


def test_all_three_have_their_word_before_a_plan_is_settled(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {"title": "地下车库进水", "text": "业主、物业各说各的，请坐下来一起办", "estate_name": "听荷苑"}
    loop = day.opens(CENTRE, "joint_work", street="street-qinghe", **form)
    day.does(loop, CENTRE, "call_table", unit="street-qinghe")
    day.hears(loop, "residents_side", "residents_say", residents_word="先听十户意见")
    day.hears(loop, "owners_side", "owners_say", owners_word="同意动用维修资金")
    assert "没有表态" in day.refuses(loop, STREET, "agree_plan", **PLAN)
    day.hears(loop, "estate_side", "estate_says", estate_word="人员和设备我方出")
    day.does(loop, STREET, "agree_plan", **PLAN)
    assert loop.state["clock.doing_together.due"].date().isoformat() == "2026-09-30"
    later = town.at("2026-09-25 10:00")
    later.hears(loop, "estate_side", "side_did", done_how="挡水板和水泵已装好")
    later.does(loop, STREET, "all_did", done_how="三方到场试水，不再进水")
    later.does(loop, CHECKER, "see_together")
    assert (loop.stage, loop.state["ended"]) == ("table_closed", "done_by_all")


def test_what_they_cannot_agree_on_goes_to_the_street(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {"title": "停车秩序", "text": "业委会改选中，无人签字", "estate_name": "银湾公寓"}
    loop = day.opens(CENTRE, "joint_work", street="street-qinghe", **form)
    day.does(loop, CENTRE, "call_table", unit="street-qinghe")
    day.does(loop, STREET, "leave_table", reason="业委会改选中，暂无人签字")
    assert (loop.stage, loop.state["ended"]) == ("table_left", "not_agreed")
