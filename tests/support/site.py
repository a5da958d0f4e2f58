"""The whole of Yiwang, served for tests: what `run.py up` starts, on a database of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import yaml

from yiwang.run.processes import Processes, kill_group

START_SECONDS = 420.0  # patience, on a machine that does much else; never a measure


@dataclass(frozen=True)
class Site:
    """A running site: its address, its database as owner and as application, its folder, its log."""

    url: str
    owner: str
    app: str
    var: Path
    log: Path

    def process(self, name: str) -> int:
        """The process number of one of its programs: web, worker, simulation. Raises KeyError while it does not run."""
        return self.processes()[name]

    def processes(self) -> dict[str, int]:
        """Its programs that run now, with their process numbers."""
        return dict(Processes(self.var / "run").running())

    def forget_visitors(self) -> None:
        """Every test comes from one address: what others have sent counts against none of the next."""
        with psycopg.connect(self.owner, autocommit=True) as line:
            line.execute("DELETE FROM org_try")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(owner: str, app: str, *arguments: str, patience: float = START_SECONDS) -> Iterator[Site]:
    """A site on the empty database `owner`, started as `run.py up` starts it, stopped as Ctrl-C stops it."""
    var = Path(tempfile.mkdtemp(prefix="yiwang-site-"))
    with up(var, {"DATABASE_URL": owner, "DATABASE_APP_URL": app}, arguments, patience=patience) as site:
        yield site


@contextmanager
def embedded(*arguments: str) -> Iterator[Site]:
    """A site with the PostgreSQL that it brings itself, in a folder that its account can reach."""
    var = Path(tempfile.mkdtemp(prefix="yiwang-site-"))
    var.chmod(0o755)  # as a checkout's folder is
    with up(var, {}, arguments) as site:
        yield site


@contextmanager
def up(
    var: Path,
    given: dict[str, str],
    arguments: tuple[str, ...],
    *,
    log: Path | None = None,
    patience: float = START_SECONDS,
) -> Iterator[Site]:
    """`run.py up` with a folder of its own, which goes with it.

    given     its environment: DATABASE_URL and DATABASE_APP_URL, without which it brings a PostgreSQL, and more
    log       what it prints, in the folder when absent;  patience: seconds until it must serve
    """
    from yiwang.run.postgres import Postgres
    from yiwang.run.roles import APP, NAME, OWNER

    port = free_port()
    own = Postgres(var / "postgres")
    owner = given.get("DATABASE_URL") or own.url(user=OWNER, db=NAME)
    app = given.get("DATABASE_APP_URL") or own.url(user=APP, db=NAME)
    site = Site(f"http://127.0.0.1:{port}", owner, app, var, log or var / "up.log")
    environment = {**os.environ, "YIWANG_VAR": str(var)}
    with suppress(FileExistsError):  # what another site has proven is proven
        (var / "proven").symlink_to(Path(__file__).resolve().parents[2] / "var" / "proven")
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "DATABASE_APP_URL"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "yiwang.run", "up", "--port", str(port), *arguments]
    with open(site.log, "wb") as log:
        process = subprocess.Popen(
            command, env={**environment, **given}, stdout=log, stderr=log, start_new_session=True
        )
    try:
        deadline = time.monotonic() + patience
        while "Ctrl-C stops" not in site.log.read_text("utf-8", "replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The site did not start:\n{site.log.read_text('utf-8', 'replace')[-4000:]}", pytrace=False)
            time.sleep(0.1)
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            Processes(var / "run").stop_leftovers()
            kill_group(process.pid)
        shutil.rmtree(var, ignore_errors=True)


def demo_password() -> str:
    """What every sign-in of the demo district is protected with: the pack says it to whoever reads."""
    said = (Path(__file__).resolve().parents[2] / "packs" / "demo" / "sign_ins.yaml").read_text("utf-8")
    return str(yaml.safe_load(said)["password"])
