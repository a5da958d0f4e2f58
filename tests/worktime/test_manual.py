"""What the commands say of themselves, and what they print for programs, to the letter."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from yiwang.commands.line import main

MANUAL = Path(__file__).with_name("manual.txt").read_text("utf-8")
PAGES = dict(re.findall(r"^\$ (yiwang [^\n]*)\n(.*?)(?=^\$ |\Z)", MANUAL, re.MULTILINE | re.DOTALL))

CALENDAR = """
calendar: own
extends: cn
days: [{date: 2026-11-24, kind: off, name: {zh: 停工, en: Closed}, source: 通知}]
"""
LOG = """kind,opened,due,closed,verdict
lamp,2026-11-23 10:00,2026-11-25 17:00,2026-11-25 12:00,in time
lamp,2026-11-23 11:00,2026-11-24 17:00,2026-11-25 12:00,late
lamp,2026-11-23 12:00,2026-11-24 18:00,,
hole,2026-11-23 12:00,2026-11-24 18:00,2026-11-24 12:00,lost
"""
RULES = """
rules: own
type: kind
verdict: {on_time: in time, overdue: late}
limits: {lamp: 1 workday}
"""


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "C")


@pytest.mark.parametrize("command", [page for page in PAGES if page.endswith("--help")])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(command.split()[1:])
    assert (done.value.code, capsys.readouterr().out) == (0, PAGES[command])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("own.yaml", CALENDAR), ("log.csv", LOG), ("rules.yaml", RULES)):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", [page for page in PAGES if not page.endswith("--help")])
def test_every_answer_to_the_letter(folder: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command.split()[1:]) == 0
    assert capsys.readouterr().out == PAGES[command]


@pytest.mark.parametrize("left_out", ["--start", "--due", "--rules", "--calendar"])
def test_what_a_check_cannot_do_without(folder: Path, left_out: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = {"--start": "opened", "--due": "due", "--rules": "rules.yaml", "--calendar": "own.yaml"}
    given = [word for name, value in words.items() if name != left_out for word in (name, value)]
    with pytest.raises(SystemExit):
        main(["worktime", "check", "log.csv", *given])
    assert f"the following arguments are required: {left_out}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_terminals(
    names: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    ask = ["worktime", "due", "--start", "2026-02-13T10:00", "--limit", "1 workday"]
    assert main(ask) == 0
    own = capsys.readouterr().out
    assert main([*ask, "--language", language]) == 0
    assert capsys.readouterr().out == own
    with pytest.raises(SystemExit):
        main([*ask, "--language", "fr"])


def test_what_is_printed_for_programs_is_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [page for command, page in PAGES.items() if "--json" in command]
    assert len(pages) == 2
    for page in pages:
        assert page == json.dumps(json.loads(page), ensure_ascii=False, indent=2) + "\n"
