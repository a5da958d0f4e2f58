"""Every YAML file of a pack, broken in one way by a machine: never a traceback; what check passes, load loads (R1.1).

YIWANG_BREAKINGS=all tries each way on each file.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packs.broken import BREAKINGS
from tests.support.vale import VALE

FILES = sorted(path.relative_to(VALE).as_posix() for path in VALE.rglob("*.yaml"))
EACH = 1 if os.environ.get("YIWANG_BREAKINGS") == "all" else 7
CASES = [(file, how) for i, file in enumerate(FILES) for j, how in enumerate(BREAKINGS) if (i + j) % EACH == 0]
TOLD = re.compile(r"[\w./-]+:\d+: .{8,}", re.DOTALL)
# what is left is a sound file: what no longer fits together is told where it is used
SOUND_ALONE = ("a key missing", "unknown value", "null", "true", "negative")


def test_every_file_and_every_way_is_tried() -> None:
    assert len(CASES) >= 80
    assert ({file for file, _ in CASES}, {how for _, how in CASES}) == (set(FILES), set(BREAKINGS))


@pytest.fixture(scope="module")
def pack(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of a sound pack, loaded as it is when all has been tried."""
    from yiwang.packs import loading

    yield Path(shutil.copytree(VALE, tmp_path_factory.mktemp("broken") / "vale"))
    loading.load(VALE)


@pytest.mark.parametrize(("file", "how"), CASES, ids=[f"{file}-{how}" for file, how in CASES])
def test_a_broken_file_is_told_or_loaded(pack: Path, file: str, how: str) -> None:
    from yiwang.org.pack_text import PackError
    from yiwang.packs import loading

    broken = BREAKINGS[how]((VALE / file).read_text("utf-8"))
    (pack / file).write_bytes(broken if isinstance(broken, bytes) else broken.encode("utf-8", "surrogatepass"))
    try:
        try:
            problems = loading.read(pack).problems
        except PackError as error:
            problems = error.problems
            assert problems
        if not problems:
            assert loading.load(pack)
            return
        assert how in SOUND_ALONE or file in [problem.file for problem in problems], [one.speak() for one in problems]
        for problem in problems:
            assert TOLD.fullmatch(problem.speak("en")), problem
            assert TOLD.fullmatch(problem.speak("zh")), problem
    finally:
        shutil.copy(VALE / file, pack / file)


@pytest.mark.parametrize(
    ("where", "what"),
    [
        ("zone: Atlantic/Azores", "zone: Atlantic/Atlantis"),
        ("zone: Atlantic/Azores", 'zone: "a\\0b"'),
        ("week:", "wekk:"),
    ],
)
def test_what_is_wrong_with_a_calendar_is_told_on_its_line(pack: Path, where: str, what: str) -> None:
    from tests.packs.checking import problems

    text = (VALE / "expediente.yaml").read_text("utf-8")
    assert where in text
    line = text[: text.index(where)].count("\n") + 1
    (pack / "expediente.yaml").write_text(text.replace(where, what), "utf-8")
    found = problems(pack)
    shutil.copy(VALE / "expediente.yaml", pack / "expediente.yaml")
    assert [one.split(" ")[0] for one in found] == [f"expediente.yaml:{line}:"], found


def test_aliases_that_grow_without_end_are_refused_before_they_are_read(pack: Path) -> None:
    from tests.packs.checking import problems

    laughs = BREAKINGS["a billion laughs"]("")
    text = (VALE / "expediente.yaml").read_text("utf-8")
    grown = re.sub(r"^title:.*$", "title: {pt: *a11}", text, flags=re.MULTILINE)
    assert grown != text
    (pack / "expediente.yaml").write_text(laughs + grown, "utf-8")
    found = problems(pack)
    shutil.copy(VALE / "expediente.yaml", pack / "expediente.yaml")
    assert found
    assert all(one.startswith("expediente.yaml:") for one in found)
