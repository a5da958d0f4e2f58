"""`pack check` holds the directory of a district to what its pack defines, and names file and line of what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packs.checking import problems
from tests.support.district import write_pack

CARRIED = {
    "number": 26, "group": "city", "title": {"zh": "热线", "en": "Hotline"}, "kinds": ["hotline"], "pages": ["inbox"],
    "stories": ["a_call"],
}  # fmt: skip
WAITING = {"number": 41, "group": "data", "title": {"zh": "档案", "en": "Files"}, "waits": "records"}
DIRECTORY = {
    "groups": {"city": {"zh": "城市", "en": "City"}, "data": {"zh": "数据", "en": "Data"}},
    "waiting": {"records": {"zh": "档案", "en": "records"}},
    "systems": [CARRIED, WAITING],
}


@pytest.fixture
def pack(database: str, tmp_path: Path) -> Path:
    return write_pack(tmp_path / "pack", "998876")


def said(pack: Path, *systems: dict[str, Any], **more: Any) -> list[str]:
    """What is wrong with a directory of these systems."""
    directory = DIRECTORY | {"systems": list(systems)} | more
    (pack / "systems.yaml").write_text(yaml.safe_dump(directory, allow_unicode=True, sort_keys=False), "utf-8")
    return problems(pack)


def test_a_pack_may_have_a_directory_or_none(pack: Path) -> None:
    assert problems(pack) == []
    assert said(pack, CARRIED, WAITING) == []


WRONG = [
    ({"kinds": ["hotlin"]}, "there is no kind hotlin; there are grid_event"),
    ({"indicators": ["nothing"]}, "there is no indicator nothing"),
    ({"pages": ["moon"]}, "the platform has no page moon"),
    ({"group": "moon"}, "there is no group moon; there are city"),
    ({"waits": "moon"}, "waiting does not name moon; it names records"),
    ({"number": 41}, "the number 41 was given before"),
    ({"number": 0}, "a number is between 1 and 9999, not 0"),
    ({"stories": ["A call!"]}, "not A call!"),
    ({"stories": []}, "no story proves 26"),
    ({"kinds": [], "pages": []}, "nothing carries 26, so no story can prove it"),
    ({"kinds": [], "pages": [], "stories": []}, "nothing carries 26: say with waits what it waits for"),
    ({"lacks": {"zh": "表", "en": "forms"}}, "26 says what it lacks but not for what that waits"),
    ({"colour": "red"}, "there is nothing called colour"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_is_wrong_is_named(pack: Path, change: dict[str, Any], says: str) -> None:
    found = said(pack, WAITING, CARRIED | change)
    assert any(one.startswith("systems.yaml:") and says in one for one in found), found


def test_a_group_without_systems_is_named_on_its_line(pack: Path) -> None:
    groups = DIRECTORY["groups"] | {"moon": {"zh": "月", "en": "Moon"}}  # type: ignore[operator]
    (wrong,) = said(pack, CARRIED, WAITING, groups=groups)
    assert wrong.startswith("systems.yaml:8: ")
    assert "no system stands in the group moon" in wrong


def test_a_kind_that_cannot_be_read_is_not_missed_beside(pack: Path) -> None:
    path = pack / "matters" / "hotline.yaml"
    path.write_text(path.read_text("utf-8").replace("stages:", "stagez:", 1), "utf-8")
    assert not [one for one in said(pack, CARRIED, WAITING) if one.startswith("systems.yaml")]
