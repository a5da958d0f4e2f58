"""On the desk: one matter made of two, two of one again, and a caller joined while the call is taken down (R1.13)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.matters import queries, store
from yiwang.matters.models import Entry
from yiwang.org.session import acting_as

HERE = (121.931, 31.031)


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district()


def call(district: Any, title: str, place: Any = HERE, kind: str = "hotline") -> Any:
    with acting_as(district.system) as asker:
        data = {"title": title, "text": "水漫到马路上了", "category": "drain.cover"}
        return store.open_matter(asker, kind, data, place=place)


def state(district: Any, number: str) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, number=number).state  # type: ignore[union-attr]


def sent(district: Any, one: str, act: str, post: str = "dispatcher-1", **said: str) -> Any:
    return client(district, post).post(f"/desk/matters/{one}/{act}/", said, follow=True)


def test_what_was_chosen_is_merged_once_and_taken_apart_once(database: str) -> None:
    district = make_district()  # no other call lies as near
    one, other = call(district, "爆管"), call(district, "路口冒水")
    page = client(district, "dispatcher-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert f'name="into" value="{other.number}"' in page
    for _ in range(2):
        answer = sent(district, one.number, "merge", into=other.number, reason="同一处爆管", key="k1")
        assert answer.status_code == 200
        assert other.number in answer.content.decode()
    assert state(district, one.number)["merged.into"] == other.number
    said = client(district, "dispatcher-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert "挂起 已并入另一件" in said
    assert "完成" not in said.partition('class="clock-line')[2].partition("</section>")[0], "nobody has done it"
    for _ in range(2):
        assert sent(district, one.number, "part", reason="另有一处漏水", key="k2").status_code == 200
    assert not state(district, one.number)["merged"]
    with acting_as(district.system):
        assert Entry.objects.filter(matter=one.id, action__startswith="link.").count() == 2


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ({"reason": "同一处爆管"}, 422, "请选一件"),
        ({"reason": "同一处爆管", "number": "RX-20200101-0001"}, 422, "没有 RX-20200101-0001"),
        ({"reason": "同一处爆管", "number": "<script>"}, 422, "没有 &lt;SCRIPT&gt;"),
        ({"reason": "同", "number": "OTHER"}, 422, "至少"),
        ({"reason": "同一处" * 200, "number": "OTHER"}, 422, "400"),
        ({"reason": "同一处爆管", "number": "FAR"}, 409, "相距"),
        ({"reason": "同一处爆管", "number": "EVENT"}, 409, "同一种事项"),
        ({"reason": "同一处爆管", "number": "SELF"}, 409, "自己"),
    ],
)
def test_the_page_says_why_not_and_keeps_what_was_written(
    district: Any, said: dict[str, str], status: int, told: str
) -> None:
    one = call(district, "爆管")
    named = {
        "OTHER": lambda: call(district, "冒水").number,
        "FAR": lambda: call(district, "远", (121.901, 31.001)).number,
        "EVENT": lambda: call(district, "巡查发现", kind="grid_event").number,
        "SELF": lambda: one.number,
    }
    number = said.get("number", "")
    answer = sent(district, one.number, "merge", **{**said, "number": named[number]() if number in named else number})
    page = answer.content.decode()
    assert answer.status_code == status
    assert told in page
    assert said["reason"][:400] in page
    assert not state(district, one.number).get("merged")


def test_a_clerk_of_a_bureau_is_offered_nothing_and_refused(district: Any) -> None:
    one, other = call(district, "爆管"), call(district, "冒水")
    for each in (one, other):
        with acting_as(district.as_("dispatcher-1")) as asker:
            store.act(asker, each.id, "assign", {"unit": "water"})
    page = client(district, "water-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert "data-merge" not in page
    assert sent(district, one.number, "merge", "water-1", into=other.number, reason="同一处爆管").status_code >= 400
    assert sent(district, one.number, "merge", "nan-1", into=other.number, reason="同一处爆管").status_code == 404
    assert client(district, "dispatcher-1").get(f"/desk/matters/{one.number}/merge/").status_code == 405


def test_while_a_call_is_taken_down_what_is_open_near_by_is_offered(district: Any) -> None:
    first = call(district, "水管爆了", (121.905, 31.035))
    asks = client(district, "dispatcher-1")

    def offered(**said: str) -> str:
        asked = {"kind": "hotline", "category": "drain.cover", "lon": "121.9051", "lat": "31.0351", **said}
        answer = asks.get("/desk/new/like/", asked)
        assert answer.status_code == 200, said
        return answer.content.decode()

    assert re.search(r"相距 \d+ 米", offered())
    assert f'value="{first.number}"' in offered()
    assert "checked" in offered(join=first.number).partition(f'value="{first.number}"')[2][:40]
    assert first.number not in offered(category="litter.pile")
    assert first.number not in offered(lon="121.931", lat="31.001")
    for place in ({"lon": "", "lat": ""}, {"lon": "nan", "lat": "inf"}, {"lon": "x"}, {"lon": "1e400"}):
        assert first.number not in offered(**place)
    assert asks.get("/desk/new/like/", {"kind": "nothing"}).status_code == 404
    assert client(district, "water-1").get("/desk/new/like/", {"kind": "hotline"}).status_code == 404


def test_a_caller_joins_by_the_form_and_a_wrong_choice_opens_nothing(district: Any) -> None:
    first = call(district, "水管爆了")
    form = {"kind": "hotline", "title": "小区门口漏水", "text": "走不了路，请来看看", "category": "drain.cover",
            "channel": "phone", "lon": "121.9311", "lat": "31.0311", "reporter_phone": "13800138013"}  # fmt: skip
    for wrong in ("RX-20200101-0001", "'; --"):
        answer = client(district, "dispatcher-1").post("/desk/new/", {**form, "join": wrong, "key": f"w{wrong}"})
        assert answer.status_code == 422
        assert "小区门口漏水" in answer.content.decode()
    for _ in range(2):  # sent twice by an impatient hand
        answer = client(district, "dispatcher-1").post(
            "/desk/new/", {**form, "join": first.number, "key": "j1"}, follow=True
        )
        assert answer.status_code in (200, 409)
    assert state(district, first.number)["callers"] == 2
