"""Proves what a pack says of its pages, as far as it can be known without its kinds and indicators. Pure.

What a page names of them, those prove who read them: `matters.loading`, `indicators.loading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from yiwang.typed.spans import span
from yiwang.why import Words, say

from .definition import FLOOR, SECTIONS, Board, Desk, Page, Portal, Wall

Complaint = tuple[str, Words]  # (path in the file, what is wrong there)

BOUNDS = {
    "lately": (1, 366),
    "feed": (1, 20),
    "hot": (1, 10),
    "goals": (1, 12),
    "vitals": (1, 24),
    "fewest": (FLOOR, 1000),
    "unfolded": (0, 500),
    "orders": (1, 50),
    "closed": (1, 500),
    "reports": (1, 24),
    "changes": (1, 50),
    "similar.metres": (1, 5000),
    "similar.days": (1, 3660),
    "similar.most": (1, 50),
    "precedents.days": (1, 3660),
    "precedents.most": (1, 20),
}
_MOST_RATES = 8
_MOST_IN_STRIP = 4
_LONGEST = timedelta(days=30)
_NEWEST = timedelta(days=1)


def complaints(page: Page) -> list[Complaint]:
    """Everything that is wrong with one page."""
    wrong = list(_numbers(page))
    if isinstance(page, Wall):
        wrong += _wall(page)
    elif isinstance(page, Desk):
        wrong += [*_twice("sections", page.sections), *_sections(page), *_columns(page.columns, "title")]
        wrong += _span("urgent_within", page.urgent_within, _LONGEST)
    elif isinstance(page, Board):
        wrong += _columns(page.columns, "number")
    else:
        wrong += _phone(page)
    return wrong


def _wall(page: Wall) -> Iterator[Complaint]:
    named = {"header": page.header, "strip": page.strip, "grounds": page.grounds}
    for path, names in named.items():
        yield from _twice(path, names)
        if not names:
            yield path, say("pages.nothing_shown")
    yield from _twice("alarms", page.alarms)
    yield from _twice("rates.show", page.rates.show)
    yield from _columns(page.columns, "title")
    for path, n, most in (
        ("rates.show", len(page.rates.show), _MOST_RATES),
        ("strip", len(page.strip), _MOST_IN_STRIP),
    ):
        if n > most:
            yield path, say("pages.too_many", n=n, most=most)
    yield from _span("recent", page.recent, _NEWEST)


def _phone(page: Portal) -> Iterator[Complaint]:
    yield from _twice("published", page.published)
    if page.phone and not page.phone.number.strip():
        yield "phone.number", say("pages.no_number")


def _columns(names: Sequence[str], opens: str) -> Iterator[Complaint]:
    """Each once, and the one among them by which a row is opened."""
    yield from _twice("columns", names)
    if opens not in names:
        yield "columns", say("pages.nothing_to_open", name=opens)


def _numbers(page: Page) -> Iterator[Complaint]:
    for path, (least, most) in BOUNDS.items():
        value: object = page
        for name in path.split("."):
            value = getattr(value, name, None)
        if isinstance(value, int) and not least <= value <= most:
            yield path, say("pages.out_of_bounds", name=path, n=value, least=least, most=most)


def _twice(path: str, names: Sequence[str]) -> Iterator[Complaint]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"{path}[{number}]", say("pages.twice", name=name)


def _sections(page: Desk) -> Iterator[Complaint]:
    """From the most to the least pressing, with one at the end that takes what the others leave."""
    known = [name for name in SECTIONS if name in page.sections]
    if list(dict.fromkeys(page.sections)) != known:
        yield "sections", say("pages.sections_order", known=list(SECTIONS))
    if SECTIONS[-1] not in page.sections:
        yield "sections", say("pages.sections_rest", name=SECTIONS[-1])


def _span(path: str, text: str, longest: timedelta) -> Iterator[Complaint]:
    try:
        within = span(text)
    except ValueError:
        yield path, say("pages.no_span", text=text)
        return
    if within > longest:
        yield path, say("pages.too_long", text=text, days=longest.days)
