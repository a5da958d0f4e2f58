"""Major projects (7), open challenges (51) and firms that might come (91): each step with its day."""

from __future__ import annotations

from .plain import Day, Loop, Town, measured

CHECKER, LEADER = "office-supervision-1", "chengjiang-deputy-people"
UNIT, HEAD = "bureau-development-clerk-1", "bureau-development-head"


def project(day: Day, **more: object) -> Loop:
    form = {"title": "社区文化中心", "text": "政府投资，概算已批复", "floor_area": "8600", "unit": "bureau-development",
            "start_planned": "2026-05-01", "finish_planned": "2027-11-30"}  # fmt: skip
    return day.opens(CHECKER, "project", **{**form, **more})


def test_a_project_starts_is_held_up_freed_and_finished(town: Town) -> None:
    day = town.at("2026-02-10 10:00")
    loop = project(day)
    day.does(loop, UNIT, "get_permit", permit_number="澄建许 2026-018")
    start = town.at("2026-04-20 10:00")
    start.does(loop, UNIT, "start_work", how_it_stands="正式开工")
    assert measured(town, "projects_started", "2026-04", "2026-05-01 08:00")[0] == 1
    start.does(loop, UNIT, "raise_block", held_up_by="临时用电容量不足")
    start.does(loop, LEADER, "free_it", freed_how="专班协调增容到位")
    assert start.refuses(loop, CHECKER, "free_it", freed_how="再协调一次")
    end = town.at("2027-11-20 10:00")
    end.does(loop, UNIT, "report_finished", accepted_papers="澄竣备 2027-009")
    end.does(loop, CHECKER, "not_finished", reason="消防验收意见未附")
    end.does(loop, UNIT, "report_finished", accepted_papers="澄竣备 2027-009")
    end.does(loop, CHECKER, "verify_finish")
    assert (loop.stage, loop.state["ended"]) == ("finished", "stands")


def test_a_start_that_is_late_is_told(town: Town) -> None:
    loop = project(town.at("2026-02-10 10:00"), title="产业园二期")
    town.at("2026-05-06 10:00").comes()
    assert loop.state["count.start_is_late"] == 1


def test_a_challenge_is_awarded_after_the_last_day_and_accepted(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "社区食堂智能点餐", "text": "面向社会征集解决方案，先在两个街道试用", "bids_until": "2026-03-31"}
    loop = day.opens(CHECKER, "challenge", unit="bureau-development", **form)
    award = {"winner": "甲智能科技公司", "why_this_one": "方案成熟，报价合理", "deliver_by": "2026-09-30"}
    day.does(loop, UNIT, "take_bid", bidder="甲智能科技公司", bid_in_short="三个月试点")
    assert "截止后" in day.refuses(loop, CHECKER, "award_it", **award)
    late = town.at("2026-04-01 10:00")
    assert "截止" in late.refuses(loop, UNIT, "take_bid", bidder="乙公司", bid_in_short="来晚了的方案")
    late.does(loop, CHECKER, "award_it", **award)
    done = town.at("2026-09-20 10:00")
    done.does(loop, UNIT, "deliver", delivered_what="两个街道试运行一个月")
    done.does(loop, CHECKER, "try_it", does_what_it_should=True)
    assert (loop.stage, loop.state["ended"]) == ("challenge_met", "challenge_solved")


def test_a_firm_comes_step_by_step_and_only_tax_that_was_paid_counts(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "研发中心", "text": "需要两千平方米场地", "trade": "先进制造", "unit": "bureau-development"}
    loop = day.opens(UNIT, "investment_lead", **form)
    day.does(loop, UNIT, "begin_talks", spoken_with="介绍区位和政策")
    day.does(loop, UNIT, "sign_up", money_signed="2000")
    assert day.wants(loop, UNIT, "register_firm", firms_number="91310000000000000X") == {"firms_number"}
    day.does(loop, UNIT, "register_firm", firms_number="91350100M000100Y43")
    assert day.wants(loop, UNIT, "pay_first_tax", first_tax="0") == {"first_tax"}
    day.does(loop, UNIT, "pay_first_tax", first_tax="12")
    assert (loop.stage, loop.state["ended"]) == ("pays_tax", "landed")
