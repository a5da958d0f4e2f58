"""Every building every working day: the round comes by itself, is walked with a telephone, and a missed one is seen.

In the morning each building of the street waits for its clerk. One is walked: a floor is blocked, and what was written
and photographed there is a hazard of its own in the same moment. Nobody goes to the other: the next morning the head
of the street has it on their desk, and the evening after it is struck as missed, which nobody makes good afterwards.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from tests.support.days import ROUNDS, Days
from tests.support.parties import (
    People,
    act,
    ledger_of,
    offered,
    parts,
    picture,
    read,
    refused,
    said,
    seen,
    stage,
    waiting,
    waits,
)
from tests.support.widths import too_wide

pytestmark = pytest.mark.browser

DISPATCHER, CLERK, HEAD, ELSEWHERE, SUPERVISOR = "shijing", "jinchunyan", "zhutianyou", "maowanqing", "liangyunqi"
WALKED, MISSED = "云栖大厦", "听荷中心"
ITEMS = 6  # on the list of what is looked at in a building
KEPT = "building_patrol_kept"
PARTIES = (HEAD,)  # beside those of the demo's sign-ins


def of_today(page: Any, building: str, day: datetime) -> str:
    """The number of the round of a building that waits for somebody on a day."""
    page.goto("/desk/?kind=building_patrol")
    (row,) = page.locator("[data-row]", has_text=f"{building} {day:%Y-%m-%d}").all()
    return str(row.get_attribute("data-row"))


def missed(page: Any, number: str) -> bool:
    """Whether a round stands as missed, in a list that says how many there are; other days have missed theirs."""
    page.goto(f"/desk/matters/?kind=building_patrol&stage=struck_out&q={number}")
    rows = page.locator("[data-row]").evaluate_all("all => all.map(one => one.dataset.row)")
    assert page.locator("h1").inner_text().split()[0] == str(len(rows))
    return rows == [number]


def test_a_building_is_patrolled(who: People, days: Days) -> None:
    who.go_home()
    days.morning()
    days.work(ROUNDS)
    monday = days.now()
    clerk = who.on_phone(CLERK)
    number, forgotten = of_today(clerk, WALKED, monday), of_today(clerk, MISSED, monday)
    assert number not in waiting(who(ELSEWHERE), "building_patrol")
    assert not seen(who(ELSEWHERE), number)

    # the worker comes by again and again: a round is there once
    days.work(ROUNDS)
    assert of_today(clerk, WALKED, monday) == number

    # walked on a telephone: each item is answered, what is not in order says why and how grave it is
    read(clerk, number)
    assert too_wide(clerk, (390,)) == []
    checks = {f"list_gone_through.{n}.ok": "true" for n in range(ITEMS)}
    checks["list_gone_through.0.ok"] = "false"
    refused(clerk, number, "patrol_it", **checks, **{"list_gone_through.0.photos": picture("通道.jpg")})
    assert too_wide(clerk, (390,)) == []
    assert clerk.locator("[name='list_gone_through.0.ok'][value=false]").is_checked()
    form = clerk.locator("form[action$='/do/patrol_it/']")
    form.locator("[name='list_gone_through.0.note']").fill("二层疏散通道堆放纸箱")
    form.locator("[name=how_grave]").select_option("general")
    form.locator("[data-send]").click()
    clerk.wait_for_load_state()
    assert clerk.locator(".notice.success").is_visible(), said(clerk)[:800]
    assert stage(clerk) == "已巡查"

    # what was found is a hazard in the same moment, at the dispatcher's desk, and leads back to where it was found
    (hazard,) = parts(clerk, number)
    dispatcher = who(DISPATCHER)
    assert hazard in waiting(dispatcher, "hazard")
    page = read(dispatcher, hazard)
    assert "二层疏散通道堆放纸箱" in page
    assert number in page
    assert waits(clerk, forgotten)

    # nobody went to the other: the next morning it is late, and the head of the street has it
    assert not missed(who(SUPERVISOR), forgotten)
    who.go_home()
    days.morning()
    days.work(ROUNDS)
    assert "漏巡提示" in read(who(HEAD), forgotten)
    assert waits(who(HEAD), forgotten)
    assert of_today(who(CLERK), WALKED, days.now()) != number  # and today's rounds are there

    # the evening after it is struck as missed, and nobody makes it good afterwards
    who.go_home()
    days.morning()
    clerk = who(CLERK)
    read(clerk, forgotten)
    assert stage(clerk) == "漏巡"
    assert offered(clerk) == set()
    assert missed(who(SUPERVISOR), forgotten)
    assert not waits(who(HEAD), forgotten)

    # of the rounds that are over, one was made in time
    counted = json.loads(who(SUPERVISOR).request.get(f"/api/v1/indicators/{KEPT}").text())
    assert counted["numerator"] >= 1, counted
    assert counted["denominator"] > counted["numerator"]

    # the hazard goes its way, and everything of it verifies
    act(who(DISPATCHER), hazard, "dismiss", reason="当场已清理")
    assert not seen(who(ELSEWHERE), number)
    assert set(ledger_of(days.site, number, forgotten, hazard).values()) == {""}
