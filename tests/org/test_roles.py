"""Roles are data: a district whose roles have other names works as every other one does."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.district import DEMO_PACK, write_pack
from yiwang.org.roles import roles_from
from yiwang.why import Refusal

OTHER_NAMES = {
    "dispatcher": "deputy",
    "clerk": "runner",
    "supervisor": "warden",
    "grid_worker": "walker",
    "head": "chair",
    "auditor": "reader",
    "admin": "keeper",
}
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)


def renamed(pack: Path) -> None:
    """Every role by another name: in roles.yaml, in the kinds, in the list of posts (whose codes stay)."""
    for path in [pack / "roles.yaml", *(pack / "matters").glob("*.yaml")]:
        text = path.read_text("utf-8")
        for name, other in OTHER_NAMES.items():
            text = re.sub(rf"\b{name}\b", other, text)
        path.write_text(text, "utf-8")
    lines = (pack / "posts.csv").read_text("utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    posts = [",".join([row[0], row[1], OTHER_NAMES.get(row[2], row[2]), *row[3:]]) for row in rows]
    (pack / "posts.csv").write_text("\n".join(posts) + "\n", "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    from tests.support.district import make_district

    return make_district(renamed)


def test_a_ticket_goes_its_way(district: Any) -> None:
    from yiwang.matters import queries, store
    from yiwang.matters.queries import Filter
    from yiwang.org.session import acting_as

    with acting_as(district.as_("dispatcher-1")) as asker:
        said = {"title": "井盖缺失", "text": "路边井盖缺失", "category": "drain.cover"}
        one = store.open_matter(asker, "hotline", said, at=NOW, key="a")
        assert [row.pk for row in queries.matters(asker, Filter(scope="mine"), now=NOW)] == [one.id]
        store.act(asker, one.id, "assign", {"unit": "water"}, at=NOW)
    with acting_as(district.as_("green-1")) as asker, pytest.raises(LookupError):
        store.act(asker, one.id, "accept", at=NOW)
    with acting_as(district.as_("water-1")) as asker:
        assert [row.pk for row in queries.matters(asker, Filter(scope="mine"), now=NOW)] == [one.id]
        store.act(asker, one.id, "accept", at=NOW)
        with pytest.raises(Refusal, match=r"派单员|deputy of"):
            store.act(asker, one.id, "suspend", {"reason": "下雨"}, at=NOW)


def test_who_supervises_switches_and_begins_where(district: Any) -> None:
    from yiwang.goals.permissions import reporting_unit, supervises
    from yiwang.org.mode import may_switch
    from yiwang.org.session import acting_as

    supervise, switch, report = [], [], []
    for post in ("head", "dispatcher-1", "auditor", "supervisor", "water-1", "bei-grid"):
        with acting_as(district.as_(post)) as asker:
            supervise += [post] if supervises(asker) else []
            switch += [post] if may_switch(asker) else []
            report += [post] if reporting_unit(asker, asker.posts[0].unit, []) else []
    assert supervise == ["supervisor"]
    assert switch == ["head", "dispatcher-1"]
    assert report == ["head", "dispatcher-1", "water-1"]


LATER = {"district_leader"}  # roles that came when roles said themselves what they act for


def test_roles_kept_from_before_mean_what_they_meant() -> None:
    whole = yaml.safe_load((DEMO_PACK / "roles.yaml").read_text("utf-8"))["roles"]
    said = {name: role for name, role in whole.items() if name not in LATER}
    new = {"acts_for", "supervises", "switches", "imports"}
    before = {name: {key: value for key, value in role.items() if key not in new} for name, role in said.items()}
    assert roles_from(before) == roles_from(said)


MISTAKES = [
    ("roles.yaml", ", acts_for: [desk, unit]", "", "does not say what the role dispatcher acts for"),
    ("roles.yaml", "acts_for: [desk, unit]", "acts_for: [desk, moon]", "roles.yaml:"),
    ("roles.yaml", "  admin:", "  handler:", "the platform uses the word handler itself"),
    ("matters/hotline.yaml", "by: supervisor", "by: wizard", "there is no owner wizard; choose one of unit, reporter"),
]


@pytest.mark.parametrize(("file", "right", "wrong", "says"), MISTAKES, ids=[says for *_, says in MISTAKES])
def test_what_a_role_must_say_is_proven(
    database: str, tmp_path: Path, file: str, right: str, wrong: str, says: str
) -> None:
    from yiwang.org.pack_text import PackError
    from yiwang.packs import loading

    pack = write_pack(tmp_path / "pack", "998855")
    text = (pack / file).read_text("utf-8")
    assert right in text
    (pack / file).write_text(text.replace(right, wrong), "utf-8")
    try:
        found = [problem.speak("en") for problem in loading.read(pack).problems]
    except PackError as error:
        found = [problem.speak("en") for problem in error.problems]
    assert any(says in one for one in found), found
