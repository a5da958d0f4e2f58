"""Who reported what was made one with another follows it under their own number and is answered once (R1.13)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.support.district import make_district
from tests.support.said import said
from tests.support.tickets import SHANGHAI, at, do
from yiwang.matters import queries, store, together
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as

HERE, ANSWER = (121.931, 31.031), "已关阀换管，恢复通行"


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district()


@pytest.fixture
def follow(district: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`follow(call)`: what its reporter reads, as (the client, the page)."""
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)

    def page(call: Any) -> tuple[Client, str]:
        from yiwang.org.models import Try

        Try.objects.all().delete()
        reads = Client(SERVER_NAME="127.0.0.1")
        answer = reads.post("/portal/track/", {"number": call.number, "code": call.code}, follow=True)
        assert answer.status_code == 200
        return reads, answer.content.decode()

    return page


def call(district: Any, when: str, title: str, who: Reported, category: str = "drain.cover") -> Any:
    with acting_as(district.system) as asker:
        data = {"title": title, "text": "水漫到马路上了", "category": category}
        return store.open_matter(asker, "hotline", data, at=at(when), place=HERE, reporter=who)


def merged(district: Any, day: str) -> tuple[Any, Any]:
    """(the one that waits, the other), of two who rang up."""
    other = call(district, f"{day}T08:00", "王女士家门口爆管", Reported("王女士", "13800138001"))
    waits = call(district, f"{day}T08:10", "路口冒水", Reported("李先生", "13800138002"))
    with acting_as(district.as_("dispatcher-1")) as asker:
        together.merge(asker, waits.id, other.id, "同一处爆管", at=at(f"{day}T09:00"))
    return waits, other


def settle(district: Any, one: Any, day: str) -> None:
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, f"{day}T11:00")
    do(district, "water-1", one, "accept", {}, f"{day}T12:00")
    do(district, "water-1", one, "answer", {"result": ANSWER}, f"{day}T14:00")
    do(district, "dispatcher-2", one, "verify", {"reached": True, "solved": True}, f"{day}T15:00")


def test_each_reads_how_it_goes_and_nothing_of_the_other_who_rang_up(district: Any, follow: Any) -> None:
    day = "2026-10-12"
    waits, other = merged(district, day)
    assert "data-with-others" in follow(waits)[1]
    assert "data-with-others" not in follow(other)[1]
    settle(district, other, day)
    for reader in (waits, other):
        page = follow(reader)[1]
        assert ANSWER in page
        hidden = other if reader is waits else waits
        for word in (hidden.number, hidden.state["title"], "13800138001", "王女士" if reader is waits else "李先生"):
            assert word not in page, word


def test_each_has_a_word_of_their_own_once_and_a_new_way_of_the_one_is_not_told_to_the_other(
    district: Any, follow: Any
) -> None:
    day = f"{datetime.now(SHANGHAI) - timedelta(days=2):%Y-%m-%d}"  # who was served says so within days
    waits, other = merged(district, day)
    reads, page = follow(waits)
    assert 'name="solved"' not in page  # there is nothing to say yet
    assert reads.post(
        f"/portal/track/{waits.number}/rate/", {"solved": "true", "satisfaction": "satisfied"}
    ).status_code in (302, 409)
    settle(district, other, day)
    assert together.end_merged(district.system, now=at(f"{day}T15:01")) >= 1
    with acting_as(district.system) as asker:
        unhappy = {"solved": False, "satisfaction": "dissatisfied"}
        store.act(asker, other.id, "rate", unhappy, role="reporter", at=at(f"{day}T16:00"))
    reads, page = follow(waits)
    assert 'name="solved"' in page
    assert page.count("评价") == follow(waits)[1].count("评价")
    for _ in range(2):
        reads.post(f"/portal/track/{waits.number}/rate/", {"solved": "true", "satisfaction": "satisfied"})
    with acting_as(district.system) as asker:
        state = queries.one(asker, pk=waits.id).state  # type: ignore[union-attr]
    assert (state["count.rate"], state["stage"]) == (1, "closed")


def test_who_is_not_content_keeps_what_was_told_until_then(district: Any, follow: Any) -> None:
    day = f"{datetime.now(SHANGHAI) - timedelta(days=2):%Y-%m-%d}"
    waits, other = merged(district, day)
    settle(district, other, day)
    assert together.end_merged(district.system, now=at(f"{day}T15:01")) >= 1
    reads, before = follow(waits)
    unhappy = {"solved": "false", "satisfaction": "dissatisfied", "rating_reason": "路口还在冒水"}
    after = reads.post(f"/portal/track/{waits.number}/rate/", unhappy, follow=True).content.decode()
    assert "待二次办理" in after
    for told in (ANSWER, "合并办理", "答复并送核查"):
        assert (told in before, told in after) == (True, True), told
    assert said(before).count("派单") <= said(after).count("派单")
    with acting_as(district.system) as asker:
        store.act(asker, other.id, "rate", {"solved": False, "satisfaction": "dissatisfied"}, role="reporter")
    do(district, "dispatcher-2", other, "rework", {"reason": "再看一次"})
    do(district, "water-1", other, "answer", {"result": "另一处又换了一段管"})
    page = follow(waits)[1]
    assert "另一处又换了一段管" not in page
    assert page.count("答复并送核查") == after.count("答复并送核查")


def test_of_one_that_fewer_may_see_no_more_is_told_than_that_it_is_handled_together(district: Any, follow: Any) -> None:
    day = "2026-10-14"
    waits, other = merged(district, day)
    with acting_as(district.as_("dispatcher-1")) as asker:
        store.act(asker, other.id, "assign", {"unit": "water", "category": "litter.pile"}, at=at(f"{day}T11:00"))
    do(district, "water-1", other, "accept", {}, f"{day}T12:00")
    do(district, "water-1", other, "answer", {"result": ANSWER}, f"{day}T14:00")
    page = follow(waits)[1]
    assert "data-with-others" in page
    assert ANSWER not in page
