"""Help at the counter (64, 65, 67): what could not be done finds an owner, a helper, or the other place."""

from __future__ import annotations

from .plain import Day, Loop, Town

CENTRE, UNIT, HALL = "csc-dispatcher-1", "bureau-market-clerk-1", "bureau-data-clerk-1"


def turned_away(day: Day) -> Loop:
    form = {"title": "变更地址办不了", "text": "两个窗口都说不归自己管", "what_was_wanted": "变更登记"}
    loop = day.opens("", "stuck_case", reporter_name="钱一", reporter_phone="13800001111", **form)
    day.does(loop, CENTRE, "claim_it", unit="bureau-market")
    return loop


def test_who_was_turned_away_is_called_helped_and_asked(town: Town) -> None:
    day = town.at("2026-09-01 09:30")
    loop = turned_away(day)
    assert "先联系" in day.refuses(loop, UNIT, "get_it_done", cause_found="handed_round", got_done="已当天办结")
    day.does(loop, UNIT, "call_them", told_at_once="已电话了解经过")
    assert day.wants(loop, UNIT, "get_it_done", got_done="已当天办结") == {"cause_found"}
    day.does(loop, UNIT, "get_it_done", cause_found="handed_round", got_done="协调两部门，当天办结")
    day.does(loop, CENTRE, "ask_them", it_works_now=False, reason="还没有拿到执照")
    assert loop.stage == "unravelled"
    day.does(loop, UNIT, "get_it_done", cause_found="handed_round", got_done="执照已寄出")
    day.does(loop, CENTRE, "ask_them", it_works_now=True)
    assert (loop.stage, loop.state["ended"]) == ("got_it", "done_after_all")


def test_what_the_rules_forbid_is_explained_and_counted_apart(town: Town) -> None:
    day = town.at("2026-09-02 09:30")
    loop = turned_away(day)
    day.does(loop, UNIT, "call_them", told_at_once="已说明政策")
    day.does(loop, UNIT, "get_it_done", cause_found="rules_forbid", got_done="按规定不能办理，已书面说明")
    day.does(loop, CENTRE, "ask_them", it_works_now=False)
    assert (loop.stage, loop.state["ended"]) == ("explained_why", "cannot_be_done")


def test_a_helper_is_sent_and_the_minutes_are_written_down(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    loop = day.opens(CENTRE, "assisted", title="帮办注销", text="不会在手机上操作")
    assert day.wants(loop, CENTRE, "send_helper", unit="bureau-data") == {"helper"}
    day.does(loop, CENTRE, "send_helper", unit="bureau-data", helper=town.username(HALL))
    day.does(loop, HALL, "help_done", minutes_helped="25", help_came_to="handed_in", help_note="陪同填报并提交")
    assert (loop.stage, loop.state["form.minutes_helped"]) == ("helped", 25)


def test_papers_for_another_place_are_handed_over_and_signed_for(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {"title": "补领结婚证", "text": "户籍在外地", "place_of_handling": "外省甲市", "reporter_name": "孙三",
            "holder_number": "110101199003074514"}  # fmt: skip
    loop = day.opens(CENTRE, "relayed_case", photos=("papers_taken",), **form)
    assert day.wants(loop, CENTRE, "identify", unit="bureau-data") == {"identified_by"}
    day.does(loop, CENTRE, "identify", unit="bureau-data", identified_by="by_card")
    day.does(loop, HALL, "hand_over", waybill="EX20260001")
    assert "没有签收" in day.refuses(loop, HALL, "hand_out", decided_there="已办结")
    day.does(loop, HALL, "signed_for", receipt_there="已签收，材料齐全")
    day.does(loop, HALL, "hand_out", decided_there="证件已寄回并交本人")
    assert loop.stage == "delivered_back"
    assert "110101199003074514" not in str(loop.state)
