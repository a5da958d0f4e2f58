# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Documents with a type, and photos of before and after: each file is one of them, and what is missing is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.photo import photo
from tests.support.tickets import at
from yiwang.files import store as files
from yiwang.files.definition import EVIDENCE
from yiwang.files.models import File
from yiwang.matters import auditing, queries, store
from yiwang.matters.fields.pairs import pairs_of
from yiwang.matters.fields.shown import shown
from yiwang.matters.kinds import kind_of, world
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Refusal

PERMIT = """
matter: permit
title: {zh: 许可, en: Permit}
version: 2026-01-01
reference: 试验规则
prefix: XK
opens: {desk: {by: [dispatcher], fields: [title, text, papers]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  papers:
    type: files
    title: {zh: 材料, en: Papers}
    documents:
      asking: {title: {zh: 申请书, en: Application}, at_least: 1}
      lease: {title: {zh: 租赁合同, en: Lease}, at_least: 1, at_most: 2}
      plan: {title: {zh: 平面图, en: Plan}}
asks:
  outside: {type: files, title: {zh: 装修前, en: Before}}
  inside: {type: files, beside: outside, told: true, title: {zh: 装修后, en: After}}
stages:
  got: {title: {zh: 待收, en: Got}, owner: dispatcher}
  held: {title: {zh: 待批, en: Held}, owner: unit}
  over: {title: {zh: 已批, en: Over}, final: true}
actions:
  add: {title: {zh: 补交, en: Add}, from: got, by: dispatcher, may: [papers]}
  take: {title: {zh: 收齐, en: Take}, from: got, to: held, by: dispatcher, needs: [unit, papers]}
  look: {title: {zh: 现场, en: Look}, from: held, by: unit, may: [outside, inside]}
  grant: {title: {zh: 准予, en: Grant}, from: held, to: over, by: unit, when: form.papers.all_there and form.papers.count < 9, may: [inside, outside]}
  drop: {title: {zh: 不办, en: Drop}, from: [got, held], to: over, by: dispatcher, when: not form.papers.plan}
clocks:
  taking: {title: {zh: 收件, en: Taking}, starts: got, stops: [held, over], limit: 1 workday}
  granting: {title: {zh: 审批, en: Granting}, starts: held, stops: over, limit: 9 workdays}
"""


def write(pack: Path) -> None:
    (pack / "matters" / "permit.yaml").write_text(PERMIT, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def kept(district: Any, who: str, n: int) -> list[int]:
    with acting_as(district.as_(who)) as asker:
        came = [
            SimpleUploadedFile(f"{number}.jpg", photo().read() + bytes([number]), "image/jpeg") for number in range(n)
        ]
        return [files.keep(asker, one).pk for one in files.prepare(came, EVIDENCE)]


def begin(district: Any, **papers: list[int]) -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        data = {"title": "许可", "text": "开店", **({"papers": papers} if papers else {})}
        return store.open_matter(asker, "permit", data, at=at("2026-10-12T10:00"))


def act(district: Any, who: str, matter: int, action: str, **data: Any) -> Any:
    with acting_as(district.as_(who)) as asker:
        return store.act(asker, matter, action, data, at=at("2026-10-12T11:00"))


def refused(district: Any, who: str, matter: int, action: str, **data: Any) -> dict[str, str]:
    with pytest.raises(Incomplete) as told:
        act(district, who, matter, action, **data)
    return {name: words.speak("en") for name, words in told.value.fields.items()}


def test_what_is_missing_is_named_and_what_stands_is_not_asked_again(district: Any) -> None:
    opened = begin(district)
    assert refused(district, "dispatcher-1", opened.id, "take", unit="bei") == {
        "papers": "Still missing: Application, Lease."
    }
    asking, lease = kept(district, "dispatcher-1", 2)
    act(district, "dispatcher-1", opened.id, "add", papers={"asking": [asking]})
    assert refused(district, "dispatcher-1", opened.id, "take", unit="bei") == {"papers": "Still missing: Lease."}
    done = act(district, "dispatcher-1", opened.id, "take", unit="bei", **{"papers.lease": [str(lease)]})
    assert done.state["form.papers"] == {"asking": [asking], "lease": [lease]}
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=opened.id)
        assert found is not None
        assert found.entries[-1].data["papers"] == {"lease": [lease]}  # an entry says what was handed in by it
        assert {file.pk for file in found.evidence} == {asking, lease}
        said = shown(found.kind.fields["papers"], found.state["form.papers"], world(asker))
        assert said.speak("en") == "Application (1), Lease (1)"  # type: ignore[union-attr]
    assert auditing.verify(district.system, opened.number).whole


def test_what_is_handed_in_again_takes_the_place_of_what_stood(district: Any) -> None:
    asking, lease, newer, plan = kept(district, "dispatcher-1", 4)
    opened = begin(district, asking=[asking], lease=[lease])
    state = act(district, "dispatcher-1", opened.id, "add", papers={"lease": [newer], "plan": [plan]}).state
    assert state["form.papers"] == {"asking": [asking], "lease": [newer], "plan": [plan]}
    with acting_as(district.system):  # the earlier one stays a file of the matter
        assert File.objects.get(pk=lease).subject == opened.id
    with pytest.raises(Refusal):  # a rule knows which are there
        act(district, "dispatcher-1", opened.id, "drop")
    act(district, "dispatcher-1", opened.id, "take", unit="bei")  # all stands: nothing is asked again


@pytest.mark.parametrize(
    ("papers", "at_field", "why"),
    [
        ([1], "papers", "Say which document each file is: Application, Lease, Plan."),
        ({"deed": [1]}, "papers.deed", "No such document is taken here; these are: Application, Lease, Plan."),
        ({"asking": [1], "lease": [1]}, "papers.lease", "One file is one document; it was handed in for another already."),
        ({"lease": [1, 2, 3]}, "papers.lease", "Choose at most 2 files; these are 3."),
        ({"lease": ["x"]}, "papers.lease", "The file is not there. Upload it again."),
    ],
)  # fmt: skip
def test_each_file_is_one_document(district: Any, papers: Any, at_field: str, why: str) -> None:
    opened = begin(district)
    assert refused(district, "dispatcher-1", opened.id, "add", papers=papers)[at_field] == why


def test_a_file_of_somebody_else_is_nobody_s_document(district: Any) -> None:
    opened, (theirs,) = begin(district), kept(district, "bei-1", 1)
    assert refused(district, "dispatcher-1", opened.id, "add", papers={"plan": [theirs]}).keys() == {"files"}


def test_photos_of_afterwards_need_those_of_before(district: Any) -> None:
    asking, lease = kept(district, "dispatcher-1", 2)
    opened = begin(district, asking=[asking], lease=[lease])
    act(district, "dispatcher-1", opened.id, "take", unit="bei")
    before, after, more = kept(district, "bei-1", 3)
    alone = refused(district, "bei-1", opened.id, "look", inside=[after])
    assert alone == {"inside": "After stand beside Before; hand these in too."}
    act(district, "bei-1", opened.id, "look", outside=[before])
    state = act(district, "bei-1", opened.id, "grant", inside=[after, more]).state
    with acting_as(district.system) as asker:
        (pair,) = pairs_of(kind_of(asker, "permit").fields, state)
    assert pair.rows == [(before, after), (None, more)]
    assert (pair.whole, pair.told) == (True, True)


def test_the_database_knows_what_a_rule_knows(district: Any) -> None:
    """The facts of documents are the same in Python and in SQL."""
    asking, lease, plan = kept(district, "dispatcher-1", 3)
    papers = [{}, {"asking": [asking]}, {"asking": [asking], "lease": [lease]}, {"plan": [plan]}]
    with acting_as(district.system) as asker:
        kind = kind_of(asker, "permit")
    for one in papers:
        with acting_as(district.system), connection.cursor() as cursor:
            for fact, _ in kind.beside:
                row = "(SELECT jsonb_build_object('form.papers', %s::jsonb) AS facts) m"
                cursor.execute(f"SELECT {fact.sql} FROM {row}", [json.dumps(one)])
                assert cursor.fetchone()[0] == fact.value(one), (fact.name, one)


BROKEN = {
    "documents of text": (
        "type: files\n    title: {zh: 材料",
        "type: text\n    title: {zh: 材料",
        "only a field of type files can say documents",
    ),
    "more than may be": ("at_least: 1, at_most: 2", "at_least: 3, at_most: 2", "at_least"),
    "none at most": ("at_least: 1, at_most: 2", "at_most: 0", "of one document there can be 1 to 50 files, not 0"),
    "a name that means something": ("plan: {title", "count: {title", "count means something else already"),
    "a name that is none": ("plan: {title", "the-plan: {title", "the-plan"),
    "beside nothing": ("beside: outside", "beside: outsde", "outsde"),
    "beside itself": ("beside: outside", "beside: inside", "inside can stand beside another field of files alone"),
    "beside documents": ("beside: outside", "beside: papers", "inside can stand beside another field of files alone"),
    "asked by halves": ("may: [outside, inside]", "may: [inside]", "add outside to its may"),
    "no such document": ("not form.papers.plan", "not form.papers.plam", "did you mean form.papers.plan?"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_nobody_could_hand_in_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    before, after, said = BROKEN[case]
    assert before in PERMIT
    pack = write_pack(tmp_path / "pack", "990000")
    write(pack)
    assert problems(pack) == []
    file = pack / "matters" / "permit.yaml"
    file.write_text(PERMIT.replace(before, after), "utf-8")
    found = problems(pack)
    assert any(said in one and "permit.yaml:" in one for one in found), found
