"""`yiwang indicators` at the terminal."""

from __future__ import annotations

import json

import pytest

from tests.indicators.casework import Casework
from tests.support.district import make_district
from yiwang.commands.line import main


@pytest.fixture(scope="module")
def work(database: str) -> Casework:
    work = Casework(make_district())
    work.handled("井盖松动")
    work.handled("污水冒溢", answer=12.0)
    return work


def run(work: Casework, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["indicators", *words, "--district", work.district.code])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_figure_with_its_receipt(work: Casework, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(work, capsys, "show", "hotline_on_time", "--period", "2026-03", "--unit", "区水务局")
    assert code == 0
    assert out.splitlines()[0] == "试验区水务局 2026-03-01 至 2026-03-31 按时办结率：50.0% [GB/T 33358-2016]"
    assert "井盖松动 [matter:" in out


def test_the_same_for_machines(work: Casework, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(work, capsys, "show", "hotline_on_time", "--period", "2026-03", "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["value"], said["numerator"], said["denominator"], said["period"]) == (50.0, 1, 2, "2026-03")
    assert said["receipt"]["because"][0]["value"] == 1


def test_told_apart_and_listed(work: Casework, capsys: pytest.CaptureFixture[str]) -> None:
    _, months, _ = run(work, capsys, "show", "hotline_created", "--period", "2026", "--split", "month", "--json")
    assert [json.loads(line)["value"] for line in months.splitlines()][:4] == [0, 0, 2, 0]
    _, units, _ = run(work, capsys, "show", "hotline_created", "--period", "2026", "--split", "unit")
    assert units.split() == ["water", "2", "件"]
    _, cases, _ = run(work, capsys, "show", "hotline_on_time", "--period", "2026-03", "--cases", "against")
    assert cases.splitlines()[0] == "1"
    assert "污水冒溢" in cases


def test_the_list_names_every_indicator(work: Casework, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(work, capsys, "list")
    assert "hotline_satisfied" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "nonsense"], "hotline_on_time"),
        (["show", "hotline_on_time", "--period", "lately"], "2026-10"),
        (["show", "hotline_on_time", "--unit", "天宫"], "天宫"),
        (["show", "hotline_on_time", "--cases", "half"], "denominator"),
        (["show", "hotline_on_time", "--as", "nobody"], "nobody"),
        (["show", "hotline_on_time", "--as-of", "yesterday"], "yesterday"),
        (["show", "hotline_on_time", "--as-of", "0001-01-01T00:00"], "0001"),
        (["show", "hotline_on_time", "--as-of", "2026-02-31"], "2026-02-31"),
        (["show", "hotline_on_time", "--period", "9999-12-31"], "2026-10"),
    ],
)
def test_what_cannot_be_answered_gets_a_sentence(
    work: Casework, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    code, out, err = run(work, capsys, *words)
    assert (code, out) == (2, "")
    assert sentence in err
