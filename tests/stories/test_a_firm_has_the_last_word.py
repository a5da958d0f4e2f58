"""A firm has the last word: what it asked for is over when the firm says so, and nobody inside can say it instead.

Two bureaus pass it on, each saying why; the third time it is talked over and the supervisor decides. The answer does
not help: the firm says so from its telephone, and it comes back with a clock of its own. Then the firm is silent: it is
asked, called in vain, called again, and says at last that it is solved. What took a talk is kept for the next firm.
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
    read,
    said,
    say,
    seen,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

DISPATCHER, SUPERVISOR, ELSEWHERE = "shijing", "liangyunqi", "maowanqing"
ECONOMY, MARKET, GRID = "dongzijin", "mifang", "weisiqi"
FIRM, PHONE = "林予安", "13800138000"
TO_CALL, TALKED_OVER = "demand/to_call_firm", "demand/talked_over"
PARTIES = (ECONOMY, MARKET)  # beside those of the demo's sign-ins


def in_queue(page: Any, queue: str) -> set[str]:
    """The numbers in a queue, of which the heading and the line of the side bar say how many there are."""
    page.goto(f"/desk/?queue={queue}")
    rows = page.locator("[data-row]").evaluate_all("all => all.map(one => one.dataset.row)")
    chosen = page.locator("#inbox-side .pick.on .num")
    said = [int(page.locator("#inbox-n [data-n]").get_attribute("data-n"))]
    said += [int(one.replace(",", "")) for one in chosen.all_inner_texts()]
    assert set(said) == {len(rows)}, (said, rows)
    return set(rows)


def test_a_firm_has_the_last_word(who: People, days: Days) -> None:
    who.go_home()
    days.morning()
    phone = who.outside()
    phone.goto("/portal/report/?kind=demand")
    phone.fill("[name=text]", "新店消防和食品许可两边都说要先办对方的，装修停了两周")
    phone.fill("[name=firm]", "91350100M000100Y43")
    phone.fill("[name=name]", FIRM)
    phone.fill("[name=phone]", PHONE)
    number, code = send_report(phone)
    dispatcher, economy, market = who(DISPATCHER), who(ECONOMY), who(MARKET)
    assert waits(dispatcher, number)
    assert PHONE not in read(dispatcher, number)
    for other in (ELSEWHERE, GRID, MARKET):
        assert not seen(who(other), number), other

    # twice it is passed on, with a reason each; the third time it is talked over
    act(dispatcher, number, "assign", unit="bureau-economy", sort_of_demand="service")
    act(economy, number, "pass_on", reason="属许可事项，应由市场监管部门办理")
    act(dispatcher, number, "assign", unit="bureau-market", sort_of_demand="service")
    assert "confer" not in offered_at(market, number)
    act(market, number, "pass_on", reason="卡在消防检查，不在我局")
    act(dispatcher, number, "assign", unit="bureau-market", sort_of_demand="service")
    assert "pass_on" not in offered_at(market, number)
    act(market, number, "confer", reason="两部门互为前置，需会商")
    supervisor = who(SUPERVISOR)
    assert waits(supervisor, number)
    act(supervisor, number, "decide", unit="bureau-market", reason="市场监管局牵头，消防同步检查")
    assert "市场监管局牵头" not in follow(phone, number, code)

    # a first word within a day, then an answer; nobody inside can close it
    act(market, number, "first_word", first_answer="已约消防明日到店，两证同步办")
    act(market, number, "answer", result="两家已同日到店检查")
    for inside in (DISPATCHER, SUPERVISOR, MARKET):
        assert offered_at(who(inside), number).isdisjoint({"say_solved", "say_unsolved", "rate"}), inside
    sent = market.request.post(f"/desk/matters/{number}/do/say_solved/", form={"firms_word": "已解决"})
    assert sent.status in (403, 409, 422)

    # it does not help, says the firm, and why; it is back where it was handled, on a clock of its own
    who.go_home()
    days.morning()
    phone = who.outside()
    assert "两家已同日到店检查" in follow(phone, number, code)
    say(phone, "say_unsolved")
    assert phone.locator(".field-error").first.is_visible()
    assert "办理中" in say(phone, "say_unsolved", firms_word="检查是来了，证还是没有")
    market = who(MARKET)
    assert waits(market, number)
    assert "检查是来了，证还是没有" in read(market, number)
    assert "再次办理" in said(market)
    act(market, number, "answer", result="两证已核发，今日可领")

    # then the firm is silent: after five working days it is asked, and stands in the queue of those to call
    dispatcher = who(DISPATCHER)
    assert number not in in_queue(dispatcher, TO_CALL)
    who.go_home()
    days.morning(days=8)
    dispatcher = who(DISPATCHER)
    assert "请企业确认" in read(dispatcher, number)
    assert number in in_queue(dispatcher, TO_CALL)
    act(dispatcher, number, "call_firm", firm_reached="false", called_word="无人接听")
    assert number in in_queue(dispatcher, TO_CALL)
    act(dispatcher, number, "call_firm", firm_reached="true", called_word="店主说已开业，晚上来确认")
    assert number not in in_queue(dispatcher, TO_CALL)

    # the firm closes it, and says how it was handled
    phone = who.outside()
    assert "两证已核发" in follow(phone, number, code)
    assert "企业确认办结" in say(phone, "say_solved", firms_word="已开业")
    say(phone, "rate", stars="fairly_pleased")
    page = read(who(MARKET), number)
    assert stage(who(MARKET)) == "企业确认办结"
    assert "企业确认解决" in page
    assert "基本满意" in page
    assert not waits(who(MARKET), number)

    # what took a talk stands in the library of hard cases
    dispatcher.goto(f"/desk/matters/?queue={TALKED_OVER}")
    assert number in said(dispatcher)
    for other in (ELSEWHERE, GRID):
        assert not seen(who(other), number), other
    assert ledger_of(days.site, number) == {number: ""}


def offered_at(page: Any, number: str) -> set[str]:
    read(page, number)
    return offered(page)
