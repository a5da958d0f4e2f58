"""Nothing that somebody writes is cut in silence: what is too long says so, and is refused with all of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.site import Site

pytestmark = pytest.mark.browser


def test_a_text_that_is_too_long_stays_whole_and_says_so(browser: Any, site: Site) -> None:
    with browser.new_context(base_url=site.url, locale="zh-CN") as visitor:
        page = visitor.new_page()
        page.goto("/portal/report/")
        text = page.locator("textarea[name=text]")
        most = int(text.get_attribute("maxlength") or 0)
        text.focus()
        page.keyboard.insert_text("路" * (most + 3))  # as a paste does
        assert len(text.input_value()) == most + 3
        assert f"现有 {most + 3:,} 字" in text.locator("xpath=following-sibling::*[1]").inner_text()
        page.keyboard.press("Backspace")
        assert f"现有 {most + 2:,} 字" in page.locator("[data-length]").inner_text()
        with page.expect_navigation():
            page.locator("main form button:not([type=button])").last.click()
        assert len(page.locator("textarea[name=text]").input_value()) == most + 2
        assert f"最多 {most:,} 字，现有 {most + 2:,} 字" in page.locator("main").inner_text()
        page.locator("textarea[name=text]").focus()
        for _ in range(2):
            page.keyboard.press("Backspace")
        assert page.locator("[data-length]").count() == 0
