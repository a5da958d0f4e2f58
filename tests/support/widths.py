"""Pages that are wider than their window: found by walking over every page that somebody's links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.fuzz.routes import Route, all_routes

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (390, 1440, 1920)
NO_PAGE = re.compile(
    r"\.(csv|xlsx|pdf|svg)/?$|/(file|evidence|sign-out|live|static|api|media|healthz|look|list|preview|masked)/"
)
LINKS = """[...document.querySelectorAll('a[href]')].map(one => new URL(one.getAttribute('href'), location).href)
  .filter(one => one.startsWith(location.origin))"""
# what stands out of the window and is not cut or scrolled by something around it, the innermost of it
OUTSIDE = """() => {
  const cut = one => { for (let p = one.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return true; return false };
  const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && !cut(one));
  return out.filter(one => !out.some(other => other !== one && one.contains(other))).slice(0, 4)
    .map(one => `${one.tagName.toLowerCase()}.${[...one.classList].join('.')} ${one.textContent.trim().slice(0, 30)}`)
}"""


def too_wide(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the page that is open, at each of the widths."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{urlsplit(page.url).path} is {over} px too wide at {width}: {page.evaluate(OUTSIDE)}")
    return found


def walked(page: Page, start: str, seen: set[str]) -> Iterator[str]:
    """Open, one after the other, pages to which links lead from `start`: one of each address of the program that is
    not in `seen` yet; yields the address while its page is open."""
    routes, waiting, met = all_routes(), [start], {start}
    while waiting:
        address = waiting.pop(0)
        route = _route(routes, urlsplit(address).path)
        if route is None or route in seen:
            continue
        seen.add(route)
        page.goto(address)
        yield address
        for link in page.evaluate(LINKS):
            parts = urlsplit(link)
            there = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if there not in met and not NO_PAGE.search(parts.path):
                met.add(there)
                waiting.append(there)


def _route(routes: list[Route], path: str) -> str | None:
    return next((route.text for route in routes if route.match(path) is not None), None)
