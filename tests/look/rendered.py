"""A piece of a template rendered, and what a screen reader finds in it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


def render(text: str, **context: Any) -> str:
    from django.template import Context, Template

    return Template("{% load yiwang %}" + text).render(Context(context))


class Words(HTMLParser):
    """What a screen reader would find: the text, and each link's accessible name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links = "", []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs))
