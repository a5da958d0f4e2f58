"""An answer that was given leaves nothing behind for the collector of cycles: memory does not grow with visits."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import Site
from tests.support.web import web
from yiwang.run.lanes import Lane
from yiwang.run.memory import give_back


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class Page:
    """Something that a job or an answer holds."""


@pytest.mark.parametrize("broken", [False, True])
def test_a_job_lets_go_of_its_work(no_collector: None, broken: bool) -> None:
    held: list[weakref.ref[Page]] = []

    async def story() -> None:
        lane, loop = Lane("test", threads=1, waiting=10), asyncio.get_running_loop()

        def enter() -> Any:
            page = Page()
            held.append(weakref.ref(page))

            def work() -> bool:
                loop.call_soon_threadsafe(lambda: job.tell(page))  # whoever tells early knows the job
                if broken:
                    raise ValueError
                return True

            job = lane.enter("/", work)
            return job

        for _ in range(5):
            job = enter()
            await asyncio.wait({job.outcome})
            del job
        dropped = [enter() for _ in range(3)]
        lane.drop(dropped[-1])
        await asyncio.wait({job.outcome for job in dropped[:-1]})
        del dropped
        await asyncio.sleep(0.1)
        assert [ref() for ref in held if ref() is not None] == []

    asyncio.run(story())


def test_pages_that_are_over_are_given_back(no_collector: None) -> None:
    page = Page()
    page.itself = page  # type: ignore[attr-defined]
    held = weakref.ref(page)
    del page

    async def story() -> None:
        tidying = asyncio.create_task(give_back(0.01))
        assert held() is not None
        await asyncio.sleep(0.5)
        assert held() is None
        tidying.cancel()

    asyncio.run(story())


def test_what_the_start_made_is_not_looked_at_again() -> None:
    code = "import gc, yaml; from yiwang.run.memory import set_aside; set_aside(); print(len(gc.get_objects()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 100


SERVED = """
import asyncio
from yiwang.run import web

def tidying():
    return any("give_back" in repr(task.get_coro()) for task in asyncio.all_tasks())

async def send(message):
    print(message["type"], tidying())

async def story():
    said = asyncio.Queue()
    serving = asyncio.create_task(web.application({"type": "lifespan"}, said.get, send))
    await said.put({"type": "lifespan.startup"})
    await asyncio.sleep(0.1)
    await said.put({"type": "lifespan.shutdown"})
    await serving
    await asyncio.sleep(0)
    print("ended", tidying())

asyncio.run(story())
"""


def test_a_served_process_tidies_up(database: str, tmp_path: Path) -> None:
    environment = {**os.environ, "YIWANG_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", SERVED], capture_output=True, text=True, env=environment)
    assert done.stdout.splitlines() == [
        "lifespan.startup.complete True",
        "lifespan.shutdown.complete True",
        "ended False",
    ], done.stderr


def test_each_worker_that_granian_starts_tidies_up(database: str, tmp_path: Path) -> None:
    from tests.conftest import as_application

    nobody = Site("", database, as_application(database), tmp_path, tmp_path / "log")
    with web(nobody, workers=2, YIWANG_LOG="INFO") as running:
        deadline = time.monotonic() + 60
        while running.said().count("to give back its memory") < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert running.said().count("to give back its memory") == 2


def test_addresses_that_anybody_can_make_up_are_not_kept(database: str) -> None:
    from yiwang.run import doors

    doors._view_of("/sign-in/")
    before = doors._view.cache_info().currsize
    for n in range(20):
        assert doors._view_of(f"/{n}/" + "x" * doors.LONG) is None
    assert doors._view.cache_info().currsize == before
