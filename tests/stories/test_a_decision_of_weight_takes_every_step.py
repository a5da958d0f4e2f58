"""A major decision (162): a step that is missing blocks the next; it is judged again when a year has gone."""

from __future__ import annotations

from typing import Any

from .plain import Day, Loop, Town

UNIT, LAWYER, LEADER = "bureau-construction-clerk-1", "office-supervision-1", "chengjiang-deputy-people"
HEARD: dict[str, Any] = {"heard_how": "comments_asked", "days_open": "30", "comments_had": "214", "comments_used": "31"}


def begun(day: Day) -> Loop:
    form = {
        "title": "停车收费调整方案",
        "text": "涉及居民面广",
        "in_the_catalogue": "2026-02",
        "unit": "bureau-construction",
    }
    return day.opens(LAWYER, "major_decision", **form)


def prepared(day: Day) -> Loop:
    loop = begun(day)
    day.does(loop, UNIT, "write_draft", draft_text="草案共六章二十八条，附起草说明")
    day.does(loop, UNIT, "hear_public", **HEARD)
    day.does(loop, UNIT, "weigh_risk", risk_found="risk_middling", risk_text="停车需求外溢，已有预案")
    day.does(loop, UNIT, "send_to_lawyers")
    return loop


def test_no_step_can_be_left_out(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = begun(day)
    assert "先有草案" in day.refuses(loop, UNIT, "hear_public", **HEARD)
    for action, form in (
        ("write_draft", {"draft_text": "草案共六章二十八条，附起草说明"}),
        ("hear_public", HEARD),
        ("weigh_risk", {"risk_found": "risk_low", "risk_text": "风险可控，分步实施"}),
    ):
        assert "齐备" in day.refuses(loop, UNIT, "send_to_lawyers")
        day.does(loop, UNIT, action, **form)
    day.does(loop, UNIT, "send_to_lawyers")
    assert day.refuses(loop, LEADER, "decide", decided_text="集体讨论通过")  # no lawyer has read it
    assert loop.stage == "lawyers_read"


def test_comments_are_asked_for_during_thirty_days(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = begun(day)
    day.does(loop, UNIT, "write_draft", draft_text="草案共六章二十八条，附起草说明")
    assert day.wants(loop, UNIT, "hear_public", **{**HEARD, "days_open": "29"})
    assert day.wants(loop, UNIT, "hear_public", **{**HEARD, "comments_used": "215"})


def test_what_is_not_lawful_goes_back_and_what_was_decided_is_judged_again(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = prepared(day)
    day.does(loop, LAWYER, "read_law", lawful=False, lawyers_view="第十二条与上位法不一致")
    assert loop.stage == "being_drafted"
    day.does(loop, UNIT, "send_to_lawyers")
    day.does(loop, LAWYER, "read_law", lawful=True, lawyers_view="权限、程序和内容合法")
    day.does(loop, LEADER, "decide", decided_text="常务会议集体讨论通过，自四月一日起实施")
    assert loop.state["clock.judging_again.due"].date().isoformat() == "2027-03-02"
    after = town.at("2027-03-03 10:00")
    after.comes()
    assert loop.state["count.tell_evaluation_late"] == 1
    after.does(loop, UNIT, "judge_it_again", looked_back="实施一年，停车周转率提高，建议继续", keep_it="go_on_with_it")
    assert (loop.stage, loop.state["ended"]) == ("evaluated", "goes_on")
