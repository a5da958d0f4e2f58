"""The demo's directory: every system of the documents once, and no story that nobody has written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.vale import VALE
from yiwang.systems.definition import Directory, directory_from

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "packs" / "demo"
NUMBERED = 165  # what the documents name (design §4)


def directory(pack: Path) -> Directory:
    return directory_from(yaml.safe_load((pack / "systems.yaml").read_text("utf-8")))


def test_every_system_stands_in_it_once() -> None:
    assert [system.number for system in directory(DEMO).systems] == list(range(1, NUMBERED + 1))
    assert sum(system.main for system in directory(DEMO).systems) == 30


@pytest.mark.parametrize("pack", [DEMO, VALE], ids=["demo", "vale"])
def test_the_stories_are_there(pack: Path) -> None:
    named = {story for system in directory(pack).systems for story in system.stories}
    missing = sorted(story for story in named if not (ROOT / "tests" / "stories" / f"test_{story}.py").is_file())
    assert named
    assert missing == []


def test_a_kind_of_the_demo_carries_something() -> None:
    """But for those that are parts of another, and those that are out of use."""
    kinds = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (DEMO / "matters").glob("*.yaml")}
    used = {name for name, said in kinds.items() if not said.get("retired")}
    carrying = {name for system in directory(DEMO).systems for name in system.kinds}
    assert used - carrying == set()
