"""What a client sends: refused by its announced length before a byte is read, counted while it comes, never awaited
for ever. Bodies beyond 64 kB wait on disk.

A client may send as slowly as SLOWEST bytes a second and no longer than LONGEST; one that sends nothing for SILENCE
seconds is let go. A body may be as large as its door says (`most_bytes` of the view, see `yiwang.look.doors`); what has
no door, or only reads, takes none.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from .asgi import Receive, Scope, header

IN_MEMORY = 64 * 1024
SILENCE = 15.0  # seconds without a byte
GRACE = 20.0  # seconds that any body may take
SLOWEST = 32 * 1024  # bytes a second beyond those
LONGEST = 900.0  # seconds that the largest may take
DRAIN_BYTES, DRAIN_SECONDS = 256 * 1024 * 1024, 30.0  # of a refused body that may run through
TOGETHER = 1 << 30  # bytes on disk of all bodies that a process has not answered yet


class TooLarge(ValueError):
    """The body is larger than its door takes."""


class TooMany(RuntimeError):
    """All bodies together take more of the disk than they may: this one can come again later."""


class TooSlow(TimeoutError):
    """The body does not come, or comes too slowly."""


class Gone(ConnectionError):
    """The client left before its body was whole."""


def announced(scope: Scope) -> int | None:
    """How many bytes are announced; 0 for no body, None for a body of unknown length (chunked)."""
    if header(scope, b"transfer-encoding"):
        return None
    length = header(scope, b"content-length")
    if length.isdigit():
        return int(length)
    return 0 if not length and scope.get("http_version", "1.1").startswith("1") else None


async def drain(receive: Receive) -> None:
    """Let what a refused client still sends run through, unread and bounded.

    A connection that is closed on data not taken is reset, and then neither a browser nor a proxy shows the answer.
    """
    loop = asyncio.get_running_loop()
    ends, size = loop.time() + DRAIN_SECONDS, 0
    with suppress(TimeoutError):
        while size < DRAIN_BYTES:
            message = await asyncio.wait_for(receive(), max(0.0, ends - loop.time()))
            size += len(message.get("body") or b"")
            if message["type"] == "http.disconnect" or not message.get("more_body"):
                return


class Incoming:
    """The bodies of one process that are on their way in or wait for their answer."""

    def __init__(self) -> None:
        self.held = 0

    @contextmanager
    def body(self) -> Iterator[Body]:
        """A place for one body, given back with what it held."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
            made = Body(file, self)
            try:
                yield made
            finally:
                self.held -= made.size


class Body:
    """One body: the file that holds it and how much there is of it."""

    def __init__(self, file: IO[bytes], incoming: Incoming) -> None:
        self.file, self.size, self._incoming = file, 0, incoming

    async def receive(self, receive: Receive, *, most: int) -> None:
        """Take it whole and rewind it. Raises TooLarge, TooMany, TooSlow, Gone."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        while True:
            ends = begun + min(LONGEST, GRACE + self.size / SLOWEST)
            try:
                message = await asyncio.wait_for(receive(), max(0.0, min(SILENCE, ends - loop.time())))
            except TimeoutError:
                raise TooSlow from None
            if message["type"] == "http.disconnect":
                raise Gone
            if chunk := message.get("body"):
                self._add(chunk, most)
            if not message.get("more_body"):
                self.file.seek(0)
                return

    def _add(self, chunk: bytes, most: int) -> None:
        self.size += len(chunk)
        self._incoming.held += len(chunk)
        if self.size > most:
            raise TooLarge
        if self._incoming.held > TOGETHER:
            raise TooMany
        self.file.write(chunk)
