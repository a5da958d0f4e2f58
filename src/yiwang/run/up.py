"""`up`: from an empty folder to a running Yiwang, and from Ctrl-C to nothing left running."""

from __future__ import annotations

import argparse
import contextlib
import errno
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType

from . import database, places, steps
from .binaries import NoBinaries
from .closed import close_to_others
from .keeper import Keeper
from .postgres import Postgres, PostgresTrouble
from .processes import Processes, Program

MATTERS = 50_000
WEB_SECONDS = 60.0
PORT_SECONDS = 5.0
LEFT_AS_IT_IS = 3  # what `pack load --at-start` answers when it would do what somebody must want first
PYTHON = [sys.executable, "-m"]
DJANGO = {"DJANGO_SETTINGS_MODULE": "yiwang.settings"}


class CannotServe(RuntimeError):
    """Something outside stands in the way; the message says what would put it right."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to serve on (demo: loopback only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="web processes")
    parser.add_argument("--pack", type=Path, default=None, help="district pack to load (default: packs/demo)")
    parser.add_argument("--matters", type=int, default=MATTERS, help="matters of the simulated year (demo)")
    parser.add_argument("--no-demo", action="store_true", help="no simulated year, no demo sign-ins; needs --pack")
    parser.add_argument("--no-live", action="store_true", help="the simulated year does not go on while serving")


def run(args: argparse.Namespace) -> int:
    """Bring everything up and stay until Ctrl-C. Returns the exit code."""
    try:
        check_address(args.host, args.port, demo=not args.no_demo)
        with terminated_like_interrupted():
            return _run(args)
    except KeyboardInterrupt:
        return 0
    except (CannotServe, NoBinaries, PostgresTrouble, database.UnfitDatabase, PermissionError) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
    except OSError as trouble:
        if trouble.errno != errno.ENOSPC:
            raise
        print("\nThe disk is full: free some space and start again; nothing is lost.", file=sys.stderr)
    return 1


def _run(args: argparse.Namespace) -> int:
    close_to_others(places.var())
    processes = Processes(places.var() / "run")
    if (watcher := processes.watcher()) is not None:
        raise CannotServe(f"Yiwang already runs from this folder (process {watcher}): `python3 run.py stop` stops it.")
    left = processes.stop_leftovers()
    for name in left:
        say(f"stopped what an earlier run left behind: {name}")
    check_free(args.host, args.port, patience=PORT_SECONDS if left else 0.0)
    with contextlib.ExitStack() as stack:
        if database.is_embedded():
            cluster = Postgres(places.var() / "postgres")
            with step("starting PostgreSQL"):
                stack.callback(cluster.start().stop)
            stack.enter_context(Keeper(cluster, say))
        stack.callback(processes.stop)
        prepare_database(args)
        demo = {} if args.no_demo else {"YIWANG_DEMO": "1"}
        with step("starting the web server"):
            processes.start(web_program(args.host, args.port, args.workers, demo))
            wait_for_web(processes, args.host, args.port)
        start_helpers(processes, args, demo)
        greet(args)
        processes.watch(until=lambda: False)
    return 0


def check_address(host: str, port: int, *, demo: bool) -> None:
    """Refuse to show a demo, whose passwords are printed, to anybody but this machine."""
    try:
        local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise CannotServe(f"{host} is not an address: give one such as 127.0.0.1.") from None
    if demo and not local:
        raise CannotServe(
            f"The demo has well-known passwords and will not be shown on {host}: use 127.0.0.1, or --no-demo --pack."
        )
    if not 0 < port < 65536:
        raise CannotServe(f"{port} is no port: give one from 1 to 65535.")


def check_free(host: str, port: int, *, patience: float = 0.0) -> None:
    """Refuse a port that another program holds; one that was just stopped may take a moment to let go of it."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return _bind(host, port)
        except CannotServe:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            if trouble.errno == errno.EACCES:
                raise CannotServe(f"Port {port} needs more rights: choose one above 1023 with --port.") from None
            raise CannotServe(
                f"Port {port} is in use by another program: stop it, or choose another port with --port {port + 1}."
            ) from None


def prepare_database(args: argparse.Namespace) -> None:
    """Roles, tables, pack and, for the demo, a year of work."""
    owner, app = database.owner_url(), database.app_url()
    try:
        database.prepare(owner, app)
    except database.Unreachable as trouble:
        raise CannotServe(f"The database of DATABASE_URL does not answer: {trouble}") from None
    for statement in database.talkative(app):
        say(f"the server writes what people wrote into its log; let its administrator run: {statement};")
    done, tables = steps.done(owner), steps.migrations()
    if done.get("tables") != tables:
        with step("bringing the tables up to date"):
            call("django", "migrate", "--database=owner", "--verbosity=0", "--no-input")
        steps.write(owner, "tables", tables)
    pack = args.pack or places.home() / "packs" / "demo"
    if not pack.is_dir():
        raise CannotServe(f"There is no pack {pack}: name a district's folder with --pack.")
    digest = steps.digest_of(pack)
    if done.get(f"pack {pack.name}") != digest:
        with step(f"loading the pack {pack.name}"):
            left = call("yiwang.commands", "pack", "load", str(pack), "--at-start", also=LEFT_AS_IT_IS)
        if not left:
            steps.write(owner, f"pack {pack.name}", digest)
    if not args.no_demo and "simulated" not in done:
        with step(f"simulating a year of the district ({args.matters:,} matters)"):
            call("yiwang.commands", "demo", "simulate", "--matters", str(args.matters))
        steps.write(owner, "simulated", str(args.matters))
    elif "simulated" in done:
        # the demo's one password opens nothing where real work is served
        wanted = "closed" if args.no_demo else "open"
        if done.get("sign-ins", "open") != wanted:
            call("yiwang.commands", "demo", "sign-ins", "--close" if args.no_demo else "--open")
            steps.write(owner, "sign-ins", wanted)


def start_helpers(processes: Processes, args: argparse.Namespace, environment: Mapping[str, str]) -> None:
    """The background worker and, for the demo, the simulation that goes on."""
    processes.start(Program("worker", [*PYTHON, "django", "procrastinate", "worker"], {**environment, **DJANGO}))
    if not args.no_demo and not args.no_live:
        processes.start(Program("simulation", [*PYTHON, "yiwang.commands", "demo", "live"], environment))


# threads share two arenas of the C library: with one for each, memory that large answers gave back lies in pieces
FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}


def web_program(host: str, port: int, workers: int, environment: Mapping[str, str]) -> Program:
    """The web server. Thousands of live streams may be open, so its queues are longer than usual."""
    command = [*PYTHON, "granian", "--interface", "asgi", "--no-ws", "--host", host, "--port", str(port)]
    command += ["--workers", str(workers), "--backlog", "4096", "--backpressure", "4096", "--log-level", "warning"]
    command += ["--http1-header-read-timeout", "15000"]  # as long as a body may pause
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "yiwang.run.web:application"]
    return Program("web", command, {**FEW_ARENAS, **environment})


def wait_for_web(processes: Processes, host: str, port: int) -> None:
    """Until the web server answers; its log's last words when it does not."""
    deadline = time.monotonic() + WEB_SECONDS
    web = next(program for program in processes.programs if program.name == "web")
    while not answers(address(host, port)):
        ended = web.process is not None and web.process.poll() is not None
        if ended or time.monotonic() > deadline:
            log = processes.folder / "web.log"
            last = log.read_text("utf-8", "replace").strip().splitlines()[-1:] or ["it said nothing"]
            raise CannotServe(f"The web server did not start ({last[0].strip()}): see {log}.")
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether something speaks HTTP there."""
    try:
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url + "/healthz", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def greet(args: argparse.Namespace) -> None:
    print(f"\n  Yiwang is at {address(args.host, args.port)}\n", flush=True)
    call("yiwang.commands", *(("people", "first") if args.no_demo else ("demo", "sign-ins")))
    print("\n  Ctrl-C stops everything it started.", flush=True)


def call(module: str, *arguments: str, also: int = 0) -> int:
    """Run a command of ours to its end; its own progress lines are shown. Returns 0, or what it may `also` answer."""
    environment = {**os.environ, **DJANGO}
    done = subprocess.run([*PYTHON, module, *arguments], env=environment, stdin=subprocess.DEVNULL)
    if done.returncode < 0 or done.returncode == 130:
        raise KeyboardInterrupt
    if done.returncode not in (0, also):
        raise CannotServe(f"`{' '.join((module, *arguments))}` failed (code {done.returncode}); see the lines above.")
    return done.returncode


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """A long step's two lines: that it began, and how long it took."""
    say(f"{title} …")
    begun = time.monotonic()
    yield
    say(f"{title}: {time.monotonic() - begun:.1f} s")


def say(line: str) -> None:
    with contextlib.suppress(OSError):  # a full disk under a redirected terminal stops nothing
        print(f"  {line}", flush=True)


@contextlib.contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """Let SIGTERM and a closed terminal stop everything just as Ctrl-C does; a second one changes nothing."""

    def interrupt(*_: int | FrameType | None) -> None:
        for number in earlier:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    earlier = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
