"""The head of the district looks a system up, sees what carries it and what is late, and goes there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.desks import opened
from tests.support.widths import too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser

HEAD, GRID = "bixiuying", "weisiqi"


@pytest.fixture(scope="module")
def desks(browser: Any, site: Site) -> Iterator[Callable[..., Page]]:
    """`desks(username)`: a signed-in page of a person's own. An error in any console fails the story."""
    with opened(browser, site, tall=900, patience=15_000) as open_desk:
        yield open_desk


def shows(page: Page, number: int) -> None:
    page.wait_for_function(
        "number => document.querySelector('#system header p')?.textContent.match(/\\d+/)?.[0] === number",
        arg=str(number),
    )


def test_a_system_is_looked_up_by_keys(desks: Callable[..., Page]) -> None:
    page = desks(HEAD)
    page.goto("/desk/")
    with page.expect_navigation():
        page.click("nav a[href='/desk/systems/']")
    page.keyboard.press("s")
    page.keyboard.type("电梯")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".systems-line:not(.fades) .no").all_text_contents() == ["110", "118"]
    shows(page, 110)
    page.keyboard.press("Escape")
    page.locator("#system").click()  # out of the search
    page.keyboard.press("j")
    shows(page, 118)  # what was not searched for is passed over
    page.keyboard.press("k")
    shows(page, 110)
    page.keyboard.press("d")
    page.wait_for_url("**/desk/matters/?kind=lift")


def test_what_is_late_is_a_list_as_long_as_its_number(desks: Callable[..., Page]) -> None:
    for username in (HEAD, GRID):
        page = desks(username)
        page.goto("/desk/systems/?at=26")
        for name in ("open", "overdue"):
            door = page.locator(f"#system a[href^='/wall/cases/{name}/']").first
            number = int(re.sub(r"\D", "", door.text_content() or ""))
            with page.expect_navigation():
                door.click()
            assert (
                int(re.search(r"(\d[\d,]*)", page.locator(".list-page .muted").first.text_content() or "")[1]) == number
            )  # type: ignore[index]
            page.go_back()


def test_every_system_that_is_in_use_opens_on_something(desks: Callable[..., Page]) -> None:
    """No page is empty or refused for the head, who sees the whole district."""
    page = desks(HEAD)
    page.goto("/desk/systems/")
    used = page.locator(".systems-line:not(:has(.mark.absent))").evaluate_all(
        "all => all.map(one => one.dataset.number)"
    )
    assert len(used) > 25
    for number in used:
        page.goto(f"/desk/systems/?at={number}")
        answer = page.request.get(page.locator("#system a.btn").get_attribute("href") or "")
        assert (number, answer.status) == (number, 200)
        for link in page.locator("#system a").all():
            assert (number, page.request.get(link.get_attribute("href") or "").status) == (number, 200)


def test_it_is_read_on_every_width_in_both_languages(desks: Callable[..., Page]) -> None:
    page = desks(HEAD)
    page.goto("/desk/systems/?at=153")
    assert too_wide(page) == []
    page.goto("/desk/systems/?q=nothing-of-the-kind")
    assert page.locator(".systems-none").is_visible()
    assert too_wide(page) == []
