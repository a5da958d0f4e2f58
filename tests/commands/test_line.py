"""The command line: quick to start, and a sentence for what a user can mend."""

from __future__ import annotations

import argparse
import ast
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from yiwang.commands import line


def test_every_room_says_what_its_commands_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert line.main([]) == 0
    said = capsys.readouterr().out
    for command in ("pack", "ledger", "goals", "worktime", "signals", "indicators", "demo"):
        assert f"    {command}" in said


def test_a_pure_command_starts_without_django_and_quickly() -> None:
    """In processor time, since the machine may be busy with something else."""
    code = (
        "import sys; from yiwang.commands import line; line.parser(); print([m for m in sys.modules if m == 'django'])"
    )
    best = 9.0
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert done.stdout == "[]\n"
    assert best < 0.3


PURE = {
    "due": ["worktime", "due", "--start", "2026-02-13T10:00", "--limit", "5 workdays"],
    "read": ["goals", "read", "README.zh.md"],
    "schema": ["pack", "schema"],
}


@pytest.mark.parametrize("words", PURE.values(), ids=PURE)
def test_a_pure_command_is_done_without_django(words: list[str], checkout: Path) -> None:
    code = f"import sys; from yiwang.commands import line; line.main({words}); sys.exit('django.apps' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_every_command_has_its_handler() -> None:
    """What can be typed and what is done stand in two files and meet in the words."""
    typed, done = set(), set()
    for file in sorted(Path(line.__file__).parent.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "does":
                typed.add(ast.unparse(call.args[1]))
    for file in sorted((Path(line.__file__).parent / "handlers").glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "command":
                done.add(ast.unparse(call.args[0]))
    assert {words for words in typed if not words.startswith("f")} <= done
    assert len(done) > 25


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
        (psycopg.errors.UndefinedTable('relation "x" does not exist'), "The database is empty"),
    ],
)
def test_what_a_user_can_mend_is_a_sentence(
    trouble: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def handler(_: argparse.Namespace) -> int:
        raise trouble

    monkeypatch.setattr(line, "parser", lambda: doing(handler))
    assert line.main([]) == line.REFUSED
    assert capsys.readouterr().err.startswith(sentence)


@pytest.mark.parametrize(
    "fault",
    [ZeroDivisionError(), psycopg.errors.UndefinedColumn('column "x" does not exist'), KeyError("does not exist")],
)
def test_a_fault_of_the_program_is_not_hidden(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def handler(_: argparse.Namespace) -> int:
        raise fault

    monkeypatch.setattr(line, "parser", lambda: doing(handler))
    with pytest.raises(type(fault)):
        line.main([])


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    code = (
        "import argparse, sys\n"
        "from yiwang.commands import line\n"
        "parser = argparse.ArgumentParser()\n"
        "parser.set_defaults(run=lambda _: [print('line', flush=True) for _ in range(100_000)] and 0)\n"
        "line.parser = lambda: parser\n"
        "sys.exit(line.main([]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as writer:
        assert writer.stdout
        assert writer.stderr
        assert writer.stdout.readline() == b"line\n"
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 0
