"""Somebody else holds the matter: who clicks meanwhile reads a sentence in the page, and the next click works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.support.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_part_that_is_refused_says_why_and_works_a_moment_later(site: Site, page: Page) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=username]", "shijing")
    page.fill("input[name=password]", "clear river demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/desk/**")
    page.goto("/desk/matters/?state=open")
    page.click("main a[href^='/desk/matters/']:not([href*='?'])")
    why = page.locator("a.link[hx-get*='/why/']").first
    with psycopg.connect(site.owner) as other:
        other.execute("LOCK TABLE matters_matter IN ACCESS EXCLUSIVE MODE")
        why.click()
        page.wait_for_selector(".error-place .error-line", timeout=20_000)
        said = page.inner_text(".error-place .error-line")
        assert "数据库正忙" in said
        assert "请过几秒再试" in said
        other.rollback()
    why.click()
    page.wait_for_selector("#receipt :not(:empty)", timeout=20_000)
