"""The directory's page: figures that agree with the lists behind them, for each reader; nothing typed by hand."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.said import said
from yiwang.matters import store
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.systems.queries import has_any

GROUPS = {"zebra": {"zh": "先", "en": "First"}, "a": {"zh": "后", "en": "Second"}}
SYSTEMS: list[dict[str, Any]] = [
    {"number": 3, "group": "zebra", "title": {"zh": "热线办理", "en": "Calls"}, "main": True, "also": ["投诉"],
     "kinds": ["hotline"], "indicators": ["hotline_on_time"], "stories": ["a_call"]},
    {"number": 7, "group": "zebra", "title": {"zh": "督查督办", "en": "Orders"}, "kinds": ["supervision"],
     "pages": ["inbox"], "waits": "scores", "lacks": {"zh": "得分", "en": "points"}},
    {"number": 1, "group": "a", "title": {"zh": "网格巡查", "en": "Grid"}, "kinds": ["grid_event"],
     "stories": ["a_day"]},
    {"number": 9, "group": "a", "title": {"zh": "人口档案", "en": "Files"}, "waits": "scores"},
]  # fmt: skip
DIRECTORY = {"groups": GROUPS, "waiting": {"scores": {"zh": "考核", "en": "appraisal"}}, "systems": SYSTEMS}


def with_a_directory(pack: Path) -> None:
    (pack / "systems.yaml").write_text(yaml.safe_dump(DIRECTORY, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    district = make_district(with_a_directory)
    with acting_as(district.system) as asker:
        for days, street in ((0, "bei"), (1, "bei"), (40, "nan")):
            given = {"title": f"{days}", "text": "…", "category": "drain.blocked", "street": street}
            store.open_matter(asker, "hotline", given, at=timezone.now() - timedelta(days=days))
    return district


def page(town: TestDistrict, post: str, query: str = "") -> str:
    answer = client(town, post).get(f"/desk/systems/{query}", headers={"Accept-Language": "zh"})
    assert answer.status_code == 200
    return str(answer.content.decode())


def lines(shown: str) -> dict[int, tuple[str, str]]:
    """number -> (state, the whole line)."""
    parts = re.split(r'(?=<div class="systems-line)', shown)[1:]
    found = {}
    for part in parts:
        number, state = re.search(r'data-number="(\d+)"', part), re.search(r'class="mark (\w+)"', part)
        assert number is not None
        assert state is not None
        found[int(number[1])] = (state[1], " ".join(said(part.split("</aside>")[0]).split()))
    return found


def listed(clerk: Client, address: str) -> int:
    """How many rows the list of an address has."""
    return int(clerk.get(unescape(address)).content.decode().count("<tr data-row>"))


def test_states_are_seen_and_groups_stand_as_written(town: TestDistrict) -> None:
    shown = page(town, "head")
    found = lines(shown)
    assert {number: state for number, (state, _) in found.items()} == {
        3: "running",
        7: "part",
        1: "empty",
        9: "absent",
    }
    assert list(found) == [3, 7, 1, 9]
    assert shown.index("先") < shown.index("后")
    assert "在办 3" in found[3][1]


@pytest.mark.parametrize("post", ["head", "bei-1", "nan-1"])
def test_a_count_is_as_long_as_its_list(town: TestDistrict, post: str) -> None:
    shown, clerk = page(town, post, "?at=3"), client(town, post)
    panel = shown[shown.index('id="system"') :]
    doors = re.findall(r'href="(/wall/cases/(open|overdue)/[^"]*)"[^>]*>\s*(?:在办|超时) (\d+)', panel)
    assert [name for _, name, _ in doors] == ["open", "overdue"]
    for address, name, number in doors:
        assert listed(clerk, address) == int(number), (name, address)
    assert int(doors[0][2]) == {"head": 3, "bei-1": 2, "nan-1": 1}[post]


def test_who_may_not_see_a_kind_sees_no_number_and_who_may(town: TestDistrict) -> None:
    shown = page(town, "bei-grid", "?at=7")
    _, line = lines(shown)[7]
    assert "—" in line
    assert "在办" not in line
    panel = said(shown[shown.index('id="system"') :])
    assert "能看到的岗位" in panel
    assert "督查员" in panel
    assert "/wall/cases/" not in shown[shown.index('id="system"') :]


def test_it_is_searched_by_everything_that_people_call_it(town: TestDistrict) -> None:
    for asked, meant in {"投诉": {3}, "calls": {3}, "督办单": {7}, "9": {9}, "收件箱": {7}, "没有的": set()}.items():
        shown = page(town, "head", f"?q={asked}")
        fades = set(map(int, re.findall(r'<div class="systems-line fades" data-number="(\d+)"', shown)))
        assert {3, 7, 1, 9} - fades == meant, asked
        assert ("没有找到" in shown) is not meant
    assert set(re.findall(r'line fades" data-number="(\d+)"', page(town, "head", "?only=main"))) == {"7", "1", "9"}
    assert set(re.findall(r'line fades" data-number="(\d+)"', page(town, "head", "?only=absent"))) == {"3", "7", "1"}


def test_a_row_that_is_chosen_brings_its_panel_alone(town: TestDistrict) -> None:
    part = client(town, "head").get("/desk/systems/?at=9", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "人口档案" in part
    assert "考核" in part
    assert 'data-key="d"' not in part  # there is nothing to open
    assert client(town, "head").get("/desk/systems/?at=8").status_code == 404


def test_a_district_without_a_directory_has_no_page_and_no_block(database: str) -> None:
    district = make_district()
    clerk = client(district, "head")
    assert clerk.get("/desk/systems/").status_code == 404
    assert "/desk/systems/" not in clerk.get("/desk/").content.decode()


def test_a_pack_without_it_takes_it_away(database: str) -> None:
    town = make_district(with_a_directory)
    (town.folder / "systems.yaml").unlink()
    loading.load(town.folder)
    with acting_as(town.as_("head")) as asker:
        assert not has_any(asker)
