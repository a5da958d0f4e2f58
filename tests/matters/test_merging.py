"""Two matters made one, each reporter answered, taken apart again as they were (R1.13, R2.12; design §10.1, 10.7)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from django.db import connection

from tests.support.tickets import at, do, ticket
from yiwang.indicators import queries as measures
from yiwang.matters import auditing, queries, store, together
from yiwang.matters.auditing import differences
from yiwang.matters.models import Entry, Link
from yiwang.matters.reported import Reported
from yiwang.org import session
from yiwang.org.queries import facts
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Incomplete, NotThere, Refusal

WHY = "同一处管道爆裂"


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    from tests.support.district import make_district

    return make_district()


def state(district: Any, matter: Any) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, pk=matter.id).state  # type: ignore[union-attr]


def call(district: Any, when: str, **more: Any) -> Any:
    return ticket(district, when=when, **{"place": (121.931, 31.031), "category": "drain.cover", **more})


def merge(
    district: Any, one: Any, other: Any, when: str, post: str = "dispatcher-1", why: str = WHY, **more: Any
) -> Any:
    with acting_as(district.as_(post)) as asker:
        return together.merge(asker, one.id, other.id, why, at=at(when), **more)


def part(district: Any, one: Any, when: str, post: str = "dispatcher-1", why: str = "另有一处漏水", **more: Any) -> Any:
    with acting_as(district.as_(post)) as asker:
        return together.part(asker, one.id, why, at=at(when), **more)


def settle(district: Any, one: Any, day: str) -> None:
    """Answered and verified."""
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, f"{day}T11:00")
    do(district, "water-1", one, "accept", {}, f"{day}T12:00")
    do(district, "water-1", one, "answer", {"result": "已换管"}, f"{day}T14:00")
    do(district, "dispatcher-2", one, "verify", {"reached": True, "solved": True}, f"{day}T15:00")


def whole(district: Any) -> list[Any]:
    """What a verification finds wrong, as the owner sees it."""
    with as_owner(), acting_as(session.system(district.id)) as asker:
        return [broken for one in differences(facts(asker), {}) for broken in one.broken]


def test_the_one_waits_and_ends_as_the_other_does(district: Any) -> None:
    first, second = call(district, "2026-10-12T08:00"), call(district, "2026-10-12T08:20")
    assert merge(district, second, first, "2026-10-12T09:00").callers == 2
    waits = state(district, second)
    assert (waits["holder"], waits["merged"], waits["stage"]) == (None, True, "received")
    assert not any(clock.runs for clock in waits.clocks())
    with pytest.raises(Refusal, match=r"并入另一件|merged into"):
        do(district, "dispatcher-1", second, "assign", {"unit": "water"}, "2026-10-12T10:00")
    settle(district, first, "2026-10-12")
    assert together.end_merged(district.system, now=at("2026-10-12T15:01")) == 1
    assert together.end_merged(district.system, now=at("2026-10-12T15:02")) == 0
    ended = state(district, second)
    assert (ended["stage"], ended["merged.waits"]) == ("closed", False)
    assert state(district, first)["callers"] == 2
    assert whole(district) == []


def test_what_comes_back_from_its_end_goes_its_own_way(district: Any) -> None:
    """Each caller has a word of their own: who is not satisfied is handled again, whatever the others say."""
    first, second = call(district, "2026-10-13T08:00"), call(district, "2026-10-13T08:20")
    merge(district, second, first, "2026-10-13T09:00")
    settle(district, first, "2026-10-13")
    together.end_merged(district.system, now=at("2026-10-13T15:01"))
    with acting_as(district.system) as asker:
        said = {"solved": False, "satisfaction": "dissatisfied"}
        store.act(asker, second.id, "rate", said, role="reporter", at=at("2026-10-14T09:00"))
    again = state(district, second)
    assert (again["stage"], again["merged"], again["merged.once"]) == ("unsolved", False, False)
    do(district, "dispatcher-1", second, "assign_after_reply", {"unit": "water", "reason": "重办"}, "2026-10-14T10:00")
    assert whole(district) == []


def test_taken_apart_it_is_what_it_was(district: Any) -> None:
    first, second = call(district, "2026-10-14T08:00"), call(district, "2026-10-14T08:20")
    do(district, "dispatcher-1", second, "assign", {"unit": "water"}, "2026-10-14T08:30")
    do(district, "water-1", second, "accept", {}, "2026-10-14T08:35")
    do(district, "dispatcher-1", second, "suspend", {"reason": "等配件"}, "2026-10-14T08:40")
    before = state(district, second)
    merge(district, second, first, "2026-10-14T09:00")
    part(district, second, "2026-10-15T09:00")
    after = state(district, second)
    ours = {"merged", "merged.into", "merged.waits", "merged.once", "merged.before", "once"}
    assert {k: v for k, v in after.items() if k not in ours and v is not None} == {
        k: v for k, v in before.items() if k not in ours and v is not None
    }
    assert (after["merged"], state(district, first)["callers"]) == (False, 1)
    do(district, "dispatcher-1", second, "resume", {}, "2026-10-15T10:00")
    assert whole(district) == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"category": "drain.blocked"}, "不同|differ"),
        ({"place": (121.935, 31.031)}, "相距|apart"),
        ({"place": None}, "没有位置|no place"),
        ({"when": "2026-11-30T08:00"}, "相隔|came"),
    ],
)
def test_what_is_not_one_thing_is_not_merged(district: Any, more: dict[str, Any], why: str) -> None:
    first = call(district, "2026-11-16T08:00")
    second = call(district, **{"when": "2026-11-16T08:20", **more})
    with pytest.raises(Refusal, match=why):
        merge(district, second, first, "2026-11-30T09:00")


def test_who_may_not_merge_is_told_who_may(district: Any) -> None:
    first, second = call(district, "2026-11-17T08:00"), call(district, "2026-11-17T08:20")
    for one in (first, second):
        do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-11-17T08:30")
    with pytest.raises(Refusal, match=r"派单员|dispatcher"):
        merge(district, second, first, "2026-11-17T09:00", post="water-1")
    with pytest.raises(NotThere):
        merge(district, second, first, "2026-11-17T09:00", post="nan-1")
    with pytest.raises(Incomplete):
        merge(district, second, first, "2026-11-17T09:00", why="同 ")


def test_an_ended_one_and_one_that_waits_are_not_merged(district: Any) -> None:
    first, second, third, fourth = (call(district, f"2026-11-18T08:{n}0") for n in range(4))
    settle(district, fourth, "2026-11-18")
    merge(district, second, first, "2026-11-18T15:30")
    for one, other, why in (
        (fourth, first, "办结|ended"),
        (third, fourth, "办结|ended"),
        (third, second, "主件|already"),
        (second, third, "主件|already"),
        (first, third, "已有|were merged|was merged"),
        (third, third, "自己|itself"),
    ):
        with pytest.raises(Refusal, match=why):
            merge(district, one, other, "2026-11-18T16:00")


def test_of_another_district_nobody_merges_anything(district: Any) -> None:
    from tests.support.district import make_district

    elsewhere = call(make_district(), "2026-11-19T08:00")
    with pytest.raises(NotThere):
        merge(district, call(district, "2026-11-19T08:10"), elsewhere, "2026-11-19T09:00")


def test_the_same_attempt_merges_once_and_parts_once(district: Any) -> None:
    first, second = call(district, "2026-11-20T08:00"), call(district, "2026-11-20T08:20")
    for repeated in (False, True):
        assert merge(district, second, first, "2026-11-20T09:00", key="once-1").repeated is repeated
    for repeated in (False, True):
        assert part(district, second, "2026-11-20T09:30", key="once-2").repeated is repeated
    with acting_as(district.system):
        assert Entry.objects.filter(matter=second.id, action__startswith="link.").count() == 2
        assert Entry.objects.filter(matter=first.id, action__startswith="link.").count() == 2


def test_two_at_once_make_one_and_one_sentence(district: Any) -> None:
    """A into B and B into A, together: one is done, the other is told what was done."""
    for n in range(4):
        one, other = call(district, f"2026-11-21T08:{n}0"), call(district, f"2026-11-21T08:{n}5")
        asker = district.as_("dispatcher-1")

        def attempt(pair: tuple[Any, Any], asker: Any = asker) -> str:
            try:
                with acting_as(asker) as mine:
                    together.merge(mine, pair[0].id, pair[1].id, WHY, at=at("2026-11-21T12:00"))
                return ""
            except Refusal as refused:
                return refused.sentence("zh")
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            said = list(pool.map(attempt, [(one, other), (other, one)]))
        assert sorted(map(bool, said)) == [False, True], said
        assert any("并入" in sentence for sentence in said)
        with acting_as(district.system):
            assert Link.objects.filter(from_matter__in=[one.id, other.id], kind="merged").count() == 1


def test_a_caller_joins_and_has_a_number_and_a_code(district: Any) -> None:
    first = call(district, "2026-11-22T08:00")
    with acting_as(district.as_("dispatcher-1")) as asker:
        joined = together.join(
            asker, "hotline", {"title": "又来电：爆管", "text": "水流到马路上了", "category": "drain.cover"}, first.id,
            "同一处爆管", at=at("2026-11-22T08:30"), place=(121.9311, 31.0311),
            reporter=Reported("王女士", "13800138001"),
        )  # fmt: skip
    assert joined.code
    assert joined.number != first.number
    assert (state(district, joined)["merged.into"], state(district, first)["callers"]) == (first.number, 2)


def test_a_refused_joining_opens_nothing(district: Any) -> None:
    first = call(district, "2026-11-23T08:00")
    with pytest.raises(Refusal), acting_as(district.as_("dispatcher-1")) as asker:
        together.join(
            asker, "hotline", {"title": "别的事", "text": "别的事情", "category": "ask"}, first.id,
            "同一处爆管", at=at("2026-11-23T08:30"), place=(121.931, 31.031), key="join-nothing",
        )  # fmt: skip
    with acting_as(district.system):
        assert not Entry.objects.filter(key="join-nothing").exists()


def test_a_link_shows_to_who_sees_both_ends(district: Any) -> None:
    first, second = call(district, "2026-11-24T08:00"), call(district, "2026-11-24T08:20")
    do(district, "dispatcher-1", second, "assign", {"unit": "water"}, "2026-11-24T08:30")
    merge(district, second, first, "2026-11-24T09:00")
    for post, seen in (("dispatcher-1", 1), ("water-1", 0), ("bei-1", 1), ("nan-1", 0)):
        with acting_as(district.as_(post)):
            assert Link.objects.filter(from_matter=second.id, kind="merged").count() == seen, post


@pytest.mark.parametrize(
    "forged",
    [
        "DELETE FROM matters_link WHERE from_matter_id = {one} AND kind = 'merged'",
        "UPDATE matters_link SET to_matter_id = {third} WHERE from_matter_id = {one} AND kind = 'merged'",
        "UPDATE matters_link SET from_matter_id = {third} WHERE from_matter_id = {one} AND kind = 'merged'",
        "UPDATE matters_link SET kind = 'of' WHERE from_matter_id = {one} AND kind = 'merged'",
        "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind)"
        " SELECT district_id, {third}, {other}, 'merged' FROM matters_matter WHERE id = {one}",
        "INSERT INTO matters_link (district_id, from_matter_id, to_matter_id, kind)"
        " SELECT district_id, {other}, {third}, 'repeats' FROM matters_matter WHERE id = {one}",
    ],
)
def test_a_forged_link_is_named(district: Any, forged: str) -> None:
    day = "2026-11-25"
    other, one, third = (call(district, f"{day}T08:{n}0", place=(121.905, 31.005), category="litter") for n in range(3))
    merge(district, one, other, f"{day}T09:00")
    assert whole(district) == []
    with as_owner(), acting_as(session.system(district.id)), connection.cursor() as cursor:
        cursor.execute("SELECT id, district_id, from_matter_id, to_matter_id, kind FROM matters_link")
        kept = cursor.fetchall()
        cursor.execute(forged.format(one=one.id, other=other.id, third=third.id))
    try:
        found = whole(district)
        assert found
        assert all("links" in broken.words.speak("en") for broken in found)
    finally:
        with as_owner(), acting_as(session.system(district.id)), connection.cursor() as cursor:
            cursor.execute("DELETE FROM matters_link")
            cursor.executemany(
                "INSERT INTO matters_link (id, district_id, from_matter_id, to_matter_id, kind)"
                " VALUES (%s, %s, %s, %s, %s)",
                kept,
            )
    assert whole(district) == []


@pytest.mark.parametrize("seed", range(3))
def test_by_chance_merged_and_parted_all_adds_up(district: Any, seed: int) -> None:
    """Nobody waits for who waits, none is lost, and every ledger tells every link."""
    rng = Random(seed)
    calls = [call(district, f"2027-0{seed + 1}-10T08:{n}0", place=(121.905, 31.025)) for n in range(6)]
    born = {one.id: state(district, one) for one in calls}
    for minute in range(24):
        one, other = rng.sample(calls, 2)
        with suppress(Refusal):
            if rng.random() < 0.6:
                merge(district, one, other, f"2027-0{seed + 1}-10T10:{minute:02}")
            else:
                part(district, one, f"2027-0{seed + 1}-10T10:{minute:02}")
    now = {one.id: state(district, one) for one in calls}
    into = {one["number"]: one["merged.into"] for one in now.values() if one.get("merged.waits")}
    assert not into.keys() & set(into.values())
    callers = {one["number"]: one.get("callers", 1) for one in now.values()}
    assert all(n == 1 + list(into.values()).count(number) for number, n in callers.items())
    for pk, one in now.items():
        if one["number"] not in into:
            assert {k: v for k, v in one.items() if k.startswith("clock.") and v is not None} == {
                k: v for k, v in born[pk].items() if k.startswith("clock.") and v is not None
            }
            assert (one["stage"], one["holder"], one["holder_role"]) == tuple(
                born[pk][name] for name in ("stage", "holder", "holder_role")
            )
    assert whole(district) == []


def test_a_rate_counts_once_and_says_how_many_it_left_out(district: Any) -> None:
    """Two callers about one thing: two were taken in, one stands open, and one counts in the rate (R1.13)."""
    first, second = call(district, "2027-06-07T08:00"), call(district, "2027-06-07T08:20")

    def of(code: str, when: str, **more: Any) -> Any:
        return measures.measure(district.system, code, now=at(when), **more)

    june = {"period": "2027-06"}
    do(district, "dispatcher-1", second, "assign", {"unit": "water"}, "2027-06-07T08:30")
    opened = of("hotline_open", "2027-06-07T09:00").numerator
    merge(district, second, first, "2027-06-07T09:10")
    assert of("hotline_created", "2027-06-07T09:20", **june).numerator == 2
    now = of("hotline_open", "2027-06-07T09:20")
    assert (now.numerator, now.merged) == (opened - 1, now.cases("merged").total)
    assert any(part.value == now.merged and "merged" in str(part.claim.speak("en")) for part in now.receipt.because)
    settle(district, first, "2027-06-07")
    together.end_merged(district.system, now=at("2027-06-07T15:01"))
    rate = of("hotline_on_time", "2027-06-25T16:00", **june)
    assert (rate.denominator, rate.merged) == (1, 1)
    assert second.id not in rate.cases("denominator").ids


def test_everybody_who_verifies_finds_it_whole(district: Any) -> None:
    with acting_as(district.as_("dispatcher-1")) as asker:
        assert auditing.verify(asker).broken == []
