"""A building without permission (35): heard, ordered down, measured; a new one that is late is told further up."""

from __future__ import annotations

from .plain import Day, Loop, Town

GRID, CENTRE, STREET = "street-qinghe-grid-1", "csc-dispatcher-1", "street-qinghe-clerk-1"
CHECKER, LEADER = "office-supervision-1", "chengjiang-deputy-people"


def spotted(day: Day, built_when: str = "of_old") -> Loop:
    form = {"title": "天井搭建", "text": "砖混结构约十四平方米", "built_when": built_when, "area_found": "14.5"}
    loop = day.opens(GRID, "illegal_building", **form)
    day.does(loop, CENTRE, "take_on", unit="street-qinghe")
    return loop


def ordered(day: Day, loop: Loop, down_by: str) -> None:
    day.does(loop, STREET, "hear_owner", owner_said="由前业主搭建，愿意配合")
    day.does(loop, STREET, "order_it_down", order_text="自行拆除并恢复原状", down_by=down_by)


def test_it_is_heard_ordered_down_and_measured_again(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = spotted(day)
    assert "陈述" in day.refuses(loop, STREET, "order_it_down", order_text="自行拆除", down_by="2026-09-20")
    ordered(day, loop, "2026-09-20")
    later = town.at("2026-09-15 10:00")
    shots = ("photos_before", "photos_after")
    more = {"by_whom_down": "by_its_owner", "photos": shots}
    assert later.wants(loop, STREET, "report_down", area_gone="14.6", **more) == {"area_gone"}
    later.does(loop, STREET, "report_down", area_gone="14.5", **more)
    later.does(loop, CHECKER, "measure_again", nothing_left=False, reason="还留有半截墙体")
    later.does(loop, STREET, "report_down", area_gone="14.5", by_whom_down="by_its_owner", photos=("photos_after",))
    later.does(loop, CHECKER, "measure_again", nothing_left=True)
    assert (loop.stage, loop.state["ended"], loop.state["form.area_gone"]) == ("taken_down", "building_gone", 14.5)
    town.at("2026-12-01 10:00").does(loop, CHECKER, "built_again", reason="巡查发现重建")
    assert loop.stage == "spotted"


def test_a_new_one_that_is_late_reaches_the_leader_and_an_old_one_does_not(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    new, old = spotted(day, "newly_built"), spotted(day)
    for loop in (new, old):
        ordered(day, loop, "2026-09-08")
    town.at("2026-09-10 10:00").comes()
    assert [loop.state.get("count.new_is_late", 0) for loop in (new, old)] == [1, 0]
    town.at("2026-09-10 11:00").does(new, LEADER, "seen_by_leader")


def test_what_was_built_with_permission_ends_without_an_order(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = spotted(day)
    day.does(loop, STREET, "find_lawful", reason="有建设工程规划许可证")
    assert (loop.stage, loop.state["ended"]) == ("found_lawful", "lawful")
