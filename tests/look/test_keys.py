"""Single keys on a list: they walk, open and search, rest while somebody types, and can be switched off."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def matters(page: Page) -> Page:
    """A dispatcher before a list of open matters."""
    from tests.support.site import demo_password

    page.goto("/sign-in/")
    page.fill("input[name=username]", "shijing")
    page.fill("input[name=password]", demo_password())
    page.click("button.big")
    page.wait_for_url("**/desk/**")
    page.goto("/wall/cases/open/")
    return page


def chosen(page: Page) -> int:
    """Which row is chosen; -1 for none."""
    return page.evaluate("[...document.querySelectorAll('[data-row]')].findIndex(r => r.ariaSelected === 'true')")


def test_j_and_k_walk_and_enter_opens(matters: Page) -> None:
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        matters.keyboard.press(key)
        assert chosen(matters) == row
    number = matters.locator("[data-row]").nth(1).locator(".mono").inner_text()
    matters.keyboard.press("Enter")
    matters.wait_for_url(f"**/desk/matters/{number}/")


def test_w_says_why_and_escape_gives_the_row_back(matters: Page) -> None:
    matters.keyboard.press("j")
    matters.keyboard.press("w")
    matters.locator("#receipt .receipt").wait_for()
    matters.keyboard.press("Escape")
    matters.locator("#receipt .receipt").wait_for(state="detached")  # told a moment after the key


def test_a_slash_goes_to_the_search_and_letters_are_letters_there(matters: Page) -> None:
    matters.keyboard.press("/")
    matters.keyboard.type("jjk")
    assert matters.input_value("#q") == "jjk"
    assert chosen(matters) == -1


def test_a_question_mark_shows_all_keys_and_they_can_be_switched_off(matters: Page) -> None:
    matters.keyboard.press("?")
    dialog = matters.locator("#keys")
    assert dialog.is_visible()
    # those that do something on this page: there is nothing to tick, and no action has a form here
    assert dialog.locator("dt:visible").all_inner_texts() == ["J", "K", "Enter", "W", "/", "?", "Esc"]
    matters.uncheck("#keys-on")
    matters.keyboard.press("Escape")
    assert not dialog.is_visible()
    matters.keyboard.press("j")
    assert chosen(matters) == -1
    matters.reload()
    matters.keyboard.press("j")
    assert chosen(matters) == -1
    matters.keyboard.press("?")  # the way back stays open
    matters.check("#keys-on")
    matters.keyboard.press("Escape")
    matters.keyboard.press("j")
    assert chosen(matters) == 0


def test_a_key_with_control_belongs_to_the_browser(matters: Page) -> None:
    matters.keyboard.press("Control+j")
    assert chosen(matters) == -1


def test_nothing_moves_for_who_asks_for_stillness(matters: Page) -> None:
    matters.emulate_media(reduced_motion="reduce")
    moving = matters.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        " return s.animationName !== 'none' || (s.transitionDuration !== '0s' && s.transitionProperty !== 'none'"
        " && s.transitionProperty !== 'all') }).length"
    )
    assert moving == 0


def test_on_paper_words_and_shapes_stay_and_controls_go(matters: Page) -> None:
    matters.emulate_media(media="print")
    assert not matters.locator("header.bar").is_visible()
    assert matters.locator("[data-row] .chip").first.is_visible()
    assert matters.locator("h1").is_visible()


def test_a_matter_on_paper_holds_nothing_that_is_only_done_on_a_screen(matters: Page) -> None:
    matters.goto(f"/desk/matters/{matters.locator('[data-row] .mono').first.inner_text()}/")
    on_screen = matters.locator(".on-screen").all()
    assert any(one.is_visible() for one in on_screen)
    matters.emulate_media(media="print")
    assert not any(one.is_visible() for one in on_screen)
    assert matters.locator("h1").first.is_visible()


def test_a_list_on_paper_says_what_was_chosen_and_cuts_no_column(matters: Page) -> None:
    matters.goto("/desk/matters/?state=open")
    matters.emulate_media(media="print")
    assert [one.input_value() for one in matters.locator(".filters .field").locator("select, input").all()
            if one.is_visible()] == ["open"]  # fmt: skip
    pdf = PdfReader(BytesIO(matters.pdf(prefer_css_page_size=True)))
    assert pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height
    assert not matters.locator(".all-matters .btn").first.is_visible()
    heads = [head.strip() for head in matters.locator("[data-rows] th").all_inner_texts()]
    assert heads
    assert all(head in normalize("NFKC", pdf.pages[0].extract_text()) for head in heads)
