"""A real bulletin's rates come out only with the right denominator: the tickets of one channel, not all (R2.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.indicators.casework import MONDAY, at
from tests.support.district import TestDistrict, make_district
from yiwang.indicators import queries, store
from yiwang.indicators.definition import indicator_from
from yiwang.matters import store as matters
from yiwang.matters.act import Act
from yiwang.matters.models import Matter
from yiwang.matters.opening import Opening
from yiwang.org.session import acting_as, as_owner

BULLETIN = [
    # unit       dissatisfied, tickets of the hotline, tickets in all, rate told
    ("water", 8, 87, 99, "9"),
    ("green", 6, 70, 77, "9"),
    ("bei", 5, 66, 68, "8"),
    ("nan", 3, 56, 68, "5"),
    ("nb-bei-1", 5, 39, 45, "13"),
]
DISSATISFIED = {
    "indicator": "dissatisfied",
    "title": {"zh": "不满意率", "en": "Dissatisfied"},
    "version": "2026-01-01",
    "reference": "办件通报",
    "kind": "hotline",
    "counted_by": "closed_at",
    "denominator": {"title": {"zh": "12345 渠道办结", "en": "closed, of the hotline"}, "when": "channel = '12345'"},
    "numerator": {"title": {"zh": "其中不满意", "en": "dissatisfied"}, "when": "form.satisfaction = 'dissatisfied'"},
    "unit": {"zh": "%", "en": "%"},
    "decimals": 0,
}


@pytest.fixture(scope="module")
def district(database: str) -> TestDistrict:
    made = make_district()
    with as_owner(), acting_as(made.system) as asker:
        store.adopt(asker, [indicator_from(DISSATISFIED)], None)  # as a pack is loaded
    with acting_as(made.system) as asker:
        for unit, bad, hotline, every, _ in BULLETIN:
            tickets = [_closed(made, unit, n < bad, "12345" if n < hotline else "随手拍") for n in range(every)]
            matters.open_many(asker, "hotline", tickets)
    return made


def _closed(made: TestDistrict, unit: str, bad: bool, channel: str):  # type: ignore[no-untyped-def]
    """A ticket from call to callback, with what each of three people did."""

    satisfaction = "dissatisfied" if bad else "satisfied"
    steps = [
        ("dispatcher-1", "assign", {"unit": unit}),
        (f"{unit}-1", "accept", {}),
        (f"{unit}-1", "answer", {"result": "已办"}),
        ("dispatcher-2", "verify", {"reached": True, "solved": not bad, "satisfaction": satisfaction}),
        *([("dispatcher-2", "explain", {"reason": "已说明"})] if bad else []),
    ]
    acts = []
    for hours, (post, action, data) in enumerate(steps, 1):
        person = people(made, post)
        acts.append(Act(action, MONDAY + timedelta(hours=hours), data, person.person, person.posts))
    return Opening({"title": "来电", "text": "来电", "channel": channel, "category": "ask"}, MONDAY, acts=acts)


def people(made: TestDistrict, post: str, kept: dict[tuple[int, str], object] = {}):  # type: ignore[no-untyped-def]  # noqa: B006
    """The asker of a post, looked up once."""
    if (made.id, post) not in kept:
        kept[made.id, post] = made.as_(post)
    return kept[made.id, post]


def test_the_five_rates_of_the_bulletin(district: TestDistrict) -> None:
    found = queries.measure_by_unit(district.system, "dissatisfied", period="2026-03", by="lead", now=at(20))
    found |= queries.measure_by_unit(district.system, "dissatisfied", within="bei", period="2026-03", now=at(20))
    for unit, bad, hotline, _, told in BULLETIN:
        one = found[unit]
        assert (one.numerator, one.denominator, str(one.value)) == (bad, hotline, told)
        assert one.cases("denominator").total == hotline


def test_every_ticket_stays_in_the_volume(district: TestDistrict) -> None:
    with acting_as(district.system):
        assert Matter.objects.count() == sum(every for _, _, _, every, _ in BULLETIN)
