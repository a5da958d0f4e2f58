"""The wall in a real browser: it follows the work within two seconds, and the keyboard goes everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser

A_CALL_COMES_IN = """
import time
from yiwang.commands.frame.ready import django_ready
django_ready()
from yiwang.matters import store
from yiwang.matters.models import Category
from yiwang.org import session
from yiwang.org.models import District
district = District.objects.get()
with session.acting_as(session.system(district.pk)) as asker:
    category = Category.objects.filter(district=district).exclude(class_name="").first().code
    said = {"title": "大屏等的来电", "text": "有人打来电话", "category": category}
    store.open_matter(asker, "hotline", said)
print(time.time())
"""


# what stands out of the wall's head, and whether the map does out of its column, where twelve more kinds are new
OVER_OTHERS = """() => {
  const row = document.querySelector('#wall-map-head .row');
  for (let n = 0; n < 12; n++) {
    const one = document.createElement('span');
    one.className = 'by-kind';
    one.textContent = 'Another kind 12';
    row.append(one);
  }
  const box = one => document.querySelector(one).getBoundingClientRect();
  const head = box('.top'), out = [...document.querySelectorAll('.top > *')].filter(one => {
    const at = one.getBoundingClientRect();
    return at.width && (at.top < head.top - 2 || at.bottom > head.bottom + 2 || at.right > head.right + 1);
  }).map(one => one.className);
  return box('.map-part').right > box('.right').left + 1 ? [...out, 'map-part'] : out;
}"""


def a_call_comes_in(site: Site) -> float:
    """Somebody calls; the moment from which the ticket stands in the database."""
    environment = {**os.environ, "DATABASE_URL": site.owner, "DATABASE_APP_URL": site.app, "YIWANG_VAR": str(site.var)}
    call = [sys.executable, "-c", A_CALL_COMES_IN]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return float(done.stdout.split()[-1])


def sign_in(page: Page, username: str) -> None:
    from tests.support.site import demo_password

    page.goto("/sign-in/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", demo_password())
    page.click("button.big")
    page.wait_for_url(lambda address: "/sign-in/" not in address)


@pytest.fixture
def wall(page: Page) -> Page:
    """The head of the district before the screen, with everything that goes wrong written down."""
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: said.type == "error" and trouble.append(said.text))
    page.set_viewport_size({"width": 1920, "height": 1080})
    sign_in(page, "bixiuying")
    page.goto("/wall/")
    page.wait_for_selector("html[data-connection=live]")
    yield page
    assert trouble == []


def number(page: Page, nth: int) -> int:
    return int(page.locator(".figures dd .n").nth(nth).inner_text().replace(",", ""))


ROWS = """() => {
  const feed = document.querySelector(".feed").getBoundingClientRect();
  return [...document.querySelectorAll(".feed li")].map((row) => {
    const at = row.getBoundingClientRect();
    return [at.left < feed.right - 1, at.top >= feed.top - 1 && at.bottom <= feed.bottom + 1];
  });
}"""


@pytest.mark.parametrize(
    ("width", "height", "all_of_them"), [(1920, 1080, False), (1440, 900, False), (1366, 768, False), (390, 844, True)]
)
def test_a_live_matter_is_shown_whole_or_not_at_all(wall: Page, width: int, height: int, all_of_them: bool) -> None:
    wall.set_viewport_size({"width": width, "height": height})
    rows = wall.evaluate(ROWS)
    assert [whole for seen, whole in rows if seen and not whole] == []
    assert sum(seen for seen, _ in rows) >= (len(rows) if all_of_them else 2)


def test_a_call_stands_on_the_wall_within_two_seconds(wall: Page, site: Site) -> None:
    before = number(wall, 0)
    came = a_call_comes_in(site)
    wall.wait_for_selector("#wall-feed >> text=大屏等的来电", timeout=10_000)
    assert time.time() - came < 2
    assert number(wall, 0) > before


def test_a_number_opens_its_reasons_under_it_and_gives_the_focus_back(wall: Page) -> None:
    figure = wall.locator(".figures dd .n").first
    figure.focus()
    wall.keyboard.press("Enter")
    receipt = wall.locator("#receipt .receipt")
    receipt.wait_for()
    assert wall.evaluate("document.activeElement.classList.contains('receipt')")
    assert figure.get_attribute("aria-expanded") == "true"
    at, under = figure.bounding_box(), receipt.bounding_box()
    assert at is not None
    assert under is not None
    assert under["y"] >= at["y"] + at["height"]
    wall.keyboard.press("Escape")
    receipt.wait_for(state="detached")  # the browser tells of the closing a moment later
    wall.wait_for_function("document.activeElement.classList.contains('n')")


def test_the_receipt_leads_to_the_list(wall: Page) -> None:
    wall.locator(".figures dd .n").first.click()
    wall.locator("#receipt .receipt").wait_for()
    wall.keyboard.press("Enter")
    wall.wait_for_url("**/wall/cases/open/**")
    assert wall.locator("[data-row]").count() > 0
    wall.keyboard.press("j")
    assert wall.locator("[data-row][aria-selected=true]").count() == 1


def test_arrows_walk_the_streets_enter_flies_in_escape_out(wall: Page) -> None:
    strip, chosen = wall.locator("#wall-strip"), wall.locator("a.area.on")
    chosen.focus()
    here = chosen.get_attribute("data-area")
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        wall.keyboard.press(key)
        if wall.locator("a.area.on").get_attribute("data-area") != here:
            break
    there = wall.locator("a.area.on").get_attribute("data-area")
    assert there != here
    wall.wait_for_selector(f"#wall-strip[data-street={there}]")
    wall.keyboard.press("Enter")
    wall.wait_for_selector("svg.map.flown")
    wall.wait_for_selector("svg.map [data-inner] path", state="attached")
    wall.keyboard.press("Escape")
    wall.wait_for_selector("svg.map:not(.flown)")
    assert strip.get_attribute("data-street") == there


def test_what_is_new_does_not_undo_the_flight(wall: Page, site: Site) -> None:
    wall.locator("a.area.on").focus()
    wall.keyboard.press("Enter")
    wall.wait_for_selector("svg.map.flown")
    street = wall.locator("a.area.on").get_attribute("data-area")
    a_call_comes_in(site)
    wall.wait_for_timeout(1500)
    assert wall.locator("svg.map.flown").count() == 1
    assert wall.locator("a.area.on").get_attribute("data-area") == street
    assert wall.locator("svg.map .names .label").count() == wall.locator("a.area").count()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (2560, 1440), (3840, 2160)])
def test_one_screen_holds_it_all(wall: Page, width: int, height: int) -> None:
    wall.set_viewport_size({"width": width, "height": height})
    over = wall.evaluate(
        "[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]"
    )
    assert over == [0, 0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1366, 1440, 1920])
def test_nothing_lies_over_what_stands_beside_it(wall: Page, site: Site, width: int, language: str) -> None:
    """The head keeps within its lines, and the map in its column however many kinds have something new."""
    wall.context.add_cookies([{"name": "lang", "value": language, "url": site.url}])
    wall.set_viewport_size({"width": width, "height": 900})
    wall.reload()
    assert wall.evaluate(OVER_OTHERS) == []


# fourteen kinds are new; then how many of them are out of sight, what is said of the rest and where that leads
OF_THE_KINDS = """() => {
  const row = document.querySelector('#wall-map-head .row'), box = row.getBoundingClientRect();
  const kinds = [...row.querySelectorAll('[data-of-line]')], rest = row.querySelector('[data-rest-of-line]');
  const whole = (one) => {
    const at = one.getBoundingClientRect();
    return at.width > 0 && at.left >= box.left - 1 && at.right <= box.right + 1 && at.bottom <= box.bottom + 1;
  };
  return {of: kinds.length, shown: kinds.filter(whole).length, said: whole(rest) ? rest.innerText : '', to: rest.href};
}"""
FOURTEEN_KINDS = """() => {
  const row = document.querySelector('#wall-map-head .row');
  for (const one of row.querySelectorAll('[data-of-line]')) one.remove();
  for (let n = 0; n < 14; n++) {
    const one = document.createElement('span');
    one.className = 'by-kind';
    one.dataset.ofLine = '';
    one.textContent = `Another kind ${n}`;
    row.insertBefore(one, row.lastElementChild);
  }
  row.querySelector('a').focus(); // what is being read is not pulled away by what is new
}"""


@pytest.mark.parametrize("width", [1920, 1440, 1100, 390])
def test_kinds_that_do_not_fit_are_counted_and_lead_to_the_list(wall: Page, width: int) -> None:
    wall.set_viewport_size({"width": 1500, "height": 900})
    wall.evaluate(FOURTEEN_KINDS)
    wall.set_viewport_size({"width": width, "height": 900})
    wall.wait_for_function(f"() => ({OF_THE_KINDS})().said !== ''")  # as it stands after the new width, not before
    stands = wall.evaluate(OF_THE_KINDS)
    assert stands["of"] == 14
    assert stands["said"] == f"另有 {14 - stands['shown']} 类"
    wall.goto(stands["to"])
    assert wall.locator("table").count() == 1 or "0" in wall.locator("h1").first.inner_text()


def test_where_all_kinds_fit_nothing_is_said_of_a_rest(wall: Page) -> None:
    wall.evaluate("() => document.querySelectorAll('[data-of-line]').forEach((one, n) => n && one.remove())")
    wall.set_viewport_size({"width": 1900, "height": 1000})
    wall.wait_for_function("() => document.querySelector('[data-rest-of-line]').hidden")


def test_it_works_without_scripts(page: Page, site: Site) -> None:
    assert page.context.browser is not None
    with page.context.browser.new_context(base_url=site.url, locale="zh-CN", java_script_enabled=False) as context:
        plain = context.new_page()
        sign_in(plain, "bixiuying")
        plain.goto("/wall/")
        plain.locator("a.area").nth(2).click(force=True, position={"x": 40, "y": 40})
        assert "street=" in plain.url
        plain.locator(".figures dd .n").first.click()
        plain.wait_for_url("**/wall/why/open/**")
        assert plain.locator(".receipt-page .receipt").is_visible()
