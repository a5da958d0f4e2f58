"""The command line: quick to start, and a sentence for what a user can mend."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from yiwang import cli


def test_every_room_says_what_its_commands_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    said = capsys.readouterr().out
    for command in ("pack", "ledger", "goals", "worktime", "signals", "indicators", "demo"):
        assert f"    {command}" in said


def test_a_pure_command_starts_without_django_and_quickly() -> None:
    """In processor time, since the machine may be busy with something else."""
    code = "import sys; from yiwang.cli import parser; parser(); print([m for m in sys.modules if m == 'django'])"
    best = 9.0
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.stdout == "[]\n"
    assert best < 0.3


def doing(handler: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.set_defaults(run=handler)
    return parser


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (FileNotFoundError(2, "No such file or directory", "plan.txt"), "plan.txt: no such file or directory."),
        (IsADirectoryError(21, "Is a directory", "plans"), "plans: is a directory."),
        (psycopg.OperationalError("connection failed: no such file"), "The database does not answer: start it"),
        (psycopg.ProgrammingError('relation "x" does not exist'), "The database is empty"),
    ],
)
def test_what_a_user_can_mend_is_a_sentence(
    trouble: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def handler(_: argparse.Namespace) -> int:
        raise trouble

    monkeypatch.setattr(cli, "parser", lambda: doing(handler))
    assert cli.main([]) == cli.REFUSED
    assert capsys.readouterr().err.startswith(sentence)


def test_a_fault_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "parser", lambda: doing(lambda _: 1 // 0))
    with pytest.raises(ZeroDivisionError):
        cli.main([])


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    code = (
        "import argparse, sys\n"
        "from yiwang import cli\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.set_defaults(run=lambda _: [print('line', flush=True) for _ in range(100_000)] and 0)\n"
        "cli.parser = lambda: parser\n"
        "sys.exit(cli.main([]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stderr
        assert writer.stdout.readline() == b"line\n"
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 0
