"""An incident reaches the leader on duty within the hour (23), and is told first, between, and last, in this order."""

from __future__ import annotations

from .plain import Day, Loop, Town, measured

CENTRE, FIRE = "csc-dispatcher-1", "bureau-fire-clerk-1"
ON_DUTY = {1: "chengjiang-deputy-people", 2: "chengjiang-deputy-city"}  # 1 and 2 September: a Tuesday, a Wednesday


def happened(day: Day) -> Loop:
    form = {"title": "商铺起火", "text": "一楼餐饮店起火", "address": "清河路 88 号", "first_level": "iii"}
    loop = day.opens(CENTRE, "incident", street="street-qinghe", happened_at=f"{day.moment:%Y-%m-%dT%H:%M}", **form)
    day.does(loop, CENTRE, "first_report", teams=["bureau-fire"])
    return loop


def test_the_leader_on_duty_reads_it_in_time(town: Town) -> None:
    read = happened(town.at("2026-09-01 10:00"))
    town.at("2026-09-01 10:20").does(read, ON_DUTY[1], "leader_reads", "duty_leader", leaders_word="全力救治")
    unread = happened(town.at("2026-09-02 10:00"))
    town.at("2026-09-02 11:05").comes()
    assert unread.state["count.late_leader"] == 1
    town.at("2026-09-02 11:30").does(unread, ON_DUTY[2], "leader_reads", "duty_leader")
    assert measured(town, "incidents_reach_leader", "2026-09", "2026-10-01 00:00") == (1, 2)


def test_there_is_no_last_report_before_one_between(town: Town) -> None:
    day = town.at("2026-10-12 10:00")
    loop = happened(day)
    (there,) = loop.parts("arrivals")
    day.does(there, FIRE, "arrive")
    day.does(there, FIRE, "finish", what_was_done="明火扑灭", photos=("files",))
    last = {"final_report": "明火扑灭，无人员伤亡，原因为油锅过热"}
    assert "没有续报" in day.refuses(loop, CENTRE, "finish", **last)
    day.does(loop, CENTRE, "follow_up", what_is_new="明火已扑灭")
    day.does(loop, CENTRE, "finish", **last)
    assert loop.stage == "to_be_reviewed"
