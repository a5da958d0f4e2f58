"""`yiwang goals …` over the database: what it prints, and that a refusal is a sentence and a 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.district import make_district
from yiwang.commands.line import main

pytestmark = pytest.mark.usefixtures("database")

PLAN = "试验区2026年重点工作安排\n\n一、改善居住条件\n1.加装电梯。完成加装电梯240台。（责任单位：区水务局）\n"


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> Any:
    made = make_district()
    monkeypatch.setenv("YIWANG_DISTRICT", made.code)
    return made


def test_a_plan_is_imported_adopted_and_listed(
    district: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    who = ["--as", district.username("supervisor")]
    assert main(["goals", "import", str(file), "--adopt", *who]) == 0
    assert "1 goals adopted" in capsys.readouterr().out
    assert main(["goals", "list", "--year", "2026", "--json", *who]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (row["target"], row["unit"], row["lead"]) == ("240", "台", "water")
    assert main(["goals", "lamps", "--year", "2026", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["goals"] == 1
    assert main(["goals", "import", str(file), *who]) == 2
    assert "读过了" in capsys.readouterr().err


def test_who_may_not_is_told_so(district: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    assert main(["goals", "import", str(file), "--as", district.username("water-1")]) == 2
    assert main(["goals", "supervise", "--as", district.username("water-1")]) == 2
    assert "督查室" in capsys.readouterr().err
    assert main(["goals", "lamps", "--as", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert main(["goals", "import", str(empty), "--as", district.username("supervisor")]) == 2
