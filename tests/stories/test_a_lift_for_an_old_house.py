"""A lift for an old house: twelve households vote by area and by head, and nobody gets round the law (民法典 278).

The street counts the votes from the table that it has, is told which of the two majorities is missing, and puts up a
notice. Ten days are ten days. Three heads of bureaus vote on it, and nobody reads how until all have. Then the lift is
permitted, built, refused once and accepted by somebody else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.days import BY_ITSELF, Days
from tests.support.parties import (
    People,
    act,
    ledger_of,
    mend,
    offered,
    open_new,
    paste,
    picture,
    read,
    refused,
    seen,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

CLERK, DISPATCHER, SUPERVISOR, ELSEWHERE = "jinchunyan", "shijing", "liangyunqi", "maowanqing"
REVIEWERS = {"luchunyan": "鲁春燕", "luojiahe": "罗佳禾", "huasongnian": "华松年"}
DOORS = [f"{floor}0{flat}" for floor in range(1, 7) for flat in (1, 2)]
VOTED, AGREED = 8, 5  # of twelve alike: two thirds vote, and one too few of them agrees
PARTIES = (*REVIEWERS,)  # beside those of the demo's sign-ins


def votes(voted: int, agreed: int) -> str:
    """The table of the house as the street keeps it: door, area, area that voted, that agrees, and both by head."""
    rows = []
    for n, door in enumerate(DOORS):
        came, said_yes = int(n < voted), int(n < agreed)
        rows.append("\t".join(map(str, (door, 80, 80 * came, 80 * said_yes, came, said_yes))))
    return "\r\n".join(rows)


def test_a_lift_for_an_old_house(who: People, days: Days) -> None:
    clerk = who(CLERK)
    said = {
        "title": "清河路12弄3号楼加装电梯",
        "text": "六层十二户，老人多，请求加装电梯",
        "address": "清河路12弄3号楼",
    }
    number, _ = open_new(clerk, "lift", **said, street="street-qinghe", floors="6")
    assert waits(who(DISPATCHER), number)
    act(who(DISPATCHER), number, "assign", unit="street-qinghe")
    assert waits(clerk, number)
    assert not seen(who(ELSEWHERE), number)

    # the table of the house is put in as it is; three quarters of those who voted must agree
    clerk.goto(f"/desk/matters/{number}/")
    clerk.keyboard.press("a")
    paste(clerk.locator("[name='votes.0.door']"), votes(VOTED, AGREED))
    assert clerk.locator("[name$='.door']").count() >= len(DOORS)
    form = clerk.locator("form[action$='/do/count_votes/']")
    form.locator("[name=files]").set_input_files(picture("表决票.jpg"))
    form.locator("[data-send]").click()
    clerk.wait_for_load_state()
    assert "四分之三" in clerk.locator("main").inner_text()
    assert clerk.locator("[name='votes.11.door']").input_value() == "602"

    # one who had abstained agrees after all: with that the law is met, and the photo was not asked for again
    page = mend(clerk, "count_votes", **{"votes.5.agreed_area": "80", "votes.5.agreed": "1"})
    assert stage(clerk) == "公示中"
    assert clerk.locator("[data-entered] tbody tr").count() == len(DOORS)
    assert clerk.locator("[data-entered] thead th").nth(1).inner_text() == "专有面积 平方米"
    assert clerk.locator("[data-entered] tbody tr").first.locator("td").nth(1).inner_text() == "80"
    assert f"表决情况 {len(DOORS)} 行" in clerk.locator(".ledger").inner_text()
    assert "公示不少于 10 天" in page
    assert "close_notice" not in offered(clerk)

    # eleven days later two households have objected, and one of them is not settled
    who.go_home()
    days.go_by(days=11)
    clerk = who(CLERK)
    assert "尚有异议未协调" in refused(clerk, number, "close_notice", objections="2", settled="1")
    mend(clerk, "close_notice", settled="2")
    review(who, number, days)
    read(clerk, number)
    ready = f"{days.now() + timedelta(days=60):%Y-%m-%d}"
    act(clerk, number, "permit_building", builder="91350100M000100Y43", ready_by=ready, files=picture())
    act(clerk, number, "finish", note="主体完工，已自检", files=picture())
    assert stage(clerk) == "待验收"
    assert "accept" not in offered(clerk)

    # whoever built it does not accept it; the door sticks, and it goes back once
    supervisor = who(SUPERVISOR)
    assert waits(supervisor, number)
    act(supervisor, number, "accept", accepted="false", reason="轿厢门感应不灵")
    assert "轿厢门感应不灵" in read(clerk, number)
    act(clerk, number, "finish", files=picture())
    act(supervisor, number, "accept", accepted="true")
    assert stage(supervisor) == "已投用"
    assert not waits(clerk, number)
    assert not seen(who(ELSEWHERE), number)
    assert ledger_of(days.site, number) == {number: ""}


def review(who: People, number: str, days: Days) -> None:
    """A committee votes: who was asked finds it, votes once, and reads of others that they have voted, not how."""
    clerk, (first, second, last) = who(CLERK), REVIEWERS
    act(clerk, number, "call_review", reviewers=list(REVIEWERS.values()))
    assert "0 人已表态" in panel(clerk, number)
    for reviewer in REVIEWERS:
        assert waits(who(reviewer), number)
    act(who(first), number, "cast_vote", review_vote="says_no")
    assert "cast_vote" not in offered(who(first))
    assert not waits(who(first), number)
    assert "不同意" in panel(who(first), number)
    act(who(second), number, "cast_vote", review_vote="says_yes")
    for other in (CLERK, DISPATCHER, last):
        told = panel(who(other), number)
        assert "投票结束前不公布谁投了什么" in told, other
        assert "不同意" not in told, other
    act(who(last), number, "cast_vote", review_vote="says_yes")
    days.work(BY_ITSELF)
    assert "赞成 2，反对 1，弃权 0" in panel(clerk, number)
    assert stage(clerk) == "联合审查"


def panel(page: Any, number: str) -> str:
    """What somebody reads of the committee."""
    read(page, number)
    return str(page.locator("[data-panel]").inner_text())
