"""Opening is an action like every other: each door takes whom and what its kind says (R9.1), and each attempt once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.foreign import with_leaks
from tests.support.tickets import at
from yiwang.matters import queries, store
from yiwang.matters.identity import MOST_KEY, whole
from yiwang.matters.models import Entry, Matter
from yiwang.org.models import Try
from yiwang.org.session import acting_as
from yiwang.why import Refusal

HERE = {"lon": "121.91", "lat": "31.03"}
SAID = {"kind": "hotline", "title": "路灯不亮", "text": "三弄的路灯"}


@pytest.fixture(scope="module")
def district(database):
    return make_district(with_leaks)


def newest(district: Any) -> Any:
    with acting_as(district.system):
        return Matter.objects.filter(district=district.id).select_related("lead", "street").order_by("-pk").first()


WHO = [
    # post,        kind,          may open it on the desk
    ("dispatcher-1", "hotline", True),
    ("dispatcher-1", "grid_event", True),
    ("bei-grid", "grid_event", True),
    ("bei-grid", "hotline", False),
    ("auditor", "hotline", False),
    ("auditor", "grid_event", False),
    ("supervisor", "hotline", False),
    ("supervisor", "supervision", False),  # an order is made from a goal
    ("water-1", "grid_event", False),
    ("head", "hotline", False),
    ("water-1", "leak", True),
    ("dispatcher-1", "leak", False),
]


@pytest.mark.parametrize(("post", "kind", "may"), WHO)
def test_who_opens_what_is_said_by_the_kind(district, post, kind, may):
    asking = client(district, post)
    before = newest(district)
    form = asking.get(f"/desk/new/?kind={kind}")
    sent = asking.post("/desk/new/", {**SAID, "kind": kind, "size": "drip", "key": f"{post}{kind}"})
    assert (form.status_code, sent.status_code) == ((200, 302) if may else (form.status_code, sent.status_code))
    if may:
        assert (newest(district).kind, newest(district).last_action) == (kind, "create")
    else:
        assert form.status_code in (403, 404)
        assert sent.status_code in (403, 404)
        assert newest(district) == before


@pytest.mark.parametrize(("post", "kind"), [("water-1", "leak"), ("bei-grid", "grid_event")])
def test_who_opened_one_goes_on_seeing_it_wherever_it_lies(district, post, kind):
    """Without a place it belongs to no street, and it waits at a desk that is not theirs."""
    who = district.as_(post)
    with acting_as(who) as asker:
        said = {"title": "漏水", "text": "不知道在哪里"}
        one = store.open_matter(asker, kind, said, at=at("2026-10-12T10:00"))
        assert queries.one(asker, pk=one.id) is not None
    with acting_as(district.as_("nan-1")) as asker:
        assert queries.one(asker, pk=one.id) is None


def test_the_store_itself_asks_who_opens(district):
    for post in ("auditor", "supervisor", "water-1", "head"):
        with acting_as(district.as_(post)) as asker, pytest.raises(Refusal, match="不能在这里登记"):
            store.open_matter(asker, "hotline", {"title": "x", "text": "x"}, at=at("2026-10-12T10:00"))


FORGED = [
    # field,    value,               why
    ("unit", "water", "不能填"),
    ("channel", "12345热线", "不在可选项中"),
    ("urgency", "超级紧急", "不在可选项中"),
    ("street", "water", "不是"),
    ("street", "dcs", "不是"),
    ("street", "qu", "不是"),
    ("street", "nb-bei-1", "不是"),
    ("device", "x1", "不能填"),
    ("lon", "116.4", "不在"),
    ("lon", "181", "不是地图"),
    ("lon", "-180", "不是地图"),
    ("lon", "nan", "不是地图"),
    ("lon", "somewhere", "不是地图"),
    ("lon", "", "不是地图"),
    ("lon", "inf", "不是地图"),
    ("lat", "90", "不是地图"),
    ("lat", "0", "不在"),
    ("title", "\u200b\u200b", "标题"),
    ("text", "\u2060\u3164\u2800", "诉求"),
    ("reporter_name", "王" * 81, "最多"),
    ("reporter_phone", "1" * 41, "最多"),
    ("reporter_phone", "abc", "请输入电话号码"),
    ("reporter_phone", "310101199001011237", "请输入电话号码"),
]


@pytest.mark.parametrize(("field", "value", "why"), FORGED)
def test_a_door_takes_what_it_may_and_says_what_it_does_not(district, field, value, why):
    before = newest(district)
    kind = "grid_event" if field == "device" else "hotline"
    sent = client(district, "dispatcher-1").post("/desk/new/", {**SAID, **HERE, "kind": kind, field: value})
    assert (sent.status_code, why in sent.content.decode()) == (422, True), field
    assert newest(district) == before


@pytest.mark.parametrize("street", ["water", "dcs", "csc", "qu", "nb-bei-1"])
def test_a_passer_by_names_a_street_or_nothing(district, monkeypatch, street):
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    before = newest(district)
    sent = Client(SERVER_NAME="127.0.0.1").post("/portal/report/", {"text": "路灯不亮很久了", "street": street})
    assert (sent.status_code, "不是街镇" in sent.content.decode()) == (422, True)
    assert newest(district) == before


@pytest.mark.parametrize(
    ("lon", "lat", "why"), [("116.4", "39.9", "不在"), ("-180", "90", "不是地图"), ("0", "0", "不在")]
)
def test_a_place_outside_is_told_before_it_is_sent(district, monkeypatch, lon, lat, why):
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    said = {"text": "路灯不亮很久了", "lon": lon, "lat": lat}
    sent = Client(SERVER_NAME="127.0.0.1").post("/portal/report/", said)
    page = sent.content.decode()
    assert (sent.status_code, why in page, "路灯不亮很久了" in page) == (422, True, True)


# --- the machine door ----------------------------------------------------------------------------------------------


def post(district: Any, who: str, **body: Any) -> Any:
    made = client(district, who).post("/api/v1/matters", json.dumps(body), content_type="application/json")
    return made.status_code, made.json()


def test_the_machine_door_opens_what_it_may(district):
    data = {"title": "路灯不亮", "text": "三弄", "category": "drain.blocked", "channel": "visit"}
    place = {"lon": 121.91, "lat": 31.03}
    status, said = post(district, "dispatcher-1", kind="hotline", data=data, place=place, reporter={"name": "王小明"})
    row = newest(district)
    assert (status, said) == (201, {"number": row.number, "repeated": False})
    assert (row.channel, row.street.code, row.lead) == ("visit", "bei", None)
    refused = [
        post(district, "auditor", kind="hotline", data=data)[0],
        post(district, "dispatcher-1", kind="spell", data=data)[0],
        post(district, "dispatcher-1", kind="hotline", data=data | {"unit": "water"})[0],
        post(district, "dispatcher-1", kind="hotline", data=data, place={"lon": 200, "lat": 95})[0],
        post(district, "dispatcher-1", kind="hotline", data={"title": "x" * 201})[0],
        post(district, "dispatcher-1", kind="hotline", data=data | {"text": {"a": 1}, "urgency": ["urgent"]})[0],
    ]
    assert refused == [403, 404, 422, 422, 422, 422]


LONG = "city-hotline-gateway-2026-11-26-batch-0007-"


def test_a_key_is_known_whole_however_long(district):
    """Three calls under keys that differ at the end are three; the same key again is the same call."""
    data = {"title": "路灯不亮", "text": "三弄"}
    for prefix in (LONG, LONG * 3, "键" * 70 + "\x00\n"):
        keys = [f"{prefix}{n}" for n in (1, 2, 3)]
        first = [post(district, "dispatcher-1", kind="hotline", data=data, key=key) for key in keys]
        again = [post(district, "dispatcher-1", kind="hotline", data=data, key=key) for key in keys]
        assert [status for status, _ in first + again] == [201] * 3 + [200] * 3
        numbers = [said["number"] for _, said in first]
        assert len(set(numbers)) == 3
        assert [said["number"] for _, said in again] == numbers


def test_acts_under_long_keys_are_each_stored(district):
    status, said = post(district, "dispatcher-1", kind="hotline", data={"title": "x", "text": "x"})
    assert status == 201
    address = f"/api/v1/matters/{said['number']}/actions"

    def act(who: str, key: str, action: str, **data: Any) -> Any:
        body = json.dumps({"action": action, "data": data, "key": key})
        return client(district, who).post(address, body, content_type="application/json").json()

    act("dispatcher-1", "a", "assign", unit="water")
    said_ = {"contact_way": "phone", "contact_result": "已说明"}
    done = [act("water-1", f"{LONG * 2}{n}", "contact", **said_) for n in (1, 2, 3, 3)]
    assert [one["repeated"] for one in done] == [False, False, False, True]
    with acting_as(district.system):
        assert Entry.objects.filter(matter__number=said["number"], action="contact").count() == 3


@settings(max_examples=200)
@given(st.lists(st.text(max_size=300), max_size=6, unique=True))
def test_no_two_names_become_one(names):
    kept = [whole(name) for name in names]
    assert len(set(kept)) == len(names)
    assert all(len(one) <= MOST_KEY and one.isprintable() for one in kept)
