"""Volunteers' hours (126), what workers were taught (130) and who serves well (146): each checked by somebody else."""

from __future__ import annotations

from typing import Any

from .plain import Day, Loop, Town, measured

CENTRE, CHECKER, STREET = "csc-dispatcher-1", "office-supervision-1", "street-qinghe-clerk-1"
HEAD = "street-qinghe-head"
ASKED = "licence kitchen samples health menu price access hygiene delivery complaints"


def test_hours_count_when_somebody_else_has_seen_the_sheet(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    form = {"title": "清洁家园", "text": "整理楼道、清运旧物", "volunteer_group": "ZY01", "serve_on": "2026-09-05"}
    loop = day.opens(CENTRE, "volunteer_work", volunteers_wanted="15", **form)
    given = {"volunteers_came": "12", "hours_of_each": "2.5", "what_it_did": "清理楼道六处"}
    assert "日期未到" in day.refuses(loop, STREET, "tell_hours", **given)
    later = town.at("2026-09-05 17:00")
    later.does(loop, STREET, "tell_hours", photos=("sheet_signed",), **given)
    assert loop.state["form.hours_given"] == 30
    later.does(loop, CHECKER, "count_hours")
    assert (loop.stage, loop.state["ended"]) == ("hours_count", "service_given")


def test_a_training_is_put_on_record_by_the_head(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    names = ["jinchunyan.990108"]
    form = {
        "title": "在岗轮训",
        "text": "矛盾调解与数据填报",
        "course_sort": "yearly_course",
        "taught_on": "2026-09-08",
    }
    loop = day.opens(STREET, "worker_training", asked_to_come=names, unit="street-qinghe", **form)
    town.at("2026-09-09 10:00").does(
        loop, STREET, "write_course_up", hours_taught="8", who_came=names, course_note="到训率较高"
    )
    town.at("2026-09-09 11:00").does(loop, HEAD, "file_course")
    assert (loop.stage, loop.state["ended"]) == ("course_filed", "course_held")


def looked_at(day: Day, wrong: set[str], asked: int, content: int) -> Loop:
    loop = day.opens(CENTRE, "provider_check", title="节前抽查", provider_seen="GF01")
    rows: list[dict[str, Any]] = [
        {"item": item, "ok": item not in wrong, "note": "不符合" if item in wrong else ""} for item in ASKED.split()
    ]
    day.does(loop, STREET, "rate_provider", quality_list=rows, people_asked=str(asked), people_content=str(content))
    day.does(loop, CHECKER, "verify_provider", rating_stands=True)
    return loop


def test_who_is_excellent_in_both_is_on_the_list_and_nobody_else(town: Town) -> None:
    day = town.at("2026-09-01 10:00")
    both = looked_at(day, {"menu"}, 60, 58)
    assert (both.state["form.quality_points"], both.stage) == (90, "on_double_list")
    liked = looked_at(day, {"menu", "samples"}, 60, 60)
    clean = looked_at(day, set(), 60, 56)
    poor = looked_at(day, {"menu", "samples", "health", "hygiene"}, 60, 60)
    assert [one.stage for one in (liked, clean, poor)] == ["provider_fair", "provider_fair", "provider_poor"]
    assert measured(town, "providers_excellent", "2026-09", "2026-10-01 00:00")[0] == 1
