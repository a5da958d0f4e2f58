"""Who is given a matter and who is asked: by a field, by whoever is on duty, by load, each with its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from tests.support.duty import DUTY
from tests.support.tickets import at
from tests.support.values import values_of
from yiwang.matters import queries, rules, store
from yiwang.matters.act import Act
from yiwang.matters.models import Matter
from yiwang.matters.routed_because import because_of
from yiwang.org.models import Appointment
from yiwang.org.session import acting_as, as_owner
from yiwang.why import Refusal
from yiwang.why.words import format_value

KIND = """
matter: alarm
title: {zh: 警情, en: Alarm}
version: 2026-01-01
reference: 试验
prefix: JQ
opens: {desk: {by: [dispatcher], fields: [title, text, category, whose, street]}}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  whose: {type: unit, title: {zh: 归口单位, en: Whose}}
stages:
  rung: {title: {zh: 待接警, en: Rung}, owner: duty}
  out: {title: {zh: 处置, en: Out}, owner: unit}
  over: {title: {zh: 结束, en: Over}, final: true}
actions:
  answer: {title: {zh: 接警, en: Answer}, from: rung, to: out, by: duty, needs: [unit]}
  done: {title: {zh: 办结, en: Done}, from: out, to: over, by: [unit, duty]}
  page: {title: {zh: 呼叫值班, en: Page}, from: out, by: unit, raises: [duty], at_most: 3}
clocks:
  c: {title: {zh: 接警, en: Answering}, starts: rung, stops: over, limit: 1 workday}
routing:
  - {to: field whose, because: {zh: 指名, en: named}}
  - {to: least load of clerk in bureau, when: category = 'drain.blocked', because: {zh: 忙闲, en: least busy}}
  - {to: roster duty, because: {zh: 值班, en: on duty}}
"""
DAY, NIGHT = "2026-11-27T17:59", "2026-11-27T18:00"


def with_alarms(pack: Path) -> None:
    (pack / "rosters.yaml").write_text(DUTY, "utf-8")
    (pack / "matters" / "alarm.yaml").write_text(KIND, "utf-8")


@pytest.fixture(scope="module")
def values() -> Any:
    return values_of(with_alarms)


def begun(values: Any, when: str = DAY, loads: Mapping[str, int] | None = None, **form: Any) -> Any:
    known = values.world
    if loads is not None:
        ids = {known.district.unit(code).id: n for code, n in loads.items()}

        def counted(units: Sequence[int]) -> Mapping[int, int]:
            return {unit: ids.get(unit, 0) for unit in units}

        known = replace(known, loads=counted)
    data = {"title": "响了", **form}
    return rules.begin(values.kinds["alarm"], data, at(when), known, place=None), known


def why(state: Mapping[str, Any], language: str = "zh") -> str:
    return format_value(because_of(state), language)


# --- routes -----------------------------------------------------------------------------------------------------------


def test_a_field_of_the_form_says_whose_it_is(values: Any) -> None:
    state, _ = begun(values, whose="green")
    assert (state["suggested"], why(state)) == ("green", "指名")
    assert why(state, "en") == "named"


@pytest.mark.parametrize(("when", "post"), [(DAY, "派单席"), (NIGHT, "核查席")])
def test_whoever_is_on_duty_at_that_instant_is_routed_to(values: Any, when: str, post: str) -> None:
    state, _ = begun(values, when)
    clock = when[5:].replace("T", " ")
    assert (state["suggested"], why(state)) == ("csc", f"值班 · {clock} 值班室当班：{post}")
    assert why(state, "en").startswith(f"on duty · on duty for Duty at {clock}: ")


@pytest.mark.parametrize(
    ("loads", "unit", "told"),
    [
        ({"water": 3, "green": 2}, "green", "区绿化市容局 2、区水务局 3"),
        ({"water": 2, "green": 2}, "water", "区水务局 2、区绿化市容局 2"),
        ({}, "water", "区水务局 0、区绿化市容局 0"),
    ],
)
def test_the_least_busy_unit_of_a_role_is_suggested_with_the_loads(
    values: Any, loads: Mapping[str, int], unit: str, told: str
) -> None:
    """Streets have clerks too, but it is to be a bureau; where two are as busy, the first of the district's order."""
    state, _ = begun(values, loads=loads, category="drain.blocked")
    assert state["suggested"] == unit
    assert why(state) == f"忙闲 · 在 2 个单位中在办最少（{told}）"


def test_a_load_that_was_compared_is_not_compared_again_at_every_act(values: Any) -> None:
    state, _ = begun(values, loads={"water": 3, "green": 2}, category="drain.blocked")
    _, later = begun(values, loads={"water": 0, "green": 9}, category="drain.blocked")
    who = values.as_("dispatcher-1")
    decided = rules.decide(values.kinds["alarm"], state, Act.of(who, "answer", at(DAY), {"unit": "nan"}), later)
    assert "suggested" not in decided.delta


# --- whose move it is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "when", "may"),
    [
        ("dispatcher-1", DAY, True),
        ("dispatcher-1", NIGHT, False),
        ("dispatcher-2", DAY, False),
        ("dispatcher-2", NIGHT, True),
        ("head", NIGHT, True),
        ("water-1", DAY, False),
    ],
)
def test_who_is_on_duty_acts_and_the_lead_may_always(values: Any, post: str, when: str, may: bool) -> None:
    state, known = begun(values)
    act = Act.of(values.as_(post), "answer", at(when), {"unit": "water"})
    if may:
        assert rules.decide(values.kinds["alarm"], state, act, known).role == "duty"
        return
    with pytest.raises(Refusal) as refused:
        rules.decide(values.kinds["alarm"], state, act, known)
    assert "值班室当班" in refused.value.sentence()


@pytest.fixture
def village(database: str) -> Any:
    return make_district(with_alarms)


def opened(village: Any, when: str = DAY, **form: Any) -> Any:
    with acting_as(village.system) as asker:
        return store.open_matter(asker, "alarm", {"title": "响了", **form}, at=at(when))


def waiting(village: Any, post: str, when: datetime) -> int:
    with acting_as(village.as_(post)) as asker:
        return queries.matters(asker, queries.Filter(scope="mine", kind="alarm"), now=when).count()


def test_at_six_it_leaves_one_inbox_and_stands_in_the_other(village: Any) -> None:
    opened(village)
    posts = ("dispatcher-1", "dispatcher-2", "head", "water-1")
    assert [waiting(village, post, at(DAY)) for post in posts] == [1, 0, 0, 0]
    assert [waiting(village, post, at(NIGHT)) for post in posts] == [0, 1, 0, 0]
    with as_owner():
        gone = Appointment.objects.filter(district=village.id, post__code="dispatcher-2")
        gone.update(until="2026-11-01")
    assert [waiting(village, post, at(NIGHT)) for post in ("dispatcher-1", "head")] == [0, 1], "nobody holds that post"


def test_what_is_raised_to_a_roster_pages_whoever_is_on_duty(village: Any) -> None:
    one = opened(village)
    with acting_as(village.as_("dispatcher-1")) as asker:
        store.act(asker, one.id, "answer", {"unit": "water"}, at=at("2026-11-27T17:00"))
    assert waiting(village, "dispatcher-2", at(NIGHT)) == 0
    with acting_as(village.as_("water-1")) as asker:
        store.act(asker, one.id, "page", at=at(DAY))
    assert [waiting(village, post, at(NIGHT)) for post in ("dispatcher-1", "dispatcher-2")] == [0, 1]


def test_loads_are_counted_in_the_whole_district_whoever_asks(village: Any) -> None:
    for unit in ("water", "water", "green"):
        one = opened(village, whose=unit)
        with acting_as(village.as_("dispatcher-1")) as asker:
            store.act(asker, one.id, "answer", {"unit": unit}, at=at(DAY))
    with acting_as(village.as_("dispatcher-1")) as asker:
        made = store.open_matter(asker, "alarm", {"title": "又响", "category": "drain.blocked"}, at=at(DAY))
    assert made.state["suggested"] == "green"
    assert "1" in why(made.state)
    assert "2" in why(made.state)
    desks = [client(village, post) for post in ("dispatcher-1", "dispatcher-2")]
    pages = [desk.get(f"/desk/matters/{made.number}/").content.decode() for desk in desks]
    assert any("在办最少" in page for page in pages), "whoever is on duty now is told; the other assigns nothing"
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    pages = [desk.get(f"/desk/matters/{made.number}/", **english).content.decode() for desk in desks]
    assert any("fewest open matters of 2 units (Greening" in page for page in pages), "in the language of who reads"
    assert not any("在办最少" in page for page in pages)
    with acting_as(village.as_("bei-1")):
        assert not Matter.objects.filter(number=made.number).exists(), "the numbers open nothing to anybody"


def test_the_page_of_a_kind_calls_a_roster_by_its_title(village: Any) -> None:
    answer = client(village, "dispatcher-1").get("/desk/kinds/alarm/")
    assert answer.status_code == 200
    assert "值班室" in answer.content.decode()


# --- proof ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("to: field whose", "to: field text", '"text" is no field of type unit; there are: whose'),
        ("to: field whose", "to: field who", '"who" is no field of type unit'),
        ("to: roster duty", "to: roster night", 'there is no roster "night"'),
        ("of clerk in bureau", "of clerk in company", "so nothing can be routed there by load"),
        ("of clerk in bureau", "of auditor", "so nothing can be routed there by load"),
        ("of clerk in bureau", "of nobody", "so nothing can be routed there by load"),
        ("owner: duty", "owner: dutty", "there is no owner dutty"),
        ("raises: [duty]", "raises: [dutty]", "there is no owner dutty"),
        ("when: category = 'drain.blocked', because: {zh: 忙闲", "because: {zh: 忙闲", "roster duty can never fire"),
    ],
)
def test_a_route_or_roster_that_leads_nowhere_is_refused(tmp_path: Path, before: str, after: str, said: str) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    with_alarms(pack)
    assert problems(pack) == []
    file = pack / "matters" / "alarm.yaml"
    assert before in KIND
    file.write_text(KIND.replace(before, after, 1), "utf-8")
    found = problems(pack)
    assert any(one.startswith("matters/alarm.yaml:") and said in one for one in found), found


def test_duties_route_by_roster_and_load_too(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", "990000")
    with_alarms(pack)
    duties = pack / "duties.csv"
    whole = duties.read_text("utf-8")
    duties.write_text(whole.replace("drain,water", "drain,roster duty"), "utf-8")
    assert problems(pack) == []
    duties.write_text(whole.replace("drain,water", "drain,least load of sweeper"), "utf-8")
    assert any(one.startswith("duties.csv:2") and "by load" in one for one in problems(pack))
