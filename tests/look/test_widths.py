"""No page is wider than its window: of a phone, of a desk, of a wall; in both languages, for whoever may open it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.site import Site, demo_password
from tests.support.widths import too_wide, walked

pytestmark = pytest.mark.browser

# who -> where their walk begins; whatever one of them has been shown is not opened by the next
WALKS = {
    "": ["/portal/", "/portal/report/", "/portal/track/", "/sign-in/", "/nothing/here/"],
    "shijing": ["/desk/", "/desk/new/", "/desk/find/", "/account/password/", "/nothing/here/"],  # a dispatcher
    "liulixia": ["/desk/readings/"],  # the auditor
    "liangyunqi": ["/board/", "/board/orders/", "/board/plans/"],  # a supervisor
    "bixiuying": ["/wall/"],  # the head of the district
}


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_no_page_is_wider_than_its_window(browser: Any, site: Site, locale: str) -> None:
    wrong: list[str] = []
    seen: set[str] = set()
    for who, starts in WALKS.items():
        with browser.new_context(base_url=site.url, locale=locale, viewport={"width": 1440, "height": 900}) as context:
            page = context.new_page()
            if who:
                page.goto("/sign-in/")
                page.fill("[name=username]", who)
                page.fill("[name=password]", demo_password())
                page.click("main form .btn.pri")
                page.wait_for_load_state()
            for start in starts:
                for _ in walked(page, start, seen):
                    wrong += too_wide(page)
                if start not in seen:  # an address that is none of the program's: the page of an error
                    page.goto(start)
                    wrong += too_wide(page)
    assert len(seen) > 25, sorted(seen)
    assert wrong == []
