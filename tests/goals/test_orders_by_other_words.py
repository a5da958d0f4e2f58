"""An order is supervised by whatever its kind calls things: no word of the demo's kind is needed (R5.9)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import structs

from tests.goals.reporting import PLAN, report
from tests.support.district import DEMO_PACK, make_district, write_pack
from yiwang.goals import queries, store
from yiwang.matters import overview
from yiwang.matters import store as matters
from yiwang.matters.definition import Kind, kind_from
from yiwang.org.session import acting_as
from yiwang.org.titles import written
from yiwang.packs import loading

pytestmark = pytest.mark.usefixtures("database")

OTHER_WORDS = {
    "supervision": "nudge",
    "colour": "weight",
    "issued": "handed",
    "issue": "hand_over",
    "answering": "replying",
    "answer": "say_back",
    "measures": "steps",
    "urge": "poke",
}
JULY = datetime(2026, 7, 6, 2, tzinfo=UTC)


def renamed(text: str) -> str:
    """The demo's kind of orders, with a name of its own for everything that the platform uses; its keys stay."""
    for word, other in OTHER_WORDS.items():
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def other_words(pack: Path) -> None:
    path = pack / "matters" / "supervision.yaml"
    (pack / "matters" / "nudge.yaml").write_text(renamed(path.read_text("utf-8")), "utf-8")
    path.unlink()


def test_a_red_goal_opens_an_order_of_another_districts_kind() -> None:
    district: Any = make_district(other_words)
    with acting_as(district.as_("supervisor")) as asker:
        plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        lifts = next(one.goal.pk for one in queries.lamps(asker, year=2026).goals if "240台" in one.goal.quote)
    report(district, "water-1", lifts, "2026-06", 10)
    with acting_as(district.as_("supervisor")) as asker:
        (number,) = store.supervise(asker, JULY, goal=lifts)
        (order,) = queries.orders_of(asker, [lifts])[lifts]
        assert (order.number, order.colour, order.open) == (number, "blue", True)
        assert order.due is not None
        assert order.answered is None
        assert overview.counts(asker, datetime.now(UTC))["orders"] == 1
    with acting_as(district.as_("water-1")) as asker:
        matters.act(asker, order.id, "accept", at=JULY)
        matters.act(asker, order.id, "say_back", {"steps": "增加两支施工队"}, at=JULY)
    with acting_as(district.as_("supervisor")) as asker:
        assert queries.orders_of(asker, [lifts])[lifts][0].answered == JULY


def test_a_kind_kept_from_before_says_the_same() -> None:
    said = yaml.safe_load((DEMO_PACK / "matters" / "supervision.yaml").read_text("utf-8"))
    now = kind_from(said)
    before = json.loads(written(kind_from({k: v for k, v in said.items() if k != "orders"})))
    before["form"]["goal"] = {"type": "text", "title": {"zh": "所督目标", "en": "Goal"}, "at_most": 40}
    before["opens"]["goal"]["fields"].append("goal")
    assert now.orders is not None
    assert kind_from(before).ordering == structs.replace(now.orders, goal="goal")
    assert isinstance(now, Kind)


MISTAKES = [
    ("orders: {", "# {", "what a goal opens needs orders"),
    ("grade: colour", "grade: color", "the form has no color (enum)"),
    ("grade: colour,", "grade: colour, goal: text,", "source says which goal it is about, so leave text out"),
    ("issued_by: issue", "issued_by: accept", "accept must be open to system"),
    ("answered_by: answer", "answered_by: reply", "reply"),
    ("due: answering", "due: never", "never"),
    ("fields: [title, text, colour", "fields: [title, colour", "a goal fills in text"),
    ("      blue: {", "      pink: {", "must have each of the ladder"),
]


@pytest.mark.parametrize(("right", "wrong", "says"), MISTAKES)
def test_what_an_order_needs_is_proven(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    pack = write_pack(tmp_path / "pack", "998866")
    path = pack / "matters" / "supervision.yaml"
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), "utf-8")
    found = [problem.speak("en") for problem in loading.read(pack).problems]
    assert any(says in one for one in found), found
