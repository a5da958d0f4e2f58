"""What pages say of themselves is so, for every reader: a heading counts the rows below it, "none" is told of what the
reader sees, what is not counted yet is not called incomparable, and an expired form costs no word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

EVERYBODY = ["bixiuying", "shijing", "fanqinghe", "qiruolan", "weisiqi", "liangyunqi", "liulixia"]
ORDERS = """[...document.querySelectorAll('h2.orders-title')].map(h => [
  h.textContent, h.nextElementSibling?.querySelectorAll('tbody tr').length ?? 0])"""


def sign_in(page: Page, username: str) -> Page:
    from tests.support.site import demo_password

    page.goto("/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", demo_password())
    page.click("main form .btn.pri")
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def numbers(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("username", EVERYBODY)
def test_a_heading_counts_the_rows_below_it(page: Page, username: str) -> None:
    sign_in(page, username)
    page.goto("/desk/")
    for group in page.locator(".group").all():
        rest = group.locator(".group-rest")
        told = numbers(group.locator(".n-of").inner_text())[0]
        assert told == group.locator("[data-row]").count() + (numbers(rest.inner_text())[0] if rest.count() else 0)
    page.goto("/desk/matters/?state=overdue")
    (n,) = numbers(page.locator("h1").inner_text())
    assert page.locator("[data-row]").count() == min(n, 50)
    page.goto("/board/orders/")
    for heading, rows in page.evaluate(ORDERS):
        assert rows in numbers(heading)
        assert max(numbers(heading)) == rows or "最近" in heading
    page.goto("/board/")
    side = page.locator(".orders-side")
    (n,) = numbers(side.locator(".pane-head h2").last.inner_text())
    listed = side.locator("ul.orders-list").last.locator("li").count() if n else 0
    more = side.locator("p.block .link.small")
    assert n == listed + (numbers(more.inner_text())[0] if more.count() else 0)


@pytest.mark.parametrize("username", EVERYBODY)
def test_none_is_said_of_what_the_reader_sees(page: Page, username: str) -> None:
    """Who may not see every order is not told that a goal has none."""
    sign_in(page, username)
    page.goto("/board/orders/")
    if username != "liangyunqi":
        assert "没有未结督办单" not in page.locator("main").inner_text()
        assert not page.locator("main", has_text=re.compile(r"(?<!能看到的)没有督办单")).count()


def test_what_is_not_counted_yet_is_not_called_incomparable(page: Page, site: Any) -> None:
    """The wall's first bytes, before last month was counted for this reader."""
    sign_in(page, "huapeide")
    first = page.request.get("/wall/").text()
    assert "上月同期无可比" not in first
    page.goto("/wall/")
    counted = "() => !document.querySelector('#wall-rates').textContent.includes('计算中')"
    page.wait_for_function(counted, timeout=60_000)


def test_an_expired_page_keeps_the_words_and_says_so(page: Page) -> None:
    sign_in(page, "shijing")
    page.goto("/desk/new/")
    page.fill("#text", "写了很久的诉求内容")
    page.context.clear_cookies(name="csrftoken")
    page.context.clear_cookies(name="__Host-csrftoken")
    page.evaluate("document.querySelector('.new-form [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")
    page.click(".new-form button.big")
    page.locator(".error-page").wait_for()
    assert "留在这台设备上" in page.locator("main").inner_text()
    page.locator("a.btn.pri").click()
    page.wait_for_url("**/desk/new/**")
    assert page.input_value("#text") == "写了很久的诉求内容"


def test_a_network_that_goes_while_a_form_is_sent_costs_no_words(page: Page) -> None:
    sign_in(page, "shijing")
    page.goto("/desk/new/")
    page.fill("#text", "发送时断网的诉求内容")
    page.context.set_offline(True)
    page.click(".new-form button.big")
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto("/desk/")  # wherever it goes on
    page.goto("/desk/new/")
    assert page.input_value("#text") == "发送时断网的诉求内容"
    page.fill("#title", "断网后再发")
    page.select_option("#street", index=1)
    page.click(".new-form button.big")
    page.locator("[data-received]").wait_for()
    page.goto("/desk/new/")
    assert page.input_value("#text") == ""  # received: nothing is left of it


def test_from_the_wall_a_way_leads_to_every_other_page(page: Page) -> None:
    sign_in(page, "bixiuying")
    for width in (1440, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/wall/")
        assert page.locator(".wall-nav a").last.is_visible()
        assert page.locator(".top").bounding_box()["height"] < 70


def test_a_refused_form_is_shown_where_it_is_wrong(page: Page) -> None:
    sign_in(page, "liangyunqi")
    page.goto("/board/")
    page.locator("#assign summary").click()
    page.fill("#assign [name=due]", "32-99")
    page.locator("#assign .btn.pri").click()
    wrong = page.locator("#assign [name=due][aria-invalid=true]")
    wrong.wait_for()
    assert wrong.evaluate("field => field === document.activeElement")
    assert wrong.evaluate("field => field.getBoundingClientRect().bottom < innerHeight")
    assert page.locator("#assign .field-error").is_visible()
