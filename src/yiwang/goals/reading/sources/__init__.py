"""Opening a file: which format it is, and its text (R9.10). The input itself is never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yiwang.why import Unreadable, Words, say

LARGEST_TEXT = 5_000_000  # characters; a report of 300 pages has some 300,000


class UnreadableDocument(Unreadable):
    """A file that gives no text that can be read."""


@dataclass(slots=True)
class Source:
    """`text` as it will be quoted, the `format` it was in, and what the user should know."""

    text: str
    format: str
    warnings: list[Words] = field(default_factory=list)


def open_source(source: bytes | str, filename: str | None = None) -> Source:
    """The text of a file, or the text itself; raises UnreadableDocument."""
    if isinstance(source, str):
        opened = Source(source, "txt")
        if not source.strip():
            raise UnreadableDocument(say("goals.reading.empty"))
    else:
        from .sniff import sniff

        opened = sniff(source, filename)
    if len(opened.text) > LARGEST_TEXT:
        raise UnreadableDocument(say("goals.reading.too_large", limit=LARGEST_TEXT))
    if not opened.text.strip():
        raise UnreadableDocument(say("goals.reading.empty"))
    if len(re.findall(r"[一-龥]", opened.text[:20_000])) < 5:
        opened.warnings.append(say("goals.reading.other_language"))
    return opened
