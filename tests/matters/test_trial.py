"""A kind is tried in memory by the rules by which it is lived, with the matters under it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from yiwang.matters.loading import Matters
from yiwang.matters.trial import Trial, world_of
from yiwang.packs import loading
from yiwang.why import Incomplete, Refusal

DEMO = Path(__file__).resolve().parents[2] / "packs" / "demo"
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def trial(database: str) -> Trial:
    pack = loading.read(DEMO)
    said = pack.part(Matters)
    kind = next(one for one in said.kinds if one.matter == "opening_up")
    return Trial(kind, *world_of(pack.organisation, said.categories, said.duties, results=said.results), AT)


def test_a_whole_waits_for_what_it_has_opened(trial: Trial) -> None:
    parts = [{"thing": thing, "by": unit} for thing, unit in (("食品", "bureau-market"), ("消防", "bureau-fire"))]
    said = {"title": "面馆", "text": "堂食", "firm": "91350100M000100Y43", "parts_wanted": parts}
    with pytest.raises(Incomplete) as lacking:  # in memory, a document is any number
        trial.begin("csc-dispatcher-1", {**said, "shop_papers.floor_plan": "2"})
    assert lacking.value.fields["shop_papers"].speak("en") == "Still missing: Lease."
    trial.begin("csc-dispatcher-1", {**said, "shop_papers.shop_lease": "1", "shop_papers.floor_plan": "2"})
    trial.act("csc-dispatcher-1", "take", {})
    assert [one.name for one in trial.steps[-1].opened] == ["parts", "parts"]
    assert (trial.state["stage"], trial.state["children.parts.open"]) == ("side_by_side", 2)
    trial.end_under("parts")
    assert not trial.over
    trial.end_under("parts")
    assert trial.over
    assert trial.steps[-1].action == "all_parts_done"
    with pytest.raises(Refusal):
        trial.end_under("parts")
