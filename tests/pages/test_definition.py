"""What a pack may say of its pages, as values: bounds, sections, and what an inbox makes of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.matters.sections import edges_of, section_of
from yiwang.org.titles import plain
from yiwang.pages import proof
from yiwang.pages.definition import (
    FILES,
    FLOOR,
    SECTIONS,
    Board,
    Desk,
    Page,
    Pages,
    Portal,
    Precedents,
    Rates,
    Wall,
    page_from,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 10, 12, 12, 0, tzinfo=ZONE)


def test_what_the_platform_says_by_itself_is_sound_and_publishes_nothing() -> None:
    pages = Pages()
    assert [proof.complaints(page) for page in (pages.wall, pages.desk, pages.portal, pages.board)] == [[]] * 4
    assert (pages.portal.published, pages.wall.rates.show, pages.portal.fewest) == ([], [], FLOOR)


@pytest.mark.parametrize("name", FILES)
def test_a_page_comes_back_from_the_database_as_it_was(name: str) -> None:
    page = FILES[name]()
    assert page_from(name, plain(page)) == page


@pytest.mark.parametrize(
    ("page", "where"),
    [
        (Wall(header=[]), "header"),
        (Wall(header=["open", "open"]), "header[1]"),
        (Wall(rates=Rates(["a"] * 2)), "rates.show[1]"),
        (Wall(rates=Rates([str(n) for n in range(9)])), "rates.show"),
        (Wall(lately=0), "lately"),
        (Wall(feed=21), "feed"),
        (Desk(sections=["later", "over"]), "sections"),
        (Desk(sections=["over", "soon"]), "sections"),
        (Desk(sections=["over", "over", "later"]), "sections[1]"),
        (Desk(urgent_within="two hours"), "urgent_within"),
        (Desk(urgent_within="31 d"), "urgent_within"),
        (Desk(precedents=Precedents(days=0)), "precedents.days"),
        (Portal(published=["a", "b", "a"]), "published[2]"),
        (Portal(fewest=FLOOR - 1), "fewest"),
        (Wall(grounds=[]), "grounds"),
        (Wall(strip=["open"] * 2), "strip[1]"),
        (Wall(columns=["number"]), "columns"),
        (Wall(recent="25 h"), "recent"),
        (Board(columns=["goal"]), "columns"),
        (Board(changes=0), "changes"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(page: Page, where: str) -> None:
    assert [at for at, _ in proof.complaints(page)] == [where]


def test_what_was_loaded_under_another_name_is_still_read() -> None:
    assert page_from("wall", {"header": ["open", "last_hour"]}) == Wall(header=["open", "recent"])


DESKS = st.builds(
    lambda sections, n, unit: Desk(
        sections=[name for name in SECTIONS if name in sections or name == SECTIONS[-1]], urgent_within=f"{n} {unit}"
    ),
    st.sets(st.sampled_from(SECTIONS)),
    st.integers(1, 30),
    st.sampled_from(["min", "h", "d"]),
)


@given(desk=DESKS, minutes=st.none() | st.integers(-100_000, 100_000))
def test_the_sections_of_an_inbox_share_everything_out(desk: Desk, minutes: int | None) -> None:
    """Each matter is in exactly one of the sections that the page names, whatever their number."""
    assert proof.complaints(desk) == []
    edges = edges_of(NOON, ZONE, desk)
    spans = list(edges.values())
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]
    assert all(start is None or start <= end for start, end in spans)
    due = None if minutes is None else NOON + timedelta(minutes=minutes)
    section = section_of(due, edges)
    assert section in desk.sections
    if due is not None and section in edges:
        start, end = edges[section]
        assert (start is None or start <= due) and due < end  # noqa: PT018


def test_by_itself_an_inbox_is_divided_as_ever() -> None:
    hours = {-1: "over", 1: "soon", 2: "today", 11: "today", 12: "week", 24 * 6 + 12: "later"}
    for ahead, section in hours.items():
        due = NOON + timedelta(hours=ahead)
        assert section_of(due, edges_of(NOON, ZONE, Desk())) == section, ahead
