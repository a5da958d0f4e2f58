"""Several units that answer for one thing: each for its own part, every unit of a sort, the first named as the lead."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.support.district import make_district
from yiwang.matters import queries, store
from yiwang.matters.clock_state import State
from yiwang.matters.queries import Filter
from yiwang.org.queries import facts
from yiwang.org.session import acting_as

HERE = Path(__file__).parent


def with_kinds(pack: Path) -> None:
    for name in ("shared_whole", "shared_bit"):
        shutil.copy(HERE / f"{name}.yaml", pack / "matters")


@pytest.fixture(scope="module")
def village(database: str) -> Any:
    return make_district(with_kinds)


def opened(village: Any, *owners: str) -> Any:
    with acting_as(village.as_("supervisor")) as asker:
        return store.open_matter(asker, "shared", {"title": "任务", "text": "内容", "owners": list(owners)})


def do(village: Any, post: str, matter: int, action: str, **data: Any) -> State:
    with acting_as(village.as_(post)) as asker:
        return store.act(asker, matter, action, data).state


def parts_of(village: Any, matter: Any, post: str = "supervisor") -> dict[str, int]:
    """unit -> the part that is in its hands."""
    with acting_as(village.as_(post)) as asker:
        found = queries.one(asker, number=matter.number)
        assert found is not None
        units = {unit.id: unit.code for unit in facts(asker).units.values()}
        return {units[one.lead_id]: one.pk for one in queries.parts_of(asker, found.row)}


def state_of(village: Any, matter: Any) -> State:
    with acting_as(village.as_("supervisor")) as asker:
        found = queries.one(asker, number=matter.number)
        assert found is not None
        return found.state


def test_each_owner_has_its_own_part_and_the_last_ends_the_whole(village: Any) -> None:
    matter = opened(village, "water", "green")
    do(village, "supervisor", matter.id, "share")
    parts = parts_of(village, matter)
    assert parts.keys() == {"water", "green"}
    with acting_as(village.as_("water-1")) as asker:
        mine = {one.pk for one in queries.matters(asker, Filter(scope="mine"), now=datetime.now(UTC))}
    assert parts["water"] in mine
    assert parts["green"] not in mine
    do(village, "water-1", parts["water"], "tell")
    assert state_of(village, matter)["stage"] == "shared_out"
    do(village, "green-1", parts["green"], "tell")
    assert state_of(village, matter)["stage"] == "over"


def test_every_street_is_all_of_them(village: Any) -> None:
    matter = opened(village, "water")
    do(village, "supervisor", matter.id, "to_streets")
    assert parts_of(village, matter).keys() == {"bei", "nan"}


def test_the_first_named_is_the_lead_and_the_others_help(village: Any) -> None:
    matter = opened(village, "green", "water", "bei")
    assert matter.state["suggested"] == "green"
    do(village, "supervisor", matter.id, "lead", unit="green")
    assert parts_of(village, matter).keys() == {"water", "bei"}


def test_one_finishes_while_another_is_given_away(village: Any) -> None:
    matter = opened(village, "water", "green")
    do(village, "supervisor", matter.id, "share")
    parts = parts_of(village, matter)

    def at_once(what: tuple[str, int, str, dict[str, str]]) -> None:
        post, part, action, data = what
        try:
            do(village, post, part, action, **data)
        finally:
            connection.close()

    acts = [("water-1", parts["water"], "tell", {}), ("supervisor", parts["green"], "pass_on", {"unit": "bei"})]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(at_once, acts))
    state = state_of(village, matter)
    assert (state["children.parts.open"], state["children.parts.ended"]) == (1, 1)
    do(village, "bei-1", parts["green"], "tell")
    assert state_of(village, matter)["stage"] == "over"
