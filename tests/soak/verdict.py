"""What must have held, looked up in the database and the processes themselves."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg

from tests.support.site import Site
from yiwang.run.processes import Processes

from .client import Diary
from .harm import MOST_RESTART, Harm, environment

GROWTH = 0.10  # of a process's memory from a quarter of the time to its end


@dataclass
class Memory:
    """(name, process) -> [(moment, bytes that are the process's own)], sampled while people work."""

    site: Site
    samples: dict[tuple[str, int], list[tuple[float, int]]] = field(default_factory=dict)

    def sample(self) -> None:
        programs = list(Processes(self.site.var / "run").running())
        named = {pid for _, pid in programs}
        for name, pid in programs:
            for one in [pid, *set(_family(pid)) - named]:  # each once, by the name of the nearest
                if (own := _own(one)) is not None:
                    self.samples.setdefault((name, one), []).append((time.monotonic(), own))

    def lately(self, since: float) -> str:
        """The processes that were there since a moment, each with the mean of its megabytes since then."""
        means = {
            f"{name} {pid}": [own for at, own in kept if at >= since] for (name, pid), kept in self.samples.items()
        }
        return ", ".join(f"{who} {sum(own) / len(own) / 1e6:.0f}" for who, own in means.items() if own)

    def growth(self, since: float) -> Iterator[tuple[str, int, int]]:
        """(name of the process, megabytes at a moment, megabytes at the end) of those that were there all the while:
        means over a fifth of the time, since single samples jump."""
        for (name, pid), kept in self.samples.items():
            later = [(at, own) for at, own in kept if at >= since]
            if len(later) < 10 or kept[0][0] > since:
                continue
            fifth = max(1, len(later) // 5)
            first, last = (sum(own for _, own in part) / len(part) for part in (later[:fifth], later[-fifth:]))
            yield f"{name} {pid}", round(first / 1e6), round(last / 1e6)


def _family(pid: int) -> list[int]:
    """A process and its children."""
    said = subprocess.run(["ps", "--no-headers", "-o", "pid", "--ppid", str(pid)], capture_output=True, text=True)
    return [pid, *map(int, said.stdout.split())]


def _own(pid: int) -> int | None:
    """The memory of a process that it shares with nobody, in bytes."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            found = re.findall(r"^Private_(?:Clean|Dirty): +(\d+) kB", file.read(), re.M)
    except OSError:
        return None
    return sum(map(int, found)) * 1024


def breaches(site: Site, diary: Diary, harm: Harm, memory: Memory, quarter: float, *, strict: bool) -> list[str]:
    """Everything that did not hold, a sentence each. `strict`: memory counts too (a short run is all warming up)."""
    found = [
        *harm.trouble,
        *_faults(diary, harm),
        *_recoveries(harm),
        *_kept(site, diary),
        *_foreign(site, diary),
        *_ledger(site),
    ]
    if strict:
        found += [
            f"{name} grew from {first} to {last} MB"
            for name, first, last in memory.growth(quarter)
            if last > first * (1 + GROWTH) and last - first > 5
        ]
    return found


def _faults(diary: Diary, harm: Harm) -> Iterator[str]:
    """Answers 500, and no answer at all, outside the seconds of a restart."""
    windows = [(one.began, one.began + max(MOST_RESTART, one.back or 0)) for one in harm.felt if one.restart]

    def outside(at: float) -> bool:
        return not any(began <= at <= ended + 1 for began, ended in windows)

    for at, path, status, said in diary.faults:
        if outside(at):
            yield f"{status} for {path}: {said}"
    silent = [path for at, path in diary.silences if outside(at)]
    if silent:
        yield f"{len(silent)} times no answer, such as for {silent[0]}"


def _recoveries(harm: Harm) -> Iterator[str]:
    for one in harm.felt:
        if one.back is not None and one.back > MOST_RESTART:
            yield f"{one.what}: pages came again after {one.back:.1f} s"


def _kept(site: Site, diary: Diary) -> Iterator[str]:
    """acked == stored, once (design §10.1)."""
    with psycopg.connect(site.owner) as line:
        stored = line.execute("SELECT key, action FROM matters_entry WHERE key LIKE 'api:%'").fetchall()
        numbers = {number for (number,) in line.execute("SELECT number FROM matters_matter").fetchall()}
    by_key: dict[str, list[str]] = {}
    for key, action in stored:
        by_key.setdefault(key.rpartition(":")[2], []).append(action)
    lost = [key for key, (_, action) in diary.acts.items() if by_key.get(key) != [action]]
    if lost:
        yield f"{len(lost)} of {len(diary.acts)} acknowledged acts are not stored once: {lost[:3]}"
    if gone := [number for number in diary.reports if number not in numbers]:
        yield f"{len(gone)} of {len(diary.reports)} acknowledged reports are not stored: {gone[:3]}"
    if twice := [number for number in set(diary.reports) if diary.reports.count(number) > 1]:
        yield f"numbers given to two people: {twice[:3]}"


_SEEN = """
SELECT m.number FROM matters_matter m, auth_user u JOIN org_person p ON p.user_id = u.id
WHERE u.username = %s AND m.number = ANY(%s) AND NOT m.seen_by && ARRAY(
    SELECT (post->>'sees')::bigint FROM jsonb_array_elements((org_asker(u.id)::jsonb)->'posts') AS post)
"""


def _foreign(site: Site, diary: Diary) -> Iterator[str]:
    """Rows that were shown to somebody whose units have no part in them; a plain look beside the policies."""
    with psycopg.connect(site.owner) as line:
        for username, numbers in diary.shown.items():
            foreign = line.execute(_SEEN, [username, sorted(numbers)]).fetchall()
            if foreign:
                yield f"{username} was shown {len(foreign)} foreign rows, such as {foreign[0][0]}"


def _ledger(site: Site) -> Iterator[str]:
    command = [sys.executable, "-m", "yiwang.commands", "ledger", "verify"]
    done = subprocess.run(command, env=environment(site), capture_output=True, text=True)
    if done.returncode:
        yield f"the ledger is not whole: {(done.stdout + done.stderr)[-600:]}"
