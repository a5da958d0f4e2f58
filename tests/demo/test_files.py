# ruff: noqa: E501 (a damage is easier to see on one line)
"""What `pack check` passes of a demo's own files, the simulation can read and say: no traceback of `year.yaml`,
`layout.yaml` and `texts/`."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packs.broken import BREAKINGS
from yiwang.demo import files
from yiwang.demo.loading import read
from yiwang.demo.office import habits_of
from yiwang.demo.scenes import Stage
from yiwang.demo.sensors import Sensors
from yiwang.packs import loading
from yiwang.worktime import Calendar

PACK = Path(__file__).parents[2] / "packs" / "demo"
OWN = ("year.yaml", "layout.yaml", *(f"texts/{path.name}" for path in sorted((PACK / "texts").glob("*.yaml"))))
TOLD = re.compile(r"[\w./-]+:\d+: .{8,}", re.DOTALL)


@pytest.fixture(scope="module")
def whole(database: str) -> Any:
    """The demo's pack, read once."""
    return loading.read(PACK)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy in which a demo's own files may be damaged."""
    return Path(shutil.copytree(PACK, tmp_path / "demo", ignore=shutil.ignore_patterns("matters", "indicators")))


def told(folder: Path, whole: Any) -> list[str]:
    """What `pack check` says of a demo's own files; the rest of the pack is sound."""
    said = [(problem.speak("en"), problem.speak("zh")) for problem in read(folder, whole).problems]
    assert all(TOLD.fullmatch(one) for both in said for one in both), said
    return [en for en, _ in said]


def simulated(folder: Path) -> None:
    """Everything that the simulation takes of these files, said once."""
    rng, at = random.Random(1), datetime(2026, 11, 20, tzinfo=UTC)
    stage = Stage(folder, 1, Calendar.load("cn"))
    for hour in stage.arrivals.times(50, at):
        kind = stage.arrivals.kind(rng, hour)
        stage.arrivals.channel(rng, kind, stage.arrivals.leaf(rng, kind, hour))
    for leaf in stage.leaves:
        address = stage.places.address(rng, leaf.at, stage.places.draw(rng))
        for again in (False, True):
            stage.voice.message(rng, leaf, address, again)
        stage.voice.patrol(rng, leaf, address)
        stage.voice.answer(rng, leaf)
        stage.voice.result(rng, leaf)
    for unit in ("bureau-water", "street-lutan", "company-x"):
        habits_of(stage.year.habits, unit)
    stage.hot_times(at)
    for number in range(len(stage.year.hot_spots)):
        stage.scene(number, at, hot=str(number))
    assert stage.year.plan.imported.utcoffset() is not None
    assert files.layout_of(folder).waters.river


def test_the_year_is_read_once_until_somebody_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its volumes, its sensors and its plan are of one reading."""
    read_files: list[str] = []
    as_read = files.PackFile.__init__
    monkeypatch.setattr(
        files.PackFile,
        "__init__",
        lambda self, path, **more: read_files.append(path.name) or as_read(self, path, **more),
    )
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder)
    stage = Stage(folder, 1, Calendar.load("cn"))
    Sensors(folder, 1)
    assert files.year_of(folder) is stage.year
    assert read_files.count("year.yaml") == 1
    text = (folder / "year.yaml").read_text("utf-8")
    (folder / "year.yaml").write_text(text + "# a remark\n", "utf-8")
    assert files.year_of(folder) is not stage.year


def test_the_demos_own_files_are_sound(whole: Any) -> None:
    assert told(PACK, whole) == []
    simulated(PACK)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("year.yaml", "weekdays: [1.18, ", "weekdays: [", "weekdays"),
        ("year.yaml", "holiday: 0.62", "", "holiday"),
        ("year.yaml", "holiday: 0.62", "holiday: a lot", "holiday"),
        ("year.yaml", "holiday: 0.62", 'holiday: "nan"', "nan is not"),
        ("year.yaml", "repeats: 0.045", "repeats: 4.5", "repeats"),
        ("year.yaml", "quick: 0.3}", "}", "habits.default|quick"),
        ("year.yaml", "from: 95, to: 20", "from: 20, to: 95", "20.*95|95.*20"),
        ("year.yaml", "road: 云阶路, number: 88", "road: 云阶路", "estate"),
        ("year.yaml", "2026-01-12T14:00:00+08:00", "2026-01-12", "imported"),
        ("year.yaml", "channels:\n  hotline: {12345电话: 78, 网上诉求: 14, 领导信箱: 3, 企业热线: 5}", "channels:\n  hotline: {企业热线: 5}", "zero"),
        ("year.yaml", "  street-liaozhou: 0.60", "  street-nowhere: 0.60", "street-nowhere"),
        ("layout.yaml", "  street-liaozhou: [6500, -3100]", "  street-liaozhou: [6500]", "street-liaozhou"),
        ("layout.yaml", "widths: [330, 620]", "widths: [330]", "widths"),
        ("layout.yaml", "  river:", "  stream:", "river|stream"),
        ("texts/phrases.yaml", "{estate}{n}号楼", "{estat}{n}号楼", "estat"),
        ("texts/phrases.yaml", "巡查发现{where}{core}", "巡查发现{where}{core", "brace"),
        ("texts/phrases.yaml", "  consult: [\"您好，\"", "  question: [\"您好，\"", "consult"),
        ("texts/phrases.yaml", "pauses:", "pause:", "pause"),
        ("texts/water.yaml", "weight: 4", "weight: none", "weight"),
        ("texts/water.yaml", "E0101:", "E9901:", "E9901"),
        ("texts/water.yaml", "at: home", "at: moon", "moon"),
        ("texts/water.yaml", "{n}楼以上", "{q}楼以上", "q"),
    ],
)  # fmt: skip
def test_what_the_simulation_could_not_read_is_told(
    whole: Any, pack: Path, file: str, old: str, new: str, says: str
) -> None:
    text = (pack / file).read_text("utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), "utf-8")
    said = told(pack, whole)
    assert any(re.search(says, one) for one in said), said


def broken() -> Iterator[tuple[str, str]]:
    for i, file in enumerate(OWN):
        yield from ((file, how) for j, how in enumerate(BREAKINGS) if (i + j) % 5 == 0)


@settings(max_examples=24, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=st.sampled_from(list(broken())))
def test_a_broken_file_is_told_or_simulated(whole: Any, pack: Path, case: tuple[str, str]) -> None:
    file, how = case
    text = (PACK / file).read_text("utf-8")
    damaged = BREAKINGS[how](text)
    (pack / file).write_bytes(damaged if isinstance(damaged, bytes) else damaged.encode("utf-8", "surrogatepass"))
    try:
        if not told(pack, whole):
            simulated(pack)
    finally:
        (pack / file).write_text(text, "utf-8")
