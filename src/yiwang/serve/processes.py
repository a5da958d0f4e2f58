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
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

WATCHER = "yiwang"
STOP_SECONDS = 10.0
RESTARTS = 5  # within RESTARTS_WITHIN seconds, then we give up
RESTARTS_WITHIN = 60.0


class KeepsFailing(RuntimeError):
    """A program ends again and again; the message names it and its log."""


@dataclass
class Program:
    """One program: what it is called, its command, and whether all must stop when it ends by itself."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None


class Processes:
    """All programs of one installation. `folder` keeps their logs and the record of what runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record = folder / "running.json"
        self.programs: list[Program] = []

    def start(self, program: Program) -> None:
        """Start it and write it down. Its output goes to `<name>.log`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / f"{program.name}.log"
        if log.exists() and log.stat().st_size > 10_000_000:
            log.replace(log.with_suffix(".log.1"))
        with open(log, "ab") as output:
            program.process = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env={**os.environ, **program.environment},
                start_new_session=True,
            )
        program.starts.append(time.monotonic())
        if program not in self.programs:
            self.programs.append(program)
        self._write_down()

    def watch(self, until: Callable[[], bool]) -> None:
        """Start again whatever ends by itself, until told. Raises KeepsFailing when one ends again and again."""
        while not until():
            for program in self.programs:
                if program.process is None or program.process.poll() is None:
                    continue
                kill_group(program.process.pid)  # workers whose master was killed
                recent = [at for at in program.starts if at > time.monotonic() - RESTARTS_WITHIN]
                if len(recent) >= RESTARTS:
                    raise KeepsFailing(
                        f"{program.name} ended {RESTARTS} times within a minute: "
                        f"see {self.folder / (program.name + '.log')}."
                    )
                program.starts = recent
                print(f"  {program.name} ended (code {program.process.returncode}) and is started again", flush=True)
                self.start(program)
            time.sleep(0.2)

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
        draft = self.record.with_suffix(".new")
        draft.write_text(json.dumps(rows))
        draft.replace(self.record)

    def _written_down(self) -> list[tuple[str, int, str | None]]:
        try:
            return [(name, pid, born) for name, pid, born in json.loads(self.record.read_text())]
        except (OSError, ValueError):
            return []

    def running(self) -> list[tuple[str, int]]:
        """(name, process) of what is written down and lives; the first is the program that watches the others."""
        return [(name, pid) for name, pid, born in self._written_down() if born is not None and birth(pid) == born]


def boot() -> str:
    """What tells this start of the machine from others; process numbers mean nothing beyond it."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def birth(pid: int) -> str | None:
    """When a living process began, as text that tells it from a later one of the same number; None for the dead."""
    with contextlib.suppress(OSError, IndexError):
        about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if about[0] in "ZX" else f"{boot()} {about[19]}"
    if sys.platform == "linux":
        return None
    said = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True).stdout.split()
    return " ".join(said[1:]) if said and not said[0].startswith("Z") else None


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
