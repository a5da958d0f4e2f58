"""How pressing a matter is when nobody says: by the first word of its kind, where the platform's is none of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from tests.support.district import DEMO_PACK
from tests.support.vale import VALE
from yiwang.matters import following
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind, kind_from


def kind_of(pack: Any, name: str) -> Kind:
    return kind_from(yaml.safe_load((pack / "matters" / f"{name}.yaml").read_text("utf-8")))


@pytest.mark.parametrize(
    ("pack", "kind", "usual"),
    [(DEMO_PACK, "hotline", "normal"), (VALE, "relato", "comum"), (VALE, "ronda", "normal")],
)
def test_the_usual_word(pack: Any, kind: str, usual: str) -> None:
    assert kind_of(pack, kind).usual_urgency == usual


@pytest.mark.parametrize(
    ("said", "category", "urgency"),
    [("comum", "", "comum"), ("grave", "10.1", "grave"), ("comum", "20.2", "grave"), ("grave", "", "grave")],
)
def test_a_category_with_the_usual_word_changes_nothing(said: str, category: str, urgency: str) -> None:
    known = {
        code: SimpleNamespace(class_="request", top=code[:2], urgency=word)
        for code, word in (("10.1", "comum"), ("20.2", "grave"))
    }
    world: Any = SimpleNamespace(categories=known)
    delta: dict[str, Any] = {"urgency.said": said, "category": category}
    following.classify(kind_of(VALE, "relato"), State(), delta, world)
    assert delta["urgency"] == urgency
