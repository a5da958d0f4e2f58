"""`yiwang worktime …` as it is typed."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.worktime.small_log import LOG
from yiwang.commands.line import main
from yiwang.why import Receipt


def test_due_prints_the_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worktime", "due", "--start", "2026-02-13T10:00", "--limit", "1 workday", "--language", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("“1个工作日”截止时间：2026-02-14 17:00")
    assert [line.strip().split(" [")[0] for line in lines[3:]] == [
        "2026-02-13 周五 工作日，收到之日不计",
        "2026-02-14 周六 调休上班（春节）：1",
    ]


def test_due_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("extends: cn\nconventions: to midnight")
    command = [
        "worktime",
        "due",
        "--start",
        "2026-12-30T10:00",
        "--limit",
        "4 work hours",
        "--calendar",
        str(own),
        "--json",
    ]
    assert main(command) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["at"] == "2026-12-30T14:00:00+08:00"
    assert (said["day"], said["provisional"]) == ("2026-12-30", False)
    receipt = Receipt.from_json(said["receipt"])
    assert receipt.because[1].because[0].value == timedelta(hours=4)
    assert said["text"] == {language: receipt.text(language) for language in ("zh", "en")}


def test_due_with_pauses(capsys: pytest.CaptureFixture[str]) -> None:
    base = [
        "worktime",
        "due",
        "--start",
        "2026-11-20T16:00",
        "--limit",
        "5 workdays",
        "--json",
        "--reason",
        "鉴定",
        "--approver",
        "王",
    ]
    assert main([*base, "--pause", "2026-11-24T10:00/2026-11-26T10:00"]) == 0
    assert json.loads(capsys.readouterr().out)["day"] == "2026-12-01"
    assert main([*base, "--pause", "2026-11-24T10:00/"]) == 0
    standing = json.loads(capsys.readouterr().out)
    assert (standing["at"], standing["day"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--start", "tomorrow", "--limit", "1 day"], "the moment 'tomorrow'"),
        (["--start", "", "--limit", "1 day"], "the moment ''"),
        (["--start", "2026-02-13", "--limit", "someday"], "the limit 'someday'"),
        (["--start", "2026-02-13", "--limit", "1 day", "--calendar", "mars"], "no calendar 'mars'"),
    ],
)
def test_what_is_mistyped_is_one_sentence(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["worktime", "due", *arguments, "--language", "en"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err
    assert said.err.count("\n") == 1


def test_check_and_learn(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log, rules = tmp_path / "log.csv", tmp_path / "rules.yaml"
    log.write_text(LOG, "utf-8")
    rules.write_text(
        "type: 类别\nverdict: {on_time: 按期, overdue: 超期}\nlimits: {咨询: 1个工作日, 投诉: 5个工作日}", "utf-8"
    )
    columns = ["--start", "受理", "--due", "应办结", "--calendar", "cn"]
    judged = [*columns, "--closed", "办结", "--verdict", "结论", "--rules", str(rules)]
    assert main(["worktime", "check", str(log), *judged, "--language", "zh"]) == 0
    said = capsys.readouterr().out
    assert "咨询：4 条，期限一致 75.00%；已结 4 条，结论一致 75.00%（按规则期限 50.00%）" in said
    assert "第 4 行：2026-02-13 12:00 收到，日志期限 2026-02-24 17:00，按“1 workday”应为 2026-02-14 17:00" in said
    assert "第 5 行：结论与日志自己的期限不符" in said
    assert "1 条没有规则（1 类，最多的是：表扬 (1)）；已结 1 条，结论一致 100.00%" in said
    assert "规则文件 verdict 中没有的结论，未予判断：作废 (1)" in said
    assert "2 条没有受理时间或期限，未计入" in said
    assert "2 条的时间看不懂（可在规则文件写明 time_format），行号：9、12" in said
    assert "1 条的期限落在尚未公布的年份" in said
    assert main(["worktime", "check", str(log), *judged, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rules"]["咨询"]["share"] == 0.75
    assert report["unruled"]["表扬"]["rows"] == 1
    assert report["unknown_verdicts"] == {"作废": 1}
    learn = ["worktime", "learn", str(log), *columns, "--type", "类别"]
    assert main([*learn, "--least", "3", "--closed", "办结", "--verdict", "结论"]) == 0
    learnt = capsys.readouterr().out
    assert "咨询: " in learnt
    assert 'verdict: {"on_time": ["作废", "按期"], "overdue": ["超期"]}' in learnt
    assert main([*learn, "--time-format", "%d.%m.%Y", "--language", "en"]) == 2
    assert "no kind has 30 rows" in capsys.readouterr().err
    assert main(["worktime", "check", str(log), *judged[:-1], str(log), "--language", "en"]) == 2
    assert main(["worktime"]) == 0
    assert "COMMAND" in capsys.readouterr().out


def test_a_log_without_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    log, rules = tmp_path / "log.csv", tmp_path / "rules.yaml"
    log.write_text("a,b,c\n")
    rules.write_text("type: c\nlimits: {x: 1 day}")
    assert (
        main(
            [
                "worktime",
                "check",
                str(log),
                "--start",
                "a",
                "--due",
                "b",
                "--rules",
                str(rules),
                "--calendar",
                "cn",
                "--language",
                "en",
            ]
        )
        == 0
    )
    assert (
        capsys.readouterr().out
        == "all rules: 0 rows, deadlines agree -; 0 closed, verdicts agree - (by the rule's deadline -)\n"
    )
