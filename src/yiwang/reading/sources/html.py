"""Web pages: the paragraphs and tables, without scripts, menus and forms (L1)."""

from __future__ import annotations

import re
from typing import Any

import lxml.html

from ..grammar import load, words

_SKIP = frozenset(words(load("layout")["html_skip"]))
_BLOCK = frozenset(words(load("layout")["html_block"]))


def read_html(text: str) -> str:
    """The visible text of a page, a paragraph a line, table cells between bars."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=False))
    parts: list[str] = []
    _walk(root, parts)
    lines = (re.sub(r"[ \t\r\f\v\u00a0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root: Any, parts: list[str]) -> None:
    """Without recursion, since pages nest deep: each element is entered and left once."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            if tag in ("td", "th"):
                parts.append(" | ")
            elif tag in _BLOCK:
                parts.append("\n")
            if node.tail and node is not root:
                parts.append(_flow(node.tail))
            continue
        if not tag or tag in _SKIP:
            if node.tail:
                parts.append(_flow(node.tail))
            continue
        if tag in _BLOCK:
            parts.append("\n")
        if node.text:
            parts.append(_flow(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _flow(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)
