"""The way to the decoder's process: one file at a time for each process of ours, and only so many who wait."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

from yiwang.why import Words, say

from .definition import Clean, NotKept

WAITING = 4  # how many may wait beside the one whose file is being decoded: half of a process' threads
PATIENCE = 20.0  # seconds that one waits for the others
WORK_SECONDS = 90.0  # seconds on the clock for one file; the process' own limit counts its work
BEAT = 5.0
_HEAD = 64 * 1024


class _Gone(Exception):
    """The process ended before it answered."""


class Decoder:
    """`clean(…)` gives a file as it may be kept. Safe for threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(1 + WAITING)
        self._process: subprocess.Popen[bytes] | None = None

    def clean(
        self, name: str, content: bytes, takes: frozenset[str], budget: int, beat: Callable[[], object] = lambda: None
    ) -> Clean:
        """Clean one file in the decoder's process. Raises NotKept: 422 for the file, 503 when too many wait.

        beat  called every few seconds while it waits
        """
        if not self._places.acquire(blocking=False):
            raise NotKept(say("files.busy"), 503)
        try:
            self._wait(beat)
            try:
                return self._ask(name, content, takes, budget, beat)
            finally:
                self._turn.release()
        finally:
            self._places.release()

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._drop()

    def _wait(self, beat: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._turn.acquire(timeout=max(0.0, min(BEAT, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                raise NotKept(say("files.busy"), 503)
            beat()

    def _ask(self, name: str, content: bytes, takes: frozenset[str], budget: int, beat: Callable[[], object]) -> Clean:
        told = {"name": name, "takes": sorted(takes), "budget": budget, "size": len(content)}
        line = json.dumps(told).encode() + b"\n"
        for fresh in (False, True):  # an idle process may leave just as it is asked
            process = self._started(fresh)
            try:
                _send(process.stdin, line, content)  # type: ignore[arg-type]
            except OSError:
                continue
            try:
                head, body = _Answer(process.stdout, beat).read()  # type: ignore[arg-type]
            except _Gone:
                if self._ended() == 0 and not fresh:
                    continue
                raise NotKept(self._why_it_ended(name)) from None
            except BaseException:
                self._drop()
                raise
            return _cleaned(head, body)
        raise NotKept(say("files.busy"), 503)

    def _started(self, fresh: bool) -> subprocess.Popen[bytes]:
        if fresh or self._process is None or self._process.poll() is not None:
            self._drop()
            environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "yiwang.files.helper"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=environment,
                )
            except OSError:  # no memory or no more processes
                raise NotKept(say("files.busy"), 503) from None
        return self._process

    def _ended(self) -> int | None:
        assert self._process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(2)
        return None

    def _why_it_ended(self, name: str) -> Words:
        too_long = self._ended() in (None, -signal.SIGPROF, -signal.SIGKILL)
        self._drop()
        return say("files.too_heavy", name=name) if too_long else say("files.damaged", name=name)

    def _drop(self) -> None:
        if (process := self._process) is not None:
            self._process = None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]


def _send(pipe: IO[bytes], line: bytes, content: bytes) -> None:
    pipe.write(line)
    pipe.write(content)
    pipe.flush()


class _Answer:
    """A head and its body from a pipe; calls `beat` while nothing comes."""

    def __init__(self, pipe: IO[bytes], beat: Callable[[], object]) -> None:
        self._descriptor = pipe.fileno()
        self._beat = beat
        self._deadline = time.monotonic() + WORK_SECONDS
        self._held = bytearray()

    def read(self) -> tuple[dict[str, Any], bytes]:
        while (end := self._held.find(b"\n")) < 0:
            self._more()
        head = json.loads(self._held[:end])
        del self._held[: end + 1]
        while len(self._held) < head["size"]:
            self._more()
        return head, bytes(self._held)

    def _more(self) -> None:
        while not select.select([self._descriptor], [], [], BEAT)[0]:
            if time.monotonic() > self._deadline:
                raise _Gone
            self._beat()
        chunk = os.read(self._descriptor, _HEAD)
        if not chunk:
            raise _Gone
        self._held += chunk


def _cleaned(head: dict[str, Any], body: bytes) -> Clean:
    if "refused" in head:
        raise NotKept(Words(head["refused"], head["args"]), head["status"])
    taken_at = datetime.fromisoformat(head["taken_at"]) if head["taken_at"] else None
    del head["size"]
    return Clean(**{**head, "content": body, "taken_at": taken_at})


decoder = Decoder()
