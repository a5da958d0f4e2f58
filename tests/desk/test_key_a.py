"""The key A on the page of a matter of every kind: it opens the usual next step, where something is still missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.desks import PREVIEW_LOST, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.support.site import Site

pytestmark = pytest.mark.browser

PEOPLE = ("shijing", "liangyunqi", "jinchunyan", "qiruolan", "zhenglihua", "fanqinghe")
BEGUN = {"demand", "dispute", "hazard", "hotline", "licence", "lift", "opening_up", "plot", "proposal"}

# what must be given stands in fields that are not said to be optional: the first of them in which nothing is
_STANDS_AT = """() => {
  const steps = [...document.querySelectorAll('details[data-act]')];
  const step = steps.find((one) => one.dataset.key.split(' ').includes('a'));
  const at = document.activeElement, optional = ['可不填', '视情况填写'];
  const controls = (field) => [...field.querySelectorAll('input:not([type=hidden]), select, textarea')];
  const given = (one) => ['checkbox', 'radio'].includes(one.type) ? one.checked : one.value !== '';
  const groups = (field) => {
    const inside = [...field.querySelectorAll('[role=radiogroup], .document:has(.must)')];
    return inside.length ? inside : [field];
  };
  const missing = [...step.querySelectorAll('.act-form > .field')]
    .filter((field) => ![...field.querySelectorAll('.label small')].some((one) => optional.includes(one.innerText)))
    .flatMap(groups)
    .find((group) => controls(group).length && !controls(group).some(given));
  return {
    open: step.open,
    seen: at.offsetParent !== null && at.getBoundingClientRect().height > 0,
    right: missing ? missing.contains(at) : at.matches('[data-send]') && step.contains(at),
    missing: missing ? (missing.closest('.field').querySelector('.label').innerText) : '',
  };
}"""


@pytest.fixture(scope="module")
def desks(browser: Any, site: Site) -> Iterator[Callable[..., Page]]:
    with opened(browser, site) as open_desk:
        yield open_desk


def waiting(page: Page) -> dict[tuple[str, str], str]:
    """(kind, stage) -> the number of a matter that waits for whoever is signed in."""
    found: dict[tuple[str, str], str] = {}
    number = last = 1
    while number <= last:
        asked = page.request.get(f"/api/v1/matters?scope=mine&page={number}")
        assert asked.ok, asked.text()
        answer = asked.json()
        found |= {(one["kind"], one["stage"]): one["number"] for one in answer["results"]}
        number, last = number + 1, answer["pages"]
    return found


def test_a_opens_the_usual_step_of_every_kind_where_something_is_missing(desks: Callable[..., Page]) -> None:
    seen: set[tuple[str, str]] = set()
    wrong: list[Any] = []
    asked: set[str] = set()
    for username in PEOPLE:
        page = desks(username)
        for (kind, stage), number in waiting(page).items():
            if (kind, stage) in seen:
                continue
            seen.add((kind, stage))
            page.goto(f"/desk/matters/{number}/")
            if page.locator("details[data-act]").count() == 0:
                continue
            page.keyboard.press("a")
            stands = page.evaluate(_STANDS_AT)
            asked.add(stands["missing"])
            if not (stands["open"] and stands["seen"] and stands["right"]):
                wrong.append((username, kind, stage, number, stands))
            if not stands["missing"]:
                continue
            page.keyboard.press("Escape")
            page.keyboard.press("a")  # it stays where it is as long as that is missing
            again = page.evaluate(_STANDS_AT)
            if not (again["open"] and again["right"]):
                wrong.append((username, kind, stage, number, again, "again"))
    assert wrong == []
    assert {kind for kind, _ in seen} >= BEGUN
    assert len(asked) > 8, "of many sorts"


def test_a_row_chosen_once_more_takes_nothing_out_of_the_hand(desks: Callable[..., Page]) -> None:
    """Its answer may be on its way while somebody writes, or be lost: what is written there stays, and so does the
    focus."""
    page = desks("shijing")
    page.goto("/desk/")
    shown = page.locator("#peek [data-peek]").get_attribute("data-peek")
    asked: list[Route] = []
    page.route("**/preview/**", lambda route: asked.append(route))
    with page.expect_request("**/preview/**"):
        page.locator(f'#rows [data-row="{shown}"]').click(position={"x": 4, "y": 4})
    page.keyboard.press("a")
    page.evaluate("window.held = document.activeElement")
    in_hand = "document.activeElement === window.held && !!window.held.closest('#peek form')"
    asked[0].continue_()
    page.unroute("**/preview/**")
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    assert page.evaluate(in_hand)
    page.evaluate(PREVIEW_LOST)
    assert page.evaluate(in_hand)
    assert page.locator("#peek [data-peek]").get_attribute("data-peek") == shown
