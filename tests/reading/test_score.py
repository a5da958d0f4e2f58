"""The scorer: the same figures as the shared one, and the measured targets on the labelled documents."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from yiwang.reading import read
from yiwang.reading.agreement import agreement, name_similarity
from yiwang.reading.score import BadLine, score

SHARED = Path(__file__).parents[3] / "shared"
LABELS = SHARED / "data" / "labels"
needs_labels = pytest.mark.skipif(
    not LABELS.is_dir(), reason="the labelled documents lie beside the checkout, not in it"
)
DOCUMENTS = ("002_673d21ddd4d5c372", "003_89ebb7b4fe2e92fd")


def predicted(name: str) -> list[str]:
    reading = read((SHARED / "documents" / f"{name}.txt").read_text("utf-8"))
    return [json.dumps(row.to_json(), ensure_ascii=False) for row in (*reading.statements, *reading.items)]


def labelled(name: str) -> list[str]:
    return (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines()


@needs_labels
@pytest.mark.parametrize("name", DOCUMENTS)
def test_labelled_documents_are_read_better_than_asked(name: str) -> None:
    view = score(labelled(name), predicted(name)).views["all"]
    assert view["full_f1"] >= 0.97
    assert view["extras"]["indicator_sim"] >= 0.90
    assert view["extras"]["measure"] >= 0.95


@needs_labels
def test_milestones_of_the_labelled_plan() -> None:
    text = (SHARED / "documents" / f"{DOCUMENTS[1]}.txt").read_text("utf-8")
    gold = []
    for line in (LABELS / "003-milestones.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        row.setdefault("quote_offset", text.index(row["quote"]))
        gold.append(json.dumps(row, ensure_ascii=False))
    found = score(gold, predicted(DOCUMENTS[1])).milestones
    assert found is not None
    assert found["recall"] >= 0.90
    assert found["precision"] >= 0.80


@needs_labels
@pytest.mark.parametrize("name", DOCUMENTS)
def test_figures_are_those_of_the_shared_scorer(name: str, tmp_path: Path) -> None:
    shared = _shared_scorer()
    guess = tmp_path / "pred.jsonl"
    spoiled = [_spoil(json.loads(line), k) for k, line in enumerate(predicted(name))]
    guess.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in spoiled if row), "utf-8")
    theirs, *_ = shared.score(str(LABELS / f"{name}.jsonl"), str(guess))
    ours = score(labelled(name), guess.read_text("utf-8").splitlines()).to_json()
    for view in ("all", "core", "digits"):
        assert ours[view].pop("extras") == pytest.approx(theirs[view].pop("extras"))
        assert ours[view] == pytest.approx(theirs[view])


def _shared_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_scorer", SHARED / "tools" / "score_goals.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _spoil(row: dict[str, Any], k: int) -> dict[str, Any] | None:
    """Every so often a line that is wrong in some way, so that the figures are not all 1."""
    if k % 11 == 3:
        return None
    if k % 7 == 2:
        row["unit"] = "件"
    if k % 13 == 5:
        row["period"] = "1999"
    if k % 5 == 1:
        row.pop("number_offset", None)
    return row


@pytest.mark.parametrize(
    ("gold", "guess", "right"),
    [
        ({"value": 30000, "unit": "个"}, {"value": 3, "unit": "万个"}, True),
        ({"value": 5, "unit": "％"}, {"value": "5", "unit": "%"}, True),
        ({"value": 5, "unit": "亿元"}, {"value": 5, "unit": "万元"}, False),
        ({"value": None, "unit": "家"}, {"value": 3, "unit": "家"}, False),
    ],
)
def test_values_are_compared_in_their_units(gold: dict[str, Any], guess: dict[str, Any], right: bool) -> None:
    assert agreement(gold, guess)["value"] is right


def test_owner_lists_count_the_lead_and_the_whole_list() -> None:
    gold = [json.dumps({"kind": "item", "item_no": 1, "units": ["甲局", "乙局"]}, ensure_ascii=False)]
    right = [
        json.dumps({"kind": "item", "item_no": "1", "lead_unit": "甲局", "co_units": ["乙局"]}, ensure_ascii=False)
    ]
    wrong = [json.dumps({"kind": "item", "item_no": "1", "units": ["乙局", "甲局"]}, ensure_ascii=False)]
    ones = ("lead_right", "list_exact", "unit_precision", "unit_recall", "unit_f1")
    assert score(gold, right).items == {"items": 1, "found": 1, **dict.fromkeys(ones, 1.0)}
    assert (score(gold, wrong).items or {})["lead_right"] == 0.0


def test_a_range_leaves_out_what_was_not_labelled() -> None:
    gold = [
        '{"_meta": {"range": [0, 10]}}',
        '{"kind": "target", "number": "5", "number_offset": 2, "value": 5, "unit": "%"}',
    ]
    guess = [
        '{"kind": "target", "number": "5", "number_offset": 2, "value": 5, "unit": "%"}',
        '{"kind": "target", "number": "9", "number_offset": 90, "value": 9, "unit": "%"}',
    ]
    assert score(gold, guess).views["all"]["f1"] == 1.0


def test_a_broken_line_is_named() -> None:
    with pytest.raises(BadLine, match="line 2"):
        score(['{"kind": "target"}', "{"], [])


def test_similar_names() -> None:
    assert name_similarity("新增养老床位数", "新增养老床位数") == 1.0
    assert 0.7 < name_similarity("养老床位数", "新增养老床位数") < 1.0
