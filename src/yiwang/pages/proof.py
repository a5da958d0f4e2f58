"""Proves what a pack says of its pages, as far as it can be known without its kinds and indicators. Pure.

What a page names of them, those prove who read them: `matters.loading`, `indicators.loading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from yiwang.typed.spans import span
from yiwang.why import Words, say

from .definition import FLOOR, SECTIONS, Desk, Portal, Wall

Complaint = tuple[str, Words]  # (path in the file, what is wrong there)

BOUNDS = {
    "lately": (1, 366),
    "feed": (1, 20),
    "hot": (1, 10),
    "goals": (1, 12),
    "vitals": (1, 24),
    "fewest": (FLOOR, 1000),
    "similar.metres": (1, 5000),
    "similar.days": (1, 3660),
    "similar.most": (1, 50),
    "precedents.days": (1, 3660),
    "precedents.most": (1, 20),
}
_MOST_RATES = 8
_LONGEST = timedelta(days=30)


def complaints(page: Wall | Desk | Portal) -> list[Complaint]:
    """Everything that is wrong with one page."""
    found = list(_numbers(page))
    if isinstance(page, Wall):
        found += [*_twice("header", page.header), *_twice("rates.show", page.rates.show)]
        if not page.header:
            found.append(("header", say("pages.nothing_shown")))
        if len(page.rates.show) > _MOST_RATES:
            found.append(("rates.show", say("pages.too_many", n=len(page.rates.show), most=_MOST_RATES)))
    elif isinstance(page, Desk):
        found += [*_twice("sections", page.sections), *_sections(page), *_urgent(page)]
    else:
        found += _twice("published", page.published)
        if page.phone and not page.phone.number.strip():
            found.append(("phone.number", say("pages.no_number")))
    return found


def _numbers(page: Wall | Desk | Portal) -> Iterator[Complaint]:
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


def _urgent(page: Desk) -> Iterator[Complaint]:
    try:
        within = span(page.urgent_within)
    except ValueError:
        yield "urgent_within", say("pages.no_span", text=page.urgent_within)
        return
    if within > _LONGEST:
        yield "urgent_within", say("pages.urgent_too_long", text=page.urgent_within, days=_LONGEST.days)
