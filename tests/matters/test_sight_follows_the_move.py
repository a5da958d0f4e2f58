"""Whoever acts everywhere sees what waits for them, wherever they sit, and no more than that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tickets import at
from tests.support.values import values_of
from yiwang.matters import queries, rules, store
from yiwang.matters.queries import Filter
from yiwang.matters.taking_part import involved
from yiwang.org.asker import Asker, PostHeld
from yiwang.org.district import PostFacts
from yiwang.org.roles import EVERYWHERE, RoleFacts
from yiwang.org.session import acting_as

KIND = """
matter: notice
title: {zh: 巡查线索, en: Notice}
version: 2026-01-01
reference: 试验
prefix: XS
opens: {desk: {by: [dispatcher], fields: [title, text, street, place]}}
form: {text: {type: text, title: {zh: 内容, en: Text}}}
stages:
  seen: {title: {zh: 待看, en: Seen}, owner: grid_worker}
  asked: {title: {zh: 待定, en: Asked}, owner: dispatcher}
  over: {title: {zh: 结束, en: Over}, final: true}
actions:
  look: {title: {zh: 看过, en: Look}, from: seen, to: over, by: grid_worker}
  ask: {title: {zh: 请示, en: Ask}, from: seen, to: asked, by: [grid_worker, dispatcher]}
  page: {title: {zh: 再叫, en: Page}, from: asked, by: dispatcher, raises: [grid_worker], at_most: 2}
  drop: {title: {zh: 作罢, en: Drop}, from: [seen, asked], to: over, by: dispatcher}
clocks: {looking: {title: {zh: 查看, en: Looking}, starts: seen, stops: over, limit: 3 workdays}}
"""


def with_kind(pack: Path) -> None:
    (pack / "matters" / "notice.yaml").write_text(KIND, "utf-8")
    roles = (pack / "roles.yaml").read_text("utf-8")
    assert "kinds: [hotline, grid_event" in roles
    (pack / "roles.yaml").write_text(roles.replace("kinds: [hotline, grid", "kinds: [notice, hotline, grid"), "utf-8")


@pytest.fixture(scope="module")
def values() -> Any:
    return values_of(with_kind)


def sees(values: Any, district: Any, state: Any, post: PostFacts) -> bool:
    unit, does = district.by_code[post.unit], district.roles[post.role]
    held = PostHeld(1, post.code, post.role, unit.id, unit.code, district.sees_from(unit), does)
    asker = Asker(1, posts=(held,), units=(held.sees,), clearance=does.clearance, kinds=does.kinds)
    seen_by = district.seen_by(*(district.by_code[code].id for code in involved(state)))
    return asker.sees(seen_by, state["sensitivity"], "notice")


@given(data=st.data())
def test_somebody_sees_what_waits_for_a_role_that_acts_everywhere(values: Any, data: st.DataObject) -> None:
    district = values.world.district
    units = sorted(district.by_code)
    streets = [unit.code for unit in district.units.values() if unit.kind == "street"]
    seats = data.draw(st.lists(st.sampled_from(units), min_size=1, max_size=4))
    street = data.draw(st.sampled_from([None, *streets]))
    posts = {f"p{n}": PostFacts(f"p{n}", unit, "grid_worker", {}) for n, unit in enumerate(seats)}
    roles = {**district.roles, "grid_worker": RoleFacts(acts_for=(EVERYWHERE,), clearance=2)}
    district = replace(district, posts=posts, roles=roles)
    said = {"title": "线索", **({"street": street} if street else {})}
    kind, known = values.kinds["notice"], replace(values.world, district=district)
    state = rules.begin(kind, said, at("2026-10-12T10:00"), known, place=None)
    seers = {post.unit for post in posts.values() if sees(values, district, state, post)}
    assert seers, "it waits for somebody who can find it"
    of_street = {unit for unit in seats if street and district.by_code[street].id in district.by_code[unit].path}
    alone = {unit for unit in seats if district.sees_from(district.by_code[unit]) in district.seen_by(district.root.id)}
    if street in seats or alone:
        assert state.get("rostered") is None, "where somebody sees it anyway, it is opened to nobody else"
    elif not street:
        assert seers == {*seats}
    assert seers >= of_street & {street}


@pytest.fixture
def village(database: str) -> Any:
    return make_district(with_kind)


def waiting(village: Any, post: str, number: str) -> bool:
    with acting_as(village.as_(post)) as asker:
        return queries.matters(asker, Filter(scope="mine"), now=at("2026-10-12T12:00")).filter(number=number).exists()


def test_it_stands_in_the_inbox_of_who_sits_in_a_street(village: Any) -> None:
    with acting_as(village.system) as asker:
        opened = store.open_matter(asker, "notice", {"title": "线索"}, at=at("2026-10-12T10:00"))
        placed = store.open_matter(asker, "notice", {"title": "别处", "street": "nan"}, at=at("2026-10-12T10:00"))
    assert waiting(village, "bei-grid", opened.number)
    page = client(village, "bei-grid").get(f"/desk/matters/{opened.number}/")
    assert page.status_code == 200
    with acting_as(village.as_("bei-grid")) as asker:
        store.act(asker, opened.id, "look", at=at("2026-10-12T11:00"))
    where = client(village, "bei-grid").get(f"/desk/matters/{placed.number}/").status_code
    assert where == (200 if placed.state.get("rostered") else 404)


def test_what_is_raised_to_them_is_seen_too(village: Any) -> None:
    with acting_as(village.as_("dispatcher-1")) as asker:
        opened = store.open_matter(asker, "notice", {"title": "线索"}, at=at("2026-10-12T10:00"))
        store.act(asker, opened.id, "ask", at=at("2026-10-12T10:30"))
        store.act(asker, opened.id, "page", at=at("2026-10-12T10:40"))
    assert waiting(village, "bei-grid", opened.number)
