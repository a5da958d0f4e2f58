"""The receipt: a small immutable tree of reasons behind a value or a decision (design §1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import json_form
from .words import Words, format_value, say

# "matter:12", "indicator:hotline_on_time?part=against": a noun and what it is of. No address, no file with its line.
_REFERENCE = re.compile(r"[a-z_]+:(?!//)\S+")


def is_reference(source: str | None) -> bool:
    """Does `source` lead to something that is opened only to those who may see it?

    >>> is_reference("matter:12"), is_reference("https://www.gov.cn/a"), is_reference("cn.csv:270")
    (True, False, False)
    """
    return source is not None and _REFERENCE.fullmatch(source) is not None


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

    def masked(self, may_see: Callable[[str], bool]) -> Receipt:
        """The receipt as a reader sees it: what stands behind a reference for which `may_see(reference)` is false is
        replaced whole, claim, value and reasons, by "not yours to see" with the bare reference."""
        if self.source is not None and is_reference(self.source) and not may_see(self.source):
            return Receipt(say("why.not_yours"), source=self.source)
        return Receipt(self.claim, self.value, (one.masked(may_see) for one in self.because), self.source, self.at)

    def to_json(self) -> dict[str, Any]:
        """What `json.dumps` takes, described by `SCHEMA`; nothing is lost. Empty parts are left out.

        Raises TypeError for a value of a type that receipts do not hold.
        """
        found: dict[str, Any] = {"claim": json_form.write(self.claim)}
        if self.value is not None:
            found["value"] = json_form.write(self.value)
        if self.because:
            found["because"] = [one.to_json() for one in self.because]
        if self.source is not None:
            found["source"] = self.source
        if self.at is not None:
            found["at"] = self.at.isoformat()
        return found

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> Receipt:
        """The receipt that `to_json` wrote. Raises `Unreadable`."""
        with json_form.readable():
            at = found.get("at")
            return cls(
                json_form.read_claim(found["claim"]),
                json_form.read(found.get("value")),
                (cls.from_json(one) for one in found.get("because", ())),
                found.get("source"),
                datetime.fromisoformat(at) if at is not None else None,
            )

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
