"""Plain text in the encodings that offices send (R9.10)."""

from __future__ import annotations

import codecs

from yiwang.why import say

from . import UnreadableDocument


def decode(data: bytes) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, else GB 18030."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    broken = data.decode("utf-8", "replace")
    if broken.count("�") * 50 < len(broken):
        return broken
    raise UnreadableDocument(say("goals.reading.not_text"))
