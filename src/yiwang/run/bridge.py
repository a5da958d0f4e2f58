"""A WSGI application behind an ASGI door: each answer is made on one thread, from its first byte to its last.

Django's own ASGI handler would take a thread of its own for every request and every open stream; its WSGI handler
on a fixed set of threads is quicker and cannot grow. What Django keeps for a request (the connection and its
transaction, who asks, language, time zone) belongs to a thread or a context, so a request has one of each, and both
are cleared before they serve anybody else (design §10.17). A plain answer costs one change of thread.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from typing import IO, Any, Protocol

from . import bodies
from .asgi import Environ, Headers, Receive, Scope, Send, Wsgi, send_whole
from .bodies import announced
from .environ import environ_of
from .lanes import Full, Job, Lane, thing_of
from .outflow import Left, Outflow

FIRST = 64 * 1024  # bytes of a long answer that are made before its status goes out: until then a fault is a sentence
SLOW_CLIENT = 60.0  # seconds in which a client must take a piece

log = logging.getLogger(__name__)


class Doors(Protocol):
    """What the bridge asks about an address before anything is spent on it."""

    def lane(self, scope: Scope) -> Lane: ...
    def most_bytes(self, scope: Scope) -> int: ...
    def reason(self, trouble: BaseException) -> str: ...
    def refusal(self, scope: Scope, reason: str) -> tuple[int, Headers, bytes]:
        """The answer to a request that is not served: reason is too_large, too_slow, full, busy or fault."""
        ...


class Bridge:
    """`await bridge(scope, receive, send)` answers one HTTP request with the WSGI application.

    doors  lanes, limits and refusals
    after  called on the thread when an answer has been made: lets go of what it left open
    """

    def __init__(self, wsgi: Wsgi, doors: Doors, *, after: Callable[[], None] = lambda: None) -> None:
        self._wsgi, self._doors, self._after = wsgi, doors, after
        self._incoming = bodies.Incoming()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = announced(scope)
        most = self._doors.most_bytes(scope) if length != 0 else 0
        if length is not None and length > most:
            return await self._refuse(scope, receive, send, "too_large")
        with self._incoming.body() as body:
            try:
                if length != 0:
                    await body.receive(receive, most=most)
                await self._answer(scope, receive, send, body.file)
            except bodies.TooLarge:
                await self._refuse(scope, receive, send, "too_large")
            except bodies.TooSlow:
                await self._refuse(scope, receive, send, "too_slow")
            except (bodies.TooMany, Full):
                await self._refuse(scope, receive, send, "full")
            except bodies.Gone:
                return

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, reason: str) -> None:
        status, headers, page = self._doors.refusal(scope, reason)
        sending = announced(scope) != 0
        if sending:
            headers = [*headers, (b"connection", b"close")]
        await send_whole(send, status, headers, b"" if scope["method"] == "HEAD" else page)
        if sending:
            await bodies.drain(receive)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, body: IO[bytes]) -> None:
        loop, lane = asyncio.get_running_loop(), self._doors.lane(scope)
        environ = environ_of(scope, body)
        job = lane.enter(thing_of(scope["path"]), lambda: self._make(environ, loop, lambda early: job.tell(early)))
        if job.begun is not None:
            await _wait_for_turn(job, lane, receive)
        try:
            start, whole = await job.outcome
        except Exception as trouble:
            log.exception("an answer could not be made: %s %s", scope["method"], scope["path"])
            return await self._refuse(scope, receive, send, self._doors.reason(trouble))
        if isinstance(whole, bytes):
            await send(start)
            await send({"type": "http.response.body", "body": whole})
        else:
            await _send_on(start, whole, receive, send)

    def _make(
        self, environ: Environ, loop: asyncio.AbstractEventLoop, early: Callable[[Any], None]
    ) -> tuple[dict[str, Any], bytes | Outflow]:
        """Runs the application to the end of its answer, on the job's thread and in its context.

        Returns (start, body); a long answer is handed over by `early` when its beginning is there.
        """
        start: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            bare = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
            start.update({"type": "http.response.start", "status": int(status[:3]), "headers": bare})

        outflow: Outflow | None = None
        piece = bytearray()
        try:
            chunks = self._wsgi(environ, start_response)
            try:
                if isinstance(chunks, list | tuple) or getattr(chunks, "streaming", None) is False:
                    return start, b"".join(chunks)
                for chunk in chunks:
                    piece += chunk
                    if outflow is None and len(piece) >= FIRST:
                        outflow = Outflow(loop)
                        loop.call_soon_threadsafe(early, (start, outflow))
                    if outflow is not None:
                        if outflow.gone:
                            raise Left
                        if len(piece) >= PIECE:
                            outflow.write(bytes(piece))
                            piece.clear()
            finally:
                _close(chunks)
        except Left:
            return start, b""
        except BaseException:
            if outflow is not None:
                log.exception("an answer is broken off: %s", environ["PATH_INFO"])
                outflow.end(failed=True)
            raise
        finally:
            self._after()
        if outflow is None:
            return start, bytes(piece)
        with contextlib.suppress(Left):
            outflow.write(bytes(piece))
        outflow.end()
        return start, outflow


PIECE = 32 * 1024


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()


async def _wait_for_turn(job: Job, lane: Lane, receive: Receive) -> None:
    """Until the job begins. Raises Full when that takes too long, Gone when the client leaves meanwhile."""
    assert job.begun is not None
    leaving = asyncio.ensure_future(_leaving(receive))
    try:
        await asyncio.wait({job.begun, leaving}, timeout=lane.seconds, return_when=asyncio.FIRST_COMPLETED)
        if not job.begun.done():
            lane.drop(job)
            raise bodies.Gone if leaving.done() else Full(lane.name)
    finally:
        leaving.cancel()


async def _leaving(receive: Receive) -> None:
    """Until the client leaves. The body was received, so nothing else is to come."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_on(start: dict[str, Any], outflow: Outflow, receive: Receive, send: Send) -> None:
    """Send a long answer as it is made. One that fails is broken off, so that its half is not taken for the whole."""
    leaving = asyncio.ensure_future(_leaving(receive))
    leaving.add_done_callback(lambda _: outflow.leave())
    try:
        await send(start)
        async for piece in outflow.pieces():
            message = {"type": "http.response.body", "body": piece, "more_body": True}
            await asyncio.wait_for(send(message), SLOW_CLIENT)
        await send({"type": "http.response.body", "body": b""})
    except (Left, TimeoutError):
        return  # without the last message: the server closes the connection before the answer's end
    finally:
        outflow.close()
        leaving.cancel()
