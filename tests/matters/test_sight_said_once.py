"""Who sees what, and whose move it is, each said once: what rows and what values say of it is the same for anybody."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.district import make_district
from tests.support.tickets import ticket
from yiwang.matters import capacity, queries
from yiwang.matters.kinds import world
from yiwang.matters.models import Matter
from yiwang.matters.queries import Filter
from yiwang.matters.world import World
from yiwang.org.asker import Asker, PostHeld
from yiwang.org.queries import facts
from yiwang.org.roles import DESK, EVERYWHERE, UNIT, RoleFacts, clearance_of, kinds_seen
from yiwang.org.session import acting_as

KINDS = ("hotline", "grid_event", "supervision")
NAMES = ("one", "two", "three")
NOW = datetime(2026, 10, 12, 4, tzinfo=UTC)
ANYBODY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

ROLES = st.builds(
    RoleFacts,
    acts_for=st.lists(st.sampled_from([DESK, UNIT, EVERYWHERE]), unique=True, max_size=2).map(tuple),
    supervises=st.booleans(),
    kinds=st.none() | st.lists(st.sampled_from(KINDS), unique=True, max_size=2).map(tuple),
    clearance=st.integers(0, 3),
)


@pytest.fixture(scope="module")
def town(database: str) -> Any:
    """Matters that lie anywhere and wait for anybody: each row is shaken, with a fixed seed. No clock of theirs runs,
    as a kind that they were not opened as need not have it."""
    made, chance = make_district(), random.Random(7)
    for n in range(36):
        ticket(made, category=("drain.blocked", "litter.pile", "ask")[n % 3], place=(121.91, 31.01 + 0.02 * (n % 2)))
    with acting_as(made.system) as platform:
        units, root = list(facts(platform).units), facts(platform).root.id
        rows = list(Matter.objects.filter(district=made.id).values_list("pk", flat=True))
    change = (
        "UPDATE matters_matter SET kind = %s, seen_by = %s, sensitivity = %s, holder_id = %s, holder_role = %s,"
        " desk_id = %s, lead_id = %s, raised = %s, due_at = NULL, acts_at = NULL WHERE id = %s"
    )
    with psycopg.connect(database) as owner:
        for row in rows:
            seers, raised = [root, *chance.sample(units, 2)], chance.sample(NAMES, chance.randrange(2))
            lies = (chance.choice(units), chance.choice([*NAMES, UNIT]), chance.choice(units), chance.choice(units))
            owner.execute(change, (chance.choice(KINDS), seers, chance.randrange(4), *lies, raised, row))
    return made


def anybody(town: Any, data: st.DataObject) -> tuple[Asker, World]:
    """Somebody with one to three posts, of roles that do anything; the world in which these are the roles."""
    roles = {name: data.draw(ROLES) for name in NAMES}
    with acting_as(town.system) as platform:
        known = world(platform)
    units = list(known.district.units.values())
    held = data.draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(units)), min_size=1, max_size=3))
    posts = tuple(
        PostHeld(n, f"post-{n}", role, unit.id, unit.code, unit.id, roles[role]) for n, (role, unit) in enumerate(held)
    )
    does = [post.does for post in posts]
    sees = tuple(sorted({post.sees for post in posts}))
    asker = Asker(town.id, posts=posts, units=sees, clearance=clearance_of(does), kinds=kinds_seen(does))
    return asker, replace(known, district=replace(known.district, roles=roles))


@ANYBODY
@given(data=st.data())
def test_the_policy_the_filter_and_the_value_are_one_predicate(town: Any, data: st.DataObject) -> None:
    asker, _ = anybody(town, data)
    with acting_as(town.system):
        every = list(Matter.objects.filter(district=town.id))
    condition, values = asker.filter("m")
    with acting_as(town.system), connection.cursor() as cursor:
        cursor.execute(f"SELECT m.id FROM matters_matter m WHERE {condition}", values)
        filtered = {number for (number,) in cursor.fetchall()}
    with acting_as(asker):
        let_through = set(Matter.objects.values_list("pk", flat=True))
    said = {row.pk for row in every if asker.sees(row.seen_by, row.sensitivity, row.kind)}
    assert filtered == let_through == said


@ANYBODY
@given(data=st.data())
def test_an_inbox_holds_what_the_rules_say_is_ones_turn(town: Any, data: st.DataObject) -> None:
    asker, known = anybody(town, data)
    with acting_as(replace(town.system, posts=asker.posts)) as sees_all:
        mine = {row.pk for row in queries.matters(sees_all, Filter(scope="mine"), now=NOW)}
        for row in Matter.objects.filter(district=town.id, closed_at=None):
            state = queries.state_of(sees_all, row)
            raised = [(role, capacity.place_of_duty(role, state, known)) for role in row.raised]
            asked = [(state["holder_role"], state["holder"]), *raised]
            turn = any(capacity.fits(by, post, place) for by, place in asked for post in asker.posts)
            assert (row.pk in mine) == turn, (asked, asker.posts)


def test_roles_of_one_person_open_together_what_each_opens_a_part_of() -> None:
    """As the sight of a signed-in person is added up, so is that of somebody who is named to sit on a panel."""
    both = [RoleFacts(kinds=("hotline",), clearance=0), RoleFacts(kinds=("grid_event",), clearance=2)]
    assert (kinds_seen(both), clearance_of(both)) == (("grid_event", "hotline"), 2)
    assert kinds_seen([*both, RoleFacts()]) is None
