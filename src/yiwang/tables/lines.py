"""Lines of text out of bytes: each as long as memory allows, each with what is wrong with its bytes."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from yiwang.why import Words, say

from .encoding import WIDE
from .errors import BrokenArchive

LONGEST = 1 << 20  # bytes; a longer line is reported and skipped
KEPT = 10_000  # bytes of it that are kept to be looked at


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; `number` counts from 1; `trouble` when its bytes are not what they should be."""

    number: int
    text: str
    trouble: Words | None = None


def lines(stream: BinaryIO, encoding: str) -> Iterator[Line]:
    """The lines of a stream. Raises Unreadable where a compressed file ends too early."""
    if encoding in WIDE:
        recoded = _Recoded(stream, encoding)
        try:
            yield from lines(recoded, "utf-8")  # type: ignore[arg-type]
        finally:
            recoded.let_go()
        return
    number = 0
    try:
        while raw := stream.readline(LONGEST):
            number += 1
            if len(raw) >= LONGEST and not raw.endswith(b"\n"):
                skipped = len(raw) + _step_over(stream)
                text = raw[:KEPT].decode(encoding, "backslashreplace")
                yield Line(number, text, say("tables.line_too_long", n=skipped))
                continue
            if number == 1 and raw.startswith(b"\xef\xbb\xbf"):
                raw = raw[3:]
            try:
                yield Line(number, raw.decode(encoding.removesuffix("-sig")))
            except UnicodeDecodeError:
                text = raw.decode(encoding.removesuffix("-sig"), "backslashreplace")
                yield Line(number, text, say("tables.wrong_bytes", encoding=encoding.removesuffix("-sig")))
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise BrokenArchive(say("tables.cut_off", line=number)) from None


def text_lines(text: str) -> Iterator[Line]:
    """The lines of a text that is read already, whatever ends them."""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        yield Line(number, line)


def _step_over(stream: BinaryIO) -> int:
    skipped = 0
    while raw := stream.readline(LONGEST):
        skipped += len(raw)
        if raw.endswith(b"\n"):
            break
    return skipped


class BareReturns:
    """A stream in which a bare carriage return ends a line, as `lines` reads it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept = b""

    def readline(self, most: int) -> bytes:
        """At most so many bytes up to the end of the line, which shows as a line feed."""
        while b"\n" not in self._kept and len(self._kept) < most:
            more = self._stream.read(65536)
            if not more:
                break
            # a pair that is cut between two reads becomes two ends, that is, one blank line
            self._kept += more.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        end = self._kept.find(b"\n", 0, most) + 1 or most
        line, self._kept = self._kept[:end], self._kept[end:]
        return line


class _Recoded:
    """UTF-16 or UTF-32 read as lines of UTF-8; what is no character shows as the sign for it."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding, errors="replace", newline=None)

    def let_go(self) -> None:
        """Leave the stream open: it belongs to the table."""
        self._text.detach()

    def readline(self, most: int) -> bytes:
        return self._text.readline(most // 4).encode("utf-8", "replace")
