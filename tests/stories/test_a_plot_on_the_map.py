"""An old street is outlined on the desk's map: by mouse, by keys alone, and typed. What crosses itself is refused and
still stands there to be mended; what is sent stands on the page, in the REST answer and in the lists' file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support import desks

pytestmark = pytest.mark.browser

CLERK, ELSEWHERE = "qiruolan", "maowanqing"


@pytest.fixture(scope="module")
def pages(browser: Any, site: Any) -> Iterator[Callable[..., Any]]:
    with desks.opened(browser, site, 422, 404) as open_desk:
        yield open_desk


@pytest.fixture(scope="module")
def clerk(pages: Callable[..., Any]) -> Any:
    return pages(CLERK)


def form(page: Any, title: str) -> Any:
    """The form of a plot, filled in but for its outline; gives the map."""
    page.goto("/desk/new/?kind=plot")
    page.evaluate("localStorage.clear()")
    page.goto("/desk/new/?kind=plot")
    for name, value in (("title", title), ("text", "老街坊，砖木结构"), ("certificates", "120"), ("households", "90")):
        page.fill(f"[name={name}]", value)
    board = page.locator("svg[data-draw=area]")
    board.scroll_into_view_if_needed()
    return board


def written(page: Any) -> list[str]:
    return [one for one in page.input_value("[name=outline]").splitlines() if one]


def send(page: Any) -> str:
    page.click(".new-form .btn.pri")
    said = page.locator(".notice.success, [role=alert], .field-error").first.inner_text()
    found = re.search(r"DK-\d+-\d+", said)
    assert found is not None, said
    return found.group()


def near(board: Any) -> tuple[float, float]:
    """The middle of the map, seen as near as a street: pixels from its corner."""
    box = board.bounding_box()
    for _ in range(6):
        board.locator("xpath=ancestor::*[contains(@class, 'map-frame')]").locator("[data-map-in]").click()
    board.page.wait_for_timeout(300)
    return box["width"] / 2, box["height"] / 2


def press(board: Any, *points: tuple[float, float]) -> None:
    for x, y in points:
        board.click(position={"x": x, "y": y})


@pytest.fixture(scope="module")
def outlined(clerk: Any) -> str:
    """By mouse: four points of which the last two cross, refused, mended by dragging, sent."""
    board = form(clerk, "青萝里地块")
    x, y = near(board)
    press(board, (x - 60, y - 40), (x + 60, y - 40), (x - 60, y + 40), (x + 60, y + 40))
    assert len(written(clerk)) == 4
    clerk.click(".new-form .btn.pri")
    said = clerk.locator("#outline-wrong").inner_text()
    assert "相交" in said
    assert len(written(clerk)) == 4
    board = clerk.locator("svg[data-draw=area]")
    board.scroll_into_view_if_needed()
    clerk.wait_for_timeout(400)  # it flies to what was drawn
    corners = board.locator(".corner")
    assert corners.count() == 4
    clerk.locator("[data-draw-undo]").click()  # nothing was changed here yet
    clerk.locator("[data-draw-remove]").click()
    assert len(written(clerk)) == 3
    first, third = corners.nth(0).bounding_box(), corners.nth(2).bounding_box()
    clerk.mouse.move(third["x"] + third["width"] / 2, third["y"] + third["height"] / 2)
    clerk.mouse.down()
    clerk.mouse.move(first["x"] + first["width"] / 2 + 25, third["y"] + third["height"] / 2 + 10, steps=4)
    clerk.mouse.up()
    assert len(written(clerk)) == 3
    assert re.search(r"3 个点，[\d.]+ (公顷|平方米|平方公里)", clerk.locator("[data-draw-told]").inner_text())
    return send(clerk)


def test_it_stands_on_its_page_with_its_size(clerk: Any, outlined: str) -> None:
    clerk.goto(f"/desk/matters/{outlined}/")
    assert clerk.locator(".minimap .shape.of-area path").count() == 1
    assert clerk.locator(".minimap .dot").count() == 1
    said = clerk.locator("main").inner_text()
    assert re.search(r"[\d.,]+ (公顷|平方米)（[\d.,]+ 亩），3 个点", said)


def test_programs_read_it(clerk: Any, outlined: str) -> None:
    shape = clerk.request.get(f"/api/v1/matters/{outlined}").json()["shapes"]["outline"]
    assert shape["geometry"]["type"] == "Polygon"
    assert len(shape["geometry"]["coordinates"][0]) == 4
    assert 500 <= shape["properties"]["area"] <= 600_000
    rows = clerk.request.get("/desk/matters/export.csv?kind=plot").text()
    assert "POLYGON ((" in next(row for row in rows.splitlines() if outlined in row)


def test_whoever_may_not_see_it_sees_no_shape(pages: Callable[..., Any], outlined: str) -> None:
    other = pages(ELSEWHERE)
    assert other.request.get(f"/api/v1/matters/{outlined}").status == 404
    assert outlined not in other.request.get("/desk/matters/export.csv?kind=plot").text()


def test_keys_alone_draw_one(clerk: Any) -> None:
    board = form(clerk, "键盘画的地块")
    board.focus()
    keys = clerk.keyboard
    # a point is put down, and the arrows lead it to its place; the next one begins there
    moves = [("+", 7), ("Enter", 1), ("ArrowRight", 6), ("Enter", 1), ("ArrowDown", 6), ("Enter", 1), ("ArrowLeft", 6)]
    for key, times in moves:
        for _ in range(times):
            keys.press(key)
    drawn = written(clerk)
    assert len(drawn) == 3
    keys.press("PageUp")  # the point before, which the arrows now move
    keys.press("Shift+ArrowUp")
    assert written(clerk)[1] != drawn[1]
    assert [written(clerk)[n] for n in (0, 2)] == [drawn[n] for n in (0, 2)]
    keys.press("Control+z")
    assert written(clerk) == drawn
    keys.press("Delete")
    assert len(written(clerk)) == 2
    keys.press("Control+z")
    assert send(clerk)


def test_what_is_typed_is_drawn(clerk: Any, outlined: str) -> None:
    ring = clerk.request.get(f"/api/v1/matters/{outlined}").json()["shapes"]["outline"]["geometry"]["coordinates"][0]
    board = form(clerk, "抄来的地块")
    clerk.fill("[name=outline]", "POLYGON ((" + ", ".join(f"{lon} {lat}" for lon, lat in ring) + "))")
    assert board.locator(".corner").count() == 3
    assert send(clerk)
