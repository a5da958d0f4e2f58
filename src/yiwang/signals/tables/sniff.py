"""What a file is, by its first bytes: never by its name."""

from __future__ import annotations

import codecs
from typing import Literal

from yiwang.why import say

from .errors import Unreadable

SAMPLE = 1 << 18
Form = Literal["gzip", "xlsx", "text"]
_MAGIC = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "xlsx",
    b"PK\x05\x06": "xlsx",
}
_OTHERS = {
    b"\xd0\xcf\x11\xe0": "signals.old_excel",
    b"%PDF": "signals.is_pdf",
}
_STRAY_ZEROS = 500  # a text has at most one zero byte in so many
_ODD_LINES = 0.1  # share of lines that may be wrongly encoded before the file as a whole is refused


def form_of(sample: bytes) -> Form:
    """gzip, xlsx or text. Raises Unreadable for an empty file and for what is no table."""
    if not sample.strip():
        raise Unreadable(say("signals.empty_file"))
    for magic, form in _MAGIC.items():
        if sample.startswith(magic):
            return form  # type: ignore[return-value]
    for magic, key in _OTHERS.items():
        if sample.startswith(magic):
            raise Unreadable(say(key))
    return "text"


def encoding_of(sample: bytes) -> str:
    """utf-8-sig, utf-16, utf-8 or gb18030, whichever fits. Raises Unreadable when none does.

    >>> encoding_of("标题,内容".encode("gb18030")), encoding_of("标题,内容".encode("utf-8-sig"))
    ('gb18030', 'utf-8-sig')
    """
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.count(0) * _STRAY_ZEROS > len(sample):
        raise Unreadable(say("signals.is_binary"))
    lines = sample.splitlines()
    lines = lines[:-1] or lines if len(sample) >= SAMPLE else lines  # the last line of a sample is cut
    telling = [line for line in lines if not line.isascii()] or lines
    fits = {encoding: sum(_fits(line, encoding) for line in telling) for encoding in ("utf-8", "gb18030")}
    # nearly every line of UTF-8 can also be read as GB18030, but hardly one the other way round
    if fits["utf-8"] * 2 > len(telling):
        return "utf-8"
    if fits["gb18030"] >= len(telling) * (1 - _ODD_LINES):
        return "gb18030"
    raise Unreadable(say("signals.no_encoding"))


def _fits(line: bytes, encoding: str) -> bool:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(c < " " and c not in "\t\f\r" for c in text)
