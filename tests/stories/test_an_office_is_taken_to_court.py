"""A decision is contested (164): answered in the law's days, heard with the head present, and learnt from when lost."""

from __future__ import annotations

from .plain import Day, Loop, Town, measured

CENTRE, CHECKER, UNIT = "csc-dispatcher-1", "office-supervision-1", "bureau-enforcement-clerk-1"


def contested(day: Day, before: str) -> Loop:
    form = {"title": "不服罚款决定", "text": "认为程序违法，请求撤销", "case_number": "（2026）行初 41 号"}
    form |= {"contested_act": "penalty", "office_sued": "bureau-enforcement"}
    loop = day.opens(CENTRE, "law_case", before_whom=before, **form)
    assert loop.stage == "case_answered"
    return loop


def decided(day: Day, loop: Loop, result: str, present: str = "head_came") -> None:
    day.does(loop, UNIT, "answer_case", answer_filed="事实清楚，程序合法", photos=("proof_filed",))
    day.does(loop, UNIT, "hear_case", heard_what="开庭一次", head_present=present)
    day.does(loop, UNIT, "case_decided", case_came_to=result, decided_on_paper="见裁判文书")


def test_the_answer_is_due_as_the_law_says(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    reviewed, sued = contested(day, "by_review"), contested(day, "by_lawsuit")
    assert reviewed.state["clock.answering_case.due"].date().isoformat() == "2026-03-12"
    assert sued.state["clock.answering_case.due"].date().isoformat() == "2026-03-17"
    day.does(sued, UNIT, "answer_case", answer_filed="事实清楚，程序合法", photos=("proof_filed",))
    assert "法院" in day.refuses(sued, UNIT, "put_off", days_put_off="30", reason="案情复杂")


def test_a_review_is_put_off_once_and_by_thirty_days_at_most(town: Town) -> None:
    day = town.at("2026-03-02 10:00")
    loop = contested(day, "by_review")
    day.does(loop, UNIT, "answer_case", answer_filed="事实清楚，程序合法", photos=("proof_filed",))
    due = loop.state["clock.deciding_case.due"]
    day.does(loop, UNIT, "put_off", days_put_off="30", reason="案情复杂，需要补充证据")
    assert (loop.state["clock.deciding_case.due"] - due).days == 30
    day.refuses(loop, UNIT, "put_off", days_put_off="5", reason="仍需补充证据")


def test_who_loses_says_what_changes_and_the_rates_count(town: Town) -> None:
    day = town.at("2026-05-11 10:00")
    lost, settled, won = contested(day, "by_lawsuit"), contested(day, "by_lawsuit"), contested(day, "by_lawsuit")
    decided(day, settled, "talked_out", "deputy_came")
    decided(day, won, "upheld", "nobody_came")
    decided(day, lost, "act_undone")
    assert (settled.stage, won.stage, lost.stage) == ("case_filed", "case_filed", "case_learnt")
    day.does(lost, UNIT, "learn_from_case", learnt_from_it="送达回证未保存，已统一用送达平台留痕")
    day.does(lost, CHECKER, "check_learnt")
    assert (lost.stage, lost.state["ended"]) == ("case_filed", "case_lost")
    until = "2026-06-01 00:00"
    assert measured(town, "law_lost", "2026-05", until) == (1, 3)
    assert measured(town, "law_settled", "2026-05", until) == (1, 3)
    assert measured(town, "heads_in_court", "2026-05", until) == (2, 3)
