"""Another district, written for this test: the platform takes it whole, and it shares no word with the demo's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.support.pack_words import ENGINE, PACK, names_of
from tests.support.vale import VALE, command

PLATFORM = {"text", "address", "reporter_name", "reporter_phone"}  # fields that the engine keeps for every matter


def test_it_is_proven_and_loaded_whole(database: str) -> None:
    proven = command("pack", "check", str(VALE), "--lang", "en")
    assert proven.returncode == 0, proven.stdout + proven.stderr
    assert "10 units, 10 categories, 8 objects on 3 lists, 3 systems, 2 of them carried, no problem" in proven.stdout
    assert "relato Relato de morador: 7 stages, 18 actions, 5 clocks, proven" in proven.stdout
    assert "ronda Ronda do zelador: 2 stages, 2 actions, 1 clocks, proven" in proven.stdout
    loaded = command("pack", "load", str(VALE), "--lang", "en")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr


def test_it_shares_no_word_with_the_demo() -> None:
    """What both may say are words of the platform: fields of every matter, colours of goals, names of pages."""
    shared = names_of(VALE).keys() & names_of(PACK).keys()
    assert shared - PLATFORM - ENGINE.keys() - {"desk", "wall", "portal", "board"} == set()
    kept = names_of(VALE)
    assert {name for name in shared - PLATFORM if kept[name] & {"kind", "stage", "action", "clock", "role"}} == set()


def test_its_shape_is_another() -> None:
    kinds = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (VALE / "matters").glob("*.yaml")}
    assert {len(kind["stages"]) for kind in kinds.values()} >= {2, 7}
    assert not (VALE / "vitals.yaml").exists()
    assert yaml.safe_load((VALE / "expediente.yaml").read_text("utf-8"))["week"] == ["sun", "mon", "tue", "wed", "thu"]
    said = [path.read_text("utf-8") for path in VALE.rglob("*") if path.is_file()]
    assert not any("\u4e00" <= sign <= "\u9fff" for text in said for sign in text)
    assert not any(re.search(r"\b(?:zh|en):|_(?:zh|en)\b", text) for text in said)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "says"),
    [
        ("roles.yaml", "title: {pt: Zelador}", "title: {en: Keeper}", "roles.yaml:4: pt is missing"),
        ("roles.yaml", "title: {pt: Zelador}", "title: {pt: Zelador, en: Keeper}", "there is nothing called en"),
        ("pack.yaml", "languages: [pt]", "languages: [pt, pt]", "pack.yaml:6: languages lists codes"),
        ("pack.yaml", "languages: [pt]", "languages: [pt, fr]", "fr is missing"),
        ("units.csv", "name_pt", "name_en", "name_pt"),
        ("geo/roads.geojson", "name_pt", "name_en", "name_pt is missing"),
    ],
)
def test_a_text_stands_in_the_languages_of_the_pack(
    tmp_path: Path, file: str, right: str, wrong: str, says: str
) -> None:
    import shutil

    pack = tmp_path / "vale"
    shutil.copytree(VALE, pack)
    text = (pack / file).read_text("utf-8")
    assert right in text
    (pack / file).write_text(text.replace(right, wrong), "utf-8")
    found = command("pack", "check", str(pack), "--lang", "en")
    assert found.returncode != 0
    assert says in found.stdout + found.stderr
