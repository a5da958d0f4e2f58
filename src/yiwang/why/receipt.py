"""The receipt: a small immutable tree of reasons behind a value or a decision (design §1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .words import Words, format_value


@dataclass(frozen=True, slots=True, init=False)
class Receipt:
    """`claim` says what is held true, `value` what came of it, `because` the reasons under it.

    claim    words of a catalogue, or plain text that a person wrote (a title, a clause)
    value    bool, number, text, date, instant, None (not computable), or a mapping {zh, en}
    because  the reasons, in reading order
    source   where it stands: a law, a notice, a file with its line, or "matter:123" for a reference that a reader
             opens only if he may see it; never a copy of personal data
    at       when it was computed or became true (an aware instant)
    """

    claim: Words | str
    value: Any
    because: tuple[Receipt, ...]
    source: str | None
    at: datetime | None

    def __init__(
        self,
        claim: Words | str,
        value: Any = None,
        because: Iterable[Receipt] = (),
        source: str | None = None,
        at: datetime | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "claim", claim)
        put(self, "value", value)
        put(self, "because", tuple(because))
        put(self, "source", source)
        put(self, "at", at)

    def sentence(self, language: str = "zh") -> str:
        """The claim alone, in one language."""
        return self.claim.speak(language) if isinstance(self.claim, Words) else self.claim

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Receipt]]:
        """Every receipt of the tree with its depth, in reading order."""
        yield depth, self
        for reason in self.because:
            yield from reason.walk(depth + 1)

    def text(self, language: str = "zh") -> str:
        """The tree for a terminal: two spaces a level, the value after a colon, the source in brackets."""
        lines = []
        for depth, one in self.walk():
            value = "" if one.value is None else f"：{format_value(one.value, language)}"
            if language != "zh":
                value = value.replace("：", ": ", 1)
            source = f" [{one.source}]" if one.source else ""
            lines.append(f"{'  ' * depth}{one.sentence(language)}{value}{source}")
        return "\n".join(lines)
