"""The desk for each person, and what it says to bad input: a sentence, never a 500, and nothing lost."""

from __future__ import annotations

import csv
import io
import re

import pytest
from PIL import Image

from tests.api.test_rest import client
from tests.matters.test_loop import do, ticket

EVERYBODY = ["head", "dispatcher-1", "auditor", "water-1", "bei-1", "bei-grid", "nb-bei-1-1", "supervisor"]


@pytest.fixture(scope="module")
def district(database):
    from tests.support.district import make_district

    return make_district()


@pytest.fixture(scope="module")
def tickets(district):
    from yiwang.matters.opening import Reported

    found = [ticket(district, reporter=Reported("王小明", "13800138000")) for _ in range(4)]
    for one in found[1:]:
        do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    return found


def photo() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(made, "JPEG")
    made.seek(0)
    made.name = "现场.jpg"
    return made


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
    from django.test import Client

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
    answer = client(district, "dispatcher-1").get(f"{page}?{query}")
    assert answer.status_code == 200
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
    from yiwang.files.models import File
    from yiwang.org.access import acting_as

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


def test_bulk_assignment_follows_suggestions_and_names_what_was_refused(district, tickets):
    fresh = [ticket(district) for _ in range(2)]
    answer = client(district, "dispatcher-1").post(
        "/desk/bulk/", {"number": [*(one.number for one in fresh), tickets[2].number], "action": "assign"}, follow=True
    )
    text = answer.content.decode()
    assert ("已派 2 件" in text, tickets[2].number in text) == (True, True)


def test_a_new_matter_needs_what_its_kind_asks_for(district):
    asking = client(district, "dispatcher-1")
    missing = asking.post("/desk/new/", {"kind": "hotline", "title": "路灯不亮"})
    assert (missing.status_code, "请填写" in missing.content.decode()) == (422, True)
    taken = {"kind": "hotline", "title": "路灯不亮", "text": "三弄", "lon": "121.91", "lat": "31.03", "key": "n1"}
    assert asking.post("/desk/new/", taken).status_code == 302
    again = asking.post("/desk/new/", taken)  # the same form twice is one matter
    assert "/desk/matters/RX-" in again["Location"]
    assert asking.post("/desk/new/", {"kind": "spell"}).status_code == 404
