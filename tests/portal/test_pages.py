"""A resident reports, tracks and rates without signing in; whoever does not know the code sees nothing."""

from __future__ import annotations

import io
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.docs.how_to import BLOCK, DOCS
from tests.support.district import make_district
from tests.support.photo import photo
from tests.support.said import said
from tests.support.tickets import do

SHANGHAI = ZoneInfo("Asia/Shanghai")
SAID = {"text": "弄口井盖松动，老人走过很危险。请来看看", "phone": "138-0013-8000", "lon": "121.91", "lat": "31.03"}


@pytest.fixture
def resident(district, monkeypatch):
    from django.test import Client

    from yiwang.org.models import Try

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    return Client(SERVER_NAME="127.0.0.1")


def ticket_of(answer) -> tuple[str, str]:
    """The number and the code that the page shows once."""
    return re.search(r"data-number>([^<]+)<.*data-code>([^<]+)<", answer.content.decode(), re.S).groups()


def test_report_track_rate(district, resident, monkeypatch):
    from django.test import Client

    from yiwang.files.models import File
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    sent = resident.post("/portal/report/", {**SAID, "key": "k1", "photo": photo()}, follow=True)
    number, code = ticket_of(sent)
    with acting_as(district.system):
        row = Matter.objects.get(district=district.id, number=number)
        assert (row.title, row.street.code, row.channel) == ("弄口井盖松动，老人走过很危险", "bei", "portal")
        assert File.objects.filter(noun="matter", subject=row.pk).count() == 1
    again = resident.post("/portal/report/", {**SAID, "key": "k1", "photo": photo()})
    assert number in again["Location"]  # sent twice, received once

    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(f"/portal/track/{number}/").status_code == 302
    wrong = stranger.post("/portal/track/", {"number": number, "code": "AAAAAAAA"})
    assert (wrong.status_code, "不对" in wrong.content.decode()) == (404, True)
    right = stranger.post("/portal/track/", {"number": number, "code": code.lower()}, follow=True)
    page = right.content.decode()
    assert "已收到" in page
    assert "138" not in said(page)

    opened = type("Opened", (), {"id": row.pk})
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    do(district, "water-1", opened, "accept")
    do(district, "water-1", opened, "answer", {"result": "已更换井盖"})
    do(district, "dispatcher-2", opened, "verify", {"reached": False})
    page = stranger.get(f"/portal/track/{number}/").content.decode()
    assert "已更换井盖" in page
    assert "附照片 1 张" in page
    half = stranger.post(f"/portal/track/{number}/rate/", {"solved": "true", "rating_reason": "已经修好，不过等得太久"})
    assert half.status_code == 422
    asked = half.content.decode()
    assert re.search(r'role="alert">\s*<b>还没有提交', asked)
    (beside,) = re.findall(r'class="field-error" id="rate-satisfaction-wrong">([^<]+)<', asked)  # beside its question
    assert beside == "“办理满意吗”请选一项"
    assert re.search(r'name="solved" value="true"\s+checked', asked)  # what was chosen and written stays
    assert "已经修好，不过等得太久</textarea>" in asked
    rated = stranger.post(f"/portal/track/{number}/rate/", {"solved": "true", "satisfaction": "satisfied"}, follow=True)
    assert "谢谢" in rated.content.decode()
    stranger.post(f"/portal/track/{number}/rate/", {"solved": "false", "satisfaction": "dissatisfied"})
    with acting_as(district.system):
        row.refresh_from_db()
    assert (row.facts["form.solved"], row.facts["count.rate"]) == (True, 1)  # said once


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "至少填写"),
        ({"text": "坏"}, "至少填写"),
        ({**SAID, "phone": "call me"}, "不像电话号码"),
        ({"text": "没有说在哪里的一件事"}, "请在图上点一下"),
        ({**SAID, "lon": "1e999", "lat": "NaN", "street": "moon"}, "没有这个单位"),
        ({**SAID, "category": "\x00"}, ""),
        ({**SAID, "text": "长" * 30_000}, "最多"),
        ({**SAID, "photo": io.BytesIO(b"GIF89a not a photo")}, "打不开"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_written_stays(resident, said, says):
    answer = resident.post("/portal/report/", {**said, "key": f"wrong-{says}-{len(str(said))}"})
    text = answer.content.decode()
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert says in text
        assert said.get("text", "")[:20] in text


def test_a_place_outside_the_district_is_told_before_anything_is_sent(resident):
    sent = resident.post("/portal/report/", {**SAID, "lon": "116.4", "lat": "39.9", "key": "far"}, follow=True)
    assert (sent.status_code, "不在试验区内" in sent.content.decode()) == (422, True)
    mended = resident.post("/portal/report/", {**SAID, "key": "far"}, follow=True)
    assert ticket_of(mended)


@pytest.mark.parametrize(
    "phone",
    [
        "\u202d13800138000\u202c",
        "１３８ ００１３ ８０００",
        "021-55551234转802",
        "138—0013—8000",
        "13800138000、13900139000",
        "无",
    ],
)
def test_a_telephone_is_taken_as_people_type_it(resident, phone):
    sent = resident.post("/portal/report/", {**SAID, "phone": phone, "key": f"phone-{phone}"}, follow=True)
    assert "data-number" in sent.content.decode()


def test_number_and_code_are_found_as_people_type_them(district, resident):
    from django.test import Client

    number, code = ticket_of(resident.post("/portal/report/", {**SAID, "key": "typed"}, follow=True))
    wide = str.maketrans({chr(sign): chr(sign + 0xFEE0) for sign in range(0x21, 0x7F)})
    for typed in (number.lower(), number.translate(wide), number.replace("-", "—"), f" {number[:4]} {number[4:]} "):
        stranger = Client(SERVER_NAME="127.0.0.1")
        said = {"number": typed, "code": f"{code[:4].lower()} {code[4:].translate(wide)}"}
        assert stranger.post("/portal/track/", said).status_code == 302, typed


def test_what_another_browser_sends_again_is_told_its_number(resident):
    from django.test import Client

    number, _ = ticket_of(resident.post("/portal/report/", {**SAID, "key": "twice"}, follow=True))
    again = Client(SERVER_NAME="127.0.0.1").post("/portal/report/", {**SAID, "key": "twice"}, follow=True)
    assert (again.status_code, number in again.content.decode()) == (200, True)


def test_who_tries_too_often_is_asked_to_wait(resident):
    for _ in range(30):
        assert resident.post("/portal/track/", {"number": "RX-1", "code": "x"}).status_code == 404
    assert resident.post("/portal/track/", {"number": "RX-1", "code": "x"}).status_code == 429


def test_small_numbers_are_not_published(resident):
    page = resident.get("/portal/").content.decode()
    assert "不足 10 件" in page
    why = resident.get("/portal/why/hotline_solved/").content.decode()
    assert "不公布" in why
    assert resident.get("/portal/why/matters_open/").status_code == 404


def test_not_solved_goes_back_to_work_and_says_until_when(district, resident):
    """R2.1, R2.3: handled a second time; the reporter is told until when by the clock that is measured."""
    from yiwang.matters import queries
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    number, _ = ticket_of(resident.post("/portal/report/", {**SAID, "key": "unsolved"}, follow=True))
    with acting_as(district.system):
        row = Matter.objects.get(district=district.id, number=number)
    opened = type("Opened", (), {"id": row.pk})
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    do(district, "water-1", opened, "accept")
    do(district, "water-1", opened, "answer", {"result": "已更换井盖"})
    do(district, "dispatcher-2", opened, "verify", {"reached": False})
    page = resident.get(f"/portal/track/{number}/").content.decode()
    assert ("问题解决了吗" in page, "为什么" in page) == (True, True)
    said = {"solved": "false", "satisfaction": "dissatisfied", "rating_reason": "井盖还在响"}
    told = resident.post(f"/portal/track/{number}/rate/", said, follow=True).content.decode()
    assert "待二次办理" in told
    with acting_as(district.as_("dispatcher-2")) as asker:
        found = queries.one(asker, pk=row.pk)
        assert (found.state["stage"], found.row.closed_at, found.row.due_clock) == ("unsolved", None, "redo")
        assert found.row in list(queries.matters(asker, queries.Filter(scope="mine")))
        assert found.state["form.rating_reason"] == "井盖还在响"
    due = found.state["clock.redo.due"].astimezone(SHANGHAI)
    assert f"{due:%m-%d}" in told
    do(district, "dispatcher-2", opened, "rework", {"reason": "诉求人表示未解决"})
    do(district, "water-1", opened, "answer", {"result": "重新垫平"})
    closed = do(
        district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True, "satisfaction": "satisfied"}
    )
    # whoever handled or verified it says what they like: the reporter's word stands until the reporter changes it
    assert (closed.state["form.solved"], closed.state["form.satisfaction"]) == (False, "dissatisfied")
    again = resident.post(
        f"/portal/track/{number}/rate/", {"solved": "true", "satisfaction": "fair"}, follow=True
    ).content.decode()
    assert "谢谢" in again
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=row.pk)
    assert (found.state["form.solved"], found.state["count.rate"], found.state["stage"]) == (True, 2, "closed")


def test_who_was_declined_may_object_once(district, resident):
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    number, _ = ticket_of(resident.post("/portal/report/", {**SAID, "key": "declined"}, follow=True))
    with acting_as(district.system):
        row = Matter.objects.get(district=district.id, number=number)
    opened = type("Opened", (), {"id": row.pk})
    do(district, "dispatcher-1", opened, "decline", {"reason": "不属受理范围"})
    page = resident.get(f"/portal/track/{number}/").content.decode()
    assert "提出异议" in page
    assert "不属受理范围" in page  # the answer to it, and its reason
    told = resident.post(f"/portal/track/{number}/object/", {"rating_reason": "就是归你们管"}, follow=True)
    assert "待二次办理" in told.content.decode()
    do(district, "dispatcher-2", opened, "uphold", {"reason": "诉讼中"})
    page = resident.get(f"/portal/track/{number}/").content.decode()
    assert "提出异议</h2>" not in page
    assert "不属受理范围" in page
    answer = re.search(r"答复</h2>(.*?)</section>", page, re.DOTALL)[1]
    assert ("诉讼中" in answer, "不属受理范围" in answer) == (True, False)
    for action, data in (("assign", {"unit": "water"}), ("nothing", {}), ("object", {"rating_reason": "x"})):
        resident.post(f"/portal/track/{number}/{action}/", data)
    with acting_as(district.system):
        row.refresh_from_db()
    assert (row.stage, row.lead) == ("declined", None)


def test_what_is_not_solved_says_why_and_no_other_reason(district, resident):
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    number, _ = ticket_of(resident.post("/portal/report/", {**SAID, "key": "explained"}, follow=True))
    with acting_as(district.system):
        row = Matter.objects.get(district=district.id, number=number)
    opened = type("Opened", (), {"id": row.pk})
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    do(district, "water-1", opened, "accept")
    do(district, "water-1", opened, "answer", {"result": "现场已看过"})
    do(district, "dispatcher-2", opened, "rework", {"reason": "照片看不清"})
    do(district, "water-1", opened, "answer", {"result": "管线在别人地下"})
    do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": False})
    do(district, "dispatcher-2", opened, "explain", {"reason": "须待管线改迁"})
    do(district, "dispatcher-2", opened, "propose_exclusion", {"exclude_code": "conditions", "reason": "内部才看"})
    page = resident.get(f"/portal/track/{number}/").content.decode()
    answer = re.search(r"答复</h2>(.*?)</section>", page, re.DOTALL)[1]
    assert ("管线在别人地下" in answer, "须待管线改迁" in answer) == (True, True)
    assert ("照片看不清" in page, "内部才看" in page) == (False, False)


def test_who_chooses_a_kind_reads_its_own_words(database, monkeypatch):
    """The first kind is for any problem; another says what it is and what it asks for."""
    written = next(one for one in BLOCK.finditer((DOCS / "add_a_kind.md").read_text("utf-8")) if one["path"])

    def add(pack):
        (pack / "matters" / "bicycles.yaml").write_text(written["text"], "utf-8")

    monkeypatch.setenv("YIWANG_DISTRICT", make_district(add).code)
    visitor = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    first, chosen = (visitor.get(f"/portal/report/{query}").content.decode() for query in ("", "?kind=bicycles"))
    assert ("Report a problem</h1>" in first, "What is the problem" in first) == (True, True)
    assert ("Bicycles in the way</h1>" in chosen, "What is in the way" in chosen) == (True, True)
    assert "What is the problem" not in chosen


def test_a_form_says_of_itself_what_is_so(database, monkeypatch):
    """What must be given is not called optional, and who is not asked for a place finds no heading for it."""
    written = next(one for one in BLOCK.finditer((DOCS / "add_a_kind.md").read_text("utf-8")) if one["path"])
    asking = written["text"].replace("[title, text, place, reporter]", "[title, text, bicycles, reporter]")
    asking = asking.replace("en: Bicycles}}", "en: Bicycles}, required: true}")

    def add(pack):
        (pack / "matters" / "bicycles.yaml").write_text(asking, "utf-8")

    monkeypatch.setenv("YIWANG_DISTRICT", make_district(add).code)
    visitor = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
    first, chosen = (visitor.get(f"/portal/report/{query}").content.decode() for query in ("", "?kind=bicycles"))
    assert ("everything else is optional" in first, 'id="where"' in first) == (True, True)
    assert ("everything else is optional" in chosen, 'id="where"' in chosen) == (False, False)
    assert "anything still missing is named when you send it" in chosen
