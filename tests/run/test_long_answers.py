"""A long answer is made on one thread, in one context, is whole or broken off, and holds no thread for its reader."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, MutableMapping
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.run.opened import Environ, Open
from yiwang.run import outflow
from yiwang.run.bridge import Bridge

asking: ContextVar[str | None] = ContextVar("asking", default=None)
PIECE = b"x" * 65_536


@dataclass
class Long:
    """A streamed answer of `pieces` pieces that keeps something of its thread and of its context while it is made."""

    pieces: int
    fails_at: int | None = None
    threads: set[int] = field(default_factory=set)
    made: int = 0
    closed: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        assert asking.get() is None, "something of another request is left"
        self._here()
        start("200 OK", [])
        return self._chunks()

    def _chunks(self) -> Iterator[bytes]:
        outer = asking.set("a clerk")
        try:
            for n in range(self.pieces):
                if n == self.fails_at:
                    raise RuntimeError("the database went away")
                self._here()
                self.made = n + 1
                yield PIECE
        finally:
            asking.reset(outer)  # fails in any other context
            self._here()
            self.closed.set()

    def _here(self) -> None:
        self.threads.add(threading.get_ident())


class Reader:
    """A client: takes a piece when told to, or leaves."""

    def __init__(self, *, takes: int = 10**9) -> None:
        self.takes, self.status, self.size, self.whole = takes, 0, 0, False
        self.left = asyncio.Event()
        self.stuck = asyncio.Event()

    async def receive(self) -> MutableMapping[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        if self.takes <= 0 and not self.left.is_set():
            self.stuck.set()
            await self.left.wait()
        self.takes -= 1
        self.size += len(message["body"])
        self.whole = not message.get("more_body")


def get(bridge: Bridge, reader: Reader, path: str = "/long") -> asyncio.Task[None]:
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    return asyncio.create_task(bridge(scope, reader.receive, reader.send))  # type: ignore[arg-type]


@asynccontextmanager
async def busy(bridge_of: Callable[[Any], Bridge], threads: int) -> AsyncIterator[None]:
    """Other requests keep every thread busy with short work, so that each next piece could land on any of them."""
    done = asyncio.Event()

    async def ask_again() -> None:
        while not done.is_set():
            await get(bridge_of(None), Reader(), f"/short/{threading.get_ident()}")

    tasks = [asyncio.create_task(ask_again()) for _ in range(threads)]
    yield
    done.set()
    await asyncio.gather(*tasks)


def test_one_thread_and_one_context_from_the_first_byte_to_the_last_while_all_threads_are_busy() -> None:
    long = [Long(40) for _ in range(6)]

    def wsgi(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        assert asking.get() is None
        name = environ["PATH_INFO"]
        if name.startswith("/long"):
            return long[int(name[5:])](environ, start)
        start("200 OK", [])
        return [b"short"]

    async def story() -> None:
        bridge = Bridge(wsgi, Open(4))
        async with busy(lambda _: bridge, 4):
            readers = [Reader() for _ in long]
            await asyncio.gather(*(get(bridge, one, f"/long{n}") for n, one in enumerate(readers)))
        assert [(one.status, one.size, one.whole) for one in readers] == [(200, 40 * len(PIECE), True)] * 6

    asyncio.run(story())
    assert [len(one.threads) for one in long] == [1] * 6
    assert all(one.closed.is_set() for one in long)


def test_whoever_leaves_midway_frees_the_thread_and_closes_what_was_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outflow, "AHEAD", 4 * len(PIECE))
    long = Long(10_000)

    async def story() -> None:
        after: list[int] = []
        bridge = Bridge(long, Open(1), after=lambda: after.append(threading.get_ident()))
        reader = Reader(takes=2)
        task = get(bridge, reader)
        await reader.stuck.wait()
        reader.left.set()
        await asyncio.wait_for(task, 5)
        assert await asyncio.to_thread(long.closed.wait, 5)
        assert long.made < 10_000
        second = Reader()
        long.pieces = 1
        await asyncio.wait_for(get(bridge, second), 5)  # the only thread serves again
        assert (second.status, second.whole) == (200, True)
        assert set(after) == long.threads
        assert len(long.threads) == 1

    asyncio.run(story())


def test_a_reader_who_takes_nothing_holds_no_thread() -> None:
    long = Long(100)

    async def story() -> None:
        bridge, slow = Bridge(long, Open(1)), Reader(takes=1)
        task = get(bridge, slow)
        await slow.stuck.wait()
        assert await asyncio.to_thread(long.closed.wait, 5), "the thread waits for its reader"
        other = Reader()
        await asyncio.wait_for(get(bridge, other), 5)
        assert other.whole
        slow.left.set()
        await asyncio.wait_for(task, 5)

    asyncio.run(story())


def test_a_thread_far_ahead_of_a_stuck_reader_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outflow, "AHEAD", 4 * len(PIECE))
    monkeypatch.setattr(outflow, "PATIENCE", 0.2)
    long = Long(10_000)

    async def story() -> None:
        stuck = Reader(takes=1)
        task = get(Bridge(long, Open(1)), stuck)
        await stuck.stuck.wait()
        assert await asyncio.to_thread(long.closed.wait, 5), "the thread waits for ever"
        stuck.left.set()
        await asyncio.wait_for(task, 5)
        assert not stuck.whole

    asyncio.run(story())


@pytest.mark.parametrize(("fails_at", "status", "whole"), [(0, 500, True), (2, 200, False), (30, 200, False)])
def test_a_fault_is_a_sentence_or_breaks_the_answer_off(fails_at: int, status: int, whole: bool) -> None:
    """Half an answer is never taken for the whole: without its last message the server closes the connection early."""
    long = Long(60, fails_at=fails_at)

    async def story() -> None:
        reader, again = Reader(), Reader()
        bridge = Bridge(long, Open(1))
        with suppress(ConnectionError):
            await asyncio.wait_for(get(bridge, reader), 5)
        assert (reader.status, reader.whole) == (status, whole)
        long.fails_at = None
        await asyncio.wait_for(get(bridge, again), 5)
        assert (again.status, again.whole) == (200, True)

    asyncio.run(story())
    assert len(long.threads) == 1
