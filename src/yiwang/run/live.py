"""`/live/`: what has just changed in the district, as server-sent events.

Whoever writes says `SELECT pg_notify('yiwang_live', '<district>:<topic>')` in the transaction that writes. A stream
then carries `event: <topic>` with `data: {"topic": "<topic>"}`. Its first event, and any after the database was away,
is `all`: something may have changed while nobody listened. A stream never says what it was: the page then asks anew,
and sees what its reader may see. Events of one topic that come quickly are one event, so a burst costs a page four
requests a second at most. A process holds one database connection and no thread, however many streams it serves.

Who signs out, is shut out or loses their last post hears nothing more within CHECK seconds: then all are asked for
anew, some hundred at a time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http.cookies import CookieError, SimpleCookie

from psycopg import AsyncConnection, OperationalError

from .asgi import Receive, Scope, Send, send_whole

CHANNEL = "yiwang_live"
EVERYTHING = "all"
PAUSE = 0.25  # seconds between two events of one stream
BEAT = 15.0  # seconds after which a silent stream proves that it lives
LIFE = 600.0  # seconds after which a page must show again who it is; browsers do so by themselves
MOST = 4000  # streams a process serves
CHECK = 5.0  # seconds after which it is asked again who may still hear
AT_ONCE = 300  # sessions that are asked for together; with more of them open, each waits for its turn

log = logging.getLogger(__name__)

Admit = Callable[[str | None], Awaitable[int | None]]
"""Session key -> the district whose changes this visitor may hear of; None turns them away. May raise NotNow."""


Still = Callable[[Sequence[str]], Awaitable[Mapping[str, int]]]
"""Session keys -> the district of each that may still hear of one; who may not is not in it. May raise NotNow."""


class NotNow(RuntimeError):
    """Who this is cannot be said at the moment: the page asks again by itself."""


class Stream:
    """One open page: the topics it has not been told of yet."""

    __slots__ = ("checked", "district", "ended", "gone", "news", "session", "topics")

    def __init__(self, district: int, session: str, checked: float) -> None:
        self.district = district
        self.session = session
        self.checked = checked  # seconds of the loop's clock
        self.topics: set[str] = set()
        self.news = asyncio.Event()
        self.gone = self.ended = False

    def tell(self, topic: str) -> None:
        self.topics.add(topic)
        self.news.set()

    def leave(self) -> None:
        """The page has gone."""
        self.gone = True
        self.news.set()

    def end(self) -> None:
        """Its reader may hear nothing more."""
        self.ended = True
        self.topics.clear()
        self.news.set()


class Live:
    """The ASGI application under `/live/`.

    database  where to listen: a direct connection, not through a pooler of transactions
    admit     who may listen, and to which district
    still     who of those that listen may go on; without it each goes on for LIFE seconds
    """

    def __init__(
        self,
        database: Callable[[], str],
        admit: Admit,
        *,
        cookie: str,
        still: Still | None = None,
        check: float = CHECK,
    ) -> None:
        self._database = database
        self._admit = admit
        self._still = still
        self._check = check
        self._warden: asyncio.Task[None] | None = None
        self._cookie = cookie
        self._streams: set[Stream] = set()
        self._listener: asyncio.Task[None] | None = None
        self._hears = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            return await send_whole(send, 405, [])
        if len(self._streams) >= MOST:
            return await send_whole(send, 503, [(b"retry-after", b"60")])
        session = session_key(scope, self._cookie)
        try:
            district = await self._admit(session)
        except NotNow:
            return await send_whole(send, 503, [(b"retry-after", b"8")])
        if district is None:
            return await send_whole(send, 401, [])
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        if self._still is not None and (self._warden is None or self._warden.done()):
            self._warden = asyncio.create_task(self._ask_again(self._still))
        stream = Stream(district, session or "", asyncio.get_running_loop().time())
        self._streams.add(stream)
        if self._hears.is_set():
            stream.tell(EVERYTHING)
        watcher = asyncio.create_task(_watch(receive, stream))
        try:
            await self._serve(stream, send)
        finally:
            self._streams.discard(stream)
            watcher.cancel()

    async def _serve(self, stream: Stream, send: Send) -> None:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"),
                   (b"x-accel-buffering", b"no")]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
        ends = asyncio.get_running_loop().time() + LIFE
        while not (stream.gone or stream.ended) and asyncio.get_running_loop().time() < ends:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stream.news.wait(), BEAT)
            stream.news.clear()
            topics, stream.topics = stream.topics, set()
            said = (
                "".join(f'event: {topic}\ndata: {{"topic": "{topic}"}}\n\n' for topic in sorted(topics))
                or ": still here\n\n"
            )
            if not (stream.gone or stream.ended):
                await send({"type": "http.response.body", "body": said.encode(), "more_body": True})
                await asyncio.sleep(PAUSE)
        if not stream.gone:
            await send({"type": "http.response.body", "body": b""})

    async def _listen(self) -> None:
        """Hear the database for as long as this process lives; what was missed while it was away counts as all."""
        wait = 0.5
        while True:
            try:
                async with await AsyncConnection.connect(self._database(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._hears.set()
                    self._tell_all()
                    wait = 0.5
                    async for notice in connection.notifies():
                        self._hear(notice.payload)
            except (OperationalError, OSError) as trouble:
                self._hears.clear()
                log.warning("the live stream lost the database and tries again in %.1f s: %s", wait, trouble)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 10.0)

    async def _ask_again(self, still: Still) -> None:
        """End the streams of those who may hear nothing more; those that were asked for longest ago come first."""
        while self._streams:
            await asyncio.sleep(self._check)
            oldest = sorted(self._streams, key=lambda one: one.checked)
            sessions = list(dict.fromkeys(one.session for one in oldest))[:AT_ONCE]
            try:
                allowed = await still(sessions)
            except NotNow:
                continue  # the database is away, and tells nobody anything either
            now, asked = asyncio.get_running_loop().time(), set(sessions)
            for stream in oldest:
                if stream.session in asked:
                    stream.checked = now
                    if allowed.get(stream.session) != stream.district:
                        stream.end()

    def _hear(self, payload: str) -> None:
        district, _, topic = payload.partition(":")
        if not (district.isdigit() and topic.replace(".", "").replace("_", "").isalnum() and topic.isascii()):
            log.warning("the live stream heard something that is no topic: %.80r", payload)
            return
        for stream in self._streams:
            if stream.district == int(district):
                stream.tell(topic)

    def _tell_all(self) -> None:
        for stream in self._streams:
            stream.tell(EVERYTHING)


def session_key(scope: Scope, cookie: str) -> str | None:
    """The session's key from the request's cookies."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            with contextlib.suppress(CookieError):
                found = SimpleCookie(value.decode("latin-1")).get(cookie)
                return found.value if found else None
    return None


async def _watch(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.leave()
