"""A permit keeps to the law: told once what is missing, taken by silence, decided in its time by somebody else.

A firm applies from its telephone and is told in one list what is missing. It hands that in, nobody says a word for five
working days, and with that it is taken as of the day on which it was complete. The clock of the law stands still while
something is tested and is extended once. The head decides what the clerk proposed; the firm takes its certificate from
the page that it follows, says nothing, and is counted as content apart from those who said so.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.days import Days
from tests.support.desks import send_report
from tests.support.parties import (
    People,
    act,
    follow,
    ledger_of,
    offered,
    picture,
    read,
    refused,
    said,
    say,
    seen,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

DISPATCHER, CLERK, HEAD, ELSEWHERE = "shijing", "mifang", "zhumuyang", "maowanqing"
MISSING = {"missing_papers.0.material": "租赁合同", "missing_papers.0.why": "须在有效期内"}
PARTIES = (CLERK, HEAD)  # beside those of the demo's sign-ins


def applied(who: People, text: str) -> tuple[str, str]:
    """(number, code) of a permit that a firm applies for from its telephone."""
    phone = who.outside()
    phone.goto("/portal/report/?kind=licence")
    phone.fill("[name=text]", text)
    phone.select_option("[name=applicant]", "firm")
    phone.fill("[name=licensed_firm]", "91350100M000100Y43")
    phone.set_input_files("[name='filed_papers.application']", picture("申请书.jpg"))
    phone.fill("[name=name]", "林予安")
    phone.fill("[name=phone]", "13800138000")
    return send_report(phone)


def clock(page: Any, name: str) -> str:
    """What the open page of a matter says of a clock."""
    return str(page.locator(".clock-line", has_text=name).first.inner_text())


def test_a_permit_keeps_to_the_law(who: People, days: Days) -> None:
    who.go_home()
    days.morning()
    number, code = applied(who, "食品经营许可")
    dispatcher, clerk = who(DISPATCHER), who(CLERK)
    assert "先转给审批单位" in read(dispatcher, number)
    act(dispatcher, number, "route", unit="bureau-market")
    assert waits(clerk, number)
    assert not seen(who(ELSEWHERE), number)

    # all that is missing is told in one list, and once
    act(clerk, number, "tell_missing", **MISSING)
    assert not waits(clerk, number)
    phone = who.outside()
    page = follow(phone, number, code)
    assert "租赁合同" in page
    assert "须在有效期内" in page
    say(phone, "complete", **{"what_is_added": "已附租赁合同", "filed_papers.lease": picture("租赁合同.jpg")})
    assert waits(clerk, number)
    assert "tell_missing" not in offered_at(clerk, number)
    assert "租赁合同.jpg" in said(clerk)

    # five working days of silence: it is taken, as of the day on which it was complete
    complete = days.now()
    who.go_home()
    days.morning(days=8)
    clerk, head = who(CLERK), who(HEAD)
    page = read(clerk, number)
    assert "视为受理" in page
    assert stage(clerk) == "审查中"
    why = clerk.request.get(f"/desk/matters/{number}/why/legal/").text()
    assert f"{complete:%Y-%m-%d %H:%M}" in why, "the twenty days are counted from the day on which it was complete"
    promise = clerk.locator("dl div", has_text="对外承诺").locator("time").get_attribute("datetime")
    assert promise == due_of(clerk, "法定审批"), "and that is what the applicant is promised"

    # something is tested, and the clock of the law stands still meanwhile
    before = due_of(clerk, "法定审批")
    act(clerk, number, "set_apart", special="inspection", reason="抽样送检")
    assert "挂起" in clock(clerk, "法定审批")
    who.go_home()
    days.morning(days=10)
    clerk, head = who(CLERK), who(HEAD)
    act(clerk, number, "back_to_it")
    assert due_of(clerk, "法定审批") > before

    # ten days more, granted once by the head and not twelve
    assert "more_time" not in offered(clerk)
    refused(head, number, "more_time", days_more="12", reason="样品复检")
    act(head, number, "more_time", days_more="10", reason="样品复检")
    assert "more_time" not in offered_at(head, number)

    # who proposed it does not decide it; the decision is a letter
    act(clerk, number, "propose", decision="材料齐全，检验合格，准予许可", granted="true")
    assert "decide" not in offered(clerk)
    assert waits(head, number)
    act(head, number, "decide")
    assert head.locator("[data-letter]").count() == 1
    assert "deliver" not in offered_at(clerk, number)  # who proposed it does not vouch for it
    act(who(DISPATCHER), number, "deliver", delivered="电子证照推送", certificate=picture("食品经营许可证.jpg"))
    assert stage(who(DISPATCHER)) == "已办结"

    # the firm takes the certificate and the decision from the page that it follows
    phone = who.outside()
    follow(phone, number, code)
    for titled in ("决定书和证照", "行政许可决定书"):
        (link,) = phone.locator("section.panel", has=phone.locator("h2", has_text=titled)).locator("a").all()
        assert phone.request.get(str(link.get_attribute("href"))).status == 200, titled

    # it says nothing: after five working days it is counted as content, apart from those who said so
    who.go_home()
    days.morning(days=9)
    page = read(who(CLERK), number)
    assert "逾期未评价，按默认计" in page
    assert not seen(who(ELSEWHERE), number)
    assert ledger_of(days.site, number) == {number: ""}


def due_of(page: Any, name: str) -> str:
    """When a clock of the open page of a matter is over."""
    return str(page.locator(".clock-line", has_text=name).locator("time").first.get_attribute("datetime"))


def offered_at(page: Any, number: str) -> set[str]:
    read(page, number)
    return offered(page)
