"""python -m tests.soak [--minutes 20] [--matters 5000] [--people 60] [--passers-by 40]

Serves a demo district of its own on a small disk, lets people of all roles and passers-by do what they do, kills web,
worker, postmaster and one backend in turn, fills the disk, holds a lock, brings letters in, loads the pack again; then
says what held. Ends with 1 when something did not. Everything stays on this machine's loopback addresses.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.site import Site, up

from . import people
from .client import Client, Diary
from .harm import Harm, small_disk
from .verdict import Memory, breaches

START_SECONDS = 600.0
# when, as a share of the time: the kills first, so that the rest shows whether memory stays
HARMS = (
    (0.06, "kill web"),
    (0.10, "kill worker"),
    (0.14, "kill postmaster"),
    (0.19, "kill backend"),
    (0.30, "hold lock"),
    (0.45, "bring in"),
    (0.58, "load pack"),
    (0.72, "fill disk"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.split("\n\n")[1])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--matters", type=int, default=5000, help="of the simulated year")
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--passers-by", type=int, default=40)
    parser.add_argument("--disk", type=int, default=1400, help="megabytes of the small disk")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the site is stopped too
    folder = Path(tempfile.mkdtemp(prefix="yiwang-soak-"))
    os.chmod(folder, 0o755)  # the account of the embedded server passes through
    with small_disk(folder / "disk", args.disk) as small, served(folder / "disk" / "var", args.matters) as site:
        return soak(site, args, small=small)


@contextmanager
def served(var: Path, matters: int) -> Iterator[Site]:
    """A demo district with the embedded server, in a folder of its own."""
    var.mkdir(mode=0o755)
    with up(var, {}, ("--matters", str(matters)), log=var.parent.parent / "up.log", patience=START_SECONDS) as site:
        yield site


def soak(site: Site, args: argparse.Namespace, *, small: bool) -> int:
    seconds = args.minutes * 60
    diary, harm, memory, stop = Diary(), Harm(site), Memory(site), threading.Event()
    port = int(site.url.rpartition(":")[2])
    crowd = [(people.STAFF, args.people, 1), (people.PASSERS_BY, args.passers_by, 2)]
    threads = [
        threading.Thread(
            target=live, args=(*kinds[n % len(kinds)], Client(port, f"127.{net}.0.{n + 1}", diary), n, stop)
        )
        for kinds, many, net in crowd
        for n in range(many)
    ]
    began = minute = time.monotonic()
    for thread in threads:
        thread.daemon = True
        thread.start()
    todo = [(began + share * seconds, what) for share, what in HARMS if small or what != "fill disk"]
    if not small:
        print("the disk is not filled: this account may not mount one of its own", flush=True)
    while (now := time.monotonic()) < began + seconds:
        if todo and now >= todo[0][0]:
            _, what = todo.pop(0)
            harm.do(what)
            one = harm.felt[-1]
            back = f", pages again after {one.back:.1f} s" if one.back is not None else ""
            print(f"{one.began - began:6.0f} s  {what}: {one.ended - one.began:.1f} s{back}", flush=True)
        memory.sample()
        if time.monotonic() >= minute + 60:
            print(f"{time.monotonic() - began:6.0f} s  MB: {memory.lately(minute)}", flush=True)
            minute = time.monotonic()
        time.sleep(max(0.2, min(5.0, seconds / 100)))
    gone = sum(not thread.is_alive() for thread in threads)
    stop.set()
    for thread in threads:
        thread.join(60)
    told(diary, memory, began + seconds / 4)
    found = breaches(site, diary, harm, memory, began + seconds / 4, strict=args.minutes >= 10)
    if gone:
        found.insert(0, f"{gone} of the simulated people left before the end")
    for line in found[:40]:
        print(f"BROKEN  {line}")
    if found:
        print(f"the logs: {', '.join(map(str, kept_logs(site)))}")
    print(f"{len(found)} broken" if found else "everything held")
    return 1 if found else 0


def kept_logs(site: Site) -> list[Path]:
    """The logs of the site's programs beside its own, where they outlive it: each fault has its reason there."""
    return [Path(shutil.copy(log, site.log.parent)) for log in sorted((site.var / "run").glob("*.log"))]


def live(username: str, doing: people.Doing, client: Client, number: int, stop: threading.Event) -> None:
    """One person's day: the same again and again, with little rests, until it is over."""
    dice = random.Random(number)
    stop.wait(dice.uniform(0, 5))
    while username and not stop.is_set() and not people.sign_in(client, username):
        stop.wait(dice.uniform(1, 4))
    while not stop.is_set():
        doing(client, username, dice)
        if username and client.get("/desk/").status == 302:  # signed out meanwhile
            people.sign_in(client, username)
        stop.wait(dice.uniform(1, 6))
    client.leave()


def told(diary: Diary, memory: Memory, quarter: float) -> None:
    """The figures of the run."""
    middle, late = statistics.median(diary.seconds), statistics.quantiles(diary.seconds, n=20)[-1]
    print(
        f"\nanswers  {sum(diary.statuses.values()):,}: "
        + ", ".join(f"{n:,} × {s}" for s, n in diary.statuses.most_common())
    )
    print(f"seconds  {middle:.2f} in the middle, {late:.1f} for one in twenty")
    print("done     " + ", ".join(f"{n:,} × {what}" for what, n in diary.done.most_common()))
    for name, first, last in memory.growth(quarter):
        print(f"memory   {name}: {first} MB, at the end {last} MB")


if __name__ == "__main__":
    sys.exit(main())
