"""Each broken definition is refused on the line that is to be mended, with what would mend it (design §4)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.matters.broken_kinds import BROKEN_KINDS
from tests.matters.small_kind import CLASSES, FULL, UNITS, crew, small
from yiwang.matters import proof
from yiwang.matters.definition import Kind, placed
from yiwang.matters.schema import Home
from yiwang.org.pack_file import PackFile
from yiwang.org.pack_text import Problem


def problems(change: str, folder: Path) -> tuple[PackFile, list[Problem]]:
    """The small kind with a change, as a file, and what is wrong with it."""
    path = folder / "matters" / "lift.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(small(change), allow_unicode=True, sort_keys=False), "utf-8")
    file = PackFile(path, root=folder)
    kind = placed(file.as_a(Kind), Home())
    wrong = proof.complaints(kind, units=UNITS, classes=CLASSES, crew=crew(**FULL))
    return file, [file.problem(where, words) for where, words in wrong]


def test_there_are_sixty_of_them() -> None:
    assert len(BROKEN_KINDS) >= 60


@pytest.mark.parametrize(("change", "path", "says"), BROKEN_KINDS.values(), ids=BROKEN_KINDS)
def test_a_broken_definition_is_refused_on_its_line(change: str, path: str, says: str, tmp_path: Path) -> None:
    file, found = problems(change, tmp_path)
    begins = f"matters/lift.yaml:{file.line(path)}: {says}"
    assert any(one.speak("en").startswith(begins) for one in found), (begins, [one.speak("en") for one in found])
    assert all(any("一" <= sign <= "鿿" for sign in one.speak("zh")) for one in found)
