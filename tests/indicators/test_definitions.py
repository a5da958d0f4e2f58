"""A definition that cannot be counted is found when the pack is read, with file, line and mend."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.support.district import write_pack
from yiwang.indicators import loading as indicators_loading
from yiwang.packs import loading
from yiwang.packs import loading as packs

SOUND = """\
indicator: slow
title: {zh: 慢, en: slow}
version: 2026-01-01
reference: 试验
kind: hotline
counted_by: clock.handling.due
denominator:
  title: {zh: 届满, en: due}
  when: count.suspend = count.resume
numerator:
  title: {zh: 按时, en: in time}
  when: clock.handling.stopped <= clock.handling.due
unit: {zh: "%", en: "%"}
better: up
bands: {ok: 90, watch: 80}
lead: csc
"""

BROKEN = [
    # what is written instead            line  what the message names
    ("kind: hotlin", 5, "hotlin"),
    ("counted_by: clock.handling.when", 6, "clock.handling.when"),
    ("  when: count.suspend + 1", 9, "count.suspend + 1"),
    ("  when: clock.handling.stopped <= clock.handling.du", 12, "clock.handling.du"),
    ("bands: {ok: 80, watch: 90}", 15, "better"),
    ("lead: nobody", 16, "nobody"),
    ("median: {clock: handling}", 16, "median"),
]


def problems(folder: Path, database: str) -> list[str]:
    return [problem.speak("en") for problem in loading.read(folder).problems]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "pack", "990999")
    (folder / "indicators" / "slow.yaml").write_text(SOUND, "utf-8")
    return folder


def test_a_sound_definition_passes(pack: Path, database: str) -> None:
    assert problems(pack, database) == []


@pytest.mark.parametrize(("written", "line", "names"), BROKEN)
def test_a_broken_one_is_named_by_its_line(pack: Path, database: str, written: str, line: int, names: str) -> None:
    lines = SOUND.splitlines()
    lines[line - 1] = written
    (pack / "indicators" / "slow.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    found = [one for one in problems(pack, database) if one.startswith(f"indicators/slow.yaml:{line}:")]
    assert found
    assert names in " ".join(found)


def test_a_rate_of_a_clock_that_begins_anew_says_what_of_its_runs_before(pack: Path, database: str) -> None:
    path, asked = pack / "indicators" / "slow.yaml", "clock.redo.stopped <= clock.redo.due"
    path.write_text(SOUND.replace("clock.handling.stopped <= clock.handling.due", asked), "utf-8")
    (told,) = problems(pack, database)
    assert "slow.yaml:12" in told
    assert "clock.redo.late_before" in told
    path.write_text(path.read_text("utf-8").replace(asked, f"{asked} and not clock.redo.late_before"), "utf-8")
    assert problems(pack, database) == []


def test_an_indicator_stands_once(pack: Path, database: str) -> None:
    (pack / "indicators" / "slow_again.yaml").write_text(SOUND, "utf-8")
    assert any(one.startswith("indicators/slow_again.yaml:1:") for one in problems(pack, database))


VITALS = {
    "version": "2026-01-01",
    "reference": "试验",
    "dimensions": {"water": {"zh": "水", "en": "Water"}},
    "signs": [
        {
            "code": "level", "title": {"zh": "水位", "en": "Level"},
            "dimension": "water", "unit": {"zh": "米", "en": "m"},
            "every": "5 min", "source": "water", "responsible": "water", "high": {"blue": 3.0, "red": 4.0},
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "names"),
    [
        ("dimension", "air", "air"),
        ("source", "nobody", "nobody"),
        ("every", "five minutes", "five minutes"),
        ("high", {"blue": 4.0, "red": 3.0}, "stricter"),
        ("low", {"blue": -4.0, "red": -3.0}, "stricter"),
    ],
)
def test_a_broken_vital_sign_is_named(pack: Path, database: str, field: str, value: object, names: str) -> None:
    said = {**VITALS, "signs": [VITALS["signs"][0] | {field: value}]}  # type: ignore[index]
    (pack / "vitals.yaml").write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
    found = problems(pack, database)
    assert [one for one in found if one.startswith("vitals.yaml:") and names in one] == found != []


def test_the_demo_pack_is_sound(database: str, checkout: Path) -> None:
    pack = packs.read(checkout / "packs" / "demo")
    found = indicators_loading.read(checkout / "packs" / "demo", pack)
    assert [problem.speak("en") for problem in found.problems] == []
    assert {"hotline_first_contact", "hotline_on_time", "hotline_solved", "hotline_satisfied"} <= {
        one.indicator for one in found.indicators
    }
    assert found.signs is not None
    assert len(found.signs.signs) >= 12
