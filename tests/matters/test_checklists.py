# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""A checklist: each item of the object's own list is answered; what is not in order opens a matter of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matters.opinion_kind import OPINION
from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.photo import photo
from tests.support.tickets import at
from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.matters import auditing, forms, queries, store
from yiwang.matters.fields.shown import shown
from yiwang.matters.kinds import kind_of, world
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as
from yiwang.why import Incomplete

WELLS = "code,name_zh,name_en,unit,checklist\nW1,一号井,North Well,bei,parts\nW2,二号井,South Well,bei,more\n"
PARTS = "code,name_zh,name_en\nlid,井盖完好,The lid is whole\npump,水泵正常,The pump runs\n"
MORE = PARTS + "rail,护栏完好,The rail is whole\n"
LOOK = """
matter: look
title: {zh: 看井, en: Look}
version: 2026-01-01
reference: 试验规则
prefix: KJ
opens: {desk: {by: [dispatcher], fields: [title, text, well]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  well: {type: object, list: wells, title: {zh: 水井, en: Well}, required: true}
asks:
  checked: {type: checklist, of: [well], title: {zh: 检查清单, en: Checklist}}
  how_bad: {type: text, title: {zh: 程度, en: How bad}, asked_when: form.checked.bad > 1}
stages:
  got: {title: {zh: 待派, en: Got}, owner: dispatcher}
  held: {title: {zh: 待看, en: Held}, owner: unit}
  over: {title: {zh: 看过, en: Over}, final: true}
actions:
  give: {title: {zh: 交办, en: Give}, from: got, to: held, by: [dispatcher, system], needs: [unit]}
  tell: {title: {zh: 反馈, en: Tell}, from: held, to: over, by: unit, needs: [checked, how_bad], opens: [{as: bad, each: checked, unit: unit, fills: {text: row.note, title: row.title}}]}
  drop: {title: {zh: 不看, en: Drop}, from: [got, held], to: over, by: [dispatcher]}
clocks:
  giving: {title: {zh: 交办, en: Giving}, starts: got, stops: [held, over], limit: 1 workday}
  looking: {title: {zh: 看, en: Looking}, starts: held, stops: over, limit: 2 workdays}
children: {bad: {kind: opinion, title: {zh: 问题, en: troubles}, optional: true}}
auto: give
routing: [{to: unit of well, because: {zh: 谁的井谁看, en: whose well it is}}]
"""


def write(pack: Path) -> None:
    (pack / "lists").mkdir()
    for name, text in (("wells", WELLS), ("parts", PARTS), ("more", MORE)):
        (pack / "lists" / f"{name}.csv").write_text(text, "utf-8")
    (pack / "matters" / "look.yaml").write_text(LOOK, "utf-8")
    (pack / "matters" / "opinion.yaml").write_text(OPINION, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", photo().read(), "image/jpeg")


def look(district: Any, well: str = "W1") -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "look", {"title": "看井", "well": well}, at=at("2026-10-12T10:00"))


def tell(district: Any, matter: int, rows: Any, **more: Any) -> Any:
    with acting_as(district.as_("bei-1")) as asker:
        return store.act(asker, matter, "tell", {"checked": rows, **more}, at=at("2026-10-12T11:00"))


GOOD = [{"item": "lid", "ok": True}, {"item": "pump", "ok": "true"}]


def test_each_object_asks_its_own_items(district: Any) -> None:
    with acting_as(district.system) as asker:
        kind = kind_of(asker, "look")
        for well, codes in (("W1", ["lid", "pump"]), ("W2", ["lid", "pump", "rail"])):
            spec = forms.specs_now(kind, kind.actions["tell"], look(district, well).state)["checked"]
            assert [*world(asker).lists[spec.list_]] == codes


def test_what_is_in_order_opens_nothing(district: Any) -> None:
    opened = look(district)
    state = tell(district, opened.id, GOOD).state
    assert state["stage"] == "over"
    assert state["form.checked"][0] == {"list": "parts", "item": "lid", "title": "井盖完好", "ok": True}
    assert state.get("children.bad.count", 0) == 0


def test_each_item_that_is_not_opens_one_with_a_clock_of_its_own(district: Any) -> None:
    opened = look(district, "W2")
    rows = [
        {"item": "lid", "ok": False, "note": "井盖裂了"},
        {"item": "pump", "ok": True},
        {"item": "rail", "ok": "false", "note": "护栏松动"},
    ]
    with pytest.raises(Incomplete) as refused:
        tell(district, opened.id, rows)
    assert refused.value.fields.keys() == {"how_bad"}  # a condition over what is being entered
    state = tell(district, opened.id, rows, how_bad="较重").state
    assert (state["children.bad.count"], state["children.bad.open"]) == (2, 2)
    with acting_as(district.system) as asker:
        under = [queries.state_of(asker, row) for row in Matter.objects.filter(whole=opened.id).order_by("pk")]
        assert [(one["title"], one["form.text"], one["lead"]) for one in under] == [
            ("井盖完好", "井盖裂了", "bei"),
            ("护栏完好", "护栏松动", "bei"),
        ]
        assert all(one.clock("viewing").runs for one in under)
        kind = kind_of(asker, "look")
        said = shown(kind.fields["checked"], state["form.checked"], world(asker)).speak("en")  # type: ignore[union-attr]
        assert "3 items, 2 not in order" in said
        assert "The lid is whole" in said
        assert "井盖裂了" in said
    assert auditing.verify(district.system, opened.number).whole


WRONG = [
    ([], {"checked": "Checklist"}),
    ([{"item": "lid", "ok": True}], {"checked.1.ok": "whether it is in order"}),
    ([*GOOD, {"item": "roof", "ok": True}], {"checked": "no roof"}),
    ([{"item": "lid", "ok": False}, GOOD[1]], {"checked.0.note": "Write what is wrong"}),
    ([{"item": "lid", "ok": "perhaps"}, GOOD[1]], {"checked.0.ok": "perhaps"}),
    ([{"item": "lid", "ok": True, "else": 1}, GOOD[1]], {"checked.0.else": "else"}),
    ([{"item": "lid", "ok": True, "photos": ["x"]}, GOOD[1]], {"checked.0.photos": "file"}),
    ("all well", {"checked": ""}),
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_is_left_out_or_wrong_is_said_of_its_item(district: Any, number: int) -> None:
    rows, expected = WRONG[number]
    with pytest.raises(Incomplete) as refused:
        tell(district, look(district).id, rows)
    said = {name: words.speak("en") for name, words in refused.value.fields.items()}
    assert said.keys() == expected.keys()
    assert all(expected[name].lower() in said[name].lower() for name in said), said


def test_a_page_sends_its_rows_by_their_names(district: Any) -> None:
    opened = look(district)
    page = {
        "checked.0.item": "lid",
        "checked.0.ok": "true",
        "checked.1.item": "pump",
        "checked.1.ok": "false",
        "checked.1.note": "不出水",
    }
    with acting_as(district.as_("bei-1")) as asker:
        state = store.act(asker, opened.id, "tell", page, at=at("2026-10-12T11:00")).state
    assert [row["ok"] for row in state["form.checked"]] == [True, False]


def test_a_photo_of_an_item_belongs_to_the_matter_and_nobody_elses_can_be_named(district: Any) -> None:
    opened = look(district)
    with acting_as(district.as_("nan-1")) as asker:
        (foreign,) = (files.keep(asker, one).pk for one in files.prepare([upload()], EVIDENCE))
    with acting_as(district.as_("bei-1")) as asker:
        (own,) = (files.keep(asker, one).pk for one in files.prepare([upload()], EVIDENCE))
    with pytest.raises(Incomplete):
        tell(district, opened.id, [{"item": "lid", "ok": True, "photos": [foreign]}, GOOD[1]])
    tell(district, opened.id, [{"item": "lid", "ok": True, "photos": [own]}, GOOD[1]])
    with acting_as(district.as_("bei-1")) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        assert [one.pk for one in found.evidence] == [own]


def test_a_form_that_is_refused_keeps_the_photo_of_an_item(district: Any) -> None:
    opened, desk = look(district), client(district, "bei-1")
    there = f"/desk/matters/{opened.number}/do/tell/"
    half = {"checked.0.item": "lid", "checked.0.ok": "false", "checked.1.item": "pump", "checked.1.ok": "true"}
    page = desk.post(there, {**half, "checked.0.photos": upload(), "version": "2", "key": "k1"})
    assert page.status_code == 422
    (name, number) = re.findall(r'name="(kept[^"]*)" value="(\d+)" checked', page.content.decode())[0]
    assert name == "kept.checked.0.photos"
    done = desk.post(there, {**half, "checked.0.note": "松了", name: number, "version": "2", "key": "k2"})
    assert done.status_code == 302, done.content.decode()[:500]
    with acting_as(district.as_("bei-1")) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        assert [one.pk for one in found.evidence] == [int(number)]


BROKEN = [
    ("of: [well]", "of: [text]", "a checklist is asked by an action"),
    ("of: [well]", "of: []", "a checklist is asked by an action"),
    ("North Well,bei,parts", "North Well,bei,", "some of lists/wells.csv have no checklist"),
    ("row.note", "row.notes", "row.notes"),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_check_refuses_a_list_that_cannot_be_asked(tmp_path: Path, number: int) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    write(pack)
    assert problems(pack) == []
    old, new, said = BROKEN[number]
    for file in (pack / "lists" / "wells.csv", pack / "matters" / "look.yaml"):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    assert any(said in one for one in problems(pack)), problems(pack)
