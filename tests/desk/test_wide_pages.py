"""At the width of a desk nothing that belongs together breaks apart or runs out of its frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.desks import opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desks(browser: Any, site: Site) -> Iterator[Callable[..., Page]]:
    with opened(browser, site, tall=900, patience=15_000) as open_desk:
        yield open_desk


def test_the_filters_of_the_list_stand_in_one_row(desks: Callable[..., Page]) -> None:
    page = desks("shijing", 1440, 900)
    page.goto("/desk/matters/")
    rows = page.evaluate("[...document.querySelectorAll('.filters > *')].map(e => e.getBoundingClientRect().bottom)")
    assert len(rows) >= 10
    assert max(rows) - min(rows) < 2, rows


def test_a_drawing_is_seen_whole(desks: Callable[..., Page]) -> None:
    page = desks("shijing", 1440, 900)
    for kind in ("lift", "proposal", "hotline"):
        page.goto(f"/desk/kinds/{kind}/")
        inside = page.evaluate("(e => [e.scrollWidth, e.clientWidth])(document.querySelector('.kind-drawing'))")
        assert inside[0] <= inside[1], kind


STAGES = "[...document.querySelectorAll('#inbox-side a[href*=\"stage=\"] > span:first-child')].map(e => e.innerText)"


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_no_two_stages_of_the_side_bar_read_alike(language: str, desks: Callable[..., Page]) -> None:
    """Two kinds may say 待分派 and 待派单 for what is To be assigned in English."""
    page = desks("shijing", 1440, 900)
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto("/desk/")
    stages = page.evaluate(STAGES)
    assert len(stages) > 5
    assert sorted(set(stages)) == sorted(stages)


def test_the_name_of_a_kind_stays_in_its_column(desks: Callable[..., Page]) -> None:
    page = desks("shijing", 1440, 900)
    page.set_extra_http_headers({"Accept-Language": "en-GB"})
    page.goto("/desk/")
    apart = page.evaluate(
        "[...document.querySelectorAll('#rows .line')].map(e => e.querySelector('.line-title')"
        ".getBoundingClientRect().left - e.querySelector(':scope > .tag').getBoundingClientRect().right)"
    )
    assert apart
    assert min(apart) > 0


def test_the_side_bar_of_a_phone_is_one_row(desks: Callable[..., Page]) -> None:
    phone = desks("shijing", 390, 844)
    phone.goto("/desk/")
    assert phone.locator("#inbox-side").bounding_box()["height"] < 70  # type: ignore[index]
