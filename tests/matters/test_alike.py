"""What is told beside a matter: others like it close by, who ended such before, and a rework's old promise."""

from __future__ import annotations

import pytest

from tests.support.district import TestDistrict, make_district
from tests.support.tickets import at, do, ticket
from yiwang.matters import queries
from yiwang.matters.models import Matter
from yiwang.org.queries import facts
from yiwang.org.session import acting_as

METRE = 1 / 111_000  # of latitude, in degrees


@pytest.fixture
def district(database: str) -> TestDistrict:
    return make_district()


def test_the_same_close_by_is_similar(district: TestDistrict) -> None:
    """R1.13, R2.12: the same category within 80 metres and 120 days, whatever was done about it."""

    lon, lat = 121.91, 31.03
    one = ticket(district, place=(lon, lat))
    near = ticket(district, place=(lon, lat + 70 * METRE), when="2026-09-12T10:00")
    ticket(district, place=(lon, lat + 90 * METRE))
    ticket(district, place=(lon, lat), category="litter.pile")
    ticket(district, place=(lon, lat), when="2026-06-01T10:00")
    with acting_as(district.as_("head")) as asker:
        assert [row.pk for row in queries.similar(asker, Matter.objects.get(pk=one.id))] == [near.id]


def test_who_ended_such_matters_here_is_a_precedent(district: TestDistrict) -> None:
    """R9.14: a suggestion says how often that unit has closed the same category in the same street."""

    for unit, clerk in (("water", "water-1"), ("bei", "bei-1"), ("water", "water-2")):
        answered(district, unit, clerk)
    one = ticket(district, when="2026-10-20T10:00")
    with acting_as(district.as_("dispatcher-1")) as asker:
        found = queries.precedents(asker, Matter.objects.get(pk=one.id))
        codes = {unit.id: unit.code for unit in facts(asker).units.values()}
    assert [(codes[each.unit], each.n, each.of) for each in found] == [("water", 2, 3), ("bei", 1, 3)]


def answered(district: TestDistrict, unit: str, clerk: str) -> None:
    """A ticket that a unit has answered and the desk has verified."""
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": unit}, "2026-10-12T10:20")
    do(district, clerk, one, "accept", when="2026-10-12T11:00")
    do(district, clerk, one, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    callback = {"reached": True, "solved": True, "satisfaction": "satisfied"}
    do(district, "dispatcher-2", one, "verify", callback, "2026-10-14T09:00")


def test_a_rework_keeps_the_deadline_it_had(district: TestDistrict) -> None:
    """R1.8: what was not accepted goes back to the unit; the clock of handling runs on with its old due."""
    one = ticket(district)
    due = do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20").state["clock.handling.due"]
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    do(district, "water-1", one, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    again = do(district, "dispatcher-2", one, "rework", {"reason": "还在响"}, "2026-10-14T09:00").state
    assert (again["clock.handling.due"], again.get("clock.handling.stopped")) == (due, None)
    assert due == at("2026-10-19T17:00")
