"""Programs are started together, started again when they die, and leave nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from yiwang.serve.processes import KeepsFailing, Processes, Program, birth

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT_OF_A_SLEEPER = [sys.executable, "-c", f"import subprocess; subprocess.run({SLEEPER!r})"]
STUBBORN_SAYS = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
STUBBORN = [sys.executable, "-c", STUBBORN_SAYS]


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    made = Processes(tmp_path)
    yield made
    made.stop()


def within(seconds: float, condition: Callable[[], object]) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def pid_of(program: Program) -> int:
    assert program.process
    return program.process.pid


def test_a_killed_program_is_started_again(processes: Processes) -> None:
    program = Program("web", SLEEPER)
    processes.start(program)
    first = pid_of(program)
    os.kill(first, signal.SIGKILL)
    processes.watch(until=lambda: pid_of(program) != first)
    assert birth(pid_of(program)) is not None


def test_a_program_that_always_fails_is_named(processes: Processes) -> None:
    processes.start(Program("worker", [sys.executable, "-c", "raise SystemExit(3)"]))
    with pytest.raises(KeepsFailing, match=r"worker ended 5 times within a minute: see .*worker\.log"):
        processes.watch(until=lambda: False)


def test_stopping_stops_what_a_program_started(processes: Processes) -> None:
    program = Program("web", PARENT_OF_A_SLEEPER)
    processes.start(program)
    group = pid_of(program)
    processes.stop()
    within(5, lambda: not _alive_in(group))
    assert not processes.record.exists()


def test_a_program_that_ignores_a_polite_request_is_stopped_all_the_same(
    processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yiwang.serve.processes.STOP_SECONDS", 0.5)
    program = Program("web", STUBBORN)
    processes.start(program)
    within(10, lambda: (processes.folder / "web.log").read_bytes())
    pid = pid_of(program)
    processes.stop()
    assert birth(pid) is None


def test_after_a_kill_of_the_watcher_the_next_run_stops_what_was_left(tmp_path: Path) -> None:
    watcher = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib\n"
            "from yiwang.serve.processes import Processes, Program\n"
            "processes = Processes(pathlib.Path(sys.argv[1]))\n"
            "processes.start(Program('web', [sys.executable, '-c', 'import time; time.sleep(600)']))\n"
            "processes.watch(until=lambda: False)\n",
            str(tmp_path),
        ]
    )
    later = Processes(tmp_path)
    within(10, lambda: len(later.running()) == 2)
    left = dict(later.running())["web"]
    watcher.kill()
    watcher.wait()
    assert birth(left) is not None
    assert later.stop_leftovers() == ["web"]
    within(5, lambda: birth(left) is None)


def test_workers_that_outlive_their_killed_master_are_stopped_as_well(tmp_path: Path) -> None:
    first = Processes(tmp_path)
    program = Program("web", PARENT_OF_A_SLEEPER)
    first.start(program)
    within(10, lambda: len(_alive_in(pid_of(program))) == 2)
    os.kill(pid_of(program), signal.SIGKILL)
    assert program.process
    program.process.wait()
    assert len(_alive_in(pid_of(program))) == 1
    assert Processes(tmp_path).stop_leftovers() == ["web"]
    within(5, lambda: not _alive_in(pid_of(program)))


def test_a_number_given_to_another_program_since_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(SLEEPER)
    try:
        processes = Processes(tmp_path)
        processes.record.write_text(json.dumps([["web", stranger.pid, "some other birth"]]))
        assert processes.stop_leftovers() == []
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def _alive_in(group: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group and birth(int(folder.name)):
                found.append(int(folder.name))
        except OSError:
            continue
    return found
