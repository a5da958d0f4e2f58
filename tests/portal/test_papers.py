# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Papers by way of the portal: handed in by their names, photos of before and after shown to whoever reported it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.photo import photo
from yiwang.files.models import File
from yiwang.matters import queries
from yiwang.org.models import Try
from yiwang.org.session import acting_as

SHOP = """
matter: shop
title: {zh: 开店, en: Shop}
version: 2026-01-01
reference: 试验规则
prefix: KD
public: true
opens:
  portal: {anybody: true, fields: [title, text, papers, reporter], channel: portal}
  desk: {by: [dispatcher], fields: [title, text, papers, reporter], channel: portal}
channels: {portal: {zh: 网上, en: Portal}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  papers:
    type: files
    title: {zh: 材料, en: Papers}
    required: true
    documents:
      asking: {title: {zh: 申请书, en: Application}, at_least: 1}
      lease: {title: {zh: 租赁合同, en: Lease}}
asks:
  outside: {type: files, title: {zh: 装修前, en: Before}}
  inside: {type: files, beside: outside, told: true, title: {zh: 装修后, en: After}}
  wanted: {type: list, title: {zh: 还缺什么, en: What is missing}, told: true, fields: {paper: {type: text, title: {zh: 材料, en: Paper}}}}
  thinks: {type: text, title: {zh: 内部意见, en: Between us}}
stages:
  got: {title: {zh: 待收, en: Got}, owner: dispatcher}
  held: {title: {zh: 待看, en: Held}, owner: unit}
  over: {title: {zh: 已看, en: Over}, final: true}
actions:
  add: {title: {zh: 补交, en: Add}, told: true, from: got, by: reporter, needs: [papers]}
  take: {title: {zh: 收齐, en: Take}, told: true, from: got, to: held, by: dispatcher, needs: [unit], may: [wanted, thinks]}
  look: {title: {zh: 看过, en: Look}, told: true, from: held, to: over, by: unit, needs: [outside, inside], may: [files]}
clocks:
  taking: {title: {zh: 收件, en: Taking}, starts: got, stops: held, limit: 1 workday}
  looking: {title: {zh: 看店, en: Looking}, starts: held, stops: over, limit: 9 workdays}
"""


def write(pack: Path) -> None:
    (pack / "matters" / "shop.yaml").write_text(SHOP, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


@pytest.fixture
def passer_by(district: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    return Client(SERVER_NAME="127.0.0.1")


def shot(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.jpg", photo().read(), "image/jpeg")


def reported(who: Client, **papers: Any) -> Any:
    said = {"kind": "shop", "text": "想在清河路开一家面馆", "name": "林予安", "phone": "13800138000"}
    return who.post("/portal/report/", {**said, **papers}, follow=True)


def opened(who: Client, **papers: Any) -> tuple[str, str]:
    page = reported(who, **papers).content.decode()
    return tuple(re.search(rf"data-{what}[^>]*>\s*([^<]+?)\s*<", page)[1] for what in ("number", "code"))  # type: ignore[index,return-value]


def followed(who: Client, number: str) -> str:
    return who.get(f"/portal/track/{number}/").content.decode()


def state(district: Any, number: str) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, number=number)


def test_a_resident_hands_in_each_document_by_its_name(passer_by: Client, district: Any) -> None:
    form = passer_by.get("/portal/report/?kind=shop").content.decode()
    assert 'name="papers.asking"' in form
    assert "租赁合同" in form
    lacking = reported(passer_by, **{"papers.lease": shot("合同")})
    assert lacking.status_code == 422
    assert "还缺材料：申请书" in lacking.content.decode()
    number, _ = opened(passer_by, **{"papers.asking": shot("申请"), "papers.lease": [shot("一"), shot("二")]})
    kept = state(district, number).state["form.papers"]
    assert {name: len(files) for name, files in kept.items()} == {"asking": 1, "lease": 2}
    desk = client(district, "dispatcher-1").get(f"/desk/matters/{number}/").content.decode()
    assert "data-documents" in desk
    assert "申请.jpg" in desk
    assert ("附材料 3 份" in followed(passer_by, number), "附照片" in followed(passer_by, number)) == (True, False)

    # later on they hand in another lease: it takes the place of the earlier two, which stay files of the matter
    assert 'name="papers.lease"' in followed(passer_by, number)
    passer_by.post(f"/portal/track/{number}/add/", {"papers.lease": shot("新合同")})
    found = state(district, number)
    assert [len(found.state["form.papers"][name]) for name in ("asking", "lease")] == [1, 1]
    assert len(found.evidence) == 4

    # what cannot be opened is said at its field, and nothing of it is kept
    bad = SimpleUploadedFile("合同.jpg", b"no picture", "image/jpeg")
    answer = passer_by.post(f"/portal/track/{number}/add/", {"papers.lease": bad}, follow=True)
    assert "合同.jpg" in answer.content.decode()
    assert len(state(district, number).evidence) == 4
    with acting_as(district.system):
        assert not File.objects.filter(noun="", person=None).exists()


def test_who_reported_it_sees_before_and_after_and_no_other_file(passer_by: Client, district: Any) -> None:
    number, _ = opened(passer_by, **{"papers.asking": shot("申请")})
    client(district, "dispatcher-1").post(f"/desk/matters/{number}/do/take/", {"unit": "bei"})
    clerk = client(district, "bei-1")
    alone = clerk.post(f"/desk/matters/{number}/do/look/", {"inside": shot("后")})
    assert alone.status_code == 422
    sent = {"outside": shot("前"), "inside": shot("后"), "files": shot("内部")}
    assert clerk.post(f"/desk/matters/{number}/do/look/", sent, follow=True).status_code == 200
    desk = clerk.get(f"/desk/matters/{number}/").content.decode()
    assert re.search(r"data-pair>.*?前\.jpg.*?后\.jpg", desk, re.DOTALL)
    assert "附材料 1 份" in followed(passer_by, number), "what the clerk took is not theirs"
    assert "附照片" not in followed(passer_by, number)
    found = state(district, number)
    told = {pk for name in ("outside", "inside") for pk in found.state[f"form.{name}"]}
    page = followed(passer_by, number)
    assert {int(pk) for pk in re.findall(r'<img src="[^"]*/photos/(\d+)/"', page)} == told
    for file in found.evidence:
        status = passer_by.get(f"/portal/track/{number}/photos/{file.pk}/").status_code
        assert status == (200 if file.pk in told else 404)
        stranger = Client(SERVER_NAME="127.0.0.1")
        assert stranger.get(f"/portal/track/{number}/photos/{file.pk}/").status_code == 302


def test_who_reported_it_reads_what_is_told_and_nothing_between_us(passer_by: Client, district: Any) -> None:
    number, _ = opened(passer_by, **{"papers.asking": shot("申请")})
    assert "还缺什么" not in followed(passer_by, number)
    sent = {"unit": "bei", "wanted.0.paper": "平面布局图", "wanted.1.paper": "健康证明", "thinks": "看着不像真的"}
    client(district, "dispatcher-1").post(f"/desk/matters/{number}/do/take/", sent)
    page = followed(passer_by, number)
    for told in ("还缺什么", "平面布局图", "健康证明"):
        assert told in page
    assert "看着不像真的" not in page
    assert "内部意见" not in page


def test_papers_that_are_handed_in_again_under_a_key_are_the_same(passer_by: Client) -> None:
    def sent(paper: str) -> int:
        said = {"kind": "shop", "text": "开一家面馆", "key": "shop", "papers.asking": photo(paper)}
        return int(passer_by.post("/portal/report/", said).status_code)

    assert [sent("grey"), sent("grey"), sent("white")] == [302, 302, 409]
