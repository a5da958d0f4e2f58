"""Lists by how matters ended: list, count, column, file and REST mean the same, and each end leads to its reasons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.tickets import do, ticket

SOLVED, EXPLAINED, OPEN = 3, 2, 1


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    """A district in which three matters were solved, two explained and one is under way."""
    made = make_district()
    for n in range(SOLVED + EXPLAINED + OPEN):
        opened = ticket(made)
        do(made, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20")
        do(made, "water-1", opened, "accept", when="2026-10-12T11:00")
        if n >= SOLVED + EXPLAINED:
            continue
        do(made, "water-1", opened, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
        said = {"reached": True, "solved": n < SOLVED}
        do(made, "dispatcher-2", opened, "verify", said, "2026-10-14T09:00")
        if n >= SOLVED:
            do(made, "dispatcher-1", opened, "explain", {"reason": "条件所限"}, "2026-10-15T09:00")
    return made


@pytest.fixture
def somebody(town: TestDistrict) -> Any:
    return client(town, "dispatcher-1", headers={"Accept-Language": "en"})


@pytest.mark.parametrize(
    ("wanted", "n"),
    [
        ("ended=solved", SOLVED),
        ("ended=hotline/solved", SOLVED),
        ("ended=hotline/explained", EXPLAINED),
        ("ended=hotline/solved&state=open", 0),
        ("", SOLVED + EXPLAINED + OPEN),
    ],
)
def test_list_count_file_and_rest_mean_the_same(somebody: Any, wanted: str, n: int) -> None:
    page = somebody.get(f"/desk/matters/?{wanted}").content.decode()
    assert page.count("<tr data-row") == n
    answer = somebody.get(f"/api/v1/matters?{wanted}").json()
    assert (answer["count"], len(answer["results"])) == (n, n)
    lines = b"".join(somebody.get(f"/desk/matters/export.csv?{wanted}").streaming_content).decode().splitlines()
    assert len(lines) == n + 1


@pytest.mark.parametrize("wanted", ["ended=grid_event/solved", "ended=hotline/no_such"])
def test_an_end_that_no_kind_has_lists_nothing_and_is_told(somebody: Any, wanted: str) -> None:
    assert "<tr data-row" not in somebody.get(f"/desk/matters/?{wanted}").content.decode()
    answer = somebody.get(f"/api/v1/matters?{wanted}")
    assert (answer.status_code, [*answer.json()["fields"]]) == (422, ["ended"])


def test_the_choices_are_the_ends_of_the_kinds_and_the_chosen_one_stays(somebody: Any) -> None:
    page = somebody.get("/desk/matters/?ended=hotline/solved").content.decode()
    assert '<option value="hotline/solved" selected>' in page
    assert '<option value="hotline/explained">' in page


def test_each_end_says_its_reasons(somebody: Any) -> None:
    """In one answer of REST as on the page of reasons; what is under way has none."""
    (one, *_) = somebody.get("/api/v1/matters?ended=hotline/explained").json()["results"]
    assert one["ended"] == "explained"
    end = somebody.get(f"/api/v1/matters/{one['number']}").json()["end"]
    assert (end["good"], end["result"], end["national"]) == (False, "when_possible", "c")
    assert end["title"]["en"] in end["why"]["en"]
    assert end["title"]["zh"] in end["why"]["zh"]
    assert somebody.get(f"/desk/matters/{one['number']}/why/").status_code == 200
    (under_way,) = somebody.get("/api/v1/matters?state=open").json()["results"]
    assert under_way["ended"] is None
    assert somebody.get(f"/api/v1/matters/{under_way['number']}").json()["end"] is None
