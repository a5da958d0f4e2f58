"""A morning at the desk, by mouse and by keys, while somebody else opens tickets: what a person has in hand stays
there, what the page counts is what it lists, and every action ends on a whole page."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.desks import PREVIEW_LOST, opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.support.site import Site

pytestmark = pytest.mark.browser

DISPATCHER, OTHER, CLERK = "shijing", "annianzhen", "qiruolan"


@pytest.fixture(scope="module")
def desks(browser: Any, site: Site) -> Iterator[Callable[..., Page]]:
    """`desks(username)`: a signed-in page of a person's own. An error in any console fails the story."""
    with opened(browser, site, tall=900, patience=15_000) as open_desk:
        yield open_desk


@pytest.fixture(scope="module")
def take_in(desks: Callable[..., Page]) -> Callable[..., str]:
    """`take_in(title)`: another dispatcher takes a call down; gives the number of the new ticket."""
    other = desks(OTHER)

    def taken(title: str, text: str = "请派人来看") -> str:
        other.goto("/desk/new/?kind=hotline")
        token = other.input_value("form.new-form input[name=csrfmiddlewaretoken]")
        answer = other.request.post(
            "/desk/new/",
            form={
                "csrfmiddlewaretoken": token,
                "kind": other.input_value("form.new-form input[name=kind]"),
                "title": title,
                "text": text,
                "category": "A0103",
                "key": uuid.uuid4().hex,
            },
            headers={"Referer": other.url},
        )
        found = re.search(r"编号 (\S+?)，", answer.text())
        assert found is not None, answer.text()[:500]
        return found.group(1)

    return taken


@pytest.fixture(scope="module")
def desk(desks: Callable[..., Page], take_in: Callable[..., str]) -> Page:
    """The dispatcher's page, with eight tickets that wait to be assigned."""
    for n in range(8):
        take_in(f"待派的事 {n}")
    return desks(DISPATCHER)


def inbox(page: Page, query: str = "") -> Page:
    page.goto(f"/desk/{query}")
    page.locator("#peek .peek-title").wait_for()
    return page


def row(page: Page, number: str) -> Any:
    return page.locator(f'#rows [data-row="{number}"]')


def chosen(page: Page) -> str:
    return page.evaluate("document.querySelector('[data-row][aria-selected=true]')?.dataset.row ?? ''")


def shown(page: Page) -> str:
    return page.evaluate("document.querySelector('[data-peek]')?.dataset.peek ?? ''")


def previewed(page: Page, number: str) -> None:
    page.wait_for_function("n => document.querySelector('[data-peek]')?.dataset.peek === n", arg=number)


# of each group: how many its head says, and how many rows stand under it or are told as not listed
GROUPS = """[...document.querySelectorAll('.group')].map(group => {
  const told = parseInt(group.querySelector('.group-head .n-of').textContent);
  const rest = parseInt(group.querySelector('.group-rest')?.textContent.replace(/\\D/g, '') || 0);
  return [told, group.querySelectorAll('[data-row]').length + rest];
})"""
STAGES = """all => all.filter(a => a.href.includes('stage=')).map(a => [
  a.getAttribute('href'),
  a.firstElementChild.firstChild.textContent.trim(),
  parseInt(a.querySelector('.num').textContent),
])"""


def counted(page: Page) -> dict[str, int]:
    """Every number on the page that says how many wait: heading, tab, side bar; and the rows themselves. A queue holds
    others too: what it says is its own list's."""

    def number(selector: str) -> int:
        return int(re.sub(r"\D", "", page.locator(selector).first.inner_text()))

    groups = page.evaluate(GROUPS)
    assert all(told == listed for told, listed in groups), groups
    kinds = page.evaluate(
        "[...document.querySelectorAll('#inbox-side h2:not(:has(+ a[href*=\"queue=\"]))')].map(h => {"
        " let n = 0, e = h.nextElementSibling;"
        " while (e && e.matches('a')) { n += parseInt(e.querySelector('.num').textContent); e = e.nextElementSibling }"
        " return n })"
    )
    found = {
        "heading": number("#inbox-n [data-n]"),
        "tab": number("#count-inbox"),
        "side": number("#inbox-side .pick b"),
        "groups": sum(told for told, _ in groups),
    }
    return found | {f"part {n}": sum_ for n, sum_ in enumerate(kinds)}


def send(page: Page) -> None:
    """The usual next step of an open matter, by its key."""
    page.keyboard.press("a")
    page.keyboard.press("a")
    page.locator(".notice.success").first.wait_for()


def agree(page: Page) -> int:
    found = counted(page)
    assert len(set(found.values())) == 1, found
    return found["heading"]


def test_every_count_of_the_inbox_is_its_list(desk: Page) -> None:
    assert agree(inbox(desk)) >= 8


def test_an_action_from_the_preview_ends_on_the_inbox_at_the_next_row(desk: Page, take_in: Callable[..., str]) -> None:
    first, second = take_in("甲路 井盖响"), take_in("乙路 井盖响")
    inbox(desk)
    desk.wait_for_timeout(1500)  # by then the rows have been fetched anew, as they are on every live page
    row(desk, first).click(position={"x": 4, "y": 4})
    previewed(desk, first)
    after = desk.evaluate(
        "n => { const all = [...document.querySelectorAll('#rows [data-row]')].map(r => r.dataset.row);"
        " return all[all.indexOf(n) + 1] }",
        first,
    )
    desk.locator("#peek details[open] [data-send]").click()
    desk.wait_for_url(re.compile(r"/desk/\?at="))
    assert desk.locator("header.bar").is_visible()
    assert first in desk.locator(".notice").first.inner_text()
    assert (row(desk, first).count(), chosen(desk)) == (0, after)
    previewed(desk, after)
    assert row(desk, second).count() == 1
    agree(desk)


def test_a_goes_to_the_next_step_and_a_second_time_sends_it(desk: Page, take_in: Callable[..., str]) -> None:
    number = take_in("丙路 井盖响")
    inbox(desk)
    for _ in range(60):
        desk.keyboard.press("j")
        if chosen(desk) == number:
            break
    assert chosen(desk) == number
    previewed(desk, number)
    action = desk.locator("#peek details[data-act]").first
    assert action.locator("kbd").first.inner_text() == "A"
    desk.keyboard.press("a")
    assert action.evaluate("d => d.open")
    assert desk.evaluate("document.activeElement.matches('#peek [data-send]')")
    assert desk.url.endswith("/desk/")  # nothing is sent yet
    desk.keyboard.press("a")
    desk.wait_for_url(re.compile(r"/desk/\?at="))
    assert number in desk.locator(".notice").first.inner_text()


def test_the_preview_is_of_the_marked_row_though_the_list_was_renewed_while_it_was_on_its_way(desk: Page) -> None:
    inbox(desk)
    held: list[Any] = []
    desk.route(re.compile("/preview/"), lambda route: route.continue_() if held else held.append(route))
    for _ in range(2):
        desk.keyboard.press("j")
        desk.wait_for_timeout(150)  # longer than a row waits before it asks
    assert (len(held), chosen(desk) != shown(desk)) == (1, True)  # the second one waits for the first
    with desk.expect_response(re.compile("/desk/list/")):
        desk.evaluate("document.body.dispatchEvent(new CustomEvent('matters'))")
    desk.wait_for_timeout(200)
    held[0].continue_()
    previewed(desk, chosen(desk))
    desk.unroute(re.compile("/preview/"))


def test_no_key_acts_on_another_matter_than_the_marked_one_while_its_preview_is_on_its_way(
    desk: Page, take_in: Callable[..., str]
) -> None:
    """J A A in a breath, on a slow line: what is still shown is the matter before, and nothing is done to it."""
    first = take_in("丁路 井盖响")
    inbox(desk)
    row(desk, first).click(position={"x": 4, "y": 4})
    previewed(desk, first)
    held: list[Any] = []
    desk.route(re.compile("/preview/"), lambda route: held.append(route))
    desk.keyboard.press("k")
    for key in "aa":
        desk.keyboard.press(key)
    second = chosen(desk)
    assert (second != first, shown(desk)) == (True, first)
    place = desk.locator("#peek [data-send]").first.bounding_box()
    assert place is not None
    desk.mouse.click(place["x"] + 8, place["y"] + 8)  # the mouse is no quicker
    assert desk.url.endswith("/desk/")
    for route in held:
        route.continue_()
    desk.unroute(re.compile("/preview/"))
    previewed(desk, second)
    desk.keyboard.press("a")
    assert desk.evaluate("document.activeElement.closest('#peek') !== null")
    assert row(desk, first).count() == 1  # it waits as before
    desk.keyboard.press("Escape")
    desk.evaluate(PREVIEW_LOST)
    assert "没有取到" in desk.locator("#peek").inner_text()


# the key, and in the same breath a list that arrives: its rows take the place of those that were there
ARRIVES = """key => {
  document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
  const list = document.getElementById('rows'), detail = {target: list};
  list.dispatchEvent(new CustomEvent('htmx:beforeSwap', {bubbles: true, detail}));
  list.innerHTML = list.innerHTML;
  htmx.process(list);
  list.dispatchEvent(new CustomEvent('htmx:afterSwap', {bubbles: true, detail}));
}"""


def test_a_list_that_arrives_takes_no_preview_with_it(desk: Page, take_in: Callable[..., str]) -> None:
    take_in("戊路 井盖响")
    inbox(desk)
    first = shown(desk)
    desk.evaluate(ARRIVES, "j")
    assert chosen(desk) != first
    previewed(desk, chosen(desk))


def test_a_goes_to_what_is_still_to_be_filled_in_and_never_closes(desk: Page) -> None:
    inbox(desk)
    page = desk
    page.goto(page.locator('#inbox-side a[href*="stage="]:has-text("待核查")').first.get_attribute("href") or "")
    waiting = page.locator('#rows [data-row]:has-text("待核查")')
    waiting.first.click(position={"x": 4, "y": 4})
    previewed(page, waiting.first.get_attribute("data-row") or "")
    for _ in range(2):
        page.keyboard.press("a")
        assert page.evaluate("document.activeElement.matches('#peek details[open] select[data-needed]')")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.matches('[data-row]')")
    page.keyboard.press("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.matches('#peek [data-send]')")


def test_the_dialog_of_keys_names_only_keys_that_do_something_here(desk: Page) -> None:
    inbox(desk)
    desk.keyboard.press("?")
    keys = desk.locator("#keys dt:visible").all_inner_texts()
    desk.keyboard.press("Escape")
    assert {"J", "K", "X", "W", "A", "B", "N", "/", "?"} <= set(keys)
    assert not {"R", "M", "G", "U", "Z"} & set(keys)
    own = desk.locator("[data-key]:visible").evaluate_all("all => all.flatMap(e => e.dataset.key.split(' '))")
    assert set(keys) - {"J", "K", "Enter", "X", "W", "?", "Esc"} == {key.upper() for key in own}


def top_of(desk: Page, number: str) -> float:
    """Where a row stands in the window. One that is just being replaced has no place: it would say 0."""
    laid_out = "n => document.querySelector(`#rows [data-row='${n}']`)?.getClientRects()[0] ?? false"
    return float(desk.wait_for_function(laid_out, arg=number).evaluate("box => box.top"))


def test_what_arrives_takes_nothing_out_of_the_hand(desk: Page, take_in: Callable[..., str]) -> None:
    inbox(desk)
    before = agree(desk)
    ticked = [one.get_attribute("value") for one in desk.locator("#rows input[type=checkbox]").all()[:5]]
    for number in ticked:
        row(desk, number or "").locator("input").check()
    held = desk.locator("#rows [data-row]").nth(5).get_attribute("data-row") or ""
    row(desk, held).click(position={"x": 4, "y": 4})
    previewed(desk, held)
    words = desk.locator("#peek textarea:visible").first
    words.fill("写了一半的说明")
    desk.evaluate("window.scrollTo(0, 120)")
    row(desk, held).focus()
    top = top_of(desk, held)

    fresh = take_in("丁路 井盖响")
    row(desk, fresh).wait_for()

    assert agree(desk) == before + 1
    still = [one.get_attribute("value") for one in desk.locator("#rows input:checked").all()]
    assert sorted(still) == sorted(ticked)
    assert (chosen(desk), shown(desk)) == (held, held)
    assert desk.locator("#peek textarea:visible").first.input_value() == "写了一半的说明"
    assert desk.evaluate("document.activeElement.dataset.row") == held
    assert abs(top_of(desk, held) - top) < 2
    assert "1" in desk.locator("#spoken").inner_text()


def test_a_matter_that_another_moves_is_told_to_who_writes_about_it(desk: Page, desks: Any, take_in: Any) -> None:
    number = take_in("戊路 井盖响")
    inbox(desk)
    row(desk, number).wait_for()
    row(desk, number).click(position={"x": 4, "y": 4})
    previewed(desk, number)
    desk.locator("#peek textarea:visible").first.fill("写了一半的说明")
    other = desks(OTHER)
    other.goto(f"/desk/matters/{number}/")
    send(other)
    row(desk, number).wait_for(state="detached")
    assert desk.locator("[data-peek-gone]").is_visible()
    assert desk.locator("#peek textarea:visible").first.input_value() == "写了一半的说明"
    agree(desk)


def test_a_press_on_a_row_previews_and_on_its_title_opens(desk: Page) -> None:
    inbox(desk)
    third = desk.locator("#rows [data-row]").nth(2)
    number = third.get_attribute("data-row") or ""
    third.locator(".tag").click()
    previewed(desk, number)
    assert (chosen(desk), desk.url.endswith("/desk/")) == (number, True)
    third.locator("input").check()
    assert shown(desk) == number
    third.locator("a.line-title").click()
    desk.wait_for_url(f"**/desk/matters/{number}/")


def test_where_no_preview_stands_beside_the_list_a_row_opens(desks: Callable[..., Page]) -> None:
    phone = desks(DISPATCHER, 390, 844)
    phone.goto("/desk/")
    first = phone.locator("#rows [data-row]").first
    number = first.get_attribute("data-row")
    first.locator(".tag").click()
    phone.wait_for_url(f"**/desk/matters/{number}/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_batch_says_what_goes_where_before_and_what_came_of_it_after(desk: Page, desks: Any, take_in: Any) -> None:
    numbers = [take_in(f"批量 {n}") for n in range(3)]
    desk.goto("/desk/?kind=hotline")
    desk.locator("#tick-all").check()
    ticked = desk.locator("#rows input:checked").count()
    assert str(ticked) in desk.locator("#ticked").inner_text()
    desk.locator("#tick-all").uncheck()
    assert desk.locator("#ticked").is_hidden()
    for number in numbers:
        row(desk, number).locator("input").check()
    stays = desk.locator('#rows [data-row]:has-text("待核查")').first
    stays.locator("input").check()
    desk.keyboard.press("b")
    desk.wait_for_url("**/desk/bulk/")
    going = desk.locator(".batch form .batch-part")
    assert sum(int(re.sub(r"\D", "", n)) for n in going.locator("h2 .num").all_inner_texts()) == 3
    assert "待核查" in desk.locator(".batch-staying ~ .batch-part h3").first.inner_text()

    other = desks(OTHER)  # who sends one of them in the meantime
    other.goto(f"/desk/matters/{numbers[0]}/")
    send(other)

    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/?kind=hotline*")
    told = desk.locator(".notice").all_inner_texts()
    assert any("已派出 2 件" in one for one in told), told
    assert any(numbers[0] in one and "没有派出" in one for one in told), told
    assert [row(desk, number).count() for number in numbers] == [0, 0, 0]


def test_a_stage_is_called_as_its_own_kind_calls_it(desks: Callable[..., Page]) -> None:
    clerk = desks(CLERK)
    clerk.goto("/desk/")
    stages = clerk.locator("#inbox-side a").evaluate_all(STAGES)
    assert stages
    for href, title, n in stages:
        clerk.goto(href)
        told = clerk.locator("#rows [data-row] > span:nth-last-child(2)").all_inner_texts()
        assert (set(told), len(told)) == ({title}, min(n, len(told)))
        assert int(re.sub(r"\D", "", clerk.locator("#inbox-n [data-n]").get_attribute("data-n") or "")) == n
