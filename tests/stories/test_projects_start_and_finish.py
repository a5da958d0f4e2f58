"""Projects start and finish (7): the figures of what was started and of what stands open to the projects behind them.

Four are taken into the year's plan; two start, one is held up and freed by a leader, one finishes and somebody else
verifies it. Whoever opens the figure sees the projects that make it, and none that only was planned.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.support.days import Days
from tests.support.parties import People, act, ledger_of, offered, open_new, read, stage, waits

pytestmark = pytest.mark.browser

CHECKER, UNIT, LEADER = "liangyunqi", "taoyuan", "yansongnian"
PARTIES = (UNIT, LEADER)  # beside those of the demo's sign-ins


def planned(who: People, days: Days, title: str, area: int) -> str:
    start, finish = days.now() + timedelta(days=20), days.now() + timedelta(days=500)
    number, _ = open_new(
        who(CHECKER), "project", title=title, text="列入年度清单", floor_area=str(area), unit="bureau-development",
        start_planned=f"{start:%Y-%m-%d}", finish_planned=f"{finish:%Y-%m-%d}",
    )  # fmt: skip
    return number


def behind(page: Any, indicator: str) -> set[str]:
    """The numbers of the projects that a figure of the year opens to."""
    page.goto(f"/wall/rates/{indicator}/numerator/?period=year")
    return set(re.findall(r"XM-\d{8}-\d{4}", page.locator("main").inner_text()))


def test_projects_start_and_finish(who: People, days: Days) -> None:
    unit, checker = who(UNIT), who(CHECKER)
    started, stood = behind(checker, "projects_started"), behind(checker, "projects_finished")
    titles = {"滨江文化中心": 250_000, "智造园二期": 300_000, "北片学校": 200_000, "临港商办": 250_000}
    first, second, third, fourth = (planned(who, days, title, area) for title, area in titles.items())
    for number in (first, second):
        act(unit, number, "get_permit", permit_number="澄建许 2026-018")
        act(unit, number, "start_work", how_it_stands="场平完成，正式开工")
    assert behind(checker, "projects_started") == started | {first, second}

    # what is held up stands before a leader, until it is freed
    act(unit, third, "raise_block", held_up_by="临时用电容量不足")
    assert waits(who(LEADER), third)
    act(who(LEADER), third, "free_it", freed_how="专班协调供电公司增容")
    assert not waits(who(LEADER), third)

    # who says that it stands does not verify it
    act(unit, first, "report_finished", accepted_papers="澄竣备 2026-009")
    assert "verify_finish" not in offered(unit)
    assert behind(checker, "projects_finished") == stood
    act(checker, first, "verify_finish")
    assert stage(checker) == "已竣工"
    assert behind(checker, "projects_finished") == stood | {first}
    assert behind(checker, "projects_started") == started | {first, second}
    assert "250,000" in read(checker, fourth)
    assert set(ledger_of(days.site, first, second, third).values()) == {""}
