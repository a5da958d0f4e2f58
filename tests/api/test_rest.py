"""The machine door says what the pages say, to whom they say it, and refuses in sentences."""

from __future__ import annotations

import json

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import do, ticket


@pytest.fixture(scope="module")
def district(database):
    from tests.support.district import make_district

    district = make_district()
    for n in range(6):
        one = ticket(district, place=(121.91, 31.005 + 0.006 * n))
        if n % 2:
            do(district, "dispatcher-1", one, "assign", {"unit": ("water", "nan")[n % 4 == 1]}, "2026-10-12T10:20")
    return district


@pytest.mark.parametrize("post", ["head", "water-1", "bei-1", "nan-1", "green-1", "nb-bei-1-1"])
def test_list_get_and_count_agree_for_everybody(district, post):
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    with acting_as(district.system):
        numbers = list(Matter.objects.filter(district=district.id).values_list("number", flat=True))
    asking = client(district, post)
    listed = asking.get("/api/v1/matters").json()
    got = {number for number in numbers if asking.get(f"/api/v1/matters/{number}").status_code == 200}
    assert {one["number"] for one in listed["results"]} == got
    assert listed["count"] == len(got)


def test_nobody_without_a_post_comes_in(district, monkeypatch):
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    assert Client(SERVER_NAME="127.0.0.1").get("/api/v1/matters").status_code == 401


def test_without_a_district_the_door_says_what_is_missing(district, monkeypatch):
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", "000000")
    answer = Client(SERVER_NAME="127.0.0.1").get("/api/v1/matters")
    assert (answer.status_code, "yiwang pack load" in answer.content.decode()) == (503, True)


def test_an_action_is_done_once_and_needs_the_token(district):
    one = ticket(district)
    body = json.dumps({"action": "assign", "data": {"unit": "water"}, "key": "a1", "version": 1})
    address = f"/api/v1/matters/{one.number}/actions"
    strict = client(district, "dispatcher-1", enforce_csrf_checks=True)
    assert strict.post(address, body, content_type="application/json").status_code == 403
    asking = client(district, "dispatcher-1")
    first = asking.post(address, body, content_type="application/json")
    again = asking.post(address, body, content_type="application/json")
    assert (first.status_code, again.status_code) == (200, 200)
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("{", 400, "读不懂"),
        ("[]", 422, ""),
        ('{"action": "assign"}', 422, "缺少"),
        ('{"action": "verify", "data": {"reached": true}}', 409, "待核查"),
        ('{"action": "fly"}', 409, "没有"),
        ('{"action": "assign", "data": {"unit": "moon"}}', 422, "缺少"),
        ('{"action": "assign", "data": {"unit": "water"}, "version": 9}', 409, "新进展"),
        ('{"action": "assign", "data": {"unit": "water"}, "version": true}', 422, "version"),
        ('{"action": "assign", "data": {"unit": "water"}, "version": "1"}', 422, "version"),
        ('{"action": "assign", "data": {"unit": "\\u0000"}}', 422, "缺少"),
        ('{"action": "assign", "data": {"unit": "qu"}}', 422, "不是"),
        ('{"action": "assign", "data": {"unit": "water"}, "stage": "closed"}', 422, "stage"),
    ],
)
def test_bad_input_gets_a_sentence(district, body, status, says):
    one = ticket(district)
    answer = client(district, "dispatcher-1").post(
        f"/api/v1/matters/{one.number}/actions", body, content_type="application/json"
    )
    assert (answer.status_code, says in answer.content.decode()) == (status, True)


@pytest.mark.parametrize(
    "more",
    [{"unit": "water"}, {"place": {"lon": 121.91, "lat": 31.03, "crs": "GCJ02"}}, {"reporter": ["王芳"]},
     {"place": {"lon": True, "lat": False}}, {"place": {"lon": "121.91", "lat": 31.03}},
     {"reporter": {"name": "王芳", "identity": "310"}}],
)  # fmt: skip
def test_what_a_body_may_not_say_is_refused_and_not_lost(district, more):
    said = {"kind": "hotline", "data": {"title": "路灯不亮", "text": "霜桥路路灯不亮"}, **more}
    answer = client(district, "dispatcher-1").post("/api/v1/matters", said, content_type="application/json")
    assert answer.status_code == 422
    assert any(next(iter(more)) in name for name in answer.json()["fields"]), answer.content


def test_an_indicator_with_its_reason(database):
    district = make_district()  # where nobody has merged two: the list shows both, the figure counts one
    ticket(district)
    asking = client(district, "head")
    found = asking.get("/api/v1/indicators/matters_open").json()
    assert found["value"] == asking.get("/api/v1/matters?state=open").json()["count"] == 1
    assert found["why"]["zh"]
    assert asking.get("/api/v1/indicators/nothing").status_code == 404
    assert asking.get("/api/v1/indicators/matters_open?period=someday").status_code == 422


@pytest.mark.parametrize(
    "query",
    ["until=2026-02-31", "since=0001-01-01", "since=2026/11/01", "state=opne", "scope=all", "stat=open",
     "q=" + "+".join(f"w{n}" for n in range(40)), "street=" + "x" * 200],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_lists_nothing_instead_of_everything(district, query):
    answer = client(district, "dispatcher-1").get(f"/api/v1/matters?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [query.partition("=")[0]])


def test_what_an_action_does_not_ask_for_is_refused_and_not_lost(district):
    one, asking = ticket(district), client(district, "dispatcher-1")
    sent = {"action": "assign", "data": {"unit": "water", "Note": "先电话联系", "files": [1]}}
    answer = asking.post(f"/api/v1/matters/{one.number}/actions", sent, content_type="application/json")
    assert (answer.status_code, sorted(answer.json()["fields"])) == (422, ["Note", "files"])
    assert asking.get(f"/api/v1/matters/{one.number}").json()["stage"] == "received"


def test_a_client_sees_the_links_that_it_may_see_and_merges_nothing(district):
    """Whoever sees one side alone reads of no other, and what waits takes no action here either (R1.13)."""
    from yiwang.matters import together
    from yiwang.org.session import acting_as

    here = {"place": (121.935, 31.035), "category": "drain.cover"}
    other, waits = ticket(district, **here), ticket(district, **here)
    do(district, "dispatcher-1", waits, "assign", {"unit": "water"}, "2026-10-12T10:20")
    with acting_as(district.as_("dispatcher-1")) as asker:
        together.merge(asker, waits.id, other.id, "同一处井盖")

    def links(post, number):
        return client(district, post).get(f"/api/v1/matters/{number}").json()["links"]

    nothing = {"merged_into": None, "merged_here": [], "repeats": [], "led_to": [], "came_from": []}
    assert links("dispatcher-1", waits.number)["merged_into"] == other.number
    assert links("dispatcher-1", other.number)["merged_here"] == [waits.number]
    assert links("water-1", waits.number) == nothing
    address = f"/api/v1/matters/{waits.number}/actions"
    for act in ("accept", "link.merge", "link.part", "link.end"):
        said = client(district, "water-1").post(address, json.dumps({"action": act}), content_type="application/json")
        assert said.status_code in (409, 422), act
    for door in ("merge", "part", "uncause"):
        assert client(district, "dispatcher-1").post(f"/api/v1/matters/{waits.number}/{door}").status_code == 404
