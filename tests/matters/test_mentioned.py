"""A form that names another matter names one that is there, that its writer sees, and of the kind that is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.matters import store
from yiwang.org.session import acting_as, for_the_district
from yiwang.why import Incomplete

FOLLOW_UP = """
matter: follow_up
title: {zh: 跟进, en: Follow-up}
version: 2026-01-01
reference: 试验规则
prefix: GJ
opens: {desk: {by: [dispatcher, clerk], fields: [title, text, first, others, unit]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}, required: true}
  first: {type: matter, title: {zh: 原事项, en: First one}, of: [follow_up]}
  others:
    type: list
    title: {zh: 其他, en: Others}
    at_most: 5
    fields: {number: {type: matter, title: {zh: 编号, en: Number}}}
asks: {also: {type: matter, title: {zh: 另见, en: See also}}}
stages:
  got: {title: {zh: 待办, en: Got}, owner: unit}
  over: {title: {zh: 办结, en: Over}, final: true}
needs: [unit]
actions:
  point: {title: {zh: 指向, en: Point}, from: got, by: unit, needs: [also]}
  end: {title: {zh: 办结, en: End}, from: got, to: over, by: unit}
clocks: {ending: {title: {zh: 办, en: Ending}, starts: got, stops: over, limit: 9 workdays}}
"""


def write(pack: Path) -> None:
    (pack / "matters" / "follow_up.yaml").write_text(FOLLOW_UP, "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def opened(district: Any, unit: str = "water", **data: Any) -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        said = {"title": "修路灯", "text": "霜桥路太暗", "unit": unit, **data}
        return store.open_matter(asker, "follow_up", said, at=at("2026-10-12T10:00"))


def wrong(district: Any, **data: Any) -> dict[str, str]:
    with pytest.raises(Incomplete) as refused:
        opened(district, **data)
    return {name: words.speak("en") for name, words in refused.value.fields.items()}


def test_one_that_is_there_is_taken(district: Any) -> None:
    number = opened(district).number
    state = opened(district, first=number.lower(), others=[{"number": number}]).state
    assert (state["form.first"], state["form.others"]) == (number, [{"number": number}])


def test_one_that_is_not_there_is_refused_where_it_stands(district: Any) -> None:
    said = "There is no matter GJ-20261012-9999."
    assert wrong(district, first="GJ-20261012-9999") == {"first": said}
    rows = [{"number": opened(district).number}, {"number": "GJ-20261012-9999"}]
    assert wrong(district, others=rows) == {"others.1.number": said}


def test_one_of_another_kind_is_refused(district: Any) -> None:
    with acting_as(district.system) as asker:
        other = store.open_matter(asker, "supervision", {"title": "督办", "text": "请督办"}, at=at("2026-10-12T10:00"))
    assert "another kind" in wrong(district, first=other.number)["first"]


def test_one_that_its_writer_does_not_see_is_like_one_that_is_not_there(district: Any) -> None:
    mine, theirs = opened(district, "water"), opened(district, "green")
    with acting_as(district.as_("water-1")) as asker:
        with pytest.raises(Incomplete) as refused:
            store.act(asker, mine.id, "point", {"also": theirs.number}, at=at("2026-10-12T11:00"))
        assert refused.value.fields["also"].speak("en") == f"There is no matter {theirs.number}."
        store.act(asker, mine.id, "point", {"also": mine.number}, at=at("2026-10-12T11:00"))


def test_a_kind_that_is_not_there_is_no_kind_of_a_number(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", "900001")
    write(folder)
    file = folder / "matters" / "follow_up.yaml"
    file.write_text(file.read_text("utf-8").replace("of: [follow_up]", "of: [folow_up]"), "utf-8")
    assert any("there is no kind folow_up" in problem for problem in problems(folder))


def test_who_takes_one_in_for_the_district_names_no_more_than_they_see(district: Any) -> None:
    theirs = opened(district, unit="green")
    said = {"title": "跟进", "text": "跟进", "unit": "water"}
    for post, seen in (("green-1", True), ("water-1", False)):
        with acting_as(for_the_district(district.as_(post))) as asker:
            if seen:
                store.open_matter(asker, "follow_up", {**said, "first": theirs.number})
                continue
            with pytest.raises(Incomplete) as refused:
                store.open_matter(asker, "follow_up", {**said, "first": theirs.number})
            assert "first" in refused.value.fields
