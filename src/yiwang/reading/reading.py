"""The reader: from a file or a text to statements that can be checked (R0.10, R0.11, R5.1–R5.3, L1–L10)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from yiwang.why import Words, say

from .assigning import assign_owners
from .block import Block
from .dictionary import Dictionary
from .document_year import document_year
from .extract import Extractor
from .frames import Frame, spelled_years
from .grammar import load
from .item import Item
from .judge import judge
from .layout import HEADING, paragraphs
from .normal import flatten
from .outline import number_through, places
from .owners import owners_in
from .place import Place
from .proposals import Proposer, accept
from .sources import open_source
from .statement import Statement


@dataclass(slots=True)
class Reading:
    """What was read of one document. `text` is the original; all offsets point into it."""

    text: str
    sha256: str
    title: str
    year: int | None
    sections: list[str]
    statements: list[Statement]
    items: list[Item]
    warnings: list[Words] = field(default_factory=list)
    dropped: int = 0

    def stats(self) -> dict[str, Any]:
        """Counts by kind and time frame, and the share of this year's commitments that can be judged as worded."""
        ours = [s for s in self.statements if s.time_frame == "this_year" and s.kind != "result"]
        return {
            "characters": len(self.text),
            "year": self.year,
            "statements": len(self.statements),
            "items": len(self.items),
            "kinds": dict(Counter(s.kind for s in self.statements)),
            "time_frames": dict(Counter(s.time_frame for s in self.statements)),
            "commitments": len(ours),
            "judgeable": sum(s.judgeable for s in ours),
            "judgeable_share": round(sum(s.judgeable for s in ours) / len(ours), 4) if ours else None,
            "without_owner": sum(s.lead_unit is None for s in ours),
            "missing": dict(Counter(m for s in ours for m in s.missing)),
            "dropped_proposals": self.dropped,
        }


def read(
    source: bytes | str,
    *,
    filename: str | None = None,
    year: int | None = None,
    dictionary: Dictionary | None = None,
    proposers: Mapping[str, Proposer] | None = None,
) -> Reading:
    """Read a plan or report.

    source    the bytes of a file (txt, md, html, docx, pdf, xlsx; UTF-8, UTF-16 or GB 18030), or text
    filename  its name, a hint for the format and the year
    year      the year of the plan, where the text does not say it
    dictionary  names of indicators with the aliases that a district has collected
    proposers   further readers by name; what they propose is checked against the text
    Raises UnreadableDocument with a sentence for the user; the input is never changed.
    """
    opened = open_source(source, filename)
    raw = opened.text
    flat = spelled_years(flatten(raw))
    blocks = list(_once(paragraphs(flat)))
    title = _title(flat)
    when = year or document_year(flat, title, filename)
    default: Frame = "last_year" if re.search("总结|完成情况|自查", title) else "this_year"
    placed = list(places(blocks, when, default))
    number_through(placed)
    extractor = Extractor(raw, when, title, dictionary or Dictionary())
    statements = [statement for place in placed for statement in extractor.statements(place)]
    added, dropped = accept(raw, statements, proposers) if proposers else ([], 0)
    statements = sorted([*statements, *added], key=lambda s: s.quote_offset) if added else statements
    items = _items(placed) or _measures(placed, when)
    assign_owners(placed, items, statements, when)
    for statement in statements:
        judge(statement)
    sections = list(dict.fromkeys(place.section for place in placed if place.section and not place.silent))
    digest = hashlib.sha256(
        source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    ).hexdigest()
    warnings = [*opened.warnings, *([] if when else [say("reading.no_year")])]
    return Reading(raw, digest, title, when, sections, statements, items, warnings, dropped)


def _once(blocks: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs without those that a page join repeats word for word (L8)."""
    seen: set[str] = set()
    for block in blocks:
        if len(block.text) < 30 or block.text not in seen:
            yield block
        seen.add(block.text)


def _title(flat: str) -> str:
    """The document's own name, from its first lines."""
    wanted = re.compile(load("layout")["title"])
    best = ""
    lines = [line.strip(" ") for line in flat[:3000].split("\n") if line.strip(" ")]
    for k, line in enumerate(lines):
        line = line[:200]
        match = None if HEADING.match(line) else wanted.search(line)
        if not match:
            continue
        name = _whole_title(line, match)
        if not best or (re.search(r"20\d\d", name) and k < 12 and len(name) > len(best)):
            best = name
        if re.search(r"20\d\d", best) or k > 12:
            break
    return best


def _whole_title(line: str, match: re.Match[str]) -> str:
    """The words around the telling one, up to the next mark; without 关于印发 and 的通知."""
    start = re.search(r"[^。:;!?—\[\]()>]{0,40}$", line[: match.start()])
    after = re.match(r"[^。:;!?—\[\]()《 ,|]{0,30}", line[match.end() :])
    name = (start[0] if start else "") + match[0] + (after[0] if after else "")
    name = re.sub(r"^.*?(?:现将|关于印发|印发|附件\d?)", "", name)
    name = re.split(r"》?(?:的?通知|印发|各位代表|已经)", name)[0]
    name = name if re.search(r"20\d\d.*《", name) else re.sub(r"^.*?《", "", name)
    return re.sub(r"[《》〈〉 ]", "", name).strip(":,")


def _measures(placed: list[Place], year: int | None) -> list[Item]:
    """Where nothing is numbered: each passage that ends by naming its owners, counted through."""
    items: list[Item] = []
    for place in placed:
        if place.silent or place.heading:
            continue
        text = place.block.text
        if place.owners is not None:
            mentions = [(0, len(text))]
        else:
            mentions, at = [], 0
            for owners in owners_in(text, year):
                mentions.append((at if owners.start > at else owners.start, owners.end))
                at = owners.end
        for start, _ in mentions:
            first = re.split(r"[。:;!?(]", text[start:].lstrip("—-·●◆。 "), maxsplit=1)[0]
            items.append(
                Item(str(len(items) + 1), first[:40], place.block.origin(start), section=place.section, kind="measure")
            )
    return items


def _items(placed: list[Place]) -> list[Item]:
    """Each numbered item with its title; numbers that start anew in each chapter are distinguished by the chapter."""
    starting = [place for place in placed if place.starts_item and not place.silent]
    chosen = []
    for place, following in zip_longest(starting, starting[1:]):
        under = following is not None and following.path[: len(place.path)] == place.path
        if not (under and "(" in (place.item_no or "") and "(" not in (following.item_no or "")):
            chosen.append(place)
    items = []
    for place in chosen:
        assert place.item_no is not None
        items.append(Item(place.item_no, place.item_title or "", place.block.origin(0), section=place.section))
    return items
