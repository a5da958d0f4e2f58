"""Where in the plan a paragraph stands: chapter, numbered item, lead phrase, time frame (L2, L3, L6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .block import Block
from .frames import Frame, chapter_frame, opening_frame
from .layout import is_attachment, is_glossary, is_glossary_line
from .place import Place
from .task_table import Table

_PART = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|篇)[、:]?")
_ONE = re.compile(r"[一二三四五六七八九十]{1,3}、")
_TWO = re.compile(r"[(]?([一二三四五六七八九十]{1,3})[)]、?")
_NUMBER = re.compile(r"(?:第)?(\d{1,3})(?:[.、](?!\d)|[)](?=[^,。;、]))")
_BRACKET_NUMBER = re.compile(r"[(](\d{1,3})[)]")
_LEAD = re.compile(r"([^,。:;!?]{4,26})。(?=.)")


@dataclass(slots=True)
class _State:
    part: str = ""
    one: str = ""
    two: str = ""
    frames: dict[str, Frame | None] = field(default_factory=dict)
    drift: Frame | None = None
    item_no: str | None = None
    item_title: str | None = None
    item: str = ""
    glossary: bool = False
    table: Table = field(default_factory=Table)

    def frame(self, default: Frame | None) -> Frame | None:
        return self.frames.get("two") or self.drift or self.frames.get("one") or self.frames.get("part") or default


def places(blocks: Iterable[Block], year: int | None, default: Frame | None) -> Iterator[Place]:
    """Each paragraph with its place. `default` is the frame of a document that says nothing of time."""
    state = _State()
    for block in blocks:
        if "|" in block.text:
            yield from _row(block, state, year, default)
        else:
            yield _place(block, state, year, default)


def number_through(placed: list[Place]) -> None:
    """Numbers that begin anew in each chapter are distinguished by the chapter: 二(一), 二-3."""
    starts = [place.item_no for place in placed if place.starts_item and not place.silent]
    if len(set(starts)) == len(starts):
        return
    for place in placed:
        if place.item_no is None or not place.path:
            continue
        chapter = _ONE.match(place.path[0])
        if chapter:
            joint = "" if place.item_no.startswith("(") else "-"
            place.item_no = f"{chapter[0].rstrip('、')}{joint}{place.item_no}"


def _row(block: Block, state: _State, year: int | None, default: Frame | None) -> Iterator[Place]:
    """A table row as a numbered item, each of its cells a paragraph."""
    row = state.table.row(block, year)
    if row is None or not row.cells or state.glossary:
        return
    if row.number:
        state.item_no, state.item_title = row.number, _title(row.cells[0].text)
    path = (*(part for part in (state.part, state.one, state.two) if part), *((row.chapter,) if row.chapter else ()))
    last = len(row.cells) - 1
    for k, cell in enumerate(row.cells):
        yield Place(
            cell, 0, path, state.item_no, state.item_title, bool(row.number) and k == 0, "", state.frame(default),
            owners=row.owners if k == last else None,
        )  # fmt: skip


def _short(text: str, cut: int = 40) -> str:
    head = re.split(r"[。!?]", text, maxsplit=1)[0]
    return head[:cut]


def _place(block: Block, state: _State, year: int | None, default: Frame | None) -> Place:
    text = block.text
    if is_glossary(text):
        state.glossary = True
        return Place(block, silent=True, heading=True)
    if state.glossary and (is_attachment(text) or _ONE.match(text)):
        state.glossary = False
    if state.glossary or (
        is_glossary_line(text) and re.match(r"[(\[]?\d", text) and not re.search(r"(?:责任|牵头)单位", text)
    ):
        return Place(block, silent=True)
    body = 0
    starts = False
    passing: Frame | None = None
    heading = "。" not in text and len(text) < 60
    if match := _PART.match(text):
        state.part, state.one, state.two, state.item = _short(text), "", "", ""
        state.frames = {"part": chapter_frame(_short(text), year) or state.frames.get("one")}
        state.item_no = state.item_title = state.drift = None
        body = len(text) if heading else match.end()
    elif match := _ONE.match(text):
        state.one, state.two, state.item = _short(text), "", ""
        frame = chapter_frame(_short(text), year)
        state.frames["one"] = frame or state.drift or state.frames.get("one")
        state.frames.pop("two", None)
        state.item_no = state.item_title = state.drift = None
        body = len(text) if heading else match.end()
    elif match := _TWO.match(text):
        state.two, state.item = _short(text), ""
        state.frames["two"] = chapter_frame(_short(text), year)
        state.item_no, state.item_title = f"({match[1]})", _title(text[match.end() :])
        starts = True
        body = match.end()
    elif match := _NUMBER.match(text) or _BRACKET_NUMBER.match(text):
        state.item = _short(text)
        state.item_no, state.item_title = match[1], _title(text[match.end() :])
        starts = True
        body = match.end()
    else:
        passing = _drift(state, opening_frame(text, year))
    frame = passing or state.frame(default)
    if heading and not starts and body:
        return Place(block, len(text), _path(state), None, None, frame=frame, heading=True)
    lead = _LEAD.match(text, body)
    title = lead[1] if lead else ""
    place = Place(block, body, _path(state), state.item_no, state.item_title, starts, "" if starts else title, frame)
    if lead and not starts and not re.search(r"\d", title):
        place.body = lead.end()
    return place


def _drift(state: _State, opening: Frame | None) -> Frame | None:
    """What the first words of a paragraph change: for good, or (returned) for this paragraph alone.

    Under a heading that tells one time, a look back at five years or ahead to 2030 is a passing one.
    """
    stated = state.frames.get("one") or state.frames.get("part")
    if opening is None or opening == stated:
        if opening is not None:
            state.drift = None
        return None
    if stated == "outlook" and opening == "five_years":
        return None
    if stated in ("last_year", "this_year"):
        return opening if opening in ("five_years", "outlook") else None
    state.drift = opening
    return None


def _path(state: _State) -> tuple[str, ...]:
    return tuple(part for part in (state.part, state.one, state.two, state.item) if part)


def _title(text: str) -> str:
    return re.split(r"[。:;!?(]", text, maxsplit=1)[0][:40].rstrip(",、")
