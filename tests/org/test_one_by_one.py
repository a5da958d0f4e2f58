"""What the platform does by itself to many things: none is passed over for another's sake, and none in silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.district import make_district
from yiwang.org.asker import Asker
from yiwang.org.one_by_one import in_each_district, in_pages, one_by_one
from yiwang.why import Refusal, say

LATE = say("why.said", text="too late")
ENDS = st.lists(st.sampled_from([0, 1, 3, "refused", "broken"]), max_size=30)


@given(ENDS)
def test_each_has_its_turn_once_whatever_became_of_the_others(ends: list[int | str]) -> None:
    tried, told = list[int](), list[int]()

    def do(thing: int) -> int:
        tried.append(thing)
        match ends[thing]:
            case "refused":
                raise Refusal(LATE)
            case "broken":
                raise KeyError(thing)
            case int(done):
                return done
        raise AssertionError

    every, sums = range(len(ends)), sum(end for end in ends if isinstance(end, int))
    broken = [thing for thing in every if ends[thing] == "broken"]
    if broken:
        with pytest.raises(ExceptionGroup) as group:
            one_by_one(every, do, refused=lambda thing, why: told.append(thing))
        assert [wrong.args[0] for wrong in group.value.exceptions] == broken
    else:
        assert one_by_one(every, do, refused=lambda thing, why: told.append(thing)) == sums
    assert tried == [*every]
    assert told == [thing for thing in every if ends[thing] == "refused"]


@given(st.lists(st.integers(min_value=1), unique=True, max_size=40).map(sorted), st.integers(1, 12))
def test_pages_leave_out_nothing_and_bring_nothing_twice(lying: list[int], size: int) -> None:
    asked = list[int]()

    def read(after: int) -> list[int]:
        asked.append(after)
        return [one for one in lying if one > after][:size]

    assert list(in_pages(read, 0, size)) == lying
    assert len(asked) == len(lying) // size + 1


def test_a_district_in_which_it_breaks_keeps_no_other_waiting(database: str) -> None:
    one, other = make_district(), make_district()
    done = list[int]()

    def do(platform: Asker) -> int:
        if platform.district == min(one.id, other.id):
            raise KeyError("what only this district has")
        done.append(platform.district)
        return 0

    with pytest.raises(ExceptionGroup) as told:
        in_each_district(do)
    assert [type(wrong) for wrong in told.value.exceptions] == [KeyError]
    assert max(one.id, other.id) in done
    assert min(one.id, other.id) not in done


def test_nothing_more_is_tried_where_the_database_has_gone(database: str) -> None:
    from django.db import OperationalError, connection

    tried = list[int]()

    def do(thing: int) -> int:
        tried.append(thing)
        connection.close()
        raise OperationalError("the server closed the connection unexpectedly")

    with pytest.raises(ExceptionGroup):
        one_by_one(range(500), do)
    assert tried == [0]


def test_an_end_of_the_process_is_no_thing_that_broke() -> None:
    def do(thing: int) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        one_by_one([1], do)
