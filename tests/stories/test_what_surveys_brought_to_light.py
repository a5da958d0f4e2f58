"""Problems from visits (9, 98): each has an owner and a day; the rate is what was solved of what was collected."""

from __future__ import annotations

from .plain import Day, Loop, Town, measured

CENTRE, UNIT, UNIT_HEAD, CHECKER = (
    "csc-dispatcher-1",
    "bureau-market-clerk-1",
    "bureau-market-head",
    "office-supervision-1",
)


def collected(day: Day, title: str) -> Loop:
    loop = day.opens(CENTRE, "survey_problem", title=title, text="走访时商户提出", way_heard="on_a_visit")
    day.does(loop, CENTRE, "give_owner", unit="bureau-market", solve_by="2026-09-30")
    return loop


def test_a_problem_is_solved_looked_at_and_struck_off(town: Town) -> None:
    day = town.at("2026-09-01 09:30")
    loop = collected(day, "菜场公平秤不准")
    later = town.at("2026-09-10 10:00")
    later.does(loop, UNIT, "tell_step", step_taken="已送检三台")
    later.does(loop, UNIT, "report_gone", solved_how="三台已更换并贴封")
    assert later.refuses(loop, UNIT, "look_whether_gone", really_gone=True)  # who solved it does not verify it
    # the first look finds one still wrong: the clock goes on where it stopped
    checked = town.at("2026-09-14 15:00")
    checked.does(loop, CHECKER, "look_whether_gone", really_gone=False, reason="还有一台没有更换")
    assert loop.stage == "being_solved"
    town.at("2026-09-16 11:00").does(loop, UNIT, "report_gone", solved_how="最后一台已更换")
    town.at("2026-09-17 09:00").does(loop, CHECKER, "look_whether_gone", really_gone=True)
    assert (loop.stage, loop.state["ended"]) == ("struck_out", "problem_gone")


def test_what_cannot_be_solved_now_is_decided_by_the_head_alone(town: Town) -> None:
    day = town.at("2026-09-02 09:30")
    loop = collected(day, "菜场搬迁后的选址")
    day.does(loop, UNIT, "ask_put_off", why_not_now="地块尚未收储，更新时一并解决")
    assert day.refuses(loop, UNIT, "allow_put_off")
    day.does(loop, UNIT_HEAD, "allow_put_off")
    assert (loop.stage, loop.state["ended"]) == ("kept_in_view", "problem_waits")


def test_the_day_by_which_it_is_solved_lies_ahead(town: Town) -> None:
    day = town.at("2026-09-03 09:30")
    loop = day.opens(CENTRE, "survey_problem", title="路口积水", text="雨后积水半天")
    assert day.wants(loop, CENTRE, "give_owner", unit="bureau-water", solve_by="2026-09-02") == {"solve_by"}


def test_the_rate_is_solved_of_collected(town: Town) -> None:
    """Fifteen were collected in October and fourteen solved: 93.3 %, and one put off is not solved."""
    day, done = town.at("2026-10-12 09:30"), town.at("2026-10-20 09:30")
    loops = []
    for n in range(15):
        loop = day.opens(CENTRE, "survey_problem", title=f"十月问题{n}", text="座谈会提出", way_heard="at_a_forum")
        day.does(loop, CENTRE, "give_owner", unit="bureau-market", solve_by="2026-11-30")
        loops.append(loop)
    for loop in loops[:14]:
        done.does(loop, UNIT, "report_gone", solved_how="已经解决")
        done.does(loop, CHECKER, "look_whether_gone", really_gone=True)
    done.does(loops[14], UNIT, "ask_put_off", why_not_now="需上级部门修订目录")
    done.does(loops[14], UNIT_HEAD, "allow_put_off")
    assert measured(town, "survey_solved", "2026-10", "2026-11-01 08:00") == (14, 15)


def test_a_visit_to_a_firm_brings_problems_along_and_tells_what_became_of_them(town: Town) -> None:
    day = town.at("2026-09-07 14:00")
    visit = day.opens(
        "bureau-market-clerk-1", "firm_visit", title="投产前走访", firm_seen="QY0001", visit_on="2026-09-08",
        unit="bureau-market",
    )  # fmt: skip
    heard = [{"in_short": "停车难", "in_full": "车位只够一半员工"}, {"in_short": "路面破损", "in_full": "门口坑洼"}]
    day.does(visit, UNIT, "write_visit_up", how_they_are="订单稳定", who_received="厂长", problems_heard=heard)
    problems = visit.parts("problems")
    assert [loop.state["title"] for loop in problems] == ["停车难", "路面破损"]
    assert "没有办完" in day.refuses(visit, UNIT, "tell_firm", back_with="都办好了")
    for loop in problems:
        day.does(loop, CENTRE, "give_owner", unit="bureau-market", solve_by="2026-09-30")
        day.does(loop, UNIT, "report_gone", solved_how="已经协调解决")
        day.does(loop, CHECKER, "look_whether_gone", really_gone=True)
    day.does(visit, UNIT, "tell_firm", back_with="两件都已办结，当面回告")
    assert visit.stage == "visit_closed"
