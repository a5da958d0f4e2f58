"""A kind that was proven is not walked through again, unless anything that its proof looks at has changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from tests.matters.small_kind import CLASSES, FULL, NOBODY_LEADS, UNITS, crew, small
from yiwang.matters import proof, proof_once
from yiwang.matters.crew import Crew
from yiwang.matters.definition import kind_from
from yiwang.matters.proof_once import Question
from yiwang.matters.schema import Home


def proven(change: str = "", people: Crew | None = None, **more: Any) -> list[proof.Complaint]:
    given: Mapping[str, Any] = {"units": UNITS, "classes": CLASSES, "home": None} | more
    kind = kind_from(small(change), given["home"])
    return proof_once.complaints(Question.of(kind, given["units"], given["classes"], people or crew(**FULL)))


def test_the_same_is_walked_once_and_answered_each_time(walked: list[str]) -> None:
    first = proven(NOBODY_LEADS)
    whole = list(first)
    first.clear()
    assert whole
    assert proven(NOBODY_LEADS) == whole
    assert len(walked) == 1
    renamed = [{"username": f"other{n}", "post": f"{n}"} for n in range(6)]
    codes = [
        {"code": f"{n}", "role": role, "unit": unit}
        for n, (role, unit) in enumerate((role, unit) for role, units in FULL.items() for unit in units)
    ]
    assert whole == proven(NOBODY_LEADS, Crew.of(codes, renamed, ["centre"], crew(**FULL).roles))
    assert len(walked) == 1, "who somebody is called changes nothing"


@pytest.mark.parametrize(
    "changed",
    [
        {"change": "reference: another"},
        {"people": crew(**{**FULL, "dispatcher": ["centre"]})},
        {"people": crew(**{**FULL, "supervisor": []})},
        {"units": UNITS | {"west"}},
        {"classes": CLASSES[:1]},
        {"home": Home("Asia/Urumqi")},
    ],
    ids=lambda one: next(iter(one)),
)
def test_whatever_a_proof_looks_at_makes_it_new(walked: list[str], changed: dict[str, Any]) -> None:
    proven()
    proven(**changed)
    assert len(walked) == 2


def test_the_order_of_stages_is_part_of_what_is_said(walked: list[str]) -> None:
    kind = small("")
    turned = {**kind, "stages": dict(reversed(kind["stages"].items()))}
    for each in (kind, turned):
        turned_kind = kind_from(yaml.safe_load(yaml.safe_dump(each, sort_keys=False)))
        proof_once.complaints(Question.of(turned_kind, UNITS, CLASSES, crew(**FULL)))
    assert len(walked) == 2
