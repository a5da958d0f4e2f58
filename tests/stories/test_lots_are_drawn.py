"""Lots are drawn: whom to inspect and by whom is decided by a seed said aloud, and each firm puts right what was found.

One of the two inspectors steps back and another is drawn. Each firm that was drawn is a check of its own; one has a
fault, reads it at a door of its own, reports it put right, is sent back once, and passes. Then the whole is published.
"""

from __future__ import annotations

import csv
from typing import Any

import pytest

from tests.support.days import BY_ITSELF, Days
from tests.support.district import DEMO_PACK
from tests.support.parties import (
    People,
    act,
    door,
    follow,
    ledger_of,
    offered,
    open_new,
    read,
    refused,
    say,
    seen,
    stage,
    usual,
    waiting,
    waits,
)

pytestmark = pytest.mark.browser

DISPATCHER, INSPECTOR, ELSEWHERE = "shijing", "mifang", "maowanqing"
ITEMS = 5  # on the list of what is looked at in a firm
PARTIES = (INSPECTOR,)  # beside those of the demo's sign-ins


def listed(name: str) -> dict[str, str]:
    """code -> name, of a list of the pack."""
    with open(DEMO_PACK / "lists" / f"{name}.csv", encoding="utf-8") as rows:
        return {row["code"]: row["name_zh"] for row in csv.DictReader(rows)}


def named(page: str, of: dict[str, str]) -> set[str]:
    """The codes of those whom a page names."""
    return {code for code, name in of.items() if name in page}


def test_lots_are_drawn(who: People, days: Days) -> None:
    dispatcher, inspector = who(DISPATCHER), who(INSPECTOR)
    text = "食品经营主体资质和进货查验"
    number, _ = open_new(dispatcher, "random_inspection", title="十二月食品经营双随机抽查", text=text)
    page = act(dispatcher, number, "draw_lots", lot_words="澄江六桥")
    firms, drawn = (
        named(page, listed("firms")),
        named(dispatcher.locator("dl").first.inner_text(), listed("inspectors")),
    )
    assert len(firms) >= 2  # whom the year has drawn within half a year stays out
    assert "澄江六桥" in page
    assert usual(dispatcher) == "send_out"  # a key that is pressed in passing draws nothing anew

    # one of those who were drawn is close to a firm: they step back, and another is drawn in sight of all
    back = min(drawn) if len(drawn) == 2 else "ZF01"
    act(dispatcher, number, "step_back", stepping_back=[back], reason="亲属在被抽企业任职")
    act(dispatcher, number, "send_out", unit="bureau-market")
    checks = waiting(inspector, "firm_check")
    checks = [one for one in checks if text in read(inspector, one)]
    assert len(checks) == len(firms)
    assert not seen(who(ELSEWHERE), number)
    assert not seen(who(ELSEWHERE), checks[0])
    assert "publish" not in offered_at(inspector, number)

    # all are in order but one
    good = {f"list_gone_through.{n}.ok": "true" for n in range(ITEMS)}
    faulty, *fine = checks
    for one in fine:
        act(inspector, one, "check_it", **good)
    bad = good | {"list_gone_through.2.ok": "false"}
    refused(inspector, faulty, "check_it", **bad)
    assert inspector.locator("[name='list_gone_through.2.ok'][value=false]").is_checked()
    act(
        inspector,
        faulty,
        "check_it",
        **bad,
        **{"list_gone_through.2.note": "部分商品无价签"},
        to_put_right="冷柜和货架补齐价签",
    )
    assert stage(inspector) == "限期整改"

    # the firm reads at its own door what it must do, and says what it has done; once it is not enough
    phone, code = who.outside(), door(inspector, faulty, "firm")
    page = follow(phone, faulty, code)
    assert "冷柜和货架补齐价签" in page
    say(phone, "firm_reports", firm_says="已补齐货架价签")
    act(inspector, faulty, "not_yet", not_enough="冷柜价签还缺")
    assert "冷柜价签还缺" in follow(phone, faulty, code)
    say(phone, "firm_reports", firm_says="冷柜价签也补齐了")
    act(inspector, faulty, "mended", mended_how="现场复核，价签齐全")

    # with the last of them the whole moves by itself, and is published
    days.work(BY_ITSELF)
    read(inspector, number)
    assert stage(inspector) == "待公示"
    act(inspector, number, "publish", made_public="抽查企业全部合格，一家整改后合格")
    assert stage(inspector) == "已公示"
    assert not waits(dispatcher, number)
    assert set(ledger_of(days.site, number, *checks).values()) == {""}


def offered_at(page: Any, number: str) -> set[str]:
    read(page, number)
    return offered(page)
