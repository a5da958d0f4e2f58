"""Any desk takes any matter (119), led by a list; and whoever was served rates it (63), by whatever desk it was."""

from __future__ import annotations

from typing import Any

import pytest

from .plain import Day, Loop, Town, measured

CENTRE, STREET, OFFICE = "csc-dispatcher-1", "street-qinghe-clerk-1", "bureau-civil-affairs-clerk-1"
GUIDANCE = "card form proof told"


def guided(wrong: str = "") -> list[dict[str, Any]]:
    return [{"item": item, "ok": item != wrong, "note": "未带" if item == wrong else ""} for item in GUIDANCE.split()]


def came(day: Day) -> Loop:
    form = {"title": "老年综合津贴申领", "text": "本人到窗口申请", "desk_thing": "QG01", "street": "street-qinghe"}
    return day.opens(STREET, "any_desk", reporter_name="沈老伯", reporter_phone="13800001111", **form)


def test_where_all_is_there_it_is_done_at_once(town: Town) -> None:
    day = town.at("2026-04-01 10:00")
    loop = came(day)
    assert loop.stage == "at_this_desk"
    done = {"done_at_once": "当场录入受理"}
    assert "gone_through" in day.wants(loop, STREET, "do_at_once", gone_through=guided("proof"), **done)
    day.does(loop, STREET, "do_at_once", gone_through=guided(), **done)
    assert loop.state["ended"] == "done_at_desk"
    handed = came(day)
    day.does(handed, STREET, "give_to_office", unit="bureau-civil-affairs", reason="需要条线系统权限")
    day.does(handed, OFFICE, "office_does", office_did="复核通过，已办结")
    assert handed.state["ended"] == "done_by_office"
    assert measured(town, "desk_did_it", "2026-04", "2026-05-01 00:00") == (1, 2)


def test_what_is_missing_is_told_once_and_brought(town: Town) -> None:
    day = town.at("2026-05-06 10:00")
    loop = came(day)
    day.does(loop, STREET, "ask_to_bring", gone_through=guided("proof"), come_again_with="户口簿原件")
    town.at("2026-05-08 10:00").does(loop, STREET, "do_at_once", gone_through=guided(), done_at_once="当场办结")
    assert loop.stage == "desk_done"
    away = came(day)
    day.does(away, STREET, "ask_to_bring", gone_through=guided("card"), come_again_with="身份证")
    town.at("2026-06-08 10:00").comes()
    assert (away.stage, away.state["ended"]) == ("never_back", "left_open")


@pytest.mark.parametrize(
    ("stars", "comment", "opened"), [("two_stars", "等了四十分钟", 1), ("two_stars", "", 0), ("five_stars", "很快", 0)]
)
def test_a_bad_rating_with_a_reason_is_put_right_by_that_desk(
    town: Town, stars: str, comment: str, opened: int
) -> None:
    day = town.at("2026-07-01 10:00")
    loop = came(day)
    day.does(loop, STREET, "do_at_once", gone_through=guided(), done_at_once="当场办结")
    day.hears(loop, "reporter", "rate", stars=stars, **({"comment": comment} if comment else {}))
    parts = loop.parts("rectifications")
    assert len(parts) == opened
    for part in parts:
        assert part.state["lead"] == "street-qinghe"
        assert part.state["clock.calling.due"].date().isoformat() == "2026-07-01"


def test_silence_is_counted_by_itself_and_never_as_praise(town: Town) -> None:
    day = town.at("2026-08-03 10:00")
    loop = came(day)
    day.does(loop, STREET, "do_at_once", gone_through=guided(), done_at_once="当场办结")
    town.at("2026-08-12 10:00").comes()
    assert loop.state["rated.default"] == 4
    assert measured(town, "counters_content", "2026-08", "2026-09-01 00:00") == (0, 0)
