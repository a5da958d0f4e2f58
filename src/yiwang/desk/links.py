"""Addresses of the desk's pages, and which of them a form may lead back to."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yiwang.matters.queries import Filter

# whole pages that a list or a preview stands on: a fragment of one, a file or a door for forms is nobody's way back
PAGES = frozenset({"desk:inbox", "desk:matters", "desk:matter"})


def query_of(wanted: Filter) -> str:
    return urlencode(wanted.given())


def inbox_address(wanted: Filter) -> str:
    """The inbox under a filter."""
    query = query_of(wanted.but(scope=""))
    return f"{reverse('desk:inbox')}{'?' if query else ''}{query}"


def way_back(request: HttpRequest, asked: str, otherwise: str) -> str:
    """The page that a form asks to return to, when it is one of the desk's own pages; else `otherwise`."""
    if not asked or not url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return otherwise
    parts = urlsplit(asked)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return otherwise
    if name not in PAGES:
        return otherwise
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def with_row(address: str, number: str) -> str:
    """The same page with a row chosen."""
    if not number or urlsplit(address).path != reverse("desk:inbox"):
        return address
    parts = urlsplit(address)
    kept = "&".join(one for one in parts.query.split("&") if one and not one.startswith("at="))
    chosen = urlencode({"at": number})
    return f"{parts.path}?{kept}{'&' if kept else ''}{chosen}"
