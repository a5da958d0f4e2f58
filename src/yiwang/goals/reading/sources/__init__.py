"""Opening a file: which format it is, and its text (R9.10)."""

from __future__ import annotations

from dataclasses import dataclass, field

from yiwang.why import Words, say


class UnreadableDocument(ValueError):
    """A file that gives no text; `words` is the sentence for the user."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.speak("en"))
        self.words = words


@dataclass(slots=True)
class Source:
    text: str
    format: str
    warnings: list[Words] = field(default_factory=list)


def open_source(source: bytes | str, filename: str | None = None) -> Source:
    """The text of a file; raises UnreadableDocument."""
    if isinstance(source, str):
        if not source.strip():
            raise UnreadableDocument(say("goals.reading.empty"))
        return Source(source, "txt")
    from .sniff import sniff

    return sniff(source, filename)
