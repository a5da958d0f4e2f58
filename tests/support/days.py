"""A district in which days pass when a story says so: its web server, worker and PostgreSQL share a clock of its own.

Nothing sleeps: the wall clock of all its programs is moved at once (clock.c), and its worker comes by and does what
time has brought. People sign in again after a night, as they would.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from .moved_clock import build
from .site import START_SECONDS, Site, up

ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE = 120.0  # seconds that its worker may take to come by
BY_ITSELF, ROUNDS = "yiwang.matters.tasks.act_by_itself", "yiwang.matters.tasks.go_round"


@dataclass(frozen=True)
class Days:
    """A running site and its clock: `site`, and the file that says by how many seconds its clock is ahead."""

    site: Site
    file: Path

    def now(self) -> datetime:
        """What the clocks in the district show."""
        with psycopg.connect(self.site.owner) as line:
            return line.execute("SELECT clock_timestamp()").fetchone()[0].astimezone(ZONE)  # type: ignore[index]

    def go_by(self, **much: float) -> None:
        """Let so much time pass (`days=10`), and the worker come by."""
        (passed,) = struct.unpack("q", self.file.read_bytes())
        with open(self.file, "r+b") as clock:
            clock.write(struct.pack("q", passed + round(timedelta(**much).total_seconds())))
        self.work(BY_ITSELF)

    def morning(self, *, days: int = 1, hour: int = 9) -> None:
        """Let the night pass, and as many days, until offices are open: a weekday morning."""
        now = self.now()
        then = (now + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
        while then.weekday() >= 5:
            then += timedelta(days=1)
        self.go_by(seconds=(then - now).total_seconds())

    def work(self, task: str) -> None:
        """The worker comes by at once, which it does each minute, and has done its task."""
        with psycopg.connect(self.site.owner, autocommit=True) as line:
            found = line.execute(
                "SELECT unnest(procrastinate_defer_jobs_v1(ARRAY[ROW('default', %s, 0, NULL, NULL,"
                " '{\"timestamp\": 0}', NULL)::procrastinate_job_to_defer_v1]))",
                [task],
            ).fetchone()
            assert found is not None
            until, state = time.monotonic() + PATIENCE, ""
            while time.monotonic() < until and state not in ("succeeded", "failed"):
                time.sleep(0.05)
                said = line.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", found).fetchone()
                state = str(said[0]) if said else "succeeded"  # a done job may be cleared away
        log = (self.site.var / "run" / "worker.log").read_text("utf-8", "replace")
        assert state == "succeeded", f"the worker did not do {task}: {state}\n{log[-4000:]}"


@contextmanager
def days_pass(*arguments: str, patience: float = START_SECONDS) -> Iterator[Days]:
    """The demo district on a clock of its own, which begins at what this machine's shows."""
    var = Path(tempfile.mkdtemp(prefix="yiwang-days-"))
    var.chmod(0o755)  # as a checkout's folder is
    clock = Path(tempfile.mkdtemp(prefix="yiwang-clock-"))
    library = build(clock)  # where the database's account can reach it too
    file = clock / "passed"
    file.write_bytes(struct.pack("q", 0))
    file.chmod(0o644)
    with up(var, {"LD_PRELOAD": str(library), "CLOCK_PASSED": str(file)}, arguments, patience=patience) as site:
        yield Days(site, file)
    shutil.rmtree(clock)
