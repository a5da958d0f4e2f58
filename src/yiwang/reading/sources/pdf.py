"""The text layer of a PDF, page by page, without the lines that every page repeats (L8)."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter

from yiwang.why import Words, say

from .source import LARGEST_TEXT, Source, UnreadableDocument

MOST_PAGES = 600


def read_pdf(data: bytes) -> Source:
    """Raises UnreadableDocument for a scan, a locked or a broken file."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument(say("reading.locked"))
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise UnreadableDocument(say("reading.too_many_pages", pages=count, limit=MOST_PAGES))
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            size += len(pages[-1])
            if size > LARGEST_TEXT:
                raise UnreadableDocument(say("reading.too_large", limit=LARGEST_TEXT))
    except UnreadableDocument:
        raise
    except Exception:  # pypdf raises many kinds for files that are cut or forged
        raise UnreadableDocument(say("reading.broken")) from None
    empty = sum(len(page.strip()) < 20 for page in pages)
    if not pages or size < 20 * count or empty == count:
        raise UnreadableDocument(say("reading.scan", pages=count))
    warnings: list[Words] = []
    if empty:
        warnings.append(say("reading.pages_without_text", pages=empty))
    return Source("\n".join(_without_running_lines(pages)), "pdf", warnings)


def _without_running_lines(pages: list[str]) -> list[str]:
    """Header and footer lines: the same on most pages but for the page number."""
    if len(pages) < 3:
        return pages

    def bare(line: str) -> str:
        return re.sub(r"[\d\s\-—]+", "", line)

    edges: Counter[str] = Counter()
    split = [page.split("\n") for page in pages]
    for lines in split:
        edges.update({bare(line) for line in (*lines[:2], *lines[-2:])})
    running = {line for line, n in edges.items() if n >= max(3, len(pages) * 0.6) and len(line) < 40}
    pages_without = []
    for lines in split:
        last = len(lines) - 1
        pages_without.append(
            "\n".join(line for k, line in enumerate(lines) if not ((k < 2 or k > last - 2) and bare(line) in running))
        )
    return pages_without
