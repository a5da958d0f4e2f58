"""What a client sends: refused by its announced length before a byte is read, counted while it comes, never awaited
for ever. Bodies beyond 64 kB wait on disk.

A client may send as slowly as SLOWEST bytes a second; one that sends nothing for SILENCE seconds is let go. A body may
be as large as its door says (`most_bytes` of the view, see `yiwang.look.doors`); what has no door, or only reads,
takes none.
"""

from __future__ import annotations

import asyncio
from typing import IO

from .asgi import Receive, Scope, header

IN_MEMORY = 64 * 1024
SILENCE = 15.0  # seconds without a byte
GRACE = 20.0  # seconds that any body may take
SLOWEST = 16 * 1024  # bytes a second beyond those


class TooLarge(ValueError):
    """The body is larger than its door takes."""


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


async def receive_into(file: IO[bytes], receive: Receive, *, most: int) -> None:
    """Write the body to `file` and rewind it. Raises TooLarge, TooSlow, Gone."""
    loop = asyncio.get_running_loop()
    begun, size = loop.time(), 0
    while True:
        ends = begun + GRACE + size / SLOWEST
        try:
            message = await asyncio.wait_for(receive(), max(0.0, min(SILENCE, ends - loop.time())))
        except TimeoutError:
            raise TooSlow from None
        if message["type"] == "http.disconnect":
            raise Gone
        if chunk := message.get("body"):
            size += len(chunk)
            if size > most:
                raise TooLarge
            file.write(chunk)
        if not message.get("more_body"):
            file.seek(0)
            return
