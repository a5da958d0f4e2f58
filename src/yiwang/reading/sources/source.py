"""The text of a file, or why it gives none."""

from __future__ import annotations

from dataclasses import dataclass, field

from yiwang.why import Unreadable, Words

LARGEST_TEXT = 5_000_000  # characters; a report of 300 pages has some 300,000


class UnreadableDocument(Unreadable):
    """A file that gives no text that can be read."""


@dataclass(slots=True)
class Source:
    """`text` as it will be quoted, the `format` it was in, and what the user should know."""

    text: str
    format: str
    warnings: list[Words] = field(default_factory=list)
