"""The live stream: who hears what, how soon, and at what cost."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import MutableMapping, Sequence
from typing import Any

import psycopg
import pytest

from yiwang.run.live import CHANNEL, Live, NotNow

HERE, ELSEWHERE = 7, 8


class Page:
    """An open page: what it was sent, and a way to leave."""

    def __init__(self, cookie: str = "") -> None:
        self.status = 0
        self.heard: list[str] = []
        self.ended = False
        self._gone = asyncio.Event()
        self._scope = {"type": "http", "method": "GET", "path": "/live/", "headers": [(b"cookie", cookie.encode())]}

    async def open(self, live: Live) -> None:
        await live(self._scope, self._receive, self._send)

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self.status = message.get("status", self.status)
        text = message.get("body", b"").decode()
        self.heard += [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]
        self.ended = message["type"] == "http.response.body" and not message.get("more_body")

    def leave(self) -> None:
        self._gone.set()


async def until(condition: Any, seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.01)


def live_on(url: str) -> Live:
    async def admit(session: str | None) -> int | None:
        if session == "busy":
            raise NotNow
        return {"here": HERE, "elsewhere": ELSEWHERE}.get(session or "")

    return Live(lambda: url, admit, cookie="yiwang_session")


def notify(url: str, *payloads: str) -> None:
    with psycopg.connect(url) as connection:
        for payload in payloads:
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])


async def opened(live: Live, *cookies: str) -> list[Page]:
    """Pages that are open and have been told that they may have missed something."""
    pages = [Page(cookie) for cookie in cookies]
    for page in pages:
        page.task = asyncio.create_task(page.open(live))  # type: ignore[attr-defined]
    await until(lambda: all(page.status for page in pages))
    return pages


def test_a_page_hears_its_own_district_within_a_second(postgres_url: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        here, elsewhere = await opened(live, "yiwang_session=here", "a=b; yiwang_session=elsewhere")
        await until(lambda: here.heard == ["all"] and elsewhere.heard == ["all"])
        begun = time.monotonic()
        notify(postgres_url, f"{HERE}:matters")
        await until(lambda: "matters" in here.heard)
        assert time.monotonic() - begun < 1.0
        await asyncio.sleep(0.4)
        assert elsewhere.heard == ["all"]

    asyncio.run(story())


def test_a_stranger_hears_nothing(postgres_url: str) -> None:
    async def story() -> None:
        page = Page("yiwang_session=forged")
        await page.open(live_on(postgres_url))
        assert (page.status, page.heard, page.ended) == (401, [], True)

    asyncio.run(story())


def test_who_cannot_be_told_apart_now_comes_again(postgres_url: str) -> None:
    async def story() -> None:
        page = Page("yiwang_session=busy")
        await page.open(live_on(postgres_url))
        assert (page.status, page.heard) == (503, [])

    asyncio.run(story())


def test_a_burst_is_one_event(postgres_url: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        (page,) = await opened(live, "yiwang_session=here")
        await until(lambda: page.heard == ["all"])
        for _ in range(50):
            await asyncio.to_thread(notify, postgres_url, f"{HERE}:matters", f"{HERE}:signals")
        await until(lambda: page.heard.count("matters") >= 1)
        await asyncio.sleep(0.6)
        assert 1 <= page.heard.count("matters") <= 8

    asyncio.run(story())


@pytest.mark.parametrize("payload", ["", "7", "x:matters", "7:two\nlines", "7:<b>", "7:" + "m" * 200 + "é"])
def test_what_is_no_topic_reaches_nobody(postgres_url: str, payload: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        (page,) = await opened(live, "yiwang_session=here")
        await until(lambda: page.heard == ["all"])
        notify(postgres_url, payload, f"{HERE}:goals")
        await until(lambda: "goals" in page.heard)
        assert page.heard == ["all", "goals"]

    asyncio.run(story())


def test_when_the_database_was_away_a_page_is_told_that_it_may_have_missed_something(postgres_url: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        (page,) = await opened(live, "yiwang_session=here")
        await until(lambda: page.heard == ["all"])
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            ).fetchone()
        assert ended
        assert ended[0] >= 1
        await until(lambda: page.heard == ["all", "all"])

    asyncio.run(story())


def test_a_thousand_streams_take_no_thread_and_all_hear(postgres_url: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        before = threading.active_count()
        pages = await opened(live, *["yiwang_session=here"] * 1000)
        await until(lambda: all(page.heard == ["all"] for page in pages), 15)
        notify(postgres_url, f"{HERE}:matters")
        await until(lambda: all(page.heard == ["all", "matters"] for page in pages), 15)
        assert threading.active_count() - before <= 1
        for page in pages:
            page.leave()
        await until(lambda: not live._streams, 15)

    asyncio.run(story())


def test_a_page_that_opens_later_starts_by_asking_anew(postgres_url: str) -> None:
    async def story() -> None:
        live = live_on(postgres_url)
        (first,) = await opened(live, "yiwang_session=here")
        await until(lambda: first.heard == ["all"])
        (second,) = await opened(live, "yiwang_session=here")
        await until(lambda: second.heard == ["all"])
        assert first.heard == ["all"]

    asyncio.run(story())


def test_who_may_hear_no_more_hears_nothing_more(postgres_url: str) -> None:
    """A post that ends, a sign-out, an account that is closed: the stream ends within one check, the others go on."""
    allowed = {"stays": HERE, "goes": HERE, "moves": HERE}
    away = False

    async def admit(session: str | None) -> int | None:
        return allowed.get(session or "")

    async def still(sessions: Sequence[str]) -> dict[str, int]:
        if away:
            raise NotNow
        return {one: allowed[one] for one in sessions if one in allowed}

    async def story() -> None:
        nonlocal away
        live = Live(lambda: postgres_url, admit, cookie="yiwang_session", still=still, check=0.2)
        pages = await opened(live, *(f"yiwang_session={one}" for one in allowed))
        stays, goes, moves = pages
        await until(lambda: all(page.heard == ["all"] for page in pages))
        away = True
        await asyncio.sleep(0.5)
        assert not any(page.ended for page in pages)  # a database that is away shuts nobody out
        away = False
        del allowed["goes"]
        allowed["moves"] = ELSEWHERE
        await until(lambda: goes.ended and moves.ended)
        notify(postgres_url, f"{HERE}:matters")
        await until(lambda: "matters" in stays.heard)
        assert (goes.heard, moves.heard) == (["all"], ["all"])
        assert not stays.ended

    asyncio.run(story())
