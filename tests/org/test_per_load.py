"""Values of a load of a pack: made once, gone with the next load, bounded."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from yiwang.org import per_load
from yiwang.org.asker import Asker

if TYPE_CHECKING:
    from tests.support.district import TestDistrict

ASKER = Asker(district=1, generation=3)


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_load, "loads", per_load.Loads())


def test_a_value_is_made_once_a_load_and_forgotten_with_the_next() -> None:
    made: list[tuple[int, int, str]] = []

    @per_load.per_load
    def told(asker: Asker, code: str, day: str = "") -> str:
        made.append((asker.district, asker.generation, code))
        return f"{asker.generation} {code} {day}"

    later = replace(ASKER, generation=4)
    assert [told(ASKER, "a"), told(ASKER, "a"), told(ASKER, "a", day="x")] == ["3 a ", "3 a ", "3 a x"]
    assert [told(later, "a"), told(later, "a")] == ["4 a ", "4 a "]
    assert len(made) == 3
    assert told(ASKER, "a") == "3 a ", "who still works under the earlier load gets its value"
    assert told(later, "a") == "4 a "
    assert len(made) == 3, "and does not push the later one out"
    assert told(replace(ASKER, district=2), "a") == "3 a "


def test_districts_and_values_are_bounded(monkeypatch) -> None:
    monkeypatch.setattr(per_load, "DISTRICTS", 3)
    monkeypatch.setattr(per_load, "VALUES", 5)
    made: list[object] = []

    @per_load.per_load
    def told(asker: Asker, n: int) -> int:
        made.append((asker.district, n))
        return n

    for n in range(6):
        told(ASKER, n)
    assert told(ASKER, 5) == 5
    assert len(made) == 6
    told(ASKER, 0)
    assert len(made) == 7, "the sixth began anew"
    for district in range(2, 5):
        told(replace(ASKER, district=district), 0)
    told(ASKER, 5)
    assert len(made) == 11, "three other districts pushed this one out"


def test_what_is_refused_is_not_kept() -> None:
    answers = iter([LookupError, 7])

    @per_load.per_load
    def told(_: Asker) -> int:
        answer = next(answers)
        if isinstance(answer, int):
            return answer
        raise answer

    with pytest.raises(LookupError):
        told(ASKER)
    assert told(ASKER) == 7


class Value:
    """Something that a function made."""


def test_an_earlier_load_goes_whole_whoever_made_what_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_load, "EARLIER", 0.0)
    held: list[weakref.ref[Value]] = []

    def make(_: Asker) -> Value:
        value = Value()
        held.append(weakref.ref(value))
        return value

    often, seldom = per_load.per_load(make), per_load.per_load(lambda asker: make(asker))
    often(ASKER), seldom(ASKER)
    assert all(ref() for ref in held)
    often(replace(ASKER, generation=4))
    assert [ref() is None for ref in held] == [True, True, False], "also of the function that nobody asked again"


def test_of_an_earlier_load_no_more_than_one_is_held() -> None:
    @per_load.per_load
    def told(_: Asker) -> Value:
        return Value()

    held = [weakref.ref(told(replace(ASKER, generation=n))) for n in range(20, 30)]
    assert [n for n, ref in enumerate(held) if ref() is not None] == [8, 9]


def test_visitors_of_one_moment_make_a_value_once() -> None:
    made: list[int] = []
    all_there = threading.Barrier(8)

    @per_load.per_load
    def part(_: Asker) -> int:
        return len(made)

    @per_load.per_load
    def whole(asker: Asker) -> Value:
        made.append(part(asker))
        time.sleep(0.2)
        return Value()

    def visit(_: int) -> Value:
        all_there.wait()
        return whole(ASKER)

    with ThreadPoolExecutor(8) as visitors:
        given = list(visitors.map(visit, range(8)))
    assert len(made) == 1
    assert len(set(map(id, given))) == 1


def test_who_has_waited_long_makes_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(per_load, "MAKING", 0.05)
    begun, over = threading.Event(), threading.Event()

    @per_load.per_load
    def told(_: Asker) -> int:
        if not begun.is_set():
            begun.set()
            over.wait(20)
            return 1
        return 2

    with ThreadPoolExecutor(1) as other:
        first = other.submit(told, ASKER)
        begun.wait(20)
        assert told(ASKER) == 2
        over.set()
        assert first.result() == 1


def test_the_pages_of_a_district_leave_nothing_of_an_earlier_load(
    district: TestDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what is there in the process: districts, calendars, schemas of expressions."""
    from yiwang.expr import Schema
    from yiwang.org.district import District
    from yiwang.worktime import Calendar

    monkeypatch.setattr(per_load, "EARLIER", 0.0)

    def there() -> Counter[type]:
        gc.collect()
        return Counter(type(one) for one in gc.get_objects() if isinstance(one, District | Calendar | Schema))

    def visit(n: int) -> Counter[type]:
        ask_everything(replace(district.system, generation=1000 + n))
        return there()

    first = visit(0)
    assert first[District] >= 1
    assert first[Schema] > 3
    assert visit(1) == visit(2) == first


def ask_everything(asker: Asker) -> None:
    """What the pages ask of a pack, with a due date counted by its calendar."""
    from yiwang.goals.queries.settings import rules_of
    from yiwang.indicators import kept
    from yiwang.look.clocks import chip_of
    from yiwang.look.land import land
    from yiwang.matters import kinds
    from yiwang.org import queries
    from yiwang.org.session import acting_as
    from yiwang.pages.queries import pages_of

    with acting_as(asker):
        calendar = queries.facts(asker).calendar
        kinds.world(asker), kinds.ordered_kind(asker), land(asker), pages_of(asker), rules_of(asker), kept.signs(asker)
        for kind in kinds.every_kind(asker):
            assert kind.expressions is not None
        for code in kept.codes(asker):
            kept.ready(asker, code)
        chip_of({"due": "2026-11-20T17:00+08:00"}, datetime(2026, 11, 2, 9, tzinfo=UTC), calendar)
