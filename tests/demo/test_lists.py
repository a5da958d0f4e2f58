"""The demo district's lists fit together, and nobody in them exists."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import RequestFactory

from tests.support.district import TestDistrict
from yiwang.demo import accounts, sign_ins
from yiwang.demo.loop_words import LoopsFile, Said, wrong_in_loops
from yiwang.matters.definition import Kind
from yiwang.org.session import as_owner
from yiwang.org.titles import convert
from yiwang.why.yaml_text import data_of

PACK = Path(__file__).parents[2] / "packs" / "demo"
SHARED = Path(__file__).parents[3] / "shared"


@cache
def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((PACK / f"{name}.csv").read_text("utf-8").splitlines()))


def test_there_are_as_many_units_as_a_real_district_has() -> None:
    kinds = Counter(unit["kind"] for unit in rows("units"))
    assert kinds["district"] == kinds["centre"] == 1
    assert kinds["street"] == 12
    assert kinds["bureau"] >= 20
    assert 140 <= kinds["neighbourhood"] <= 160


def test_no_two_units_share_a_code_or_a_name() -> None:
    for column in ("code", "name_zh", "short_zh"):
        assert [n for n, times in Counter(unit[column] for unit in rows("units")).items() if times > 1] == []


@pytest.mark.parametrize(
    ("kind", "role", "at_least"),
    [
        ("centre", "dispatcher", 4),
        ("bureau", "head", 1),
        ("bureau", "clerk", 2),
        ("street", "head", 1),
        ("street", "dispatcher", 1),
        ("street", "clerk", 2),
        ("street", "grid_worker", 2),
    ],
)
def test_every_unit_has_the_people_that_its_work_needs(kind: str, role: str, at_least: int) -> None:
    posts = Counter((post["unit"], post["role"]) for post in rows("posts"))
    for unit in rows("units"):
        if unit["kind"] == kind:
            assert posts[unit["code"], role] >= at_least, unit["name_zh"]


def test_every_post_is_held_by_one_person_and_every_person_has_a_name_of_his_own() -> None:
    people = rows("people")
    assert Counter(one["post"] for one in people) == Counter(post["code"] for post in rows("posts"))
    assert len({one["username"] for one in people}) == len(people) == len({one["name"] for one in people})


def test_the_sign_ins_are_people_of_the_district_one_for_each_face() -> None:
    password, found = sign_ins.read(PACK)
    people = {one["username"]: one for one in rows("people")}
    roles = {post["code"]: post["role"] for post in rows("posts")}
    held = Counter(roles[people[one.username]["post"]] for one in found)
    assert len(password) >= 12
    assert {one.face for one in found} == {"wall", "desk", "field", "board"}
    assert held["dispatcher"] >= 2
    assert held["clerk"] >= 3
    assert {"head", "supervisor", "grid_worker", "auditor", "admin"} <= set(held)
    assert all(one.name == people[one.username]["name"] and set(one.who) == {"zh", "en"} for one in found)


def test_the_categories_form_a_tree_of_three_levels_with_names_of_their_own() -> None:
    parents = {one["code"]: one["parent"] for one in rows("categories")}
    depth = Counter(1 if not p else 2 if not parents[p] else 3 for p in parents.values())
    assert (depth[1], depth[2], depth[3]) >= (12, 45, 150)
    leaves = [one for one in rows("categories") if one["code"] not in parents.values()]
    assert len({one["name_zh"] for one in leaves}) == len(leaves) == depth[3]
    assert {one["class"] for one in leaves} == {"consult", "suggestion", "request", "complaint", "praise"}
    assert {"暴露垃圾", "井盖缺失", "道路积水"} <= {one["name_zh"] for one in leaves}


def test_every_leaf_has_a_duty_that_names_a_unit_or_the_street_of_the_place() -> None:
    units = {unit["code"] for unit in rows("units")} | {"street of place"}
    duties = {one["category"]: one for one in rows("duties")}
    leaves = {one["code"] for one in rows("categories") if one["class"]}
    assert set(duties) == leaves
    assert {one["unit_rule"] for one in duties.values()} <= units
    assert len({one["clause"] for one in duties.values()}) == len(duties)


def test_the_year_speaks_of_units_places_and_categories_that_exist() -> None:
    year = yaml.safe_load((PACK / "year.yaml").read_text("utf-8"))
    units = {unit["code"] for unit in rows("units")}
    categories = {one["code"] for one in rows("categories")}
    assert set(year["streets"]) == {unit["code"] for unit in rows("units") if unit["kind"] == "street"}
    assert set(year["seasons"]) | set(year["storms"]["factors"]) <= categories
    assert {name for name in year["habits"] if "-" in name} <= units
    for spot in year["hot_spots"]:
        assert spot["neighbourhood"] in units
        assert spot["category"] in categories


def test_names_of_the_district_are_in_none_of_the_documents_that_we_read() -> None:
    if not (SHARED / "documents").is_dir():
        pytest.skip("the shared documents are not here")
    texts = "".join(path.read_text("utf-8") for path in (SHARED / "documents").glob("*.txt"))
    for unit in rows("units"):
        if unit["kind"] in ("street", "neighbourhood"):
            assert unit["short_zh"] not in texts


def test_the_demo_password_opens_nothing_once_it_is_closed(district: TestDistrict, tmp_path: Path) -> None:
    one, other = district.username("dispatcher-1"), district.username("water-1")
    password, nobody = "the one of all", f"nobody.{district.code}"
    sign_in = {"username": one, "name": "施静", "face": "desk", "who": {"zh": "派单", "en": "Dispatcher"}}
    said = {"password": password, "sign_ins": [sign_in]}
    (tmp_path / "sign_ins.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    with as_owner():
        for name, secret in ((one, password), (other, "another phrase here"), (nobody, password)):
            User.objects.update_or_create(username=name, defaults={"password": make_password(secret)})
    asked = RequestFactory().post("/sign-in/")
    assert accounts.close_accounts(tmp_path) == 2, "also where nobody holds the account any more"
    assert authenticate(asked, username=one, password=password) is None
    assert authenticate(asked, username=nobody, password=password) is None
    assert authenticate(asked, username=other, password="another phrase here") is not None
    assert accounts.open_accounts(tmp_path) == 1
    assert authenticate(asked, username=one, password=password) is not None


def test_a_title_of_the_simulation_says_its_category() -> None:
    """No request for papers of the land register is told to be about a broken guardrail."""
    said = data_of((PACK / "loops.yaml").read_text("utf-8"))["kinds"]
    for path in (PACK / "matters").glob("*.yaml"):
        kind = data_of(path.read_text("utf-8"))
        asked = any("category" in door.get("fields", []) for door in kind.get("opens", {}).values())
        if asked and kind["matter"] in said:
            words = said[kind["matter"]]
            assert list(words.get("about", {})) == words["titles"], kind["matter"]


def test_a_title_with_a_category_that_is_none_is_refused_on_its_line() -> None:
    said = LoopsFile(["x"], {"leak": Said(titles=["Leak"], about={"Leak": "E0202", "Lake": "E0201", "Laek": "E9"})})
    kind = data_of((PACK / "matters" / "hotline.yaml").read_text("utf-8"))
    wrong = wrong_in_loops(said, {"leak": convert(kind, Kind, ("zh", "en"))}, ["E0201", "E0202"])
    assert [where for where, _ in wrong] == ["kinds.leak.about.Lake", "kinds.leak.about.Laek", "kinds.leak.about.Laek"]
