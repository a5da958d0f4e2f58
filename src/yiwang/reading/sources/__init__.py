"""Opening a file: which format it is, and its text (R9.10). The input itself is never changed."""

from __future__ import annotations

import re

from yiwang.why import say

from .sniff import sniff
from .source import LARGEST_TEXT, Source, UnreadableDocument

__all__ = ["Source", "UnreadableDocument", "open_source"]


def open_source(source: bytes | str, filename: str | None = None) -> Source:
    """The text of a file, or the text itself; raises UnreadableDocument."""
    if isinstance(source, str):
        opened = Source(source, "txt")
        if not source.strip():
            raise UnreadableDocument(say("reading.empty"))
    else:
        opened = sniff(source, filename)
    if len(opened.text) > LARGEST_TEXT:
        raise UnreadableDocument(say("reading.too_large", limit=LARGEST_TEXT))
    if not opened.text.strip():
        raise UnreadableDocument(say("reading.empty"))
    if len(re.findall(r"[一-龥]", opened.text[:20_000])) < 5:
        opened.warnings.append(say("reading.other_language"))
    return opened
