"""Lines and pipes (36, 117), renewal (109, 114, 151, 152), rebuilt blocks (108) and plots of land (93)."""

from __future__ import annotations

from .plain import Day, Loop, Town

CLERK, CHECKER = "bureau-construction-clerk-1", "office-supervision-1"
HOUSING, PLANNING = "bureau-housing-clerk-1", "bureau-planning-clerk-1"


def lines(day: Day) -> Loop:
    form = {"title": "架空线入地", "text": "自路口至桥头", "sort_of_line": "overhead", "metres_planned": "860"}
    return day.opens(CLERK, "line_works", dig_by="2026-10-31", unit="bureau-construction", **form)


def test_metres_are_planned_laid_and_accepted_by_somebody_else(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = lines(day)
    assert day.wants(loop, CLERK, "begin_digging") == {"dig_permit"}
    day.does(loop, CLERK, "begin_digging", dig_permit="掘路 2026-021")
    assert day.wants(loop, CLERK, "report_metres", metres_so_far="1721") == {"metres_so_far"}
    later = town.at("2026-09-10 10:00")
    later.does(loop, CLERK, "report_laid", metres_done="855")
    later.does(loop, CHECKER, "accept_works", laid_well=False, reason="恢复路面不平整")
    assert loop.stage == "digging"
    later.does(loop, CLERK, "report_laid", metres_done="855")
    later.does(loop, CHECKER, "accept_works", laid_well=True)
    assert (loop.stage, loop.state["form.metres_done"]) == ("in_the_ground", 855)


def test_works_that_are_late_are_told_to_the_head(town: Town) -> None:
    loop = lines(town.at("2026-03-02 10:00"))
    town.at("2026-11-02 10:00").comes()
    assert loop.state["count.works_late"] == 1


def test_homes_are_renewed_where_two_thirds_agree(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "老旧住房修缮", "text": "屋面和楼道", "sort_of_renewal": "old_homes", "area_planned": "8600"}
    loop = day.opens(HOUSING, "renewal_works", renew_by="2026-11-30", unit="bureau-housing", **form)
    assert day.wants(loop, HOUSING, "begin_renewal", homes_agreed="66") == {"homes_agreed"}
    day.does(loop, HOUSING, "begin_renewal", homes_agreed="85")
    day.does(loop, HOUSING, "report_renewed", area_renewed="8600")
    day.does(loop, CHECKER, "accept_renewal", renewed_well=True)
    assert loop.stage == "renewed"


def test_a_block_is_rebuilt_door_by_door(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "小梁薄板房改造", "text": "厨卫合用", "doors_in_all": "96", "unit": "bureau-housing"}
    loop = day.opens(HOUSING, "rebuild_block", **form)
    assert day.wants(loop, HOUSING, "count_doors", doors_signed="97") == {"doors_signed"}
    day.does(loop, HOUSING, "count_doors", doors_signed="95")
    assert "99%" in day.refuses(loop, HOUSING, "takes_effect")
    day.does(loop, HOUSING, "count_doors", doors_signed="96")
    day.does(loop, HOUSING, "takes_effect")
    day.does(loop, HOUSING, "count_empty", doors_empty="95")
    assert "没有搬离" in day.refuses(loop, HOUSING, "begin_rebuilding")
    day.does(loop, HOUSING, "count_empty", doors_empty="96")
    day.does(loop, HOUSING, "begin_rebuilding")
    end = town.at("2028-03-02 10:00")
    end.does(loop, HOUSING, "hand_keys")
    end.does(loop, HOUSING, "count_back", doors_back="95")
    assert "没有回搬" in end.refuses(loop, CHECKER, "close_block")
    end.does(loop, HOUSING, "count_back", doors_back="96")
    end.does(loop, CHECKER, "close_block")
    assert loop.stage == "block_done"


def test_the_days_between_a_plots_states_are_its_clocks(town: Town) -> None:
    form = {"title": "产业地块", "text": "净地，三通一平", "hectares": "2.6", "unit": "bureau-planning"}
    loop = town.at("2026-01-12 10:00").opens(PLANNING, "land_plot", **form)
    sold = town.at("2026-04-13 10:00")
    sold.does(loop, PLANNING, "sell_land", sold_for="86000", owner_code="91350100M000100Y43")
    town.at("2027-04-14 10:00").comes()
    assert loop.state["count.land_lies_idle"] == 1
    start = town.at("2027-04-20 10:00")
    start.does(loop, PLANNING, "build_on_land", stands_on_it="取得施工许可")
    state = loop.state
    assert (state["clock.store_to_sale.stopped"] - state["clock.store_to_sale.started"]).days == 91
    start.does(loop, PLANNING, "finish_on_land", stands_on_it="主体竣工")
    start.does(loop, PLANNING, "count_let", let_share="79")
    assert "80%" in start.refuses(loop, CHECKER, "open_land")
    start.does(loop, PLANNING, "count_let", let_share="92")
    start.does(loop, CHECKER, "open_land")
    assert loop.stage == "land_in_use"
