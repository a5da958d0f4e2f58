"""A key stands for one thing: the same again is a retry, and anything else under it is refused in words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.matters.personal import PHONE, received
from tests.support.clients import client
from tests.support.photo import photo
from tests.support.tickets import do, ticket
from yiwang.matters import erasing, together
from yiwang.matters.models import Entry, Matter, Number
from yiwang.matters.reported import Reported
from yiwang.matters.under_a_key import OpenedBefore, OpenedOther
from yiwang.org.models import Try
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Conflict

DATA = {"title": "路灯不亮", "text": "三弄弄口，三天了", "category": "drain.blocked", "channel": "visit"}
HERE = {"lon": 121.91, "lat": 31.03}
WHO = {"name": "王小明", "phone": "13800138000"}


def post(district: Any, who: str = "dispatcher-1", **body: Any) -> Any:
    body = {"kind": "hotline", "data": DATA, "place": HERE, "reporter": WHO, "key": "k"} | body
    made = client(district, who).post("/api/v1/matters", json.dumps(body), content_type="application/json")
    return made.status_code, made.json()


OTHERWISE: dict[str, dict[str, Any]] = {
    "other words": {"data": DATA | {"text": "三弄弄口，四天了"}},
    "a field more": {"data": DATA | {"urgency": "urgent"}},
    "a field less": {"data": {name: DATA[name] for name in ("title", "text", "channel")}},
    "another place": {"place": {"lon": 121.92, "lat": 31.03}},
    "no place": {"place": None},
    "another kind": {"kind": "grid_event"},
    "another name under the same mask": {"reporter": WHO | {"name": "王大力"}},
    "another telephone under the same mask": {"reporter": WHO | {"phone": "13811118000"}},
    "nobody": {"reporter": None},
    "what no field would take": {"data": DATA | {"text": {"deep": [[[[1]]]]}}},
}


@pytest.mark.parametrize("otherwise", OTHERWISE.values(), ids=OTHERWISE)
def test_other_content_under_a_key_is_refused_and_opens_nothing(district, otherwise):
    key = f"other-{json.dumps(otherwise)}"
    status, said = post(district, key=key)
    with acting_as(district.system):
        before = Matter.objects.count()
    refused, why = post(district, key=key, **otherwise)
    assert (status, refused, said["number"] in why["error"]["en"]) == (201, 409, True)
    assert "没有受理" in why["error"]["zh"]
    assert post(district, key=key) == (200, {"number": said["number"], "repeated": True})
    with acting_as(district.system):
        assert Matter.objects.count() == before


def test_what_a_reader_takes_off_makes_no_other_content(district):
    status, said = post(district, key="tidy")
    again = {
        "data": {**DATA, "title": " 路灯不亮\u200b", "urgency": "", "unit": None},
        "reporter": WHO | {"address": ""},
    }
    assert (status, post(district, key="tidy", **again)) == (201, (200, {"number": said["number"], "repeated": True}))


def test_plain_words_under_one_mask_are_told_apart_and_nothing_of_them_stays_in_the_ledger(district):
    one = received(district, f"电话{PHONE}，路灯不亮", key="words")
    for words, raised in (
        (f"电话{PHONE}，路灯不亮", OpenedBefore),
        (f"电话{PHONE[:4]}9{PHONE[5:]}，路灯不亮", OpenedOther),
    ):
        with pytest.raises(raised):
            received(district, words, key="words")
    with as_owner():
        entry = Entry.objects.get(matter_id=one.id, seq=1)
        assert PHONE not in json.dumps(entry.data) + json.dumps(entry.delta)
        assert Number.objects.filter(matter_id=one.id).exists()


def test_a_retry_after_the_words_were_erased_is_still_a_retry(district):
    one = received(district, f"电话{PHONE}，路灯不亮", key="erased", reporter=Reported("王小明", PHONE))
    erasing.erase(district.system, one.number, "本人要求删除")
    with as_owner():
        assert not Number.objects.filter(matter_id=one.id).exists()
    with pytest.raises(OpenedBefore):
        received(district, f"电话{PHONE}，路灯不亮", key="erased", reporter=Reported("王小明", PHONE))
    with pytest.raises(OpenedOther):
        received(district, "电话无，路灯不亮", key="erased", reporter=Reported("王小明", PHONE))


def test_an_act_under_a_key_is_done_once_and_not_with_other_words(district):
    one = ticket(district)
    body = {"action": "assign", "data": {"unit": "water"}, "key": "act"}
    address, asking = f"/api/v1/matters/{one.number}/actions", client(district, "dispatcher-1")

    def sent(**more: Any) -> Any:
        return asking.post(address, json.dumps(body | more), content_type="application/json")

    assert [sent().status_code, sent().json()["repeated"]] == [200, True]
    other = sent(data={"unit": "green"})
    assert (other.status_code, "2" in other.json()["error"]["en"]) == (409, True)
    assert sent(action="accept", data={}).status_code == 409
    with acting_as(district.system):
        assert Entry.objects.filter(matter_id=one.id).count() == 2


def test_making_one_and_taking_apart_under_a_key_stand_for_what_was_asked(district):
    first, second, third = (ticket(district, place=(121.931, 31.031), category="drain.cover") for _ in range(3))
    with acting_as(district.as_("dispatcher-1")) as asker:
        together.merge(asker, second.id, first.id, "同一处管道爆裂", key="one")
        assert together.merge(asker, second.id, first.id, "同一处管道爆裂", key="one").repeated
        for into, why in ((third.id, "同一处管道爆裂"), (first.id, "同一处路面塌陷")):
            with pytest.raises(Conflict, match="内容与这次不同"):
                together.merge(asker, second.id, into, why, key="one")
        together.part(asker, second.id, "另有一处漏水", key="two")
        assert together.part(asker, second.id, "另有一处漏水", key="two").repeated
        with pytest.raises(Conflict, match="内容与这次不同"):
            together.part(asker, second.id, "并不是同一处", key="two")


def test_a_file_that_is_uploaded_again_is_the_same_and_another_is_not(district):
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T11:00")
    do(district, "water-1", one, "accept", {}, "2026-10-12T12:00")
    asking = client(district, "water-1")

    def sent(**how: str) -> str:
        said = {"result": "已换管", "key": "file", "files": photo(**how)}
        return asking.post(f"/desk/matters/{one.number}/do/answer/", said, follow=True).content.decode()

    for n in (1, 2):  # the second time as a retry: "done before"
        assert (n, "内容与这次不同" in sent()) == (n, False)
    assert "内容与这次不同" in sent(colour="white")
    with acting_as(district.system):
        assert [entry.action for entry in Entry.objects.filter(matter_id=one.id).order_by("seq")][3:] == ["answer"]


@pytest.fixture
def resident(district, monkeypatch):
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    return Client(SERVER_NAME="127.0.0.1")


def test_a_form_of_the_portal_that_is_filled_in_anew_is_shown_again_and_sent_as_one_of_its_own(district, resident):
    said = {"text": "弄口井盖松动，老人走过很危险", "phone": "138-0013-8000", "lon": "121.91", "lat": "31.03"}
    sent = resident.post("/portal/report/", said | {"key": "back", "photo": photo()}, follow=True).content.decode()
    number = re.search("data-number>([^<]+)<", sent)[1]  # type: ignore[index]
    again = resident.post("/portal/report/", said | {"key": "back", "text": "还有一处路灯不亮", "photo": photo()})
    page = again.content.decode()
    assert (again.status_code, number in page, "还有一处路灯不亮" in page) == (409, True, True)
    fresh = re.search('name="key" value="([0-9a-f]+)"', page)[1]  # type: ignore[index]
    sent = resident.post(
        "/portal/report/", said | {"key": fresh, "text": "还有一处路灯不亮"}, follow=True
    ).content.decode()
    assert re.search("data-number>([^<]+)<", sent)[1] != number  # type: ignore[index]


def test_a_form_of_the_desk_that_is_filled_in_anew_is_shown_again(district):
    asking = client(district, "dispatcher-1")
    said = {"kind": "hotline", "key": "desk", **DATA, **HERE}
    first = asking.post("/desk/new/", said, follow=True)
    assert first.status_code == 200
    again = asking.post("/desk/new/", said | {"text": "另一处井盖松了"})
    page = again.content.decode()
    assert (again.status_code, "另一处井盖松了" in page, 'value="desk"' in page) == (409, True, False)
    assert asking.post("/desk/new/", said).status_code == 302  # a true retry is received once
