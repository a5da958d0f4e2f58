"""What a page says to a person: its words and the values of its fields, without addresses, tokens and moments."""

from __future__ import annotations

from html.parser import HTMLParser

_SAYING = ("title", "alt", "value", "placeholder", "aria-label")


class _Listener(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        given = dict(attrs)
        if given.get("name") != "csrfmiddlewaretoken":
            self.parts += [given[name] or "" for name in _SAYING if name in given]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def said(page: str) -> str:
    """The words of a page of HTML, a line each: a few digits looked for in it are not met by chance."""
    listener = _Listener()
    listener.feed(page)
    return "\n".join(part for part in listener.parts if part.strip())
