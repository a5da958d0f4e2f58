"""The programs that make up a running Yiwang: started together, watched, stopped together.

Each is the leader of its own process group, so that a stop reaches what it started and a terminal's Ctrl-C
reaches only us: the order of stopping is ours. Their numbers are written down, so that after a kill -9 of this
program the next one finds and stops what was left running.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .backoff import LONGEST, Backoff
from .births import birth, boot
from .rotation import rotate

WATCHER = "yiwang"
STOP_SECONDS = 10.0
LOOKS = 0.2  # seconds between two looks at the programs


@dataclass
class Program:
    """One program: what it is called, its command, and how often it has ended by itself of late."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    backoff: Backoff = field(default_factory=Backoff)
    again_at: float | None = None  # monotonic seconds; None while it runs


class Processes:
    """All programs of one installation. `folder` keeps their logs and the record of what runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "running.json"
        self.programs: list[Program] = []

    def start(self, program: Program) -> None:
        """Start it and write it down. Its output goes to `<name>.log`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{program.name}.log", "ab") as output:
            program.process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **program.environment},
                start_new_session=True,
            )
        program.again_at = None
        if program not in self.programs:
            self.programs.append(program)
        self._write_down()

    def watch(self, until: Callable[[], bool]) -> None:
        """Start again whatever ends by itself, until told. One that ends again and again waits longer each time.

        No program takes another with it: a worker that cannot work leaves the web server as it is.
        """
        while not until():
            for program in self.programs:
                try:
                    self._look_at(program)
                except OSError as trouble:  # a full disk: nothing is written, and all goes on
                    program.again_at = time.monotonic() + LONGEST
                    _say(f"{program.name}: {trouble}")
            time.sleep(LOOKS)

    def _look_at(self, program: Program) -> None:
        rotate(self.folder / f"{program.name}.log")
        if program.process is None or program.process.poll() is None:
            return
        if program.again_at is None:
            self._ended(program)
        if program.again_at is not None and time.monotonic() >= program.again_at:
            self.start(program)

    def _ended(self, program: Program) -> None:
        assert program.process is not None
        kill_group(program.process.pid)  # workers whose master was killed
        wait = program.backoff.after_an_end()
        program.again_at = time.monotonic() + wait
        said = f"{program.name} ended (code {program.process.returncode}) and is started again"
        if program.backoff.ends > 1:
            said += f" in {wait:.1f} s, for the {program.backoff.ends}th time: see {self.folder / program.name}.log"
        _say(said)
        self._write_down()

    def stop(self) -> None:
        """Stop the last started first, politely, then by force."""
        for program in reversed(self.programs):
            if program.process is not None:
                stop_group(program.process.pid, program.process)
        self.programs.clear()
        self.record.unlink(missing_ok=True)

    def stop_leftovers(self) -> list[str]:
        """Stop what an earlier run that was killed left running; returns the names."""
        stopped = []
        for name, pid, born in self._written_down():
            if pid == os.getpid() or born is None or name == WATCHER:
                continue
            now = birth(pid)
            if now == born:
                stop_group(pid)
                stopped.append(name)
            elif now is None and born.startswith(boot()) and kill_group(pid):  # its workers outlived it
                stopped.append(name)
        self.record.unlink(missing_ok=True)
        return stopped

    def watcher(self) -> int | None:
        """The process number of a living program like this one that watches the others."""
        return dict(self.running()).get(WATCHER)

    def _write_down(self) -> None:
        rows = [[WATCHER, os.getpid(), birth(os.getpid())]]
        rows += [[p.name, p.process.pid, birth(p.process.pid)] for p in self.programs if p.process is not None]
        rows += [[p.name, 0, None, p.backoff.ends] for p in self.programs if p.again_at is not None]
        draft = self.record.with_suffix(".new")
        draft.write_text(json.dumps(rows))
        draft.replace(self.record)

    def waiting(self) -> dict[str, int]:
        """Which programs have ended and wait to be started again: name -> how often they ended of late."""
        return {row[0]: row[3] for row in self._rows() if len(row) == 4}

    def _rows(self) -> list[list[Any]]:
        try:
            recorded = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return []
        return (
            [row for row in recorded if isinstance(row, list) and len(row) in (3, 4)]
            if isinstance(recorded, list)
            else []
        )

    def _written_down(self) -> list[tuple[str, int, str | None]]:
        return [(row[0], row[1], row[2]) for row in self._rows() if len(row) == 3]

    def running(self) -> list[tuple[str, int]]:
        """(name, process) of what is written down and lives; the first is the program that watches the others."""
        return [(name, pid) for name, pid, born in self._written_down() if born is not None and birth(pid) == born]


def _say(line: str) -> None:
    with contextlib.suppress(OSError):
        print(f"  {line}", flush=True)


def stop_group(pid: int, process: subprocess.Popen[bytes] | None = None) -> None:
    """Ask a process group to end; after STOP_SECONDS make it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while time.monotonic() < deadline and birth(pid) is not None:
        if process is not None and process.poll() is not None:
            break
        time.sleep(0.02)
    kill_group(pid)
    if process is not None:
        process.wait()


def kill_group(pid: int) -> bool:
    """End whatever is left of a process group; whether anything was. A number is not given anew while it names one."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return False
    return True
