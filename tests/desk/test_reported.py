"""A page speaks of who reported a matter only where its kind can have been reported by somebody."""

from __future__ import annotations

import pytest

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.tickets import at, ticket
from yiwang.matters import store
from yiwang.org.session import acting_as

OF_A_REPORTER = ("What is asked", "Open the reporter and the full text", "Who opened the reporter&#x27;s data: 0")
OF_NOBODY = ("What it is about", "Who opened the full text: 0")


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    return make_district()


def page(town: TestDistrict, number: str) -> str:
    somebody = client(town, "dispatcher-1", headers={"Accept-Language": "en"})
    return str(somebody.get(f"/desk/matters/{number}/").content.decode())


def test_who_rang_is_the_reporter(town: TestDistrict) -> None:
    said = page(town, ticket(town).number)
    assert [one for one in OF_A_REPORTER if one not in said] == []
    assert [one for one in OF_NOBODY if one in said] == []


def test_an_order_was_reported_by_nobody(town: TestDistrict) -> None:
    with acting_as(town.system) as asker:
        form = {"title": "督办", "text": "请督办", "unit": "csc"}
        number = store.open_matter(asker, "supervision", form, at=at("2026-10-12T10:00")).number
    said = page(town, number)
    assert [one for one in OF_NOBODY if one not in said] == []
    assert [one for one in OF_A_REPORTER if one in said] == []
