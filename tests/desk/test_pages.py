"""The desk for each person, and what it says to bad input: a sentence, never a 500, and nothing lost."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests.support.clients import client
from tests.support.photo import photo
from tests.support.tickets import do, ticket
from yiwang.files.models import File
from yiwang.matters import queries
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as
from yiwang.pages.definition import Desk, Pages, Precedents, Similar

EVERYBODY = ["head", "dispatcher-1", "auditor", "water-1", "bei-1", "bei-grid", "nb-bei-1-1", "supervisor"]


@pytest.fixture(scope="module")
def tickets(district):
    found = [ticket(district, reporter=Reported("王小明", "13800138000")) for _ in range(4)]
    for one in found[1:]:
        do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    return found


@pytest.mark.parametrize("post", EVERYBODY)
def test_every_page_opens_for_everybody_and_counts_agree(district, tickets, post):
    asking = client(district, post)
    assert asking.get("/desk/").status_code == 200
    listed = asking.get("/desk/matters/?state=open")
    assert listed.status_code == 200
    exported = b"".join(asking.get("/desk/matters/export.csv?state=open").streaming_content).decode("utf-8-sig")
    said = int(re.search(r"<h1>([\d,]+) 件", listed.content.decode()).group(1))
    assert len(list(csv.reader(io.StringIO(exported)))) - 1 == said
    assert "王小明" not in exported
    for one in tickets:
        status = asking.get(f"/desk/matters/{one.number}/").status_code
        assert (status == 200) is (one.number in exported)


def test_a_passer_by_is_sent_to_the_sign_in(district, monkeypatch):
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    answer = Client(SERVER_NAME="127.0.0.1").get("/desk/")
    assert (answer.status_code, "/sign-in/" in answer["Location"]) == (302, True)


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25%5F%27%22--",
        "q=" + "长" * 300,
        "page=abc",
        "page=-3",
        "page=99999999999999999999",
        "since=soon",
        "since=9999-12-31&until=9999-12-31",
        "street=moon",
        "category=moon",
        "group=never",
        "scope=theirs",
        "kind=%F0%9F%90%88",
    ],
)
@pytest.mark.parametrize("page", ["/desk/", "/desk/matters/", "/desk/list/", "/desk/matters/export.csv"])
def test_a_strange_address_is_no_fault(district, page, query):
    answer = client(district, "dispatcher-1").get(f"{page}?{query}", headers={"HX-Request": "true"})
    assert answer.status_code in (200, 400, 422)
    if answer.streaming:
        assert b"".join(answer.streaming_content)


def test_the_reporter_shows_for_a_purpose_and_the_reading_stays(district, tickets):
    asking, number = client(district, "dispatcher-1"), tickets[0].number
    assert "13800138000" not in asking.get(f"/desk/matters/{number}/").content.decode()
    refused = asking.post(f"/desk/matters/{number}/reporter/", {"purpose": "call_back", "reason": " "})
    assert (refused.status_code, "事由" in refused.content.decode()) == (403, True)
    shown = asking.post(f"/desk/matters/{number}/reporter/", {"purpose": "call_back", "reason": "回访核实地址"})
    assert "13800138000" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    after = asking.get(f"/desk/matters/{number}/").content.decode()
    assert "回访核实地址" in after
    assert "13800138000" not in after


def test_evidence_is_cleaned_kept_and_shown_to_whom_the_matter_is(district, tickets):
    clerk, number = client(district, "water-1"), tickets[1].number
    assert clerk.post(f"/desk/matters/{number}/do/accept/").status_code == 302
    bad = clerk.post(f"/desk/matters/{number}/do/answer/", {"result": "已疏通", "files": io.BytesIO(b"not a photo")})
    assert (bad.status_code, "打不开" in bad.content.decode(), "已疏通" in bad.content.decode()) == (422, True, True)
    answer = clerk.post(f"/desk/matters/{number}/do/answer/", {"result": "已疏通", "files": photo()})
    assert answer.status_code == 302
    with acting_as(district.system):
        kept = File.objects.get(noun="matter", subject=tickets[1].id)
    assert b"".join(clerk.get(f"/desk/evidence/{kept.pk}/").streaming_content)[:2] == b"\xff\xd8"
    assert client(district, "nan-1").get(f"/desk/evidence/{kept.pk}/").status_code == 404


def test_a_stale_page_changes_nothing_and_keeps_what_was_written(district, tickets):
    number = tickets[0].number
    first = client(district, "dispatcher-1").post(
        f"/desk/matters/{number}/do/assign/", {"unit": "water", "version": "1", "key": "a"}
    )
    late = client(district, "dispatcher-2").post(
        f"/desk/matters/{number}/do/assign/", {"unit": "green", "version": "1", "key": "b", "note": "请看照片"}
    )
    assert (first.status_code, late.status_code) == (302, 409)
    assert "已有新进展" in late.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "²", "9" * 30])
def test_a_version_that_is_none_is_refused_and_does_not_switch_the_check_off(district, tickets, version):
    """Neither on the desk nor anywhere else that reads one with `Asked`."""
    number = ticket(district).number
    asking = client(district, "dispatcher-1")
    answer = asking.post(f"/desk/matters/{number}/do/assign/", {"unit": "water", "version": version, "key": "v"})
    assert answer.status_code == 400
    with acting_as(district.as_("dispatcher-1")) as asker:
        assert queries.one(asker, number=number).row.version == 1


def test_a_batch_is_shown_before_it_is_sent_and_names_what_was_refused(district, tickets):
    fresh = [ticket(district) for _ in range(2)]
    asking = client(district, "dispatcher-1")
    numbers = [*(one.number for one in fresh), tickets[2].number]
    plan = asking.post("/desk/bulk/", {"number": numbers, "back": "/desk/?kind=hotline"}).content.decode()
    assert (plan.count('name="send"'), "所选 3 件，将按建议派出 2 件" in plan, tickets[2].number in plan) == (
        2,
        True,
        True,
    )
    send = re.findall(r'name="send" value="([^"]+)"', plan)
    do(district, "dispatcher-2", fresh[1], "assign", {"unit": "green"}, None)
    sent = {"sure": "1", "send": send, "back": "/desk/?kind=hotline", "key": "0" * 32}
    answer = asking.post("/desk/bulk/", sent, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[0][0] == "/desk/?kind=hotline"
    assert ("已派出 1 件" in text, "1 件没有派出" in text, fresh[1].number in text) == (True, True, True)


@pytest.mark.parametrize(
    "ticked", [[], ["RX-0"], ["\x00"], ["RX-1 x y z"], ["RX-1 99999999999 assign water"], ["RX-1 1 assign moon"]]
)
def test_a_batch_of_nonsense_sends_nothing_and_is_no_fault(district, tickets, ticked):
    asking = client(district, "dispatcher-1")
    assert asking.post("/desk/bulk/", {"number": ticked}).status_code in (302, 400)
    sent = asking.post("/desk/bulk/", {"sure": "1", "send": [one.replace("RX-1", tickets[3].number) for one in ticked]})
    assert sent.status_code in (302, 400)


FRAGMENTS_AND_STRANGERS = [
    "/desk/list/?scope=mine",
    "/desk/bulk/",
    "/desk/matters/export.csv",
    "/desk/matters/{number}/preview/",
    "/desk/matters/{number}/do/accept/",
    "/desk/matters/{number}/why/dispatch/",
    "/live/",
    "/api/matters",
    "/nowhere/",
    "//evil.example/desk/",
    "https://evil.example/desk/",
    "https:evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "\t//evil.example",
    "",
]


@pytest.mark.parametrize("back", FRAGMENTS_AND_STRANGERS)
def test_an_action_leads_back_to_a_whole_page_of_this_desk_and_nowhere_else(district, back):
    one = ticket(district)
    asked = {"unit": "water", "back": back.replace("{number}", one.number), "next": "RX-1"}
    answer = client(district, "dispatcher-1").post(f"/desk/matters/{one.number}/do/assign/", asked)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/matters/{one.number}/")


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/desk/", "/desk/?at=RX-1"),
        ("/desk/?kind=hotline", "/desk/?kind=hotline&at=RX-1"),
        ("/desk/?at=RX-9&kind=hotline", "/desk/?kind=hotline&at=RX-1"),
        ("/desk/matters/?q=x", "/desk/matters/?q=x"),
    ],
)
def test_an_action_leads_back_to_its_list_at_the_next_row(district, back, leads):
    one = ticket(district)
    asked = {"unit": "water", "back": back, "next": "RX-1"}
    answer = client(district, "dispatcher-1").post(f"/desk/matters/{one.number}/do/assign/", asked)
    assert (answer.status_code, answer["Location"]) == (302, leads)


def test_a_fragment_asked_for_as_a_page_leads_to_its_page(district, tickets):
    asking, number = client(district, "dispatcher-1"), tickets[0].number
    assert asking.get("/desk/list/?scope=mine&kind=hotline")["Location"] == "/desk/?kind=hotline"
    assert asking.get(f"/desk/matters/{number}/preview/")["Location"] == f"/desk/matters/{number}/"
    assert asking.get("/desk/list/", headers={"HX-Request": "true"}).status_code == 200


def test_the_language_is_changed_on_the_page_that_a_form_came_from(district, tickets):
    asking, number = client(district, "dispatcher-1"), tickets[0].number
    page = f"http://127.0.0.1:8000/desk/matters/{number}/"
    wrong = asking.post(
        f"/desk/matters/{number}/do/assign/", {"unit": ""}, headers={"Referer": page, "Host": "127.0.0.1:8000"}
    )
    assert wrong.status_code in (409, 422)
    assert re.search(r'name="next" value="([^"]*)"', wrong.content.decode()).group(1) == f"/desk/matters/{number}/"


def test_a_new_matter_needs_what_its_kind_asks_for(district):
    asking = client(district, "dispatcher-1")
    missing = asking.post("/desk/new/", {"kind": "hotline", "title": "路灯不亮"})
    assert (missing.status_code, "请填写" in missing.content.decode()) == (422, True)
    taken = {"kind": "hotline", "title": "路灯不亮", "text": "三弄", "lon": "121.91", "lat": "31.03", "key": "n1"}
    assert asking.post("/desk/new/", taken).status_code == 302
    again = asking.post("/desk/new/", taken)  # the same form twice is one matter
    assert "/desk/matters/RX-" in again["Location"]
    assert asking.post("/desk/new/", {"kind": "spell"}).status_code == 404


def test_what_was_closed_late_is_not_shown_as_done_in_time(district, monkeypatch):
    """Its clocks were stopped by the closing, or in a round before: list, page and portal say that they were over."""
    late, in_time = (ticket(district, when="2026-10-12T09:00") for _ in range(2))
    for one, closed in ((late, "2026-10-30T10:00"), (in_time, "2026-10-12T10:00")):
        do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T09:10")
        do(district, "water-1", one, "accept", {}, "2026-10-12T09:20")
        do(district, "water-1", one, "contact", {"contact_way": "phone", "contact_result": "说明"}, "2026-10-12T09:30")
        do(district, "water-1", one, "answer", {"result": "已修"}, closed)
        do(district, "dispatcher-2", one, "verify", {"reached": "false"}, closed)
    asking = client(district, "dispatcher-1")
    rows = asking.get("/desk/matters/").content.decode().split("<tr ")
    chip = {one.number: next(row for row in rows if one.number in row) for one in (late, in_time)}
    assert ('class="chip late"' in chip[late.number], "曾超时" in chip[late.number]) == (True, True)
    assert ('class="chip met"' in chip[in_time.number], "曾超时" in chip[in_time.number]) == (True, False)
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    for one in (late, in_time):
        resident = Client(SERVER_NAME="127.0.0.1")
        page = resident.post("/portal/track/", {"number": one.number, "code": one.code}, follow=True).content.decode()
        assert ("lamp done" in page, "lamp alarm" in page) == (True, one is late)


def test_what_was_written_for_a_step_that_somebody_else_took_stays_to_be_copied(district):
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"})
    late = {"version": "1", "key": "late", "reason": "不属受理范围，已电话告知来电人"}
    answer = client(district, "dispatcher-2").post(f"/desk/matters/{one.number}/do/decline/", late)
    page = answer.content.decode()
    assert (answer.status_code, "不属受理范围，已电话告知来电人" in page) == (409, True)
    assert "保留在下面" not in page  # the form is no longer there
    here = {"version": "9", "key": "here", "basis": "不对口"}
    again = client(district, "water-1").post(f"/desk/matters/{one.number}/do/refuse/", here).content.decode()
    assert ("保留在下面" in again, "不对口" in again) == (True, True)


def test_beside_a_matter_stands_how_near_the_pack_calls_near(district, monkeypatch):
    said = Pages(desk=Desk(similar=Similar(metres=250, days=40), precedents=Precedents(days=30)))
    for module in ("yiwang.desk.matter", "yiwang.matters.queries"):
        monkeypatch.setattr(f"{module}.pages_of", lambda asker: said)
    number = [ticket(district, place=(121.91, 31.03)).number for _ in range(2)][1]
    asking = client(district, "dispatcher-1")
    assert "同类、250 米、40 日内" in asking.get(f"/desk/matters/{number}/").content.decode()
    preview = asking.get(f"/desk/matters/{number}/preview/", headers={"HX-Request": "true"})
    assert re.search(r"250 米内 \d+ 件", preview.content.decode())
