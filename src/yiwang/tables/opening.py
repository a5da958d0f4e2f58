"""A file as a stream of lines: unpacked, and in whatever encoding it came."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from yiwang.why import say

from .delimited import DELIMITERS, Record, delimiter_of, escapes_by_backslash, records
from .encoding import SAMPLE, WIDE, encoding_of
from .errors import BrokenArchive, Unreadable
from .form import Form, form_of
from .lines import BareReturns, Line, lines, text_lines
from .workbook import Hidden, sheets


@dataclass(frozen=True, slots=True)
class Records:
    """What stands in a file, its head among it; `encoding` is empty for a workbook, whose sheets follow one another.

    hidden  what people do not see of a workbook and is not among the records: complete when they have been walked
    """

    records: Iterator[Record]
    encoding: str
    hidden: Hidden = field(default_factory=Hidden)


@contextmanager
def records_of(path: Path, *, otherwise: str = "") -> Iterator[Records]:
    """The records of a file that begins with its head. Raises Unreadable for what is no table; OSError as usual.

    otherwise  the encoding of a text that is in none of those that are guessed, if it may be in another
    """
    with path.open("rb") as outer:
        stream, sample, form = unpacked(outer)
        if form == "xlsx":
            hidden = Hidden()
            yield Records((record for sheet in sheets(stream, hidden) for record in sheet.rows), "", hidden)
            return
        every, encoding = lines_of(stream, sample, otherwise=otherwise)
        first = next(every, None)
        if first is None:
            raise Unreadable(say("tables.empty_file"))
        backslash, delimiter = escapes(sample, encoding), delimiter_of(first.text, DELIMITERS)
        yield Records(records(chain([first], every), delimiter, backslash=backslash), encoding)


def unpacked(outer: BinaryIO) -> tuple[BinaryIO, bytes, Form]:
    """(the stream inside from its beginning, its first bytes, what it is). Raises Unreadable for what is no table."""
    stream: Any = outer
    sample = stream.read(SAMPLE)
    form = form_of(sample)
    if form == "gzip":
        outer.seek(0)
        stream = gzip.GzipFile(fileobj=outer)
        sample = _unpacked_sample(stream)
        form = form_of(sample)
        if form == "gzip":
            raise Unreadable(say("tables.is_binary"))
    stream.seek(0)
    return stream, sample, form


def lines_of(stream: BinaryIO, sample: bytes, *, otherwise: str = "") -> tuple[Iterator[Line], str]:
    """(the lines, their encoding) of a stream that begins with `sample`. Raises Unreadable for an unknown encoding."""
    try:
        encoding = encoding_of(sample)
    except Unreadable:
        if not otherwise:
            raise
        encoding = otherwise
    returns: Any = BareReturns(stream) if ends_of_old_mac(sample, encoding) else stream
    return lines(returns, encoding), encoding


def escapes(sample: bytes, encoding: str) -> bool:
    """Whether a text escapes the quotes inside its cells by a backslash."""
    return escapes_by_backslash(text_lines(sample.decode(encoding, "ignore")))


def ends_of_old_mac(sample: bytes, encoding: str) -> bool:
    """Whether lines end with a bare carriage return, as in files of old Macs and of some exports.

    >>> ends_of_old_mac(bytes([97, 13, 98, 13]), "utf-8"), ends_of_old_mac(bytes([97, 13, 10]), "utf-8")
    (True, False)
    """
    if encoding in WIDE:
        return False  # read as text, where every end of line is one
    return sample.count(b"\r") - sample.count(b"\r\n") > sample.count(b"\n")


def _unpacked_sample(stream: gzip.GzipFile) -> bytes:
    """The first bytes inside; of a file that breaks off early as many as there are."""
    sample = b""
    try:
        while len(sample) < SAMPLE and (more := stream.read1(SAMPLE)):
            sample += more
    except (EOFError, OSError, zlib.error):
        if not sample:
            raise BrokenArchive(say("tables.broken_archive")) from None
    return sample[:SAMPLE]
