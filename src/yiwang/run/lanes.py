"""Who works when: a few small sets of threads, so that slow work of one sort cannot starve the others (design §10.17).

A lane is a fixed number of threads with a short queue. What one address asks for may hold at most half of a lane's
threads: nine clicks on one locked matter leave room for everybody else's. Work that finds the queue full is refused
at once, and work that has waited too long, or whose client has left, is never begun: its cost comes after admission.
All bookkeeping is done on the event loop; only the work itself runs on a thread.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass
from typing import Any

THING = re.compile(r"^.*?/(?!v\d+(?:/|$))[^/]*\d[^/]*")


class Full(RuntimeError):
    """The lane's queue is full, or the work has waited longer than anybody would: nothing of it was done."""


def _over() -> None:
    """The work of a job that has ended or was dropped."""


@dataclass(eq=False, slots=True)
class Job:
    """One piece of work: done on one thread, in one context of its own, from beginning to end.

    key     what it works on: see `Lane.share`
    work    what the thread does; what it returns or raises becomes `outcome`. Let go of at the end: it may know its job
    begun   None for a job that began at once; else resolved when its turn came
    """

    key: str
    work: Callable[[], Any]
    outcome: asyncio.Future[Any]
    begun: asyncio.Future[None] | None = None

    def tell(self, result: Any) -> None:
        """Give the outcome before the work has ended; from the loop."""
        if not self.outcome.done():
            self.outcome.set_result(result)

    def _end(self, result: Any, trouble: BaseException | None) -> None:
        self.work = _over
        if self.outcome.done():
            return
        if trouble is None:
            self.outcome.set_result(result)
        else:
            self.outcome.set_exception(trouble)


class Lane:
    """A fixed number of threads and the jobs that wait for them.

    threads  how many jobs are worked on at once
    waiting  how many may wait; the next one is refused
    seconds  how long one may wait
    share    how many threads the jobs of one key may hold; half of them when absent
    """

    def __init__(
        self, name: str, *, threads: int, waiting: int, seconds: float = 20.0, share: int | None = None
    ) -> None:
        self.name, self.threads, self.waiting, self.seconds = name, threads, waiting, seconds
        self.share = share or max(1, threads // 2)
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._queue: deque[Job] = deque()
        self._running: Counter[str] = Counter()
        self._busy = 0

    def enter(self, key: str, work: Callable[[], Any]) -> Job:
        """Begin a job, or let it wait for its turn. Call on the loop. Raises Full."""
        loop = asyncio.get_running_loop()
        job = Job(key, work, loop.create_future())
        if self._has_room_for(job):
            self._begin(job)
        elif len(self._queue) >= self.waiting:
            raise Full(self.name)
        else:
            job.begun = loop.create_future()
            self._queue.append(job)
        return job

    async def done_within(self, seconds: float, key: str, work: Callable[[], Any]) -> Any:
        """What the work gives. Raises Full, TimeoutError (what has begun goes on), and what the work raises."""
        job = self.enter(key, work)
        await asyncio.wait({job.outcome}, timeout=seconds)
        if not job.outcome.done():
            self.drop(job)
            raise TimeoutError
        return job.outcome.result()

    def drop(self, job: Job) -> None:
        """Forget a job that has not begun; one that has goes on."""
        if job.begun is not None and not job.begun.done():
            job.work = _over
            self._queue.remove(job)

    def _has_room_for(self, job: Job) -> bool:
        return self._busy < self.threads and self._running[job.key] < self.share

    def _begin(self, job: Job) -> None:
        self._busy += 1
        self._running[job.key] += 1
        if job.begun is not None:
            job.begun.set_result(None)
        loop = asyncio.get_running_loop()

        def on_the_thread() -> None:
            result, trouble = None, None
            try:
                result = Context().run(job.work)
            except BaseException as error:  # it is the loop's to tell
                trouble = error
            loop.call_soon_threadsafe(self._ended, job, result, trouble)
            result = trouble = None  # an error knows this frame by its traceback

        self._executor.submit(on_the_thread)

    def _ended(self, job: Job, result: Any, trouble: BaseException | None) -> None:
        self._busy -= 1
        self._running[job.key] -= 1
        if not self._running[job.key]:
            del self._running[job.key]
        job._end(result, trouble)
        while self._busy < self.threads:
            following = next((one for one in self._queue if self._has_room_for(one)), None)
            if following is None:
                return
            self._queue.remove(following)
            self._begin(following)


def thing_of(path: str) -> str:
    """What an address works on: up to the first part that names one thing by a number, else the address itself.

    "/desk/matters/RX-20261126-0001/do/assign/" and ".../do/accept/" work on the same matter.
    """
    found = THING.match(path)
    return found.group() if found else path
