"""A long answer on its way: one thread makes it, the loop sends it, and what the client has not taken waits on disk.

So the thread and its transaction are free as soon as the answer is made, however slowly it is read. A thread that is
AHEAD bytes ahead of its client waits for it, but not longer than PATIENCE seconds without a byte taken.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator

IN_MEMORY = 256 * 1024
PIECE = 64 * 1024
AHEAD = 64 * 1024 * 1024
PATIENCE = 20.0


class Left(ConnectionError):
    """The client has gone, or takes nothing: what makes the answer need not go on."""


class Outflow:
    """Written on one thread, read on the loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._news = asyncio.Event()
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by `close`)
        self._taken = threading.Condition()
        self._written = self._sent = 0
        self._ended = self._failed = self.gone = False

    # --- the thread's side ------------------------------------------------------------------------------------

    def write(self, piece: bytes) -> None:
        """Add a piece. Raises Left."""
        with self._taken:
            while self._written - self._sent > AHEAD and not self.gone:
                before = self._sent
                if not self._taken.wait(PATIENCE) and self._sent == before:
                    self.gone = True
            if self.gone:
                raise Left
            self._file.seek(self._written)
            self._file.write(piece)
            self._written += len(piece)
        self._tell()

    def end(self, *, failed: bool = False) -> None:
        """Nothing more comes. A failed answer is broken off, so that nobody takes half of it for the whole."""
        self._ended, self._failed = True, failed
        self._tell()

    def _tell(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    # --- the loop's side --------------------------------------------------------------------------------------

    async def pieces(self) -> AsyncIterator[bytes]:
        """What was written, in order. Raises Left when the answer failed or stopped."""
        while True:
            self._news.clear()
            ended = self._ended
            with self._taken:
                self._file.seek(self._sent)
                piece = self._file.read(PIECE)
                self._sent += len(piece)
                self._taken.notify()
            if piece:
                yield piece
            elif self._failed or self.gone:
                raise Left
            elif ended:
                return
            else:
                await self._news.wait()

    def leave(self) -> None:
        """The client has gone: wake whoever waits for it."""
        with self._taken:
            self.gone = True
            self._taken.notify()
        self._news.set()

    def close(self) -> None:
        """Let go of the disk. The thread, if it still writes, learns that nobody reads."""
        self.leave()
        with self._taken:
            self._file.close()
