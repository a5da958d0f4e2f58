"""Slow work of one sort, or on one thing, leaves threads for others; what cannot be served is refused at once."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.run.lanes import Full, Job, Lane, thing_of


@pytest.mark.parametrize(
    ("path", "thing"),
    [
        ("/portal/", "/portal/"),
        ("/desk/matters/RX-20261126-0001/do/assign/", "/desk/matters/RX-20261126-0001"),
        ("/desk/matters/RX-20261126-0001/do/accept/", "/desk/matters/RX-20261126-0001"),
        ("/api/v1/matters/RX-20261126-0001/actions", "/api/v1/matters/RX-20261126-0001"),
        ("/api/v1/matters", "/api/v1/matters"),
        ("/board/goals/12/report/", "/board/goals/12"),
        ("/board/plans/3/statements/8/", "/board/plans/3"),
        ("/static/assets/map-1a2b3c4d.js", "/static/assets/map-1a2b3c4d.js"),
        ("", ""),
    ],
)
def test_what_an_address_works_on(path: str, thing: str) -> None:
    assert thing_of(path) == thing


def test_work_on_one_thing_leaves_half_of_the_threads() -> None:
    async def story() -> None:
        lane, locked = Lane("acts", threads=4, waiting=100), threading.Event()
        stuck = [lane.enter("/matters/1", lambda: locked.wait(10)) for _ in range(20)]
        others = [lane.enter(f"/matters/{n}", lambda: "done") for n in range(2, 12)]
        assert await asyncio.wait_for(asyncio.gather(*(job.outcome for job in others)), 5) == ["done"] * 10
        assert sum(job.begun is None for job in stuck) == 2
        locked.set()
        await asyncio.wait_for(asyncio.gather(*(job.outcome for job in stuck)), 5)

    asyncio.run(story())


def test_a_full_queue_refuses_and_what_has_left_it_is_never_begun() -> None:
    async def story() -> None:
        lane, locked, begun = Lane("heavy", threads=2, waiting=3), threading.Event(), []

        def work(n: int) -> Any:
            begun.append(n)
            return locked.wait(10)

        jobs = [lane.enter(f"/{n}", lambda n=n: work(n)) for n in "abcde"]  # type: ignore[misc]
        with pytest.raises(Full):
            lane.enter("/f", lambda: work("f"))  # type: ignore[arg-type]
        lane.drop(jobs[3])
        locked.set()
        await asyncio.wait_for(asyncio.gather(*(job.outcome for job in jobs if job is not jobs[3])), 5)
        assert sorted(begun) == ["a", "b", "c", "e"]

    asyncio.run(story())


def test_what_is_not_done_in_time_is_left_and_not_begun_later() -> None:
    async def story() -> None:
        lane, locked, begun = Lane("pages", threads=1, waiting=3), threading.Event(), []
        stuck = lane.enter("/a", lambda: locked.wait(10))
        with pytest.raises(TimeoutError):
            await lane.done_within(0.05, "/healthz", lambda: begun.append(1))
        locked.set()
        await asyncio.wait_for(stuck.outcome, 5)
        assert await lane.done_within(5, "/healthz", lambda: "well") == "well"
        with pytest.raises(ZeroDivisionError):
            await lane.done_within(5, "/healthz", lambda: 1 // 0)
        assert begun == []

    asyncio.run(story())


@given(st.lists(st.sampled_from("abcdef"), max_size=60), st.integers(1, 4))
def test_every_job_is_done_once_and_never_more_at_once_than_threads(keys: list[str], threads: int) -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    def work() -> int:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        with lock:
            at_once -= 1
        return 1

    async def story() -> int:
        lane = Lane("any", threads=threads, waiting=60)
        jobs: list[Job] = [lane.enter(key, work) for key in keys]
        return sum(await asyncio.wait_for(asyncio.gather(*(job.outcome for job in jobs)), 10))

    assert asyncio.run(story()) == len(keys)
    assert most <= threads
