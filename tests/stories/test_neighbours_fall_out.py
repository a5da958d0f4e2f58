"""Neighbours fall out: who is close to one side steps aside, each side has a door, and peace is looked at again.

The clerk who took it down is a cousin of one side and says so: from then on another mediates. What was agreed is broken
once, as one side says from their telephone, and kept the second time, as both say. A week later somebody else looks.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.days import Days
from tests.support.parties import (
    People,
    act,
    door,
    follow,
    ledger_of,
    mend,
    offered,
    open_new,
    read,
    refused,
    say,
    seen,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

COUSIN, MEDIATOR, DISPATCHER, SUPERVISOR = "jinchunyan", "xiaohongda", "shijing", "liangyunqi"
GRID, ELSEWHERE = "weisiqi", "maowanqing"
ONE, OTHER = "荣三妹", "邱国强"
PARTIES = (MEDIATOR,)  # beside those of the demo's sign-ins


def agree(page: Any, number: str, days: Days, text: str) -> None:
    act(page, number, "mediate", talk="双方到场，谈漏水和修缮费用")
    by = f"{days.now() + timedelta(days=14):%Y-%m-%d}"
    act(page, number, "conclude", agreed="true", agreement=text, keep_by=by)


def test_neighbours_fall_out(who: People, days: Days) -> None:
    cousin, mediator = who(COUSIN), who(MEDIATOR)
    said = {"title": "清河路18弄楼上漏水", "text": "楼上卫生间漏水，两家吵了三次", "address": "清河路18弄"}
    number, _ = open_new(cousin, "dispute", **said, street="street-qinghe", sort="neighbours", side_a=ONE, side_b=OTHER)
    act(who(DISPATCHER), number, "assign", unit="street-qinghe")
    assert waits(cousin, number)
    assert not seen(who(ELSEWHERE), number)
    assert ONE not in who(GRID).request.get(f"/desk/matters/{number}/").text()

    # a cousin of one side steps aside: it is out of their inbox, and no act is theirs any more
    act(cousin, number, "step_aside", reason="我是一方当事人的表亲")
    assert not waits(cousin, number)
    if seen(cousin, number):
        read(cousin, number)
        assert offered(cousin) == set()
    page = read(mediator, number)
    assert "回避" in page
    assert "conclude" not in offered(mediator)  # nobody has talked with them yet

    # it is agreed in writing, or it is not agreed
    act(mediator, number, "mediate", talk="上门看了漏点，双方各执一词")
    refused(mediator, number, "conclude", agreed="true")
    assert mediator.locator("#conclude-agreement-wrong").is_visible()
    by = f"{days.now() + timedelta(days=14):%Y-%m-%d}"
    mend(mediator, "conclude", agreement="楼上两周内修好防水，费用对半", keep_by=by)
    assert stage(mediator) == "待履行"

    # each side has a door: it reads what was agreed, and nothing of the other
    one, other = door(mediator, number, "one_side"), door(mediator, number, "other_side")
    assert one != other
    phone = who.outside()
    page = follow(phone, number, one)
    assert "费用对半" in page
    for hidden in (ONE, OTHER, "各执一词", "表亲"):
        assert hidden not in page, hidden

    # it is not kept, says one side from their telephone, and it goes on in the same hands
    say(phone, "say_broken")
    assert phone.locator(".field-error").first.is_visible()
    assert "没有履行" in say(phone, "say_broken", sides_word="两周过了还在漏")
    assert waits(mediator, number)
    assert not waits(cousin, number)
    read(mediator, number)
    assert not mediator.locator(".clock-line", has_text="履行").count()  # what was not kept was not kept in time
    agree(mediator, number, days, "请专业队重做防水，费用楼上承担")
    phone = who.outside()
    assert "费用楼上承担" in follow(phone, number, other)
    say(phone, "say_kept")
    assert "未履行再调" in refused(mediator, number, "report_kept", was_kept="false")
    mend(mediator, "report_kept", was_kept="true")

    # a week later somebody else looks again
    supervisor = who(SUPERVISOR)
    assert "履行满一周再回访" in read(supervisor, number)
    assert "visit_again" not in offered(supervisor)
    who.go_home()
    days.go_by(days=8)
    act(who(SUPERVISOR), number, "visit_again")
    assert stage(who(SUPERVISOR)) == "已化解"
    assert "visit_again" not in offered(who(SUPERVISOR))
    assert not seen(who(ELSEWHERE), number)
    assert ledger_of(days.site, number) == {number: ""}
