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


def test_a_row_of_many_columns_is_written_into_on_a_telephone(browser: Any, site: Site) -> None:
    """The table moves inside its frame; no column becomes too narrow to read what stands in it."""
    with browser.new_context(base_url=site.url, viewport={"width": 390, "height": 900}) as context:
        page = context.new_page()
        page.goto("/portal/report/?kind=opening_up")
        page.evaluate("""() => document.querySelectorAll("table.rows tr").forEach(row => {
          for (let n = 0; n < 5; n++) row.append(row.cells[0].cloneNode(true)) })""")
        cells = page.locator("table.rows td > *")
        assert cells.count() >= 3 * 7
        assert min(cells.evaluate_all("all => all.map(one => one.offsetWidth)")) >= 80
        assert too_wide(page, (390,)) == []
