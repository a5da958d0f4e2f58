"""What goes wrong on a bad day, one thing after another, while people go on; each is over within seconds."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.support.site import Site

MOST_RESTART = 10.0  # seconds in which a restart may be felt
HELD = 20.0  # seconds that a lock is held
FULL = 8.0  # seconds that the disk stays full


@dataclass(frozen=True, slots=True)
class Felt:
    """A harm, when it was done and over, and how long it took until pages came again (None: nothing was to stop)."""

    what: str
    began: float
    ended: float
    back: float | None
    restart: bool


@dataclass
class Harm:
    """Does harm to a site and keeps a record of it."""

    site: Site
    felt: list[Felt] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def do(self, what: str) -> None:
        harm: Callable[[], None] = getattr(self, what.replace(" ", "_"))
        began = time.monotonic()
        try:
            harm()
        except (OSError, RuntimeError, psycopg.Error) as trouble:
            self.trouble.append(f"{what}: {trouble}")
        restart = what in ("kill web", "kill postmaster", "kill backend")
        back = self._wait_for_pages(began) if restart or what == "kill worker" else None
        self.felt.append(Felt(what, began, time.monotonic(), back, restart))

    def _wait_for_pages(self, began: float) -> float:
        while not self.site.answers() and time.monotonic() < began + 120:
            time.sleep(0.1)
        return time.monotonic() - began

    def kill_web(self) -> None:
        os.killpg(self.site.process("web"), signal.SIGKILL)

    def kill_worker(self) -> None:
        os.killpg(self.site.process("worker"), signal.SIGKILL)

    def kill_postmaster(self) -> None:
        first = (self.site.var / "postgres" / "data" / "postmaster.pid").read_text().split("\n")[0]
        os.kill(int(first), signal.SIGKILL)

    def kill_backend(self) -> None:
        """One that serves the application: the whole server starts over, as it does after a crash."""
        with psycopg.connect(self.site.owner, autocommit=True) as line:
            pid = line.execute(
                "SELECT pid FROM pg_stat_activity WHERE usename = %s AND backend_type = 'client backend' LIMIT 1",
                ["yiwang_app"],
            ).fetchone()
        if pid:
            os.kill(pid[0], signal.SIGKILL)

    def fill_disk(self) -> None:
        filler = self.site.var / "filler"
        with contextlib.suppress(OSError), filler.open("wb") as out:
            while True:
                out.write(b"\0" * (1 << 20))
                out.flush()
        time.sleep(FULL)
        filler.unlink(missing_ok=True)

    def hold_lock(self) -> None:
        with psycopg.connect(self.site.owner) as line:
            line.execute("SELECT 1 FROM matters_matter ORDER BY id DESC LIMIT 50 FOR UPDATE")
            time.sleep(HELD)

    def bring_in(self) -> None:
        """An import of some hundred letters, as the office does it at a terminal."""
        letters = self.site.var / "letters.csv"
        head = "留言编号,留言用户,留言主题,留言时间,留言详情\n"
        rows = "".join(f"s{n},某某,路灯不亮{n},2026-11-20 10:00:00,学府路路灯第{n}盏不亮\n" for n in range(400))
        letters.write_text(head + rows, "utf-8")
        self._yiwang("signals", "import", str(letters), "--map", "packs/demo/maps/messages.yaml", "--kind", "hotline")

    def load_pack(self) -> None:
        self._yiwang("pack", "load", "packs/demo")

    def _yiwang(self, *words: str) -> None:
        """A command beside the running site. Raises RuntimeError with its last words."""
        done = subprocess.run(
            [sys.executable, "-m", "yiwang.commands", *words],
            env=environment(self.site),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"yiwang {' '.join(words[:2])}: {(done.stdout + done.stderr)[-400:]}")


def environment(site: Site) -> dict[str, str]:
    """In which a command reaches the site's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    return {**kept, "YIWANG_VAR": str(site.var)}


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """A disk of its own under the folder, so that it can be filled; False where this account may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True)
