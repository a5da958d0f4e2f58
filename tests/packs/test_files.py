# ruff: noqa: E501 (a damage is easier to see on one line)
"""Files of a pack as offices hand them over: read as they are, or refused with file, line and mend."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packs.checking import problems
from tests.support.district import write_pack

Change = Callable[[Path], Any]


@pytest.fixture
def pack(database: str, tmp_path: Path) -> Path:
    return write_pack(tmp_path / "pack", "998877")


def text(name: str, old: str, new: str) -> Change:
    def change(pack: Path) -> int:
        """The line on which it was changed."""
        whole = (pack / name).read_text("utf-8")
        assert old in whole, name
        (pack / name).write_text(whole.replace(old, new, 1), "utf-8")
        return whole[: whole.index(old)].count("\n") + 1

    return change


def line(name: str, more: str) -> Change:
    return lambda pack: (pack / name).write_text((pack / name).read_text("utf-8").rstrip("\n") + f"\n{more}\n", "utf-8")


def feature(name: str, change: Callable[[dict[str, Any]], Any]) -> Change:
    """The first feature of a map file, changed; one feature a line, as most programs write it."""

    def write(pack: Path) -> None:
        path = pack / "geo" / f"{name}.geojson"
        listed = json.loads(path.read_text("utf-8"))["features"]
        change(listed[0])
        rows = ",\n".join(json.dumps(one) for one in listed)
        path.write_text('{"type": "FeatureCollection", "features": [\n' + rows + "\n]}\n", "utf-8")

    return write


def ring(change: Callable[[list[list[float]]], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda one: change(one["geometry"]["coordinates"][0])


def swapped(points: list[list[float]]) -> None:
    points[:] = [[y, x] for x, y in points]


def moved(points: list[list[float]]) -> None:
    points[:] = [[x + 1, y] for x, y in points]


REFUSED: dict[str, tuple[Change, str]] = {
    "a post twice": (line("posts.csv", "water-1,water,clerk,经办,Clerk"), "posts.csv:15: water-1 is there twice (first in line 8); remove one"),
    "a unit twice": (line("units.csv", "water,qu,bureau,二水务局,Water,,,,"), "units.csv:13: water is there twice (first in line 5)"),
    "two units of one name": (line("units.csv", "w2,qu,bureau,试验区水务局,Water,,,,"), "units.csv:13: 试验区水务局 is the name of unit water already"),
    "a duty twice": (line("duties.csv", "drain,green,9.9,"), "duties.csv:4: drain is there twice"),
    "a category twice": (line("categories.csv", "ask,,再,Again,consult,normal"), "categories.csv:8: ask is there twice"),
    "an urgency that nothing knows": (line("categories.csv", "x,,再,Again,consult,urgnt"), "categories.csv:8: there is no urgency urgnt"),
    "a class that nothing knows": (line("categories.csv", "x,,再,Again,consultation,normal"), "categories.csv:8: there is no class consultation"),
    "a cell too many": (line("units.csv", "x,qu,bureau,甲，乙,A, B,,,,"), "units.csv:13: this row has 10 cells and the head line 9"),
    "a row that breaks off": (line("posts.csv", "x,water"), "posts.csv:15: this row has 2 cells and the head line 5"),
    "an open quote": (line("posts.csv", 'x,water,clerk,"经办,Clerk'), "posts.csv:15: a quotation mark here is not closed"),
    "a column twice": (text("posts.csv", "title_zh,title_en", "title_zh,title_zh"), "posts.csv:1: columns are missing: title_en"),
    "a code with a space": (line("posts.csv", "x 1,water,clerk,经办,Clerk"), "posts.csv:15: code x 1 may not hold spaces"),
    "an empty cell": (line("posts.csv", "x,water,,经办,Clerk"), "posts.csv:15: role is empty"),
    "a name too long": (line("people.csv", f"x,{'长' * 61},water-1,2024-01-01"), "people.csv:15: name has 61 characters; at most 60"),
    "one user, two names": (line("people.csv", "water-1.998877,别人,green-1,2024-01-01"), "people.csv:15: user name water-1.998877 is called water-1人 and 别人"),
    "a user name of full-width signs": (line("people.csv", "ｗａｔｅｒ,甲,water-1,2024-01-01"), "people.csv:15: a user name is letters"),
    "no such day": (line("people.csv", "x,甲,water-1,2023/2/29"), "people.csv:15: there is no day 2023/2/29; the last day of that month is 2023-02-28"),
    "a day of a spreadsheet": (line("people.csv", "x,甲,water-1,45321"), "people.csv:15: 45321 is not a day; write it like 2024-02-29"),
    "an unknown post": (line("people.csv", "x,甲,water-3,2024-01-01"), "people.csv:15: post water-3 is not in posts.csv; did you mean water-"),
    "an unknown parent": (line("units.csv", "x,moon,bureau,甲,A,,,,"), "units.csv:13: the parent moon of unit x does not come before it"),
    "two encodings in one file": (lambda pack: (pack / "posts.csv").write_bytes((pack / "posts.csv").read_bytes() + "x,water,clerk,经办,Clerk\n".encode("gb18030")), "posts.csv:15: the text is neither UTF-8 nor GB18030"),
    "Big5": (lambda pack: (pack / "units.csv").write_bytes((pack / "units.csv").read_text("utf-8").replace("务", "務").replace("区", "區").replace("验", "驗").replace("绿", "綠").replace("运", "運").replace("门", "門").replace("县", "縣").replace("试", "試").replace("导", "導").replace("办", "辦").replace("处", "處").replace("园", "園").replace("华", "華").replace("环", "環").replace("卫", "衛").replace("东", "東").replace("督查室", "督查室").encode("big5", "replace")), "units.csv:2: the text is neither UTF-8 nor GB18030"),
    "an office that is no unit": (text("pack.yaml", "dispatch: csc", "dispatch: ccs"), "pack.yaml:{line}: unit ccs is not in units.csv; did you mean "),
    "an office that nothing asks for": (text("pack.yaml", "dispatch: csc", "despatch: csc"), "pack.yaml:{line}: there is no office despatch; choose one of dispatch, supervision"),
    "a role's kind": (text("roles.yaml", "[hotline, grid_event]", "[hotline, grid_evnt]"), "roles.yaml:{line}: there is no kind grid_evnt"),
    "a role's home": (text("roles.yaml", "home: goals", "home: gaols"), "roles.yaml:{line}: there is no page gaols to begin at; choose one of inbox, matters,"),
    "a clearance": (text("roles.yaml", "clearance: 2", "clearance: 9"), "roles.yaml:{line}: clearance must be 0 to 3, not 9"),
    "no such day in YAML": (text("matters/hotline.yaml", "version: 2026-01-01", "version: 2026-02-30"), "matters/hotline.yaml:{line}: this is not valid YAML"),
    "a key twice": (text("matters/hotline.yaml", "prefix: RX\n", "prefix: RX\nprefix: RY\n"), "matters/hotline.yaml:{below}: prefix is there twice (first in line {line}); remove one"),
    "a comma without quotes": (text("matters/hotline.yaml", "en: Hand back}", "en: Hand back, again}"), "matters/hotline.yaml:{line}: again has no value: put a text with a comma"),
    "a wrong type deep inside": (text("matters/hotline.yaml", "    at_most: 2\n", "    at_most: [2]\n"), "matters/hotline.yaml:{line}: actions.refuse.at_most must be a whole number, nothing, not a list"),
    "an unknown part deep inside": (text("matters/hotline.yaml", "    at_most: 2\n", "    at_mots: 2\n"), "matters/hotline.yaml:{line}: there is nothing called at_mots in actions.refuse"),
    "a missing part": (text("matters/hotline.yaml", "    title: {zh: 退单, en: Hand back}\n", ""), "matters/hotline.yaml:{above}: title is missing in actions.refuse"),
    "a half title": (text("matters/hotline.yaml", "{zh: 退单, en: Hand back}", "{zh: 退单}"), "matters/hotline.yaml:{line}: en is missing in actions.refuse.title"),
    "a number that is none": (text("goals.yaml", "green_within: 0", "green_within: .nan"), "is not a number that can be kept"),
    "a number in quotes that is none": (text("goals.yaml", "green_within: 0", "green_within: 'nan'"), "goals.yaml:{line}: nan is not a number that can be kept"),
    "a number in quotes without end": (text("goals.yaml", "green_within: 0", "green_within: '-inf'"), "goals.yaml:{line}: -inf is not a number that can be kept"),
    "yaml that ends nowhere": (text("roles.yaml", "{zh: 派单员", "{zh: '派单员"), "roles.yaml:"),
    "a file that contains itself": (text("roles.yaml", "clearance: 2", "clearance: &a [*a]"), "roles.yaml:{line}: this is nested too deeply"),
    "a file called .yml": (lambda pack: (pack / "matters" / "hotline.yaml").rename(pack / "matters" / "hotline.yml"), "matters/hotline.yml:1: nothing reads this file; rename it to hotline.yaml"),
    "a kind twice": (lambda pack: (pack / "matters" / "again.yaml").write_text((pack / "matters" / "hotline.yaml").read_text("utf-8"), "utf-8"), "matters/hotline.yaml:1: matters/again.yaml defines hotline already"),
    "two kinds with one prefix": (text("matters/grid_event.yaml", "prefix: WG", "prefix: RX"), "matters/hotline.yaml:6: the numbers of matters/grid_event.yaml begin with RX too"),
    "a tolerance below nothing": (text("goals.yaml", "relative: 5", "relative: -5"), "goals.yaml:{line}: "),
    "grace of less than a day": (text("goals.yaml", "grace: 5", "grace: -1"), "goals.yaml:{line}: "),
    "a day that no month has": (text("goals.yaml", "cut_off: 28", "cut_off: 32"), "goals.yaml:{line}: "),
    "surer than sure": (text("goals.yaml", "sure: 0.9", "sure: 9"), "goals.yaml:{line}: "),
    "a binding to no indicator": (text("goals.yaml", "{indicator: hotline_solved,", "{indicator: hotline_solvd,"), "there is no indicator hotline_solvd"),
    "an answer that an indicator misspells": (lambda pack: (pack / "indicators/hotline_satisfied.yaml").write_text((pack / "indicators/hotline_satisfied.yaml").read_text("utf-8").replace("'satisfied'", "'satisfed'"), "utf-8"), "form.satisfaction is never satisfed; did you mean satisfied?"),
    "a map that breaks off": (lambda pack: (pack / "geo/cells.geojson").write_text((pack / "geo/cells.geojson").read_text("utf-8")[:200], "utf-8"), "geo/cells.geojson:1: this is not valid JSON (the file may be cut off)"),
    "a feature without unit": (feature("streets", lambda one: one["properties"].pop("unit")), "geo/streets.geojson:2: feature 1: unit is missing"),
    "a feature without properties": (feature("streets", lambda one: one.pop("properties")), "geo/streets.geojson:2: feature 1: it has no properties"),
    "a feature without geometry": (feature("cells", lambda one: one.pop("geometry")), "geo/cells.geojson:2: feature 1: its geometry is None"),
    "a point for an area": (feature("cells", lambda one: one.update(geometry={"type": "Point", "coordinates": [121.9, 31.0]})), "feature 1: its geometry is Point"),
    "latitude first": (feature("cells", ring(swapped)), "geo/cells.geojson:2: feature 1: [31.0, 121.9] has the latitude first; write [121.9, 31.0]"),
    "metres": (feature("cells", ring(lambda points: points.insert(1, [3450000, 620000]))), "is not longitude and latitude in degrees (WGS84); convert"),
    "an open outline": (feature("cells", ring(lambda points: points.pop())), "feature 1: the outline is open"),
    "an outline that crosses itself": (feature("cells", ring(lambda points: points.insert(1, points.pop(2)))), "feature 1: the outline crosses itself"),
    "an outline elsewhere": (feature("cells", ring(moved)), "feature 1: 998877002001001 lies partly outside nb-nan-1"),
    "a cell left out": (lambda pack: (pack / "geo/cells.geojson").write_text(json.dumps({"features": json.loads((pack / "geo/cells.geojson").read_text("utf-8"))["features"][1:]}), "utf-8"), "geo/cells.geojson:1: 25.00% of the ground belongs to no cell (near 121.91"),
    "a cell twice": (lambda pack: (pack / "geo/cells.geojson").write_text(json.dumps({"features": (listed := json.loads((pack / "geo/cells.geojson").read_text("utf-8"))["features"]) + listed[:1]}), "utf-8"), "feature 5: 998877002001001 is there twice"),
    "a street in the place of another": (feature("streets", lambda one: one["properties"].update(unit="bei")), "geo/streets.geojson:3: feature 2: bei is there twice"),
    "a bureau on the map of streets": (feature("streets", lambda one: one["properties"].update(unit="water")), "feature 1: unit water is a bureau and does not belong to this layer"),
    "no cells": (lambda pack: (pack / "geo/cells.geojson").unlink(), "there are outlines but no cells"),
    "infinity": (lambda pack: (pack / "geo/cells.geojson").write_text((pack / "geo/cells.geojson").read_text("utf-8").replace("121.9", "Infinity", 1), "utf-8"), "geo/cells.geojson:1: this is not valid JSON"),
    "no posts": (lambda pack: (pack / "posts.csv").unlink(), "posts.csv:1: this file is missing"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_refused_with_its_line(pack: Path, change: Change, says: str) -> None:
    line = change(pack)
    says = says.replace("{line}", str(line))
    if isinstance(line, int):
        says = says.replace("{above}", str(line - 1)).replace("{below}", str(line + 1))
    found = problems(pack)
    assert any(says in one for one in found), found


def recoded(encoding: str) -> Change:
    def change(pack: Path) -> None:
        for path in [path for path in pack.rglob("*") if path.is_file()]:
            path.write_bytes(path.read_text("utf-8").encode(encoding))

    return change


READ: dict[str, Change] = {
    "saved by a Chinese spreadsheet": recoded("gb18030"),
    "saved with a mark": recoded("utf-8-sig"),
    "saved as Unicode": recoded("utf-16"),
    "lines of Windows": lambda pack: [path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")) for path in pack.glob("*.csv")],
    "cells apart by semicolons": lambda pack: (pack / "people.csv").write_text((pack / "people.csv").read_text("utf-8").replace(",", ";"), "utf-8"),
    "empty columns at the end": lambda pack: (pack / "duties.csv").write_text((pack / "duties.csv").read_text("utf-8").replace("\n", ",,,\n"), "utf-8"),
    "days as spreadsheets write them": lambda pack: (pack / "people.csv").write_text((pack / "people.csv").read_text("utf-8").replace("2024-01-01", "2024/1/1"), "utf-8"),
}  # fmt: skip


@pytest.mark.parametrize("change", READ.values(), ids=READ)
def test_what_offices_save_is_read_and_loaded_as_it_is(pack: Path, change: Change) -> None:
    from yiwang.org import pack_reading

    before = pack_reading.read(pack)
    change(pack)
    assert problems(pack) == []
    after = pack_reading.read(pack)
    assert (after.units, after.posts, after.people) == (before.units, before.posts, before.people)


def test_check_and_load_say_a_sentence_and_never_a_traceback(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from yiwang.commands.line import main

    (pack / "geo" / "streets.geojson").write_text('{"features": [{"properties": null}]}')
    for command in ("check", "load"):
        assert main(["pack", command, str(pack), "--lang", "en"]) == 1
        assert "geo/streets.geojson:1: feature 1: it has no properties" in capsys.readouterr().out
    assert main(["pack", "load", str(pack / "nothing"), "--lang", "en"]) == 1
    assert "there is no pack.yaml here" in capsys.readouterr().out
