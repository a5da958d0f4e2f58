"""What every page says of itself: the district, who is signed in, the language and size, the blocks of the app bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pkgutil import resolve_name
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from yiwang.nouns import definition, register
from yiwang.org import queries as org
from yiwang.org.asker import Asker
from yiwang.why.words import LANGUAGES

from .languages import Choice, choice
from .speech import language

SIZES = ("standard", "elder")
SIZE_COOKIE = "yiwang_size"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the app bar."""

    name: str
    words: str
    href: str
    alarm: int = 0


class Page:
    """The frame around a page; everything is looked up when first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.now: datetime = timezone.now()

    @cached_property
    def asker(self) -> Asker | None:
        return getattr(self._request, "asker", None)

    @cached_property
    def signed_in(self) -> bool:
        return self.asker is not None and self.asker.person is not None and bool(self.asker.posts)

    @cached_property
    def facts(self) -> Any:
        """The district's facts; None where no district is known (an error before one was found)."""
        return org.facts(self.asker) if self.asker is not None else None

    @property
    def district(self) -> Any:
        return self.facts.title if self.facts else None

    @property
    def demo(self) -> bool:
        return bool(self.facts and self.facts.demo)

    @property
    def unit(self) -> Any:
        """The short name of the unit of the asker's first post."""
        if not self.signed_in or self.asker is None:
            return None
        unit = self.facts.by_code.get(self.asker.posts[0].unit_code)
        return (unit.short or unit.name) if unit else None

    @property
    def at_the_root(self) -> bool:
        """Whether the asker's first post is one of the district itself: its head."""
        return self.signed_in and self.asker is not None and self.asker.posts[0].unit == self.facts.root.id

    @property
    def lang(self) -> str:
        """The `lang` of the document."""
        return choice(language()).document

    @property
    def zone(self) -> str:
        """The district's time, by which the clocks of its pages go; nothing where no district is known."""
        return self.facts.zone.key if self.facts else ""

    @property
    def other_languages(self) -> list[Choice]:
        """The languages to which the page can be changed."""
        known = self.facts.languages if self.facts else LANGUAGES
        return [choice(one) for one in known if one != language()]

    @property
    def size(self) -> str:
        asked = self._request.COOKIES.get(SIZE_COOKIE, SIZES[0])
        return asked if asked in SIZES else SIZES[0]

    @property
    def path(self) -> str:
        """Where a form that is sent from this page may lead back to: never an address that only takes forms."""
        if self._request.method in ("GET", "HEAD"):
            return self._request.get_full_path()
        return came_from(self._request)

    @property
    def topics(self) -> str:
        """What the live stream tells of, by name."""
        return " ".join(register.topics())

    @cached_property
    def blocks(self) -> list[Block]:
        """Those that the reader may open and that hold something, of all that nouns have."""
        return list(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        auditor = self.signed_in and self.asker is not None and self.asker.may_audit
        for block in register.blocks():
            empty = self.signed_in and block.when and not resolve_name(block.when)(self.asker)
            if not empty and (auditor or not block.audits) and (href := page_of_block(block)):
                alarm = resolve_name(block.alarm)(self.asker) if block.alarm and self.asker else 0
                yield Block(block.name, block.words, href, alarm)


def page_of_block(block: definition.Block) -> str | None:
    """The address of the first of its pages that exists."""
    for page in block.pages:
        with suppress(NoReverseMatch):
            return reverse(page)
    return None


def came_from(request: HttpRequest) -> str:
    """The page from which a form was sent, when it is one of ours; else the way home."""
    asked = urlsplit(request.headers.get("Referer", ""))
    if asked.netloc != request.get_host():
        return "/"
    path = f"/{asked.path.lstrip('/')}"
    return f"{path}?{asked.query}" if asked.query else path


def page_of(request: HttpRequest) -> Page:
    """The page of a request, made once."""
    page = getattr(request, "_look_page", None)
    if page is None:
        page = Page(request)
        request._look_page = page  # type: ignore[attr-defined]
    return page
