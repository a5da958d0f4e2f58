"""Who sees one side of a link and not the other learns no number, no title and no count of it (R1.13, R2.12; §10.4).

The water bureau has one of two calls; the other lies with the centre, out of its sight. Two in one street, which sees
both, count as one there.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import at, do
from yiwang.indicators import queries as measures
from yiwang.matters import link_marks, link_queries, overview, queries, store, together
from yiwang.matters.models import Matter
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as
from yiwang.wall.receipts import receipt_of_count
from yiwang.why import Incomplete

TITLE, WHEN = "凌波路口的井盖被压碎了一半", "2026-10-12T09:00"
HERE = (121.931, 31.031)


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district()


def ticket(district: Any, title: str, when: str, category: str = "drain.cover", **more: Any) -> Any:
    with acting_as(district.system) as asker:
        data = {"title": title, "text": "请尽快来看看", "category": category}
        return store.open_matter(asker, "hotline", data, at=at(when), place=HERE, **more)


def two(district: Any, day: str, *, held: str) -> tuple[Any, Any]:
    """(the one that waits, the other), of which the water bureau has one: "waits" or "other"."""
    other = ticket(district, f"{TITLE}（{day}）", f"{day}T08:00")
    waits = ticket(district, f"又一个人来说这里的井盖（{day}）", f"{day}T08:10")
    do(district, "dispatcher-1", waits if held == "waits" else other, "assign", {"unit": "water"}, f"{day}T08:30")
    with acting_as(district.as_("dispatcher-1")) as asker:
        together.merge(asker, waits.id, other.id, "同一处井盖", at=at(f"{day}T09:00"))
    return waits, other


def page(district: Any, post: str, number: str, path: str = "") -> str:
    beside = {"headers": {"HX-Request": "true"}} if path else {}
    return client(district, post).get(f"/desk/matters/{number}/{path}", **beside).content.decode()


@pytest.mark.parametrize(("held", "day"), [("waits", "2026-10-12"), ("other", "2026-10-13")])
def test_a_page_tells_nothing_of_the_side_that_is_out_of_sight(district: Any, held: str, day: str) -> None:
    waits, other = two(district, day, held=held)
    mine, hidden = (waits, other) if held == "waits" else (other, waits)
    with acting_as(district.as_("water-1")) as asker:
        found = queries.one(asker, number=mine.number)
        assert found is not None
        assert link_queries.waits_for(asker, found) == link_queries.waiting_for(asker, found) == []
        assert link_marks.marks_of(asker, [found.row]).get(mine.id, link_marks.Marks()).callers == 1
    for path in ("", "preview/"):
        shown = page(district, "water-1", mine.number, path)
        assert mine.number in shown
        assert hidden.number not in shown
        assert hidden.state["title"] not in shown
        assert not re.search(r"[2１２] ?(人反映|位|callers)", shown)
    assert client(district, "water-1").get(f"/desk/matters/{hidden.number}/").status_code == 404
    with acting_as(district.as_("dispatcher-1")) as asker:
        found = queries.one(asker, number=other.number)
        assert found is not None
        assert link_marks.marks_of(asker, [found.row])[other.id].callers == 2


def test_a_reason_that_names_the_other_is_not_taken(district: Any) -> None:
    one, again = ticket(district, TITLE, "2026-10-15T08:00"), ticket(district, "井盖坏了", "2026-10-15T08:10")
    for why in (f"与 {one.number.lower()} 是同一处", f"就是“{TITLE}”那一件", f"{again.number} 同一处", "  同  "):
        with pytest.raises(Incomplete), acting_as(district.as_("dispatcher-1")) as asker:
            together.merge(asker, again.id, one.id, why, at=at("2026-10-15T09:00"))


def test_what_stands_open_is_counted_once_by_who_sees_both_and_by_who_sees_one(district: Any) -> None:
    """Counts and lists agree, whoever looks; nobody's wall loses the thing itself."""
    now = at("2026-11-02T10:00")

    def seen(post: str) -> tuple[set[str], int]:
        with acting_as(district.as_(post)) as asker:
            listed = {one.number for one in overview.cases(asker, now, "open", size=500)}
            assert overview.counts(asker, now)["open"] == len(listed)
            assert sum(overview.counts_by_stage(asker, now, "open").values()) == len(listed)
            pins = {one.number for one in overview.pressing(asker, at("2026-12-30T10:00"), most=500)}
            there = {*Matter.objects.filter(created_at__lte=now).values_list("number", flat=True)}
            assert pins & there <= listed
            receipt = receipt_of_count(asker, now, "open", overview.EVERYWHERE)
            assert receipt.value == len(listed)
            told = [part for part in receipt.because if "merged" in part.claim.speak("en")]
            assert bool(told) == (len(listed) < Matter.objects.filter(closed_at=None, created_at__lte=now).count())
            return listed, measures.measure(asker, "hotline_open", now=now).numerator

    before = {post: seen(post)[1] for post in ("dispatcher-1", "bei-1", "water-1")}
    waits, other = two(district, "2026-11-02", held="waits")
    for post, told in (("dispatcher-1", {other.number}), ("bei-1", {other.number}), ("water-1", {waits.number})):
        listed, counted = seen(post)
        assert {waits.number, other.number} & listed == told, post
        assert counted - before[post] == 1, post


def test_earlier_calls_out_of_sight_are_neither_named_nor_counted(district: Any) -> None:
    who = {"category": "drain.blocked", "reporter": Reported("王女士", "13800138001")}
    first = ticket(district, "自家门口返水的第一次来电", "2026-12-01T08:00", **who)
    again = ticket(district, "第二次来电", "2026-12-02T08:00", **who)
    do(district, "dispatcher-1", again, "assign", {"unit": "water"}, "2026-12-02T09:00")
    shown = page(district, "water-1", again.number)
    assert again.number in shown
    assert first.number not in shown
    assert 'data-tied="repeats"' not in shown
    assert client(district, "water-1").get(f"/desk/matters/{again.number}/repeats/").status_code == 404
    assert first.number in page(district, "dispatcher-1", again.number, "repeats/")
