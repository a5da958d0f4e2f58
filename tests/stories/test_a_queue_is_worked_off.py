"""Call-backs stand in a queue that moves by itself, and a kind is walked on its page before anybody works with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.desks import do, opened
from tests.support.passwords import give
from tests.support.site import demo_password

pytestmark = pytest.mark.browser

DISPATCHER, VERIFIER, CLERK = "shijing", "annianzhen", "qiruolan"
QUEUE = "/desk/?queue=hotline%2Fto_call_back"


@pytest.fixture(scope="module")
def desk(browser: Any, site: Any) -> Iterator[Any]:
    give(site, demo_password(), DISPATCHER, VERIFIER, CLERK)
    with opened(browser, site, 409, 422) as open_desk:
        yield open_desk


def reported(phone: Any) -> str:
    phone.goto("/portal/report/?kind=hotline")
    phone.fill("[name=text]", "南门口井盖松动，夜里响个不停")
    phone.fill("[name=phone]", "13800138000")
    phone.locator("svg[data-pin]").click(position={"x": 160, "y": 120})
    phone.click(".report-send button")
    phone.wait_for_url("**/report/done/")
    return str(phone.locator("[data-number]").inner_text())


def counted(page: Any) -> tuple[int, int]:
    """How many the heading says, and how many the line of the side bar."""
    chosen = page.locator("#inbox-side .pick.on .num").first.inner_text()
    return int(page.locator("#inbox-n [data-n]").get_attribute("data-n")), int(chosen.replace(",", ""))


def test_a_call_back_comes_and_goes_by_itself(desk: Any) -> None:
    number = reported(desk(width=390))
    dispatcher, verifier, clerk = desk(DISPATCHER), desk(VERIFIER), desk(CLERK)
    do(dispatcher, number, "assign", unit="bureau-water")
    do(clerk, number, "accept")
    do(clerk, number, "answer", result="换了新井盖")
    dispatcher.goto(QUEUE)
    first = counted(dispatcher)
    assert first[0] == first[1] > 0
    assert dispatcher.locator(f"[data-row='{number}']").count() == 1
    do(verifier, number, "call_in_vain", note="无人接听")
    do(verifier, number, "call_in_vain")
    assert dispatcher.locator(f"[data-row='{number}']").count() == 1
    do(verifier, number, "call_in_vain")
    dispatcher.locator(f"[data-row='{number}']").wait_for(state="detached")
    assert counted(dispatcher) == (first[0] - 1, first[1] - 1)


def test_a_kind_is_walked_on_its_page(desk: Any) -> None:
    page = desk(VERIFIER)
    page.goto("/desk/kinds/hotline/")
    page.keyboard.press("t")
    page.wait_for_url("**/kinds/hotline/try/")
    page.goto("/desk/kinds/hotline/try/?door=portal")
    page.fill("[name=title]", "路灯不亮")
    page.fill("[name=text]", "门口的路灯三天不亮")
    page.click(".try-begin .btn.pri")
    assert "待派单" in page.locator(".try-stage").inner_text()

    def act(action: str, **fields: str) -> None:
        form = page.locator(f"form:has(> [name=action][value={action}])")
        page.locator("details.act", has=form).locator("summary").click()
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
        with page.expect_navigation():
            form.locator("button[value=act]").click()

    act("assign", unit="bureau-water")
    assert "待签收" in page.locator(".try-stage").inner_text()
    page.reload()
    assert "待签收" in page.locator(".try-stage").inner_text()
    assert page.locator(".try-walked li").count() == 2
    act("accept")
    page.keyboard.press("l")  # until the next due
    page.wait_for_function("() => document.querySelectorAll('.try-walked li').length >= 4")
    act("answer", result="换了灯泡")
    assert "待核查" in page.locator(".try-stage").inner_text()
    page.keyboard.press("z")
    page.wait_for_function("() => document.querySelector('.try-stage').innerText.includes('办理中')")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
