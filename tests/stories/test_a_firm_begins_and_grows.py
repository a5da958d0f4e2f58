"""A business starts within a day (78), adds addresses to its licence, moves in with its whole building (77)."""

from __future__ import annotations

from .plain import ZONE, Day, Loop, Town, measured

CENTRE, CHECKER, MARKET = "csc-dispatcher-1", "office-supervision-1", "bureau-market-clerk-1"
FIRM, OTHER = "91350100M000100Y43", "91512081MA62K0260E"
ALONG = ["seal_cut", "tax_begun", "insured", "fund_opened"]


def asked(day: Day) -> Loop:
    form = {"title": "设立面馆", "text": "餐饮服务", "name_wanted": "澄江一碗面有限公司", "seat_address": "清河路 8 号"}
    papers = ("founding_papers.articles",)
    return day.opens("", "firm_start", capital_pledged="100000", photos=papers, reporter_name="周九", **form)


def due(loop: Loop) -> str:
    return f"{loop.state['clock.starting_up.due'].astimezone(ZONE):%Y-%m-%d %H:%M}"


def registered(day: Day, loop: Loop) -> None:
    day.does(loop, MARKET, "register_start", code_given=FIRM, came_along=ALONG)


def test_a_business_is_registered_within_a_day_of_the_clock_on_the_wall(town: Town) -> None:
    loop = asked(town.at("2026-09-04 16:00"))  # a Friday: nights and days off count
    assert loop.stage == "start_read"  # with the registry at once
    assert due(loop) == "2026-09-05 16:00"
    registered(town.at("2026-09-04 16:40"), loop)
    assert (loop.stage, loop.state["ended"]) == ("started_up", "business_runs")
    slow = asked(town.at("2026-09-07 09:00"))
    registered(town.at("2026-09-09 09:00"), slow)
    assert measured(town, "started_within_a_day", "2026-09", "2026-10-01 00:00") == (1, 2)


def test_what_must_be_put_right_is_told_once_and_does_not_count(town: Town) -> None:
    loop = asked(town.at("2026-09-10 10:00"))
    morning = town.at("2026-09-10 11:00")
    morning.does(loop, MARKET, "tell_to_put_right", to_put_right="章程缺股东签字")
    later = town.at("2026-09-14 11:00")
    later.hears(loop, "reporter", "put_right", put_right_how="已补签")
    assert due(loop) == "2026-09-15 10:00"
    assert "达到上限" in later.refuses(loop, MARKET, "tell_to_put_right", to_put_right="再补一份")


def test_one_licence_carries_many_addresses(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    sites = [{"site_address": "清河路 18 号", "site_area": 86}, {"site_address": "云栖路 5 号", "site_area": 120}]
    form = {"title": "增设两家门店", "text": "食品销售", "holder_firm": FIRM, "licence_number": "澄食证 2026-0107"}
    loop = day.opens("", "many_sites", sites=sites, reporter_name="周九", **form)
    day.does(loop, MARKET, "write_on", written_as="经营场所加载两处地址")
    later = town.at("2026-09-20 10:00")
    later.does(loop, MARKET, "see_sites", sites_seen="逐址看过，与申报一致", sites_as_said=True)
    later.does(loop, CHECKER, "weigh_sites")
    assert (loop.stage, len(loop.state["form.sites"])) == ("sites_stand", 2)
    again = town.at("2026-10-12 10:00")
    again.does(loop, MARKET, "add_sites", sites_more=[{"more_address": "麦浪路 30 号", "more_area": 92}])
    again.does(loop, MARKET, "write_on", written_as="经营场所再加载一处地址")
    again.does(loop, MARKET, "see_sites", sites_seen="麦浪路实为仓库", sites_as_said=False)
    again.does(loop, CHECKER, "weigh_sites")
    assert (loop.stage, loop.state["ended"]) == ("sites_off", "not_as_said")


def test_a_building_is_handled_at_once_when_every_unit_is_ready(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    moving_in = [
        {"firm_code": FIRM, "firm_wish": "食品经营许可", "wish_unit": "bureau-market"},
        {"firm_code": OTHER, "firm_wish": "公共聚集场所检查", "wish_unit": "bureau-fire"},
    ]
    form = {"title": "云栖大厦集中开业", "text": "改造后整楼重新招租", "whole_house": "LY001"}
    loop = day.opens(CENTRE, "house_batch", firms_moving_in=moving_in, **form)
    day.does(loop, CENTRE, "take_house")
    parts = loop.parts("firm_parts")
    assert [part.state["title"] for part in parts] == ["食品经营许可", "公共聚集场所检查"]
    assert "没有办完" in day.refuses(loop, CENTRE, "call_sitting", unit="bureau-market")
    for part, unit in zip(parts, ("bureau-market", "bureau-fire"), strict=True):
        day.does(part, f"{unit}-clerk-1", "handle", result="核查合格")
        day.does(part, f"{unit}-head", "sign_part")
    day.does(loop, CENTRE, "call_sitting", unit="bureau-market")
    sitting = {"who_sat": ["bureau-market", "bureau-fire"], "sat_together": "两家意见一致", "all_granted": True}
    day.does(loop, MARKET, "sit_on_it", **sitting)
    assert (loop.stage, loop.state["ended"]) == ("house_granted", "at_once")
