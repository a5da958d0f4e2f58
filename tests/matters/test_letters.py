# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Letters and templates: made of the matter's facts, kept with their digest, and naming nobody but for a reading."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest
from django.test import Client

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.files.models import File
from yiwang.files.shelf import path_of
from yiwang.matters import auditing, queries, store
from yiwang.matters.act import Act
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.matters.templates import prefilled
from yiwang.matters.writing import again, letters_of
from yiwang.org.models import Reading, Try
from yiwang.org.session import acting_as

ASKED = """
matter: petition
title: {zh: 来信, en: Petition}
version: 2026-01-01
reference: 试验规则
prefix: LX
public: true
opens: {desk: {by: [dispatcher], fields: [title, text, answer_by, address, reporter]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  answer_by: {type: date, title: {zh: 答复日期, en: Answer by}, required: true}
  address: {type: text, title: {zh: 地点, en: Where}}
asks:
  result:
    type: text
    title: {zh: 结果, en: Result}
    template: {text: {zh: "关于{title}（{form.address}）：", en: "On {title} ({form.address}): "}, or: {form.address: {zh: 未写地点, en: nowhere}}}
letters:
  reply:
    title: {zh: 答复函, en: Reply}
    told: true
    text:
      zh: |
        {reporter}：
        您的来信（{number}）已办：{form.result}，原定 {form.answer_by} 前答复。
            {unit}，{today}
      en: |
        {reporter}, on {number}: {form.result}, promised for {form.answer_by}.
            {unit}, {today}
    or: {reporter: {zh: 来信人, en: Dear writer}}
stages:
  got: {title: {zh: 待派, en: Got}, owner: dispatcher}
  held: {title: {zh: 待办, en: Held}, owner: unit}
  over: {title: {zh: 已办, en: Over}, final: true}
actions:
  give: {title: {zh: 交办, en: Give}, told: true, from: got, to: held, by: dispatcher, needs: [unit]}
  answer: {title: {zh: 答复, en: Answer}, told: true, from: held, to: over, by: unit, needs: [result], writes: [reply]}
  drop: {title: {zh: 不办, en: Drop}, told: true, from: [got, held], to: over, by: dispatcher}
clocks:
  giving: {title: {zh: 交办, en: Giving}, starts: got, stops: [held, over], limit: 1 workday}
  answering: {title: {zh: 答复, en: Answering}, starts: held, stops: over, limit: 9 workdays}
"""
RESULT = "已联系王芳（13800138000），路灯已修"


def write(pack: Path) -> None:
    (pack / "matters" / "petition.yaml").write_text(ASKED, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


@pytest.fixture(scope="module")
def answered(district: Any) -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        data = {"title": "路灯不亮", "text": "修一修", "answer_by": "2026-10-20"}
        opened = store.open_matter(
            asker, "petition", data, at=at("2026-10-12T10:00"), reporter=Reported("林予安", "13900139000")
        )
        store.act(asker, opened.id, "give", {"unit": "bei"}, at=at("2026-10-12T10:30"))
    with acting_as(district.as_("bei-1")) as asker:
        store.act(asker, opened.id, "answer", {"result": RESULT}, at=at("2026-10-12T11:00"))
    return opened


def text_of(content: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)


def found_of(district: Any, answered: Any) -> Any:
    with acting_as(district.system) as asker:
        return queries.one(asker, pk=answered.id)


def readings(district: Any) -> int:
    with acting_as(district.system):
        return Reading.objects.count()


def test_a_letter_says_the_facts_and_names_nobody(district: Any, answered: Any) -> None:
    (letter,) = letters_of(found_of(district, answered))
    with acting_as(district.system):
        file = File.objects.get(pk=letter.file.pk)  # type: ignore[union-attr]
        said = text_of(path_of(file.sha256).read_bytes())
    assert (file.name, file.noun, file.subject) == ("答复函.docx", "matter", answered.id)
    assert file.sha256 == letter.sha256 == letter.entry.data["letter.reply"]["sha256"]
    assert said.startswith("答复函\n来信人：\n")
    assert answered.number in said
    assert "原定 2026年10月20日 前答复" in said
    assert "2026年10月12日" in said
    assert not re.search("林予安|林|13800138000|13900139000|王芳", said), said
    assert auditing.verify(district.system, answered.number).whole


def test_the_ledger_gives_the_same_document_again(district: Any, answered: Any) -> None:
    found = found_of(district, answered)
    (letter,) = letters_of(found)
    with acting_as(district.system) as asker:
        assert path_of(letter.sha256).read_bytes() == again(found, letter, world(asker))
    page = client(district, "bei-1").get(f"/desk/matters/{answered.number}/letter/{letter.entry.seq}/reply/why/")
    assert "摘要一致" in page.content.decode()


def test_the_name_is_handed_out_for_a_reading_and_kept_nowhere(district: Any, answered: Any) -> None:
    (letter,) = letters_of(found_of(district, answered))
    address = f"/desk/matters/{answered.number}/letter/{letter.entry.seq}/reply/"
    desk = client(district, "dispatcher-1")  # once it is closed, whoever took it in
    before = readings(district)
    refused = desk.post(address, {"purpose": "", "reason": ""})
    assert refused.status_code != 200
    purpose = re.search(
        r'name="purpose".*?<option value="(\w+)"',
        desk.get(f"/desk/matters/{answered.number}/").content.decode(),
        re.DOTALL,
    )
    assert purpose is not None
    sent = desk.post(address, {"purpose": purpose[1], "reason": "寄送答复函"})
    assert sent.status_code == 200
    assert "no-store" in sent["Cache-Control"]
    assert text_of(sent.content).startswith("答复函\n林予安：")
    assert readings(district) == before + 1
    assert len(found_of(district, answered).evidence) == 1
    outsider = client(district, "nan-1")  # of another unit: it is not there
    assert outsider.post(address, {"purpose": purpose[1], "reason": "看看"}).status_code == 404
    assert outsider.get(f"{address}why/").status_code == 404


def test_who_reported_it_downloads_it_and_a_stranger_does_not(
    district: Any, answered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    reads, stranger = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    page = reads.post("/portal/track/", {"number": answered.number, "code": answered.code}, follow=True)
    found = re.search(r'href="(/portal/track/[^"]+/photos/\d+/)"', page.content.decode())
    assert found is not None
    sent = reads.get(found[1])
    assert sent.status_code == 200
    assert text_of(sent.content).startswith("答复函\n来信人：")
    assert stranger.get(found[1]).status_code == 302


def test_a_form_begins_with_what_the_kind_says(district: Any) -> None:
    with acting_as(district.as_("dispatcher-1")) as asker:
        opened = store.open_matter(
            asker, "petition", {"title": "树枝挡路", "answer_by": "2026-10-20"}, at=at("2026-10-12T10:00")
        )
        store.act(asker, opened.id, "give", {"unit": "bei"}, at=at("2026-10-12T10:30"))
        kind = kind_of(asker, "petition")
        begins = prefilled(kind, kind.fields, opened.state, at("2026-10-12T11:00"), world(asker))
    assert begins == {"result": "关于树枝挡路（未写地点）："}
    assert begins["result"] in client(district, "bei-1").get(f"/desk/matters/{opened.number}/").content.decode()


BROKEN = {
    "no such fact": ("{form.result}，原定", "{form.reslt}，原定", "did you mean form.result?"),
    "a torn brace": ("{form.result}，原定", "{form result}，原定", "between braces stands the name of a fact"),
    "may be empty": (
        "{form.result}，原定",
        "{form.address}，原定",
        "form.address may not be known when Answer is done",
    ),
    "nobody must be named": ("or: {reporter: {zh: 来信人, en: Dear writer}}", "or: {}", "reporter may not be known"),
    "or of nothing": ("or: {reporter:", "or: {street: {zh: 甲, en: A}, reporter:", "the text does not name street"),
    "never written": (", writes: [reply]", "", "no action writes the letter reply"),
    "no such letter": ("writes: [reply]", "writes: [replay]", "there is no letter replay"),
    "written by itself": (
        "by: unit, needs: [result]",
        "by: [unit, reporter], needs: [result]",
        "hold no post in which a letter is written",
    ),
    "a secret": (
        "  address: {type: text, title: {zh: 地点, en: Where}}",
        "  address: {type: text, title: {zh: 地点, en: Where}, sensitivity: 2}",
        "form.address is kept apart",
    ),
    "a template of the form": (
        "answer_by: {type: date, title: {zh: 答复日期, en: Answer by}, required: true}",
        "answer_by: {type: date, title: {zh: 答复日期, en: Answer by}, required: true, template: {text: {zh: 甲, en: A}}}",
        "answer_by can have no template",
    ),
    "empty in a template": (
        ", or: {form.address: {zh: 未写地点, en: nowhere}}",
        "",
        "form.address may not be known when Answer is done",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_text_that_would_have_holes_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    before, after, said = BROKEN[case]
    assert before in ASKED
    pack = write_pack(tmp_path / "pack", "990000")
    file = pack / "matters" / "petition.yaml"
    file.write_text(ASKED.replace(before, after, 1), "utf-8")
    told = problems(pack)
    assert any(said in one and "petition.yaml:" in one for one in told), told


# --- history ----------------------------------------------------------------------------------------------------------

SAID = {"title": "路灯不亮", "text": "修一修", "answer_by": "2026-10-20"}


def test_what_ended_elsewhere_says_that_its_letters_stayed_there(district: Any) -> None:
    ended = Opening(SAID, at("2026-10-01T10:00"), ended=("over", at("2026-10-05T10:00")))
    with acting_as(district.system) as asker:
        (came,) = store.open_many(asker, "petition", [ended])
    page = client(district, "dispatcher-1").get(f"/desk/matters/{came.number}/").content.decode()
    assert "本件办结后才从别处转入，文书和材料留在原系统" in page


def test_what_came_in_with_what_was_done_names_the_letters_that_were_not_written(district: Any) -> None:
    acts = [
        Act.of(district.as_("dispatcher-1"), "give", at("2026-10-01T11:00"), {"unit": "bei"}),
        Act.of(district.as_("bei-1"), "answer", at("2026-10-02T11:00"), {"result": RESULT}),
    ]
    with acting_as(district.system) as asker:
        (came,) = store.open_many(asker, "petition", [Opening(SAID, at("2026-10-01T10:00"), acts=acts)])
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    page = client(district, "bei-1").get(f"/desk/matters/{came.number}/", **english).content.decode()
    assert "so these were not written here: Reply" in page


def test_who_has_the_letter_is_told_nothing_of_history(district: Any, answered: Any) -> None:
    page = client(district, "bei-1").get(f"/desk/matters/{answered.number}/").content.decode()
    assert "data-letters" in page
    assert "data-history" not in page
