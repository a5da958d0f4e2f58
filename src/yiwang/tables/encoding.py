"""In which encoding a text came: UTF-8, UTF-16 with its mark, GB 18030 or Big5. The one place that guesses.

A library that guesses among all encodings of the world is often wrong about a line or two of Chinese; among four that
are met here, the commonest characters of each decide, and always alike.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from contextlib import suppress

from yiwang.why import say

from .errors import Unreadable

SAMPLE = 1 << 18
UTF8, GB18030 = "utf-8", "gb18030"
_STRAY_ZEROS = 500  # a text has at most one zero byte in so many
_STRAY_CONTROLS = 10  # a line has at most one control sign in so many
_ODD_LINES = 0.1  # share of lines that may be wrongly encoded before the file as a whole is refused
# The two bytes of the commonest characters, level 1 of GB 2312 and of Big5: real text is nearly all of them, and the
# text of one read as the other is not. Lead bytes below are punctuation, which tells nothing.
_COMMON = {GB18030: ((0xB0, 0xD7), (0xA1, 0xFE)), "big5": ((0xA4, 0xC6), (0x40, 0xFE))}
_TOLD_APART = 0.1  # by so much more must the one read better than the other
_A_LANGUAGE = 0.15  # share of common characters below which a longer text is neither
_LONGER = 40  # characters
_ODD_SIGNS = 0.12  # of the signs above ASCII: a text in which more are rare is another encoding's
_LOST = 0.02  # of a text's characters that may be damaged, as of a page that is cut in the middle of one


def marked(content: bytes) -> str | None:
    """The encoding that a text's first bytes name, so that decoding takes the mark away; None where they name none."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # its mark begins as that of UTF-16
        return "utf-32"
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


WIDE = frozenset({"utf-16", "utf-32"})  # no line of these can be found among the bytes


def fits(content: bytes, encoding: str) -> bool:
    """Whether every byte is of this encoding."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_text(content: bytes) -> bool:
    """Whether the bytes can be read as UTF-8 or GB 18030."""
    return fits(content, UTF8) or fits(content, GB18030)


def encoding_of(sample: bytes, *, sure: bool = False) -> str:
    """utf-8-sig, utf-16, utf-32, utf-8, gb18030 or cp950 (Big5), whichever fits. Raises Unreadable when none does.

    sure  every byte must fit and nearly every sign be one that people write: for files in which a wrong one does harm

    >>> encoding_of("标题,内容".encode("gb18030")), encoding_of("标题,内容".encode("utf-8-sig"))
    ('gb18030', 'utf-8-sig')
    >>> encoding_of("路燈不亮，學府路路燈三天不亮".encode("big5"))
    'cp950'
    """
    encoding = marked(sample) or _guessed(sample)
    if sure and not (fits(sample, encoding) and _is_written(sample.decode(encoding), encoding)):
        raise Unreadable(say("tables.no_encoding"))
    return encoding


def decoded(content: bytes) -> str:
    """The whole text, of which a few characters may be damaged. Raises Unreadable when it is in no encoding."""
    mark = marked(content)
    if mark is not None:
        return content.decode(mark, "replace")
    if b"\x00" in content[:4096]:
        raise Unreadable(say("tables.is_binary"))
    if fits(content, UTF8):
        return content.decode(UTF8)
    if fits(content, GB18030):
        encoding = GB18030
        with suppress(Unreadable):
            encoding = _guessed(content[:SAMPLE])
        return content.decode(encoding if fits(content, encoding) else GB18030)
    for encoding in (UTF8, GB18030):
        text = content.decode(encoding, "replace")
        if text.count("\ufffd") < len(text) * _LOST:
            return text
    raise Unreadable(say("tables.no_encoding"))


def _guessed(sample: bytes) -> str:
    if sample.count(0) * _STRAY_ZEROS > len(sample):
        raise Unreadable(say("tables.is_binary"))
    lines = sample.splitlines()
    telling = _telling(lines[:-1] or lines if len(sample) >= SAMPLE else lines)  # the last line of a sample is cut
    fitting = {encoding: sum(_is_line(line, encoding) for line in telling) for encoding in (UTF8, GB18030)}
    # nearly every line of UTF-8 can also be read as GB18030, but hardly one the other way round
    if fitting[UTF8] * 2 > len(telling):
        return UTF8
    if fitting[GB18030] >= len(telling) * (1 - _ODD_LINES):
        return _one_of_two(telling)
    raise Unreadable(say("tables.no_encoding"))


def _telling(lines: Iterable[bytes]) -> list[bytes]:
    """The lines that tell something of the encoding; all where none does."""
    every = list(lines)
    return [line for line in every if not line.isascii()] or every


def _one_of_two(telling: list[bytes]) -> str:
    """gb18030 or cp950 for text that could be either by its bytes: the one in which its characters are common."""
    (simplified, n), (traditional, _) = (_common(telling, encoding) for encoding in (GB18030, "big5"))
    if traditional > simplified + _TOLD_APART and all(_is_line(line, "cp950") for line in telling):
        return "cp950"
    if n >= _LONGER and simplified < _A_LANGUAGE:
        raise Unreadable(say("tables.no_encoding"))
    return GB18030


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
            if encoding == GB18030 and 0x30 <= second <= 0x39:  # four bytes: no character of GB 2312
                at += 4
                continue
            at += 2
            if first >= low:
                n += 1
                common += first <= high and second_low <= second <= second_high
            elif first < 0xA1:  # no punctuation: GBK's extension, or not this encoding at all
                n += 1
    return (common / n if n else 0.0), n


def _is_line(line: bytes, encoding: str) -> bool:
    """Whether people may have written it; a stray control sign or two come in with what is copied from elsewhere."""
    if not fits(line, encoding):
        return False
    text = line.decode(encoding)
    return sum(c < " " and c not in "\t\f\r" for c in text) * _STRAY_CONTROLS <= len(text)


def _is_written(text: str, encoding: str) -> bool:
    """Whether the signs are those that people write: Big5 read as GB18030 is legal, and full of rare ones."""
    if encoding != GB18030:
        return True
    signs = [c for c in text if c > "\x7f"]
    return sum(not _is_common(c) for c in signs) <= _ODD_SIGNS * len(signs)


def _is_common(sign: str) -> bool:
    try:
        return len(sign.encode("gb2312")) == 2 and not "\u3040" <= sign <= "\u30ff"
    except UnicodeEncodeError:
        return False
