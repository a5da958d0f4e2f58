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
    b"\xd0\xcf\x11\xe0": "tables.old_excel",
    b"%PDF": "tables.is_pdf",
}
_STRAY_ZEROS = 500  # a text has at most one zero byte in so many
_ODD_LINES = 0.1  # share of lines that may be wrongly encoded before the file as a whole is refused
# The two bytes of the commonest characters, level 1 of GB 2312 and of Big5: real text is nearly all of them, and the
# text of one read as the other is not. Lead bytes below are punctuation, which tells nothing.
_COMMON = {"gb18030": ((0xB0, 0xD7), (0xA1, 0xFE)), "big5": ((0xA4, 0xC6), (0x40, 0xFE))}
_TOLD_APART = 0.1  # by so much more must the one read better than the other
_A_LANGUAGE = 0.15  # share of common characters below which a longer text is neither
_LONGER = 40  # characters


def form_of(sample: bytes) -> Form:
    """gzip, xlsx or text. Raises Unreadable for an empty file and for what is no table."""
    if not sample.strip():
        raise Unreadable(say("tables.empty_file"))
    for magic, form in _MAGIC.items():
        if sample.startswith(magic):
            return form  # type: ignore[return-value]
    for magic, key in _OTHERS.items():
        if sample.startswith(magic):
            raise Unreadable(say(key))
    return "text"


def encoding_of(sample: bytes) -> str:
    """utf-8-sig, utf-16, utf-8, gb18030 or cp950 (Big5), whichever fits. Raises Unreadable when none does.

    >>> encoding_of("标题,内容".encode("gb18030")), encoding_of("标题,内容".encode("utf-8-sig"))
    ('gb18030', 'utf-8-sig')
    >>> encoding_of("路燈不亮，學府路路燈三天不亮".encode("big5"))
    'cp950'
    """
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.count(0) * _STRAY_ZEROS > len(sample):
        raise Unreadable(say("tables.is_binary"))
    lines = sample.splitlines()
    lines = lines[:-1] or lines if len(sample) >= SAMPLE else lines  # the last line of a sample is cut
    telling = [line for line in lines if not line.isascii()] or lines
    fits = {encoding: sum(_fits(line, encoding) for line in telling) for encoding in ("utf-8", "gb18030")}
    # nearly every line of UTF-8 can also be read as GB18030, but hardly one the other way round
    if fits["utf-8"] * 2 > len(telling):
        return "utf-8"
    if fits["gb18030"] >= len(telling) * (1 - _ODD_LINES):
        return _one_of_two(telling)
    raise Unreadable(say("tables.no_encoding"))


def _one_of_two(telling: list[bytes]) -> str:
    """gb18030 or cp950 for text that could be either by its bytes: the one in which its characters are common."""
    (simplified, n), (traditional, _) = (_common(telling, encoding) for encoding in ("gb18030", "big5"))
    if traditional > simplified + _TOLD_APART and all(_fits(line, "cp950") for line in telling):
        return "cp950"
    if n >= _LONGER and simplified < _A_LANGUAGE:
        raise Unreadable(say("tables.no_encoding"))
    return "gb18030"


def _common(lines: list[bytes], encoding: str) -> tuple[float, int]:
    """(share of common characters among those of two bytes that are no punctuation, how many these are)."""
    (low, high), (second_low, second_high) = _COMMON[encoding]
    common = n = 0
    for line in lines:
        at = 0
        while at + 1 < len(line):
            first, second = line[at], line[at + 1]
            if first < 0x80:
                at += 1
                continue
            if encoding == "gb18030" and 0x30 <= second <= 0x39:  # four bytes: no character of GB 2312
                at += 4
                continue
            at += 2
            if first >= low:
                n += 1
                common += first <= high and second_low <= second <= second_high
            elif first < 0xA1:  # no punctuation: GBK's extension, or not this encoding at all
                n += 1
    return (common / n if n else 0.0), n


def ends_of_old_mac(sample: bytes, encoding: str) -> bool:
    """Whether lines end with a bare carriage return, as in files of old Macs and of some exports.

    >>> ends_of_old_mac(bytes([97, 13, 98, 13]), "utf-8"), ends_of_old_mac(bytes([97, 13, 10]), "utf-8")
    (True, False)
    """
    if encoding == "utf-16":
        return False  # read as text, where every end of line is one
    return sample.count(b"\r") - sample.count(b"\r\n") > sample.count(b"\n")


def _fits(line: bytes, encoding: str) -> bool:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(c < " " and c not in "\t\f\r" for c in text)
