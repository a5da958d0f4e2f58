"""Findings from above (13), legal advice (165), neighbours who decide (127), pacts (99, 102, 145) and talents (105)."""

from __future__ import annotations

from typing import Any

from .plain import Day, Loop, Town

CENTRE, CHECKER, LEADER = "csc-dispatcher-1", "office-supervision-1", "chengjiang-deputy-people"
UNIT, STREET = "bureau-environment-clerk-1", "street-qinghe-clerk-1"
LAWYER, LABOUR, INVESTMENT = "bureau-justice-clerk-1", "bureau-labour-clerk-1", "bureau-investment-clerk-1"


def test_a_finding_is_mended_shown_verified_and_reported_when_it_is_late(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {
        "title": "违规堆场",
        "text": "三处堆场未覆盖",
        "which_inspection": "of_environment",
        "mend_by": "2026-06-30",
    }
    loop = day.opens(CHECKER, "inspection_finding", unit="bureau-environment", **form)
    day.does(loop, UNIT, "lay_measures", measures_laid_down="一个月内清退并建立巡查制度")
    late = town.at("2026-07-01 10:00")
    late.comes()
    assert loop.state["count.mending_is_late"] == 1
    late.does(loop, LEADER, "note_it")
    told = {"mended_with": "堆场已清退并复绿", "photos": ("proof_of_it",)}
    assert late.wants(loop, UNIT, "report_mending", shown_for_days="4", **told) == {"shown_for_days"}
    late.does(loop, UNIT, "report_mending", shown_for_days="5", **told)
    late.does(loop, CHECKER, "verify_finding", stands_verified=True)
    assert loop.stage == "finding_struck"
    town.at("2026-12-01 10:00").does(loop, CHECKER, "came_back", reason="雨季后再次堆放")
    assert loop.stage == "being_mended"


def test_advice_is_given_in_time_and_whether_it_was_followed_is_told(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {"title": "合同审查", "text": "请审查付款和违约条款", "sort_of_question": "a_contract"}
    loop = day.opens(UNIT, "legal_advice", **form)
    day.does(loop, CENTRE, "give_adviser", unit="bureau-justice", adviser=town.username(LAWYER))
    assert loop.state["clock.advising.due"].date().isoformat() == "2026-09-04"
    day.does(loop, LAWYER, "advise", advice_given="第九条违约责任不对等，建议修改", risk_named="some_risk")
    assert day.wants(loop, CHECKER, "tell_followed", was_followed=False) == {"reason"}
    day.does(loop, CHECKER, "tell_followed", was_followed=False, reason="对方不接受修改")
    assert loop.stage == "advice_filed"


def asked(day: Day, came: str, yes: str) -> Loop:
    form = {"title": "停车位重新划线", "text": "高峰期通道被占", "households_asked": "120"}
    loop = day.opens("street-qinghe-grid-1", "deliberation", **form)
    day.does(loop, CENTRE, "call_meeting", unit="street-qinghe")
    vote: dict[str, Any] = {
        "came_to_vote": came,
        "said_yes": yes,
        "resolved": "按方案二实施",
        "carry_out_by": "2026-12-01",
    }
    assert "先协商" in day.refuses(loop, STREET, "count_votes", **vote)
    day.does(loop, STREET, "talk_over", talked_over="主要分歧在位置")
    day.does(loop, STREET, "count_votes", **vote)
    return loop


def test_neighbours_decide_when_half_come_and_more_than_half_of_these_agree(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    assert [asked(day, *votes).stage for votes in (("59", "59"), ("60", "30"), ("60", "31"))] == [
        "voted_down",
        "voted_down",
        "resolution_kept",
    ]


def test_what_neighbours_decided_is_carried_out_and_told(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = asked(day, "110", "90")
    later = town.at("2026-10-20 10:00")
    later.does(loop, STREET, "report_carried", what_came_of_it="已按决议划线")
    later.does(loop, CHECKER, "not_done_yet", reason="两处与决议不符")
    later.does(loop, STREET, "report_carried", what_came_of_it="两处已改正")
    later.does(loop, CHECKER, "tell_all")
    assert loop.stage == "carried"


def test_a_pact_is_kept_with_the_sum_that_came(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "采购商签约", "text": "签约后推动订单落地", "sort_of_pact": "fair_deal", "partner": "外国乙公司",
            "sum_agreed": "600", "pact_by": "2026-11-30", "unit": "bureau-investment"}  # fmt: skip
    loop = day.opens(CHECKER, "coop_item", **form)
    day.does(loop, INVESTMENT, "begin_pact", pact_stand="首批订单已下")
    day.does(loop, INVESTMENT, "report_landed", sum_landed="580", pact_came_to="订单履约完毕")
    day.does(loop, CHECKER, "doubt_pact", reason="落地金额缺凭证")
    day.does(loop, INVESTMENT, "report_landed", sum_landed="580", pact_came_to="凭证已补")
    day.does(loop, CHECKER, "verify_pact")
    assert (loop.stage, loop.state["form.sum_landed"]) == ("pact_kept", "580.00")


def test_a_talent_is_asked_for_papers_once_and_the_clock_stands_still_meanwhile(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {
        "title": "落户",
        "text": "硕士，专业与岗位一致",
        "what_for": "settle_here",
        "employer": "91350100M000100Y43",
    }
    loop = day.opens(CENTRE, "talent_case", reporter_name="冯九", **form)
    day.does(loop, CENTRE, "take_talent", unit="bureau-labour")
    due = loop.state["clock.settling.due"]
    day.does(loop, LABOUR, "want_papers", papers_lacking="学历认证")
    later = town.at("2026-09-08 10:00")
    later.does(loop, LABOUR, "papers_came")
    assert loop.state["clock.settling.due"] > due
    assert later.refuses(loop, LABOUR, "want_papers", papers_lacking="还要一份")
    later.does(loop, LABOUR, "check_rule", rule_met=True, rule_text="第六条第二项")
    later.does(loop, LABOUR, "give_it", given_what="已签发批复")
    assert loop.stage == "talent_here"
