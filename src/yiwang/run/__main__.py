"""`python -m yiwang.run up|stop|status|on`: what run.py and the checks call once the environment stands."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time

from psycopg import OperationalError, connect

from . import database, places, roles, up
from .births import birth
from .closed import UMASK
from .postgres import Postgres
from .processes import STOP_SECONDS, WATCHER, Processes


def stop(_: argparse.Namespace) -> int:
    """Stop a running Yiwang of this checkout, wherever its terminal is."""
    processes = Processes(places.var() / "run")
    running = processes.running()
    if not running:
        print("Nothing is running.")
        return 0
    watcher = processes.watcher()
    if watcher is None:
        print("Stopped:", ", ".join(processes.stop_leftovers()))
        return 0
    os.kill(watcher, signal.SIGTERM)
    deadline = time.monotonic() + 6 * STOP_SECONDS
    while birth(watcher) is not None:
        if time.monotonic() > deadline:
            print(f"Process {watcher} does not stop: look at its terminal.")
            return 1
        time.sleep(0.1)
    print("Stopped.")
    return 0


def status(_: argparse.Namespace) -> int:
    """What runs, what has ended and waits to be started again, and where it writes its log."""
    processes = Processes(places.var() / "run")
    running, waiting = processes.running(), processes.waiting()
    for name, pid in running:
        print(f"{name:<12} process {pid}" + ("" if name == WATCHER else f"   log {processes.folder / name}.log"))
    for name, ends in waiting.items():
        log = processes.folder / f"{name}.log"
        print(f"{name:<12} ended {ends} times of late and will be started again   log {log}")
    if not running:
        print("Nothing is running.")
        return 1
    print(f"{'database':<12} {_database()}")
    return 0


def _database() -> str:
    try:
        with connect(database.app_url(), connect_timeout=5):
            return "answers"
    except OperationalError as trouble:
        said = str(trouble).strip().splitlines() or ["no word"]
        return f"does not answer: {said[-1].strip()}"


def on(args: argparse.Namespace) -> int:
    """Run a command with DATABASE_URL naming a throw-away cluster made by the given binaries."""
    with Postgres(tempfile.mkdtemp(prefix="yiwang-on-"), throwaway=True, bindir=args.bindir) as cluster:
        url = cluster.url(user=roles.OWNER, db=roles.NAME)
        return subprocess.run(args.command, env={**os.environ, "DATABASE_URL": url}).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py")
    commands = parser.add_subparsers(required=True)
    up_parser = commands.add_parser("up", help="bring everything up and serve until Ctrl-C")
    up.add_arguments(up_parser)
    up_parser.set_defaults(run=up.run)
    commands.add_parser("stop", help="stop what runs").set_defaults(run=stop)
    commands.add_parser("status", help="what runs").set_defaults(run=status)
    on_parser = commands.add_parser("on", help="run a command on a throw-away cluster of other binaries")
    on_parser.add_argument("bindir", help="such as /usr/lib/postgresql/15/bin")
    on_parser.add_argument("command", nargs="+", help="after --")
    on_parser.set_defaults(run=on)
    args = parser.parse_args()
    os.umask(UMASK)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())
