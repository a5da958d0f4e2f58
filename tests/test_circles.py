"""No file leads back to itself by way of what it imports."""

from __future__ import annotations

from pathlib import Path

from tests.support.circles import circles, imports_within, strong


def test_no_files_of_the_house_import_one_another_in_a_circle() -> None:
    assert circles("yiwang") == []


def test_a_circle_that_is_hidden_from_the_interpreter_is_found(tmp_path: Path) -> None:
    room = tmp_path / "room"
    (room / "inner").mkdir(parents=True)
    for name, text in {
        "__init__.py": "from .first import a",
        "first.py": "def a():\n    from .second import b\n    return b",
        "second.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from room import third\nb = 1",
        "third.py": "from .inner import deep",
        "inner/__init__.py": "",
        "inner/deep.py": "from ..first import a",
        "apart.py": "from .first import a",
    }.items():
        (room / name).write_text(text, "utf-8")
    assert strong(imports_within("room", tmp_path)) == [["room.first", "room.inner.deep", "room.second", "room.third"]]
