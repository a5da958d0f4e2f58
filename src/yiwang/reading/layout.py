"""From a page to its paragraphs: lines put together again, page furniture left out (L1, L7, L8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .block import Block
from .grammar import load

HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章|篇|节)"
    r"|[一二三四五六七八九十]{1,3}[、.](?=\S)"
    r"|[(]?[一二三四五六七八九十]{1,3}[)]"
    r"|\d{1,3}[.、](?![\d%])"
    r"|[(]\d{1,3}[)])"
)
CHAPTER = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|章|篇|节)|[一二三四五六七八九十]{1,3}、|[(]?[一二三四五六七八九十]{1,3}[)])"
)
_BLANKS = re.compile(r" +")
_LINES = re.compile(r"[^\n]+")
_TERMINAL = "。!?;:�…"
_LEAD = re.compile(r"[^,。、;:\d%]{4,24}。(?=.)|——|[●■◆•★▲]|20\d\d年|附件|\(?(?:责任|牵头|配合|主办|协办)单位")

Span = tuple[int, int]


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in load("layout")["furniture"]))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    value = load("layout")[name]
    return re.compile("|".join(value) if isinstance(value, list) else value)


def paragraphs(flat: str) -> Iterator[Block]:
    """The paragraphs of a flattened text, in reading order, without page furniture."""
    lines = _body(flat, [line for line in _trimmed(flat) if not _is_furniture(flat, line)])
    pending: list[Span] = []
    width = _usual_width(flat, lines)
    above = 0
    for start, end in lines:
        if pending and not _continues(flat, pending, (start, end), width, above >= width - 4 and width < 70):
            yield Block.of(flat, pending)
            pending = []
        for last, spans in _pieces(flat, start, end):
            pending.extend(spans)
            if not last:
                yield Block.of(flat, pending)
                pending = []
        above = end - start
    if pending:
        yield Block.of(flat, pending)


def _trimmed(flat: str) -> Iterator[Span]:
    for line in _LINES.finditer(flat):
        text = line[0]
        bare = text.strip(" ")
        if bare:
            start = line.start() + len(text) - len(text.lstrip(" "))
            yield start, start + len(bare)


def _is_furniture(flat: str, line: Span) -> bool:
    start, end = line
    if end - start > 90 or any(mark in flat[start:end] for mark in ",。;"):
        return False
    return bool(_furniture().fullmatch(flat, start, end))


def _body(flat: str, lines: list[Span]) -> list[Span]:
    """From the title or the first chapter on, up to the forms and links at the foot of the page."""
    first = next((k for k, (a, b) in enumerate(lines) if _opens(flat, a, b)), 0)
    foot = _pattern("tail")
    for k in range(len(lines) - 1, first, -1):
        a, b = lines[k]
        if a < len(flat) * 0.7:
            break
        if b - a < 40 and foot.match(flat, a, b):
            lines = lines[:k]
    return lines[first:]


def _opens(flat: str, start: int, end: int) -> bool:
    """A line that may be the first of the plan: a title, a chapter, a long line, a sentence."""
    if end - start > 60 or (end - start > 12 and flat[end - 1] == "。"):
        return True
    return bool(_pattern("body").match(flat, start, end) or _pattern("title").search(flat, start, end))


def _usual_width(flat: str, lines: list[Span]) -> int:
    """How long a full line is, in characters: the width of the page where lines are cut by it, else 80."""
    lengths = sorted(end - start for start, end in lines)
    if not lengths:
        return 40
    widest = lengths[-1]
    full = [line for line in lines if widest - 3 <= line[1] - line[0]]
    cut = sum(1 for _, end in full if flat[end - 1] not in _TERMINAL)
    return widest if 16 <= widest < 70 and len(full) >= 3 and cut * 3 >= len(full) * 2 else 80


def _continues(flat: str, before: list[Span], line: Span, width: int, full: bool) -> bool:
    """Whether this line is the rest of the sentence that the line above, `full` or not, left unfinished."""
    last = flat[before[-1][1] - 1]
    start, end = line
    if last in _TERMINAL or HEADING.match(flat, start, end) or "|" in flat[start:end]:
        return False
    if last in ",、":
        return True
    if full and not (CHAPTER.match(flat, before[0][0], before[-1][1]) and before[-1][1] - before[0][0] < width - 1):
        return True
    length = before[-1][1] - before[0][0]
    if length < min(width, 40) * 0.8 or "|" in flat[before[0][0] : before[-1][1]]:
        return False
    return not (_LEAD.match(flat, start, end) or _pattern("opener").match(flat, start, end))


def _pieces(flat: str, start: int, end: int) -> Iterator[tuple[bool, list[Span]]]:
    """(is the last one, spans) for each paragraph within one line: some pages keep blanks for line breaks."""
    text = flat[start:end]
    if " " not in text or "|" in text:
        yield True, [(start, end)]
        return
    spans: list[Span] = []
    head = start
    at = start
    for blank in _BLANKS.finditer(text):
        a, b = start + blank.start(), start + blank.end()
        if flat[a - 1].isascii() and flat[a - 1].isalnum() and flat[b].isascii() and flat[b].isalnum():
            if b - a > 1:
                spans.append((at, a + 1))
                at = b
            continue
        spans.append((at, a))
        at = b
        if _breaks(flat, head, spans, b, end):
            yield False, spans
            spans, head = [], b
    spans.append((at, end))
    yield True, spans


def _breaks(flat: str, head: int, spans: list[Span], b: int, end: int) -> bool:
    """Whether the blank before b stands for the end of a paragraph: after a full stop, or around a heading."""
    start, a = spans[-1]
    if flat[a - 1] in "。!?;":
        return True
    if HEADING.match(flat, b, end) and a - head > 3:
        return True
    if flat[b].isdigit() or "。" in flat[head:a]:
        return False
    return len(spans) <= 2 and a - start >= 3 and a - head >= 5 and end - b >= 12 and bool(CHAPTER.match(flat, head, a))


def is_glossary(text: str) -> bool:
    return bool(_pattern("glossary").fullmatch(text.strip("《》“”()[]:")[:60]))


def is_glossary_line(text: str) -> bool:
    return bool(_pattern("glossary_line").match(text))


def is_attachment(text: str) -> bool:
    return bool(_pattern("attachment").fullmatch(text))
