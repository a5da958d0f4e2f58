"""The text of a plan with what was read of it marked, paragraph by paragraph. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

HEADING = re.compile(r"^\s*(?:第[一二三四五六七八九十]+[章篇部节]|[一二三四五六七八九十]{1,3}、).{0,60}$")
STATES = ("missing", "review", "stretch", "confirmed", "other", "dropped")  # what shows where several overlap


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement in the text: `number` is the line of the table; `state` says how it looks."""

    id: int
    number: str
    start: int
    end: int
    state: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks; `ends` are the marks that end with it and show their numbers."""

    text: str
    marks: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()
    bold: bool = False

    @property
    def state(self) -> str:
        return min((mark.state for mark in self.marks), key=STATES.index) if self.marks else ""

    @property
    def first(self) -> int:
        """The statement that a press on the piece chooses: the shortest of them."""
        return min(self.marks, key=lambda mark: mark.end - mark.start).id

    @property
    def ids(self) -> str:
        return " ".join(str(mark.id) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text."""

    pieces: tuple[Piece, ...]
    heading: bool


def paragraphs(text: str, marks: Sequence[Mark], bold: Iterable[tuple[int, int]] = ()) -> list[Paragraph]:
    """The lines of `text` that hold something, cut where marks and bold runs begin and end."""
    spans = sorted(bold)
    live = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    marked_paragraphs = []
    for line in re.finditer(r"[^\n\r]*\S[^\n\r]*", text):
        start, end = line.start(), line.end()
        inside = [mark for mark in live if mark.start < end and mark.end > start]
        strong = [span for span in spans if span[0] < end and span[1] > start]
        cuts = {start, end}
        cuts |= {min(max(at, start), end) for mark in inside for at in (mark.start, mark.end)}
        cuts |= {min(max(at, start), end) for span in strong for at in span}
        edges = sorted(cuts)
        pieces = tuple(
            Piece(
                text[a:b].replace("\u3000", " ") if a == start else text[a:b],
                tuple(mark for mark in inside if mark.start <= a and mark.end >= b),
                tuple(mark for mark in inside if mark.end == b),
                any(first <= a and last >= b for first, last in strong),
            )
            for a, b in pairwise(edges)
        )
        marked_paragraphs.append(Paragraph(pieces, bool(HEADING.match(line[0]))))
    return marked_paragraphs


def lead_phrases(text: str, items: Iterable[dict[str, object]]) -> list[tuple[int, int]]:
    """Where the titles of the numbered items stand in the text."""
    spans = []
    for item in items:
        title, offset = str(item.get("title") or ""), item.get("quote_offset")
        if title and isinstance(offset, int):
            at = text.find(title, offset, offset + len(title) + 60)
            if at >= 0:
                spans.append((at, at + len(title)))
    return spans


@dataclass(frozen=True, slots=True)
class Tick:
    """One stroke on the strip beside the text: where in the whole document, in thousandths."""

    id: int
    at: float
    state: str


def strip(text: str, marks: Iterable[Mark]) -> list[Tick]:
    """Every mark on a strip of a thousand."""
    whole = max(len(text), 1)
    return [Tick(mark.id, round(mark.start * 1000 / whole, 1), mark.state) for mark in marks]
