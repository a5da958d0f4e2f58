"""What the platform says in the language of a pack: proven where it stands, spoken in its district and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.packs.checking import problems
from tests.support.district import write_pack
from tests.support.vale import VALE
from yiwang.pages.words import coverage, lacking, to_translate
from yiwang.why import catalogue, say
from yiwang.why.words import speaking_with


@pytest.fixture
def vale(tmp_path: Path) -> Path:
    shutil.copytree(VALE, tmp_path / "vale")
    return tmp_path / "vale"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("portal.nothing: {pt: Nada}", "the platform says no sentence portal.nothing"),
        ("nowhere: {pt: Nada}", "the platform says no sentence nowhere"),
        ("portal.photos: {pt: fotografias}", "portal.photos must have the places {n}, not"),
        ("portal.photos: {pt: '{n} {m}'}", "portal.photos must have the places {n}, not {m}, {n}"),
        ("portal.photos: {pt: '{n'}", "portal.photos must have the places {n}, not"),
        ("portal.back: {en: Home}", "en does not belong here"),
        ("portal.back: {es: Inicio}", "es does not belong here"),
        ("portal.back: {pt: ' '}", "portal.back has no text"),
        ("portal.back: Casa", "write the key of a sentence"),
        ("portal.back: [Casa]", "write the key of a sentence"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(vale: Path, line: str, says: str) -> None:
    (vale / "words.yaml").write_text(f"portal.send: {{pt: Enviar}}\n{line}\n", "utf-8")
    (found,) = problems(vale)
    assert found.startswith("words.yaml:2: "), found
    assert says in found


@pytest.mark.parametrize("text", ["[portal.send]", "portal.send", "portal.send: {pt: [", "- a"])
def test_a_file_of_another_shape_is_named(vale: Path, text: str) -> None:
    (vale / "words.yaml").write_text(f"{text}\n", "utf-8")
    assert [one.startswith("words.yaml:") for one in problems(vale)] == [True]


def test_a_pack_in_the_platforms_languages_has_nothing_to_add(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "pack", "998877")
    (pack / "words.yaml").write_text("portal.back: {en: Home}\n", "utf-8")
    (found,) = problems(pack)
    assert "en does not belong here" in found


def test_what_is_left_to_translate_is_counted_and_written_down() -> None:
    said = {"why.yes": {"pt": "sim"}, "why.no": {"pt": "não"}}
    (line,) = coverage(said, ["zh", "pt"])
    assert line.startswith("words.yaml: 2 of ")
    assert f"why {len(lacking(said, 'pt')['why'])}" in line
    lines = list(to_translate(said, ["zh", "pt"]))
    assert '# desk.bulk_to: {pt: ""}  # {n} to {unit}' in lines
    assert not any("why.yes" in one for one in lines)
    filled = yaml.safe_load("\n".join(one.removeprefix("# ") for one in lines if not one.startswith("# ---")))
    assert set(filled) | set(said) == {key for room in catalogue.rooms() for key in catalogue.room(room)}
    assert list(coverage(said, ["zh", "en"])) == list(to_translate(said, ["zh", "en"])) == []


@pytest.fixture
def own() -> Iterator[None]:
    with speaking_with({"why.no": {"pt": "não"}, "portal.photos": {"pt": "{n} fotografias"}}):
        yield


def test_a_sentence_of_the_pack_is_spoken_in_its_language_alone(own: None) -> None:
    assert [say("why.no").speak(one) for one in ("pt", "en", "zh", "fr")] == ["não", "no", "否", "no"]
    assert say("portal.photos", n=3).speak("pt") == "3 fotografias"
    assert say("why.yes").speak("pt") == "yes"  # what the pack leaves out is said in English


def test_outside_of_its_district_nobody_speaks_it() -> None:
    assert say("why.no").speak("pt") == "no"
