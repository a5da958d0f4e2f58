"""Addresses of the desk's pages, which of them a form may lead back to, and where somebody is led after an act."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yiwang.look.gate import StaffRequest
from yiwang.look.speech import spoken
from yiwang.matters import queries
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as, for_the_district

# whole pages that a list or a preview stands on: a fragment of one, a file or a door for forms is nobody's way back
PAGES = frozenset({"desk:inbox", "desk:matters", "desk:matter"})


def query_of(wanted: Filter) -> str:
    return urlencode(wanted.given())


def inbox_address(wanted: Filter) -> str:
    """The inbox under a filter."""
    query = query_of(wanted.but(scope=""))
    return f"{reverse('desk:inbox')}{'?' if query else ''}{query}"


def inbox_filter(given: Any) -> Filter:
    """What an address of the inbox means: what waits for the asker, or a queue, whoever's move it is."""
    return Filter.of(given, scope="" if given.get("queue") else "mine")


def way_back(request: StaffRequest, asked: str, otherwise: str) -> str:
    """The page that a form asks to return to, when it is one of the desk's own and to be seen; else `otherwise`."""
    if not asked or not url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return otherwise
    parts = urlsplit(asked)
    try:
        page = resolve(parts.path)
    except Resolver404:
        return otherwise
    number = page.kwargs.get("number")
    if page.view_name not in PAGES or (number and queries.key_of(request.asker, number) is None):
        return otherwise
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def after_act(request: StaffRequest, number: str, asked: str = "") -> str:
    """Where an act on a matter leads: the page that its form asks for, else the matter's own. What lies out of sight
    by now has no page for whoever gave it away: they are led to their inbox and told where it lies."""
    asker = request.asker
    if queries.key_of(asker, number) is not None:
        return way_back(request, asked, reverse("desk:matter", args=[number]))
    with acting_as(for_the_district(asker)) as everywhere:
        unit = queries.lies_with(everywhere, number)
    if unit is not None:
        messages.info(request, spoken("desk.out_of_sight", number=number, unit=unit))
    return way_back(request, asked, reverse("desk:inbox"))


def with_row(address: str, number: str) -> str:
    """The same page with a row chosen."""
    if not number or urlsplit(address).path != reverse("desk:inbox"):
        return address
    parts = urlsplit(address)
    kept = "&".join(one for one in parts.query.split("&") if one and not one.startswith("at="))
    chosen = urlencode({"at": number})
    return f"{parts.path}?{kept}{'&' if kept else ''}{chosen}"
