# ruff: noqa: E501 (a kind is easier to read with an action on a line)
"""Objects that a district looks after: lists of its pack, named by a field, known to rules, seen by who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.district import make_district, write_pack
from tests.support.tickets import at
from yiwang.matters import auditing, queries, store
from yiwang.matters.models import Listed
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.why import Incomplete

WELLS = """code,name_zh,name_en,unit,lon,lat,class,checklist,sensitivity
W1,一号井,North Well,bei,121.91,31.03,deep,parts,
W2,二号井,South Well,nan,,,shallow,parts,
W3,三号井,Hidden Well,water,,,deep,,2
W4,四号井,Twin,,,,shallow,,
W5,五号井,Twin,,,,shallow,,
"""
PARTS = "code,name_zh,name_en\nlid,井盖,Lid\npump,水泵,Pump\n"
LOOK = """
matter: look
title: {zh: 看井, en: Look}
version: 2026-01-01
reference: 试验规则
prefix: KJ
opens:
  desk: {by: [dispatcher], fields: [title, text, well, others]}
  api: {by: [dispatcher, grid_worker], fields: [title, text, well]}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  well: {type: object, list: wells, title: {zh: 水井, en: Well}, required: true}
  others: {type: objects, list: wells, title: {zh: 邻井, en: Others}, at_most: 3}
asks:
  said: {type: text, title: {zh: 结果, en: Result}}
  other_well: {type: object, list: wells, title: {zh: 另一口, en: Another}}
stages:
  got: {title: {zh: 待派, en: Got}, owner: dispatcher}
  held: {title: {zh: 待看, en: Held}, owner: unit}
  over: {title: {zh: 看过, en: Over}, final: true}
actions:
  give: {title: {zh: 交办, en: Give}, from: got, to: held, by: [dispatcher, system], needs: [unit]}
  tell: {title: {zh: 反馈, en: Tell}, from: held, to: over, by: unit, needs: [said], may: [other_well], when: "form.well.class = 'deep' or form.others.count = 0", because: {zh: 浅井不看邻井, en: shallow ones have no others}}
  drop: {title: {zh: 不看, en: Drop}, from: [got, held], to: over, by: [dispatcher]}
clocks:
  giving: {title: {zh: 交办, en: Giving}, starts: got, stops: [held, over], limit: 1 workday}
  looking: {title: {zh: 看, en: Looking}, starts: held, stops: over, limit: {by: form.well.class, deep: 2 workdays, default: 5 workdays}}
auto: give
routing:
  - {to: unit of well, because: {zh: 谁的井谁看, en: whose well it is}}
"""


def write(pack: Path) -> None:
    (pack / "lists").mkdir()
    (pack / "lists" / "wells.csv").write_text(WELLS, "utf-8")
    (pack / "lists" / "parts.csv").write_text(PARTS, "utf-8")
    (pack / "matters" / "look.yaml").write_text(LOOK, "utf-8")
    roles = (pack / "roles.yaml").read_text("utf-8")
    (pack / "roles.yaml").write_text(roles.replace("kinds: [", "kinds: [look, "), "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(write)


def look(district: Any, well: str = "W1", **more: Any) -> Any:
    with acting_as(district.as_("dispatcher-1")) as asker:
        return store.open_matter(asker, "look", {"title": "看一看", "well": well, **more}, at=at("2026-10-12T10:00"))


def test_one_is_named_by_its_code_or_its_name_and_its_facts_are_the_matters(district: Any) -> None:
    for said in ("W1", "w1", "一号井", " north well "):
        state = look(district, said).state
        assert state["form.well"] == "W1"
        assert (state["form.well.unit"], state["form.well.class"]) == ("bei", "deep")
        assert (state["form.well.street"], state["form.well.checklist"]) == ("bei", "parts")
        assert (state["lead"], state["stage"], state["suggested_because"]["zh"]) == ("bei", "held", "谁的井谁看")
        assert state.clock("looking").limit == "2 workdays"
    assert look(district, "W2").state.clock("looking").limit == "5 workdays"


def test_one_without_a_unit_waits_at_the_desk(district: Any) -> None:
    state = look(district, "W4").state
    assert (state["stage"], state.get("suggested"), state.get("form.well.unit")) == ("got", None, None)


WRONG = {"W9": "no W9 on the list", "Twin": "several called Twin", "": "Choose"}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_not_on_the_list_is_refused(district: Any, said: str) -> None:
    with pytest.raises(Incomplete) as refused:
        look(district, said)
    assert WRONG[said].lower() in refused.value.fields["well"].speak("en").lower()


def test_a_rule_asks_of_it(district: Any) -> None:
    opened = look(district, "W2", others=["W1", "W4"])
    with acting_as(district.as_("nan-1")) as asker, pytest.raises(Exception, match=r"shallow ones|浅井"):
        store.act(asker, opened.id, "tell", {"said": "好"})


def test_who_may_not_know_of_one_cannot_name_it_and_sees_nothing_that_names_it(district: Any) -> None:
    """Told like one that is not there; and what names it takes as much to be seen as the object itself."""
    with acting_as(district.as_("bei-grid")) as asker, pytest.raises(Incomplete) as refused:
        store.open_matter(asker, "look", {"title": "看", "well": "Hidden Well"}, door="api")
    assert refused.value.fields["well"].speak("en") == "There is no W3 on the list." or "Hidden" in str(refused.value)
    opened = look(district, "W3")
    assert opened.state["sensitivity"] == 2
    plain = look(district, "W1", others=["W3"])
    assert plain.state["sensitivity"] == 2
    with acting_as(district.as_("bei-grid")) as asker:
        assert queries.one(asker, number=opened.number) is None


def test_matters_are_found_by_it_and_filtered_by_it(district: Any) -> None:
    opened, other = look(district, "W4"), look(district, "W5")
    with acting_as(district.as_("dispatcher-1")) as asker:
        by_name = set(queries.matters(asker, Filter(q="四号井")).values_list("number", flat=True))
        by_object = set(queries.matters(asker, Filter(object="wells/W4")).values_list("number", flat=True))
        assert opened.number in by_name & by_object
        assert other.number not in by_name | by_object
        among = look(district, "W1", others=["W5"])
        assert {among.number, other.number} <= set(
            queries.matters(asker, Filter(object="wells/W5")).values_list("number", flat=True)
        )
        assert not queries.matters(asker, Filter(object="wells/W9")).exists()
        assert not queries.matters(asker, Filter(object="nothing")).exists()


def test_what_a_list_no_longer_has_keeps_its_name_and_is_named_no_more(database: str) -> None:
    own = make_district(write)
    opened = look(own, "W2")
    (own.folder / "lists" / "wells.csv").write_text(
        "\n".join(line for line in WELLS.splitlines() if not line.startswith("W2")) + "\n", "utf-8"
    )
    loading.load(own.folder)
    with acting_as(own.as_("dispatcher-1")) as asker:
        found = queries.one(asker, number=opened.number)
        assert found is not None
        assert found.state["form.well.unit"] == "nan"
        gone = Listed.objects.get(district=own.id, list_name="wells", code="W2")
        assert gone.until is not None
        assert gone.name["en"] == "South Well"
    with pytest.raises(Incomplete):
        look(own, "W2")
    (own.folder / "lists" / "wells.csv").write_text(WELLS, "utf-8")
    loading.load(own.folder)
    with acting_as(own.system):
        back = Listed.objects.get(district=own.id, list_name="wells", code="W2")
        assert (back.until, back.since >= gone.until) == (None, True)
    assert look(own, "W2").state["lead"] == "nan"
    assert auditing.verify(own.system, opened.number).whole


def _line(old: str, new: str) -> Callable[[Path], None]:
    def change(pack: Path) -> None:
        for file in (pack / "lists" / "wells.csv", pack / "matters" / "look.yaml"):
            file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    return change


BROKEN = [
    (_line("W2,", "W1,"), "lists/wells.csv:3: W1 is there twice (first in line 2)"),
    (_line("W2,", "w1,"), "lists/wells.csv:3: the code w1 differs from W1 in its case alone"),
    (_line(",nan,", ",nann,"), "lists/wells.csv:3: unit nann is not in units.csv"),
    (_line("121.91", "131.91"), "lists/wells.csv:2: The place is outside"),
    (_line("121.91", "east"), "lists/wells.csv:2: a place is a longitude and a latitude"),
    (_line("shallow,parts", "shallow,partz"), "lists/wells.csv:3: there is no checklist lists/partz.csv"),
    (_line(",,2\n", ",,9\n"), "lists/wells.csv:4: a sensitivity is 0 to 3, not 9"),
    (_line("W2,二号井,South Well", "W2,二号井,"), "lists/wells.csv:3: "),
    (_line("list: wells", "list: welz"), "matters/look.yaml:12: there is no list lists/welz.csv; perhaps wells"),
    (_line("list: wells, ", ""), "matters/look.yaml:12: well takes objects of a list"),
    (_line("type: object,", "type: text,"), "matters/look.yaml:12: well has a list"),
    (
        _line("form.well.class = 'deep'", "form.well.class = 'depp'"),
        "matters/look.yaml:23: form.well.class is never depp",
    ),
    (_line("unit of well", "unit of text"), "matters/look.yaml:30: unit of text"),
    (
        lambda pack: (pack / "lists" / "Wells 2.csv").write_text(WELLS, "utf-8"),
        "lists/Wells 2.csv:1: a list is a CSV file",
    ),
]


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_check_names_what_is_wrong_with_file_and_line(tmp_path: Path, number: int) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    write(pack)
    assert problems(pack) == []
    change, said = BROKEN[number]
    change(pack)
    assert any(one.startswith(said) for one in problems(pack)), problems(pack)
