"""Pledges (69), permits side by side (72) and aid for a household (132)."""

from __future__ import annotations

from typing import Any

from .plain import Day, Loop, Town

CENTRE, CHECKER, MARKET = "csc-dispatcher-1", "office-supervision-1", "bureau-market-clerk-1"
STREET, STREET_HEAD = "street-qinghe-clerk-1", "street-qinghe-head"
FIRM = "91350100M000100Y43"


def pledged(day: Day) -> Loop:
    form = {"title": "小餐饮备案", "text": "按告知承诺方式申请", "pledger": FIRM, "what_is_lacking": "场所证明"}
    loop = day.opens(CENTRE, "pledged_case", hand_in_by="2026-09-30", **form)
    day.does(loop, CENTRE, "take_pledge", unit="bureau-market")
    day.does(loop, MARKET, "grant_on_pledge", granted_what="准予备案，当场发证", photos=("pledge_papers",))
    return loop


def test_who_keeps_the_pledge_keeps_what_was_granted(town: Town) -> None:
    loop = pledged(town.at("2026-09-01 10:00"))
    later = town.at("2026-09-20 10:00")
    later.does(loop, MARKET, "hand_in", papers_given="场所证明原件")
    later.does(loop, CHECKER, "check_pledge", checked_how="现场核查，与承诺一致", pledge_true=True)
    assert (loop.stage, loop.state["ended"]) == ("pledge_kept", "kept_word")


def test_who_breaks_it_loses_it_and_not_before_the_day(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = pledged(day)
    assert "期限未到" in day.refuses(loop, MARKET, "word_broken", reason="逾期未补交")
    late = town.at("2026-10-09 10:00")
    late.comes()
    assert loop.state["count.word_is_late"] == 1
    late.does(loop, MARKET, "word_broken", reason="逾期未补交")
    assert (loop.stage, loop.state["ended"]) == ("pledge_broken", "broke_word")


def test_permits_are_asked_side_by_side_and_the_certificate_waits_for_all(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    needed = [
        {"permit": "规划许可", "from_unit": "bureau-planning"},
        {"permit": "施工许可", "from_unit": "bureau-construction"},
    ]
    form = {"title": "厂房新建", "text": "新建四层厂房", "builder": FIRM, "land_given_on": "2026-08-31"}
    loop = day.opens(CENTRE, "building_approval", permits_needed=needed, **form)
    day.does(loop, CENTRE, "take_approval")
    parts = loop.parts("permits")
    assert [part.state["title"] for part in parts] == ["规划许可", "施工许可"]
    assert "没有办完" in day.refuses(loop, CENTRE, "hand_to_registry", unit="bureau-planning")
    later = town.at("2026-09-08 10:00")
    for part, clerk in zip(parts, ("bureau-planning-clerk-1", "bureau-construction-clerk-1"), strict=True):
        walk_part(later, part, clerk)
    later.does(loop, CENTRE, "hand_to_registry", unit="bureau-planning")
    later.does(loop, "bureau-planning-clerk-1", "give_certificate", certificate="澄不动产权 2026-0018")
    state: dict[str, Any] = loop.state
    assert state["stage"] == "certified"
    assert (state["clock.land_to_certificate.stopped"] - state["clock.land_to_certificate.started"]).days == 7


def walk_part(day: Day, part: Loop, clerk: str) -> None:
    """As one permit goes: seen to by a clerk, signed by the head."""
    day.does(part, clerk, "handle", result="现场核查合格，准予办理")
    day.does(part, clerk.replace("clerk-1", "head"), "sign_part")


def test_a_household_is_visited_signed_for_and_looked_at_again(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "申请救助", "text": "主要劳动力患病", "people_at_home": "3", "reporter_name": "陈十"}
    loop = day.opens(CENTRE, "aid_case", **form)
    day.does(loop, CENTRE, "take_aid", unit="street-qinghe")
    told = {"visit_told": "入户核对，情况属实", "aid_tier": "lowest_income"}
    assert day.wants(loop, STREET, "see_home", **told) == {"sum_a_month"}
    day.does(loop, STREET, "see_home", sum_a_month="1510", **told)
    day.does(loop, STREET_HEAD, "sign_tier")
    assert loop.state["clock.reviewing_aid.due"].date().isoformat() == "2026-09-02"
    town.at("2026-09-03 10:00").comes()
    assert loop.state["count.review_is_late"] == 1
    again = town.at("2026-09-04 10:00")
    again.does(loop, STREET, "review_aid", still_in_need=True)
    assert (loop.stage, loop.state["clock.reviewing_aid.due"].date().isoformat()) == ("aid_running", "2027-03-04")
    town.at("2027-03-01 10:00").does(loop, STREET, "review_aid", still_in_need=False)
    assert loop.stage == "aid_ended"


def test_who_is_not_in_need_is_refused_by_the_head(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    form = {"title": "申请救助", "text": "收入下降", "people_at_home": "2", "reporter_name": "林一"}
    loop = day.opens(CENTRE, "aid_case", **form)
    day.does(loop, CENTRE, "take_aid", unit="street-qinghe")
    day.does(loop, STREET, "see_home", visit_told="名下有两处房产", aid_tier="not_in_need")
    day.does(loop, STREET_HEAD, "sign_tier")
    assert loop.stage == "aid_refused"
