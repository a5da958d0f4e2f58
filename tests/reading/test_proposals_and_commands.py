"""A district's own reader is checked against the text; the command line gives what the reader gives."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from yiwang.commands.line import main
from yiwang.reading import Statement, read

TEXT = "2026年工作安排\n1.养老。新增养老床位300张。打造长者友好街区，让老人安心。\n"


def model(text: str, read_so_far: Sequence[Statement]) -> Iterator[dict[str, Any]]:
    yield {"quote": "打造长者友好街区", "indicator": "长者友好街区", "kind": "milestone"}
    yield {"quote": "打造长者友好城市", "indicator": "长者友好城市"}
    yield {"quote": "新增养老床位300张", "indicator": "床位", "number": "500", "value": 500}
    yield {"quote": "让老人安心", "indicator": "安心", "value": 7}
    yield {"quote": "", "indicator": "空"}


def test_what_is_not_in_the_text_is_dropped_and_counted() -> None:
    reading = read(TEXT, proposers={"model": model})
    proposed = [s for s in reading.statements if s.rule.startswith("proposed:")]
    assert [(s.indicator, s.confidence) for s in proposed] == [("长者友好街区", 0.5)]
    assert reading.dropped == reading.stats()["dropped_proposals"] == 4


STATEMENT_FIELDS = """section quote quote_offset number number_offset indicator comparator value value2 unit measure
period approx scope time_frame rule confidence"""


def run(*words: str) -> int:
    return main(["goals", *words])


def test_read_writes_a_line_a_statement_and_a_line_an_item(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(TEXT, "utf-8")
    assert run("read", str(plan), "--jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["kind"] for row in rows] == ["target", "item"]
    wanted = set(STATEMENT_FIELDS.split())
    assert wanted <= rows[0].keys()
    assert {"item_no", "title", "quote_offset", "lead_unit", "co_units", "units"} <= rows[1].keys()


def test_score_of_a_reading_with_itself_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(TEXT, "utf-8")
    run("read", str(plan), "--jsonl")
    said = tmp_path / "said.jsonl"
    said.write_text(capsys.readouterr().out, "utf-8")
    assert run("score", str(said), str(said)) == 0
    assert "full F1 1.000" in capsys.readouterr().out
    assert run("score", str(said), str(said), "--json") == 0
    assert json.loads(capsys.readouterr().out)["all"]["full_f1"] == 1.0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 no"])
def test_a_file_that_cannot_be_read_gets_a_sentence(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(content)
    assert run("read", str(plan)) == 2
    assert capsys.readouterr().err.strip()
    assert run("read", str(tmp_path / "nowhere.txt")) == 2


def test_a_broken_gold_file_is_named_by_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "gold.jsonl"
    broken.write_text("{", "utf-8")
    assert run("score", str(broken), str(broken)) == 2
    assert "line 1" in capsys.readouterr().err
