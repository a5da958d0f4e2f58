"""What cannot be searched for lists nothing and says why: on the pages, in the files and at the machine door."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.clients import client
from tests.support.tickets import ticket
from yiwang.ledger.models import Entry
from yiwang.org.session import acting_as

UNSEEN = "%E2%80%8B%E2%80%8D"  # a zero-width space and a joiner
SAID = {
    f"q={UNSEEN}": "看得见的字",
    "kind=spell": "没有“spell”这一项",
    "stage=hotline/moon": "没有“hotline/moon”这一项",
    "stage=moon": "没有“moon”这一项",
    "street=moon": "没有“moon”这一项",
    "lead=moon": "没有“moon”这一项",
    "category=moon": "没有“moon”这一项",
    "channel=moon": "没有“moon”这一项",
    "ended=moon": "没有“moon”这一项",
    "object=trees/7": "没有“trees/7”这一项",
    "queue=hotline/moon": "没有“hotline/moon”这一项",
    "group=moon": "没有“moon”这一项",
    "state=opne": "没有“opne”这一项",
    "since=2026-02-31": "不是一个日期",
    "until=someday": "不是一个日期",
}


@pytest.fixture(scope="module")
def asking(district: Any) -> Any:
    ticket(district)
    return client(district, "dispatcher-1")


@pytest.mark.parametrize(("query", "says"), SAID.items())
def test_what_cannot_be_searched_for_lists_nothing_and_says_why(district, asking, query, says):
    page = asking.get(f"/desk/matters/?{query}").content.decode()
    assert (says in page, "data-row=" in page) == (True, False)
    inbox = asking.get(f"/desk/?{query}").content.decode()
    assert (says in inbox, "data-row=" in inbox) == (True, False)
    with acting_as(district.system):
        before = Entry.objects.filter(action="export").count()
    for ending in ("csv", "xlsx"):
        file = asking.get(f"/desk/matters/export.{ending}?{query}")
        assert (file.status_code, says in file.content.decode()) == (422, True)
    with acting_as(district.system):
        assert Entry.objects.filter(action="export").count() == before
    answer = asking.get(f"/api/v1/matters?{query}")
    assert (answer.status_code, says in answer.json()["fields"][query.partition("=")[0]]["zh"]) == (422, True)


@pytest.mark.parametrize("query", ["q=%00", "channel=%00", "kind=%07", "q=a&since=%00"])
@pytest.mark.parametrize("page", ["/desk/matters/", "/desk/matters/export.csv", "/desk/", "/api/v1/matters"])
def test_a_value_of_signs_that_are_taken_out_is_no_empty_one(asking, page, query):
    assert asking.get(f"{page}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["", "q=", "q=%20", "kind=hotline", "kind=&street=", "street=-", "page=2", "utm=x"])
def test_what_limits_nothing_or_is_known_is_listed_as_ever(asking, query):
    page = asking.get(f"/desk/matters/?{query}").content.decode()
    assert "没有列出" not in page
    assert ("data-row=" in page) == (query != "street=-")


def test_a_known_filter_that_fits_nothing_says_no_more_than_that(asking):
    page = asking.get("/desk/matters/?kind=grid_event").content.decode()
    assert ("没有列出" in page, "data-row=" in page) == (False, False)


def test_readings_and_systems_are_not_widened_either(district):
    auditing = client(district, "auditor")
    assert auditing.get("/desk/readings/?since=2026-02-31").status_code == 422
    assert auditing.get("/desk/readings/?since=2026-02-28").status_code == 200
