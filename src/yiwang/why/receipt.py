"""The receipt: a small immutable tree of reasons behind a value or a decision (design §1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from . import json_form
from .frozen import frozen
from .one_line import one_line
from .words import Words, format_value, say

Node = TypeVar("Node")
Made = TypeVar("Made")

# "matter:12", "indicator:hotline_on_time?part=against": a noun and what it is of. No address, no file with its line.
_REFERENCE = re.compile(r"[a-z_]+:(?!//)\S+")


def is_reference(source: str | None) -> bool:
    """Does `source` lead to something that is opened only to those who may see it?

    >>> is_reference("matter:12"), is_reference("https://www.gov.cn/a"), is_reference("cn.csv:270")
    (True, False, False)
    """
    return source is not None and _REFERENCE.fullmatch(source) is not None


@dataclass(frozen=True, slots=True, init=False, eq=False)
class Receipt:
    """`claim` says what is held true, `value` what came of it, `because` the reasons under it.

    claim    words of a catalogue, or plain text that a person wrote (a title, a clause)
    value    bool, number, text, date, instant, None (not computable), or a mapping {zh, en}
    because  the reasons, in reading order
    source   where it stands: a law, a notice, a file with its line, or "matter:123" for a reference that a reader
             opens only if they may see it; never a copy of personal data
    at       when it was computed or became true (an aware instant)

    Raises TypeError for a claim or a reason of another type, ValueError for an instant without its offset.
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
        reasons = tuple(because)
        if not isinstance(claim, Words | str):
            raise TypeError(f"a receipt's claim is a sentence, not {type(claim).__name__}")
        if not all(isinstance(one, Receipt) for one in reasons):
            raise TypeError("a receipt's reasons are receipts")
        if at is not None and at.utcoffset() is None:
            raise ValueError(f"a receipt's instant needs its offset from UTC: {at}")
        put = object.__setattr__
        put(self, "claim", claim)
        put(self, "value", frozen(value))
        put(self, "because", reasons)
        put(self, "source", source)
        put(self, "at", at)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Receipt) and list(self._flat()) == list(other._flat())

    def __hash__(self) -> int:
        return hash((self.claim, len(self.because), self.source, self.at))

    def _flat(self) -> Iterator[tuple[Any, ...]]:
        return ((depth, one.claim, one.value, one.source, one.at) for depth, one in self.walk())

    def sentence(self, language: str = "zh") -> str:
        """The claim alone, in one language."""
        return self.claim.speak(language) if isinstance(self.claim, Words) else self.claim

    def walk(self) -> Iterator[tuple[int, Receipt]]:
        """Every receipt of the tree with its depth, in reading order."""
        ahead = [(0, self)]
        while ahead:
            depth, one = ahead.pop()
            yield depth, one
            ahead.extend((depth + 1, reason) for reason in reversed(one.because))

    def masked(self, may_see: Callable[[str], bool]) -> Receipt:
        """The receipt as a reader sees it: what stands behind a reference for which `may_see(reference)` is false is
        replaced whole, claim, value and reasons, by "not shown to you" with the bare reference."""

        may = cache(may_see)  # asked once for each reference, however often it stands in the tree

        def hidden(one: Receipt) -> bool:
            return one.source is not None and is_reference(one.source) and not may(one.source)

        def shown(receipt: Receipt, reasons: list[Receipt]) -> Receipt:
            if hidden(receipt):
                return Receipt(say("why.not_yours"), source=receipt.source)
            return Receipt(receipt.claim, receipt.value, reasons, receipt.source, receipt.at)

        return _grown(self, lambda one: () if hidden(one) else one.because, shown)

    def to_json(self) -> dict[str, Any]:
        """What `json.dumps` takes, described by `SCHEMA`; nothing is lost. Empty parts are left out.

        Raises TypeError for a value of a type that receipts do not hold.
        """
        return _grown(self, lambda one: one.because, _written)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Receipt:
        """The receipt that `to_json` wrote. Raises `NotAReceipt`."""
        with json_form.readable():
            return _grown(written, json_form.reasons, _read)

    def text(self, language: str = "zh") -> str:
        """The tree for a terminal: a line each, two spaces a level, the value after a colon, the source in brackets."""
        lines, colon = [], "：" if language == "zh" else ": "
        for depth, reason in self.walk():
            value = "" if reason.value is None else f"{colon}{format_value(reason.value, language)}"
            source = f" [{reason.source}]" if reason.source else ""
            lines.append("  " * depth + one_line(f"{reason.sentence(language)}{value}{source}"))
        return "\n".join(lines)


def _grown(root: Node, below: Callable[[Node], Iterable[Node]], make: Callable[[Node, list[Made]], Made]) -> Made:
    """A tree made anew from its leaves up, however deep it is: `make` gets each node with what came of those below."""
    nodes: list[tuple[Node, int]] = []
    ahead = [root]
    while ahead:
        node = ahead.pop()
        under = tuple(below(node))
        nodes.append((node, len(under)))
        ahead.extend(under)
    made: list[Made] = []
    for node, n in reversed(nodes):
        first = len(made) - n
        made[first:] = [make(node, made[first:])]
    return made[0]


def _written(receipt: Receipt, reasons: list[dict[str, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {"claim": json_form.write(receipt.claim)}
    if receipt.value is not None:
        tree["value"] = json_form.write(receipt.value)
    if reasons:
        tree["because"] = reasons
    if receipt.source is not None:
        tree["source"] = receipt.source
    if receipt.at is not None:
        tree["at"] = receipt.at.isoformat()
    return tree


def _read(written: Mapping[str, Any], reasons: list[Receipt]) -> Receipt:
    claim, value, source, at = json_form.read_parts(written)
    return Receipt(claim, value, reasons, source, at)
