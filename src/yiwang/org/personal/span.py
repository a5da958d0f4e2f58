"""A piece of a text that tells of a person, and the text as everybody may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to `end` of a text; `what` it is (mobile, landline, identity, card, permit, mail, chat,
    plate, name, door), and the `mask` that stands there instead; `number` is a number of a district's own form in one
    spelling, without its country."""

    start: int
    end: int
    what: str
    mask: str
    number: str = ""


def apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, none inside or across another: the one that begins first stays, of those the longest."""
    disjoint: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if not disjoint or span.start >= disjoint[-1].end:
            disjoint.append(span)
    return tuple(disjoint)


def put_on(text: str, spans: Iterable[Span]) -> str:
    """The text with each span's mask in its place.

    >>> put_on("电话13800138000", [Span(2, 13, "mobile", "138****8000")])
    '电话138****8000'
    """
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], span.mask]
        at = span.end
    return "".join([*parts, text[at:]])
