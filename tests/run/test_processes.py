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
from hypothesis import given
from hypothesis import strategies as st

from yiwang.run.backoff import FIRST, GOOD, LONGEST, Backoff
from yiwang.run.births import birth
from yiwang.run.processes import Processes, Program
from yiwang.run.rotation import rotate

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


def test_a_program_that_always_fails_is_told_and_takes_no_other_with_it(
    processes: Processes, capsys: pytest.CaptureFixture[str]
) -> None:
    web, worker = Program("web", SLEEPER), Program("worker", [sys.executable, "-c", "raise SystemExit(3)"])
    processes.start(web)
    processes.start(worker)
    first = pid_of(web)
    processes.watch(until=lambda: worker.backoff.ends >= 5)
    assert pid_of(web) == first
    assert birth(first) is not None
    assert processes.waiting() == {"worker": 5}
    assert [name for name, _ in processes.running()] == ["yiwang", "web"]
    assert "worker ended (code 3) and is started again in 3.2 s, for the 5th time" in capsys.readouterr().out


@given(st.lists(st.floats(0.01, 300), min_size=1, max_size=40))
def test_what_ends_again_and_again_waits_longer_but_never_for_ever(pauses: list[float]) -> None:
    now = 0.0
    backoff = Backoff(clock=lambda: now)
    before = 0.0
    for pause in pauses:
        now += pause
        waits = backoff.after_an_end()
        assert FIRST <= waits <= LONGEST
        assert waits == FIRST if pause > GOOD + LONGEST else waits >= before
        before = waits


def test_a_full_disk_stops_nothing(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program("web", [sys.executable, "-c", "pass"])
    processes.start(program)
    within(10, lambda: program.process and program.process.poll() is not None)
    full = [OSError(28, "No space left on device")] * 2

    def start(again: Program) -> None:
        if full:
            raise full.pop()
        Processes.start(processes, again)

    monkeypatch.setattr(processes, "start", start)
    monkeypatch.setattr("yiwang.run.processes.LONGEST", 0.1)
    first = pid_of(program)
    processes.watch(until=lambda: pid_of(program) != first)
    assert not full


def test_a_log_that_has_grown_is_put_aside_while_it_is_written_to(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    with open(log, "ab", buffering=0) as writer:
        for n in range(5):
            writer.write(b"x" * 100 + b"%d\n" % n)
            assert rotate(log, largest=50, generations=3)
        writer.write(b"last\n")
    assert log.read_bytes() == b"last\n"
    assert not rotate(log, largest=50)
    kept = sorted(file.name for file in tmp_path.iterdir())
    assert kept == ["web.log", "web.log.1", "web.log.2", "web.log.3"]
    assert [(tmp_path / f"web.log.{n}").read_bytes()[-2:-1] for n in (1, 2, 3)] == [b"4", b"3", b"2"]
    assert (tmp_path / "web.log.1").stat().st_mode & 0o777 == 0o600


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
    monkeypatch.setattr("yiwang.run.processes.STOP_SECONDS", 0.5)
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
            "from yiwang.run.processes import Processes, Program\n"
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


def test_the_status_tells_what_runs_what_waits_and_whether_the_database_answers(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    here = birth(os.getpid())
    rows = [["yiwang", os.getpid(), here], ["web", os.getpid(), here], ["worker", 0, None, 7]]
    (tmp_path / "run" / "running.json").write_text(json.dumps(rows))
    nowhere = {"YIWANG_VAR": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-m", "yiwang.run", "status"],
        env={**os.environ, **nowhere, "DATABASE_APP_URL": nowhere["DATABASE_URL"]},
        capture_output=True,
        text=True,
        timeout=60,
    )
    run = tmp_path / "run"
    assert done.stdout.splitlines()[:3] == [
        f"yiwang       process {os.getpid()}",
        f"web          process {os.getpid()}   log {run}/web.log",
        f"worker       ended 7 times of late and will be started again   log {run}/worker.log",
    ]
    assert done.stdout.splitlines()[3].startswith("database     does not answer: ")
    assert done.returncode == 0


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
