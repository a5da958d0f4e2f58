"""A firm, a deputy, a side of a dispute has a door of its own: one matter, as much as the kind shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import Client

from tests.ledger.forging import told, verify
from tests.support.clients import client
from tests.support.district import make_district
from tests.support.said import said
from yiwang.matters import giving_doors, queries, store
from yiwang.matters.models import Entry
from yiwang.matters.reported import Reported
from yiwang.org.asker import public
from yiwang.org.models import Try
from yiwang.org.session import acting_as
from yiwang.why import Refusal

KIND = Path(__file__).with_name("inspection.yaml")


@pytest.fixture
def village(database: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = make_district(lambda pack: shutil.copy(KIND, pack / "matters"))
    monkeypatch.setenv("YIWANG_DISTRICT", made.code)
    Try.objects.all().delete()
    return made


def opened(village: Any) -> Any:
    with acting_as(village.as_("dispatcher-1")) as asker:
        data = {"title": "举报王小明的餐馆", "text": "夜里往河里倒油", "secret": "车牌沪A12345"}
        made = store.open_matter(asker, "inspection", data, reporter=Reported("李晓红", "13800138000"))
        store.act(asker, made.id, "send", {"unit": "water"})
    do(village, "water-1", made, "demand", wanted="装隔油池")
    return made


def do(village: Any, post: str, matter: Any, action: str, **data: Any) -> Any:
    with acting_as(village.as_(post)) as asker:
        return store.act(asker, matter.id, action, data)


def give(village: Any, post: str, matter: Any, party: str = "firm") -> str:
    """The code that the page shows once."""
    page = client(village, post).post(f"/desk/matters/{matter.number}/party/{party}/", {"key": f"k-{post}-{party}"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    (code,) = re.findall(r"data-code>([^<]+)<", page.content.decode())
    return code


def at_the_door(number: str, code: str) -> tuple[Client, str]:
    outside = Client(SERVER_NAME="127.0.0.1")
    found = outside.post("/portal/track/", {"number": number, "code": code}, follow=True)
    return outside, found.content.decode()


def test_it_sees_what_the_kind_shows_and_does_what_is_its_own(village: Any) -> None:
    matter = opened(village)
    code = give(village, "water-1", matter)
    firm, page = at_the_door(matter.number, code)
    assert "装隔油池" in page
    assert "被查企业" in page
    for kept in ("王小明", "夜里往河里倒油", "李", "沪A12345", "138", "水务局人", "water-1"):
        assert kept not in said(page), kept
    half = firm.post(f"/portal/track/{matter.number}/say_done/", {"says": ""})
    assert half.status_code == 422
    done = firm.post(f"/portal/track/{matter.number}/say_done/", {"says": "已装好隔油池"}, follow=True)
    assert "已装好隔油池" in done.content.decode()
    with acting_as(village.system):
        entry = Entry.objects.filter(matter=matter.id, action="say_done").get()
    assert (entry.role, entry.person_id, entry.post_id) == ("firm", None, None)
    desk = client(village, "water-1").get(f"/desk/matters/{matter.number}/").content.decode()
    assert "被查企业" in desk


def test_the_reporter_and_the_firm_have_each_a_door_of_their_own(village: Any) -> None:
    matter = opened(village)
    firm, _ = at_the_door(matter.number, give(village, "water-1", matter))
    reporter, page = at_the_door(matter.number, matter.code)
    assert "夜里往河里倒油" in page
    reporter.post(f"/portal/track/{matter.number}/say_done/", {"says": "我替他说"})
    with acting_as(village.system) as asker:
        found = queries.one(asker, number=matter.number)
    assert found is not None
    assert found.state["stage"] == "mending", "who reported it is not the firm"
    firm.post(f"/portal/track/{matter.number}/say_done/", {"says": "已整改"})
    do(village, "water-1", matter, "close")
    firm.post(f"/portal/track/{matter.number}/comment/", {"word": "我很满意"})
    with acting_as(village.system) as asker:
        found = queries.one(asker, number=matter.number)
    assert found is not None
    assert not found.state.get("form.word"), "the firm is not who reported it"


def test_what_one_party_has_said_another_is_not_thanked_for(village: Any) -> None:
    matter = opened(village)
    firm, _ = at_the_door(matter.number, give(village, "water-1", matter))
    neighbour, page = at_the_door(matter.number, give(village, "water-1", matter, "neighbour"))
    assert "认可整改" in page
    thanked = firm.post(f"/portal/track/{matter.number}/agree/", {"says": "已装好隔油池"}, follow=True).content.decode()
    assert "别人不能更改您说的话" in thanked
    page = neighbour.get(f"/portal/track/{matter.number}/").content.decode()
    assert "已收到，谢谢" not in page
    do(village, "water-1", matter, "demand", wanted="还要清油垢")
    said_now = neighbour.post(f"/portal/track/{matter.number}/agree/", {"says": "味道没有了"}, follow=True)
    assert "别人不能更改您说的话" in said_now.content.decode()


def test_it_is_said_for_whom_outside_it_waits(village: Any) -> None:
    matter = opened(village)
    firm, page = at_the_door(matter.number, give(village, "water-1", matter))
    _, as_neighbour = at_the_door(matter.number, give(village, "water-1", matter, "neighbour"))
    reporter, as_reporter = at_the_door(matter.number, matter.code)
    assert "等您回应" in said(page)
    for other in (as_neighbour, as_reporter):
        assert "等待被查企业回应" in said(other)
        assert "现由" not in said(other)
    firm.post(f"/portal/track/{matter.number}/say_done/", {"says": "已整改"})
    page = said(reporter.get(f"/portal/track/{matter.number}/").content.decode())
    assert ("回应" in page, "现由" in page) == (False, True)


def test_what_is_no_rating_is_not_called_one(village: Any) -> None:
    matter = opened(village)
    do(village, "water-1", matter, "urge_on")
    do(village, "water-1", matter, "close")
    reporter, _ = at_the_door(matter.number, matter.code)
    page = reporter.post(f"/portal/track/{matter.number}/comment/", {"word": "我很满意"}, follow=True).content.decode()
    assert "已收到并记入台账" in page
    assert "评价" not in said(page)


def test_what_it_said_nobody_else_changes(village: Any) -> None:
    matter = opened(village)
    firm, _ = at_the_door(matter.number, give(village, "water-1", matter))
    firm.post(f"/portal/track/{matter.number}/say_done/", {"says": "已整改"})
    state = do(village, "water-1", matter, "note", says="什么都没做").state
    assert state["form.says"] == "已整改"


def test_a_new_code_ends_the_one_before_and_none_is_given_at_the_end(village: Any) -> None:
    matter = opened(village)
    first = give(village, "water-1", matter)
    old, _ = at_the_door(matter.number, first)
    second = give(village, "water-2", matter)
    assert old.get(f"/portal/track/{matter.number}/").status_code == 302
    assert "不对" in at_the_door(matter.number, first)[1]
    assert "装隔油池" in at_the_door(matter.number, second)[1]
    do(village, "water-1", matter, "urge_on")
    do(village, "water-1", matter, "close")
    page = client(village, "water-1").post(f"/desk/matters/{matter.number}/party/firm/", {"key": "z"})
    assert page.status_code in (403, 409, 422)
    assert "data-code" not in page.content.decode()
    assert "装隔油池" in at_the_door(matter.number, second)[1], "who has one still sees how it ended"


def test_it_is_given_by_who_may_and_told_once(village: Any) -> None:
    matter = opened(village)
    for post in ("green-1", "auditor", "supervisor"):
        page = client(village, post).post(f"/desk/matters/{matter.number}/party/firm/", {"key": "k"})
        assert "data-code" not in page.content.decode(), post
    for party in ("reporter", "nobody", "unit"):
        assert client(village, "water-1").post(f"/desk/matters/{matter.number}/party/{party}/").status_code == 404
    give(village, "water-1", matter)
    again = client(village, "water-1").post(f"/desk/matters/{matter.number}/party/firm/", {"key": "k-water-1-firm"})
    assert "data-code" not in again.content.decode(), "the same form sent twice"
    with acting_as(village.as_("green-1")) as asker, pytest.raises(Refusal):
        giving_doors.give(asker, matter.id, "firm")


def test_the_code_opens_this_matter_alone(village: Any) -> None:
    matter, other = opened(village), opened(village)
    code = give(village, "water-1", matter)
    assert "不对" in at_the_door(other.number, code)[1]
    with acting_as(village.system) as asker:
        found = queries.one(asker, number=matter.number)
    assert found is not None
    door = found.state["door.firm"]
    assert code not in str(found.state)
    with acting_as(public(village.id, village.code).for_tracking(door)) as asker:
        seen = [one.number for one in queries.matters(asker)]
    assert seen == [matter.number]


def test_the_ledger_tells_who_gave_it(village: Any, database: str) -> None:
    matter = opened(village)
    give(village, "water-1", matter)
    with acting_as(village.system):
        entry = Entry.objects.filter(matter=matter.id, action="party.door").get()
    assert (entry.person_id, entry.data["party"]) == (village.as_("water-1").person, "firm")
    assert told(verify(village)) == []
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE matters_matter SET doors = ARRAY['k1.x'] WHERE id = %s", [matter.id])
    assert told(verify(village)) != [], "a door that nobody gave is found"


def test_the_address_is_filled_in_and_holds_no_code(village: Any) -> None:
    matter = opened(village)
    page = client(village, "water-1").post(f"/desk/matters/{matter.number}/party/firm/", {"key": "k"}).content.decode()
    (code,) = re.findall(r"data-code>([^<]+)<", page)
    (link,) = re.findall(r"http://[^<]*track/[^<]*", page)
    assert code not in link
    form = Client(SERVER_NAME="127.0.0.1").get(link.removeprefix("http://127.0.0.1"))
    assert matter.number in form.content.decode()
