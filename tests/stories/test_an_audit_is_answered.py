"""What an audit found (12): sixty days, the proof is looked at by who audits, and more time has a cap."""

from __future__ import annotations

from .plain import Day, Loop, Town, measured

AUDITOR, UNIT = "office-supervision-1", "bureau-market-clerk-1"


def found(day: Day, **more: object) -> Loop:
    form = {"title": "采购程序不完整", "text": "三笔采购缺比价记录", "report_number": "澄审报〔2026〕6 号",
            "sort_of_finding": "mend_at_once", "money_in_question": "128000", "unit": "bureau-market"}  # fmt: skip
    return day.opens(AUDITOR, "audit_finding", **{**form, **more})


def test_it_is_struck_off_when_the_proof_holds(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = found(day)
    day.does(loop, UNIT, "own_it", mending_plan="补齐手续，修订内控制度")
    later = town.at("2026-04-01 10:00")
    assert "proof_papers" in later.wants(loop, UNIT, "hand_in_proof", what_changed="制度已修订")
    much = dict(what_changed="制度已修订并印发", photos=("proof_papers",))
    assert later.wants(loop, UNIT, "hand_in_proof", money_put_right="128000.01", **much) == {"money_put_right"}
    later.does(loop, UNIT, "hand_in_proof", money_put_right="128000", **much)
    later.does(loop, AUDITOR, "find_it_right", holds_good=False, reason="缺印发文件")
    assert loop.stage == "putting_right"
    later.does(loop, UNIT, "hand_in_proof", **much)
    later.does(loop, AUDITOR, "find_it_right", holds_good=True)
    assert (loop.stage, loop.state["ended"]) == ("audit_closed", "put_right")


def test_sixty_days_and_more_only_by_who_audits(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = found(day)
    due = loop.state["clock.mending_audit.due"]
    assert due.date().isoformat() == "2026-05-01"
    day.does(loop, UNIT, "own_it", mending_plan="清理上缴，完善办法")
    assert day.refuses(loop, AUDITOR, "grant_days")
    day.does(loop, UNIT, "ask_days", days_added="30", reason="需财政部门批复")
    day.does(loop, AUDITOR, "grant_days")
    assert loop.state["clock.mending_audit.due"].date().isoformat() == "2026-05-31"


def test_one_that_is_late_is_named_and_open_ones_are_counted_per_unit(town: Town) -> None:
    before = measured(town, "audit_open", "2026-06", "2026-06-30 12:00")[0]
    day = town.at("2026-04-07 10:00")
    loop = found(day)
    day.does(loop, UNIT, "own_it", mending_plan="逐件盘点，账实一致")
    town.at("2026-06-30 10:00").comes()
    assert loop.state["count.tell_overdue"] == 1
    assert measured(town, "audit_open", "2026-06", "2026-06-30 12:00")[0] == before + 1
