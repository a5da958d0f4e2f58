"""Several clerks at once make one of two, take apart, end: each is told, none waits in a circle, none is lost (R1.13).

Every pair runs in threads of its own against the real database, again and again; nobody sleeps and nobody mocks.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.support.district import make_district
from tests.support.tickets import at, do, ticket
from yiwang.matters import queries, together
from yiwang.matters.auditing import differences
from yiwang.matters.linked import CALLERS, INTO, WAITS
from yiwang.matters.models import Entry, Link
from yiwang.org import session
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Refusal

ROUNDS = 5
WHY = "同一处管道爆裂"


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district()


def calls(district: Any, n: int, when: str) -> list[Any]:
    return [
        ticket(district, when=f"{when}T08:{minute:02}", place=(121.931, 31.031), category="drain.cover")
        for minute in range(n)
    ]


def state(district: Any, matter: Any) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, pk=matter.id).state  # type: ignore[union-attr]


def whole(district: Any) -> list[Any]:
    with as_owner(), acting_as(session.system(district.id)) as asker:
        return [broken for one in differences(facts(asker), {}) for broken in one.broken]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each is told: nothing where it was done, the sentence where it was refused."""
    ready = Barrier(len(acts))

    def told(act: Callable[[], object]) -> str:
        try:
            ready.wait(30)
            act()
            return ""
        except Refusal as refused:
            return refused.sentence("zh")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(told, acts))


def merging(district: Any, one: Any, other: Any, when: str, post: str = "dispatcher-1") -> Callable[[], object]:
    def act() -> None:
        with acting_as(district.as_(post)) as asker:
            together.merge(asker, one.id, other.id, WHY, at=at(when))

    return act


def parting(district: Any, one: Any, when: str, post: str = "dispatcher-1") -> Callable[[], object]:
    def act() -> None:
        with acting_as(district.as_(post)) as asker:
            together.part(asker, one.id, "另有一处漏水", at=at(when))

    return act


def test_one_into_the_other_and_the_other_into_the_one(district: Any) -> None:
    for n in range(ROUNDS):
        one, other = calls(district, 2, f"2026-10-{12 + n}")
        when = f"2026-10-{12 + n}T09:00"
        said = at_once(merging(district, one, other, when), merging(district, other, one, when, "dispatcher-2"))
        assert sorted(map(bool, said)) == [False, True], said
        assert sorted(bool(state(district, x).get(WAITS)) for x in (one, other)) == [False, True]
    assert whole(district) == []


def test_round_in_a_ring(district: Any) -> None:
    """A into B, B into C, C into A: whatever comes first, nobody waits for who waits."""
    for n in range(ROUNDS):
        one, two, three = calls(district, 3, f"2026-11-{2 + n:02}")
        when = f"2026-11-{2 + n:02}T09:00"
        at_once(*(merging(district, *pair, when) for pair in ((one, two), (two, three), (three, one))))
        now = {x["number"]: x for x in (state(district, x) for x in (one, two, three))}
        into = {number: x[INTO] for number, x in now.items() if x.get(WAITS)}
        assert into
        assert not into.keys() & set(into.values())
    assert whole(district) == []


def test_taken_apart_and_merged_elsewhere_in_the_same_moment(district: Any) -> None:
    for n in range(ROUNDS):
        day = f"2026-12-{2 + n:02}"
        one, first, second = calls(district, 3, day)
        merging(district, one, first, f"{day}T08:30")()

        def anew(one: Any = one, second: Any = second, day: str = day) -> None:
            parting(district, one, f"{day}T09:00", "dispatcher-2")()
            merging(district, one, second, f"{day}T09:00", "dispatcher-2")()

        at_once(parting(district, one, f"{day}T09:00"), anew)
        callers = [state(district, x).get(CALLERS, 1) for x in (first, second)]
        assert callers[0] == 1
        assert callers[1] == (2 if state(district, one).get(INTO) == second.number else 1)
    assert whole(district) == []


def test_merged_while_the_other_ends(district: Any) -> None:
    """Either it was merged before the end, and ends with it, or it is told that the other has ended."""
    for n in range(ROUNDS):
        day = f"2027-01-{11 + n}"
        one, other = calls(district, 2, day)
        do(district, "dispatcher-1", other, "assign", {"unit": "water"}, f"{day}T11:00")
        do(district, "water-1", other, "accept", {}, f"{day}T12:00")
        do(district, "water-1", other, "answer", {"result": "已换管"}, f"{day}T14:00")
        done = {"reached": True, "solved": True}

        def end(other: Any = other, day: str = day, done: Any = done) -> None:
            do(district, "dispatcher-2", other, "verify", done, f"{day}T15:00")

        said = at_once(merging(district, one, other, f"{day}T14:59"), end)
        assert said[1] == ""
        at_once(*(lambda day=day: together.end_merged(district.system, now=at(f"{day}T15:01")) for _ in range(3)))
        assert (state(district, one)["closed_at"] is not None) == (said[0] == "")
        with acting_as(district.system):
            ends = Entry.objects.filter(matter=one.id, action="link.end").count()
            assert ends == Link.objects.filter(from_matter=one.id, kind="merged").count() == (said[0] == "")
    assert whole(district) == []


def test_taken_apart_after_the_other_has_ended(district: Any) -> None:
    """Before it has ended with it, it goes its own way; afterwards it is told so, and nothing is written."""
    day = "2027-02-01"
    early, late, other = calls(district, 3, day)
    for one in (early, late):
        merging(district, one, other, f"{day}T09:00")()
    do(district, "dispatcher-1", other, "assign", {"unit": "water"}, f"{day}T11:00")
    do(district, "water-1", other, "accept", {}, f"{day}T12:00")
    do(district, "water-1", other, "answer", {"result": "已换管"}, f"{day}T14:00")
    do(district, "dispatcher-2", other, "verify", {"reached": True, "solved": True}, f"{day}T15:00")
    parting(district, early, f"{day}T15:00")()
    assert together.end_merged(district.system, now=at(f"{day}T15:01")) == 1
    assert (state(district, early)["closed_at"], state(district, early)["stage"]) == (None, "received")
    with pytest.raises(Refusal, match="一并办结"):
        parting(district, late, f"{day}T15:02")()
    assert state(district, other)[CALLERS] == 2
    assert whole(district) == []
