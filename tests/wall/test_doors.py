"""Every number of the wall is a door: it opens in place, it opens as a page, and what it opens is there."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.support.clients import client


class Doors(HTMLParser):
    """The addresses behind numbers, chips and list links of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        href = said.get("href") or ""
        classes = (said.get("class") or "").split()
        if tag == "a" and href.startswith("/") and ({"n", "chip", "link", "area", "dot"} & set(classes) or not classes):
            self.found.add(href)


@pytest.fixture
def visitor(town: Any) -> Any:
    """Somebody signed in as the head of the district."""
    return client(town, "head")


def body(answer: Any) -> str:
    return answer.content.decode()


def test_every_number_opens_as_a_page_and_in_place(visitor: Any) -> None:
    answer = visitor.get("/wall/")
    assert answer.status_code == 200
    doors = {door for door in Doors(body(answer)).found if door.startswith("/wall/")}
    assert {door.split("/")[2] for door in doors} >= {"why", "cases"}
    for door in sorted(doors):
        page = visitor.get(door)
        assert page.status_code == 200, door
        assert "<html" in body(page), door
        if "/why/" in door or "/rates/" in door:
            part = visitor.get(door, headers={"HX-Request": "true"})
            assert "<html" not in body(part) or "/cases/" in door, door


def test_the_receipt_of_a_count_leads_to_a_list_of_that_length(visitor: Any) -> None:
    receipt = body(visitor.get("/wall/why/open/", headers={"HX-Request": "true"}))
    assert "看 9 件" in receipt
    cases = next(door for door in Doors(receipt).found if "/cases/" in door)
    assert body(visitor.get(cases)).count("data-row>") == 9


def test_a_list_goes_on_page_by_page_at_the_moment_it_was_counted(visitor: Any) -> None:
    page = body(visitor.get("/wall/cases/open/?at=2030-01-01T00:00:00%2B08:00&page=2"))
    assert "没有这样的事项" in page
    assert visitor.get("/wall/cases/open/?page=99999999999999999999&at=nonsense").status_code == 200


@pytest.mark.parametrize("door", ["/wall/why/open/", "/wall/why/lately/", "/wall/rates/hotline_created/"])
def test_what_comes_in_meanwhile_does_not_move_the_pages_of_a_list(database: str, door: str) -> None:
    from django.utils import timezone

    from tests.indicators.casework import MONDAY, Casework
    from tests.support.district import make_district

    def today() -> float:
        return (timezone.now() - MONDAY) / timedelta(days=1)

    work = Casework(make_district())
    head = client(work.district, "head")
    for n in range(60):
        work.open(f"井盖松动 {n}", days=today() - 1e-6 * n)
    receipt = body(head.get(f"{door}?period=year", headers={"HX-Request": "true"}))
    assert "看 60 件" in receipt
    work.open("看的时候来的", days=today())
    cases = next(one for one in Doors(receipt).found if "at=" in one and "part=" not in one)
    first = body(head.get(cases))
    work.open("翻页的时候来的", days=today())
    (more,) = re.findall(r'href="(\?[^"]*page=2)"', first)
    second = body(head.get(cases.partition("?")[0] + unescape(more)))
    pages = [set(re.findall(r"RX-[0-9]+-[0-9]+", page)) for page in (first, second)]
    assert ([len(one) for one in pages], pages[0] & pages[1]) == ([50, 10], set())
    assert "时候来的" not in first + second


@pytest.mark.parametrize(
    "address",
    [
        "/wall/why/nothing/",
        "/wall/cases/nothing/",
        "/wall/why/open/?street=atlantis",
        "/wall/why/open/?kind=atlantis",
        "/wall/street/atlantis/",
        "/wall/street/water/inside/",
        "/wall/rates/atlantis/",
        "/wall/rates/hotline_solved/?period=atlantis",
        "/wall/rates/hotline_solved/?unit=atlantis",
        "/wall/rates/hotline_solved/atlantis/",
        "/wall/vitals/atlantis/",
        "/wall/goals/99999999/",
        "/wall/matter/99999999/",
    ],
)
def test_what_is_not_there_gets_a_sentence(visitor: Any, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert "没有这一页" in body(answer)


def test_the_map_follows_the_street_asked_for_and_shows_what_is_inside(visitor: Any) -> None:
    page = body(visitor.get("/wall/?street=nan&by=overdue"))
    assert 'data-street="nan"' in page
    assert 'class="area land' in page
    assert "南街道" in body(visitor.get("/wall/street/nan/"))
    assert body(visitor.get("/wall/street/nan/inside/")).count("<path") == 2


@pytest.mark.parametrize(
    ("part", "places"),
    [
        ("matters", ["figures", "map-head", "legend", "strip", "rates", "feed", "next"]),
        ("slow", ["rates", "hot", "goals"]),
        ("vitals", ["vitals"]),
    ],
)
def test_what_changes_comes_in_pieces_with_their_places(visitor: Any, part: str, places: list[str]) -> None:
    pieces = body(visitor.get(f"/wall/live/{part}/", headers={"HX-Request": "true"}))
    assert [place for place in places if f'id="wall-{place}"' not in pieces] == []
    assert pieces.count("hx-swap-oob") == len(places)
    assert "<html" not in pieces
    assert visitor.get("/wall/live/everything/").status_code == 404


def test_a_passer_by_is_sent_to_the_sign_in_and_a_fragment_takes_the_whole_page_there(
    town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", town.code)
    page = Client(SERVER_NAME="localhost").get("/wall/?street=nan")
    assert page.status_code == 302
    assert page["Location"] == "/sign-in/?next=/wall/%3Fstreet%3Dnan"
    part = Client(SERVER_NAME="localhost").get("/wall/live/matters/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/sign-in/?next=/")


def test_in_english_no_chinese_word_of_ours_is_left(visitor: Any) -> None:
    import re

    visitor.cookies["yiwang_language"] = "en"
    page = body(visitor.get("/wall/"))
    shown = re.sub(r"<[^>]*>", " ", page.split("<body", 1)[1])
    assert "open" in shown
    assert set(re.findall(r"[\u4e00-\u9fff]+", shown)) <= {"中文", "人"}  # the other language, and a name


def test_what_the_pack_has_none_of_has_neither_panel_nor_block(visitor: Any) -> None:
    """The small district has no vital signs, and goals that open orders."""
    page = visitor.get("/wall/").content.decode()
    assert re.search(r'<section class="left" id="wall-vitals"[^>]* hidden', page)
    assert '<div class="wall no-vitals"' in page
    bar = visitor.get("/desk/matters/").content.decode().partition("</nav>")[0]
    assert "/wall/vitals/" not in bar
    assert "/board/orders/" in bar
    assert 'data-zone="Asia/Shanghai"' in bar
