"""A noun says what it is in one value; every other room knows it from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from tests.nouns.invented import HUNG, NOUN
from tests.support.clients import client
from tests.support.district import make_district, write_pack
from yiwang.commands.line import main
from yiwang.look.receipts import rows_of
from yiwang.nouns import register
from yiwang.nouns.definition import Noun
from yiwang.nouns.ids import Id
from yiwang.nouns.pack import parts
from yiwang.nouns.sight import as_seen
from yiwang.org.models import Unit
from yiwang.org.session import acting_as
from yiwang.why import Receipt


@pytest.fixture
def lanterns() -> Iterator[Noun]:
    register.add(NOUN)
    yield NOUN
    register.forget(NOUN)


@pytest.fixture
def town(database: str) -> Any:
    return make_district()


def test_every_room_with_a_noun_is_found_behind_those_it_stands_on(checkout: Path) -> None:
    names = [noun.name for noun in register.nouns()]
    assert sorted(names) == sorted(file.parent.name for file in (checkout / "src" / "yiwang").glob("*/noun.py"))
    assert all(names.index(below) < names.index(noun.name) for noun in register.nouns() for below in noun.after)


def test_a_noun_imports_nothing_that_is_heavy(checkout: Path) -> None:
    for file in (checkout / "src" / "yiwang").glob("*/noun.py"):
        imported = re.findall(r"^(?:from|import) (\S+)", file.read_text("utf-8"), re.M)
        assert imported == ["yiwang.nouns.definition"], file


def test_what_a_noun_names_is_there_and_named_once(database: str) -> None:
    names = [name for noun in register.nouns() for name in noun.references]
    blocks = [block.name for block in register.blocks()]
    assert sorted(register.references()) == sorted(names)
    for reference in register.references().values():
        assert reverse(reference.page, args=["12"])
        assert not reference.part or reverse(reference.part, args=["12", "against"])
        assert not reference.model or apps.get_model(reference.model)
    assert len(set(blocks)) == len(blocks)
    assert len(set(register.topics())) == len(register.topics())
    assert all(re.fullmatch(r"[a-z][a-z_.]*", topic) for topic in register.topics())  # as run/live.py hears them


def test_what_a_room_tells_is_a_topic_of_its_noun(checkout: Path) -> None:
    told: set[str] = set()
    for file in (checkout / "src" / "yiwang").rglob("*.py"):
        told |= set(re.findall(r"\{asker\.district\}:(\w+)\"\]", file.read_text("utf-8")))
    heard = {
        topic
        for file in (checkout / "src" / "yiwang").rglob("*.html")
        for topic in re.findall(r"(\w+) from:body", file.read_text("utf-8"))
    }
    assert told >= {"matters", "goals", "readings"}
    assert told | heard <= set(register.topics())


def test_an_invented_noun_is_masked_and_leads_to_its_page(lanterns: Noun, town: Any) -> None:
    with acting_as(town.as_("water-1")):
        one = Unit.objects.earliest("pk").pk
        sources = [f"lantern:{one}", "lantern:999999999", "glow:x?part=against&unit=water"]
        seen = as_seen(Receipt("a", 1, [Receipt(source, source=source) for source in sources]))
    assert [row.href for row in rows_of(seen)] == [f"/board/goals/{one}/", "", "/wall/rates/x/against/?unit=water"]
    assert [row.sentence == source for row, source in zip(rows_of(seen), sources, strict=True)] == [True, False, True]


def test_without_its_noun_a_reference_is_opened_to_nobody(town: Any) -> None:
    with acting_as(town.as_("water-1")):
        seen = as_seen(Receipt("a", 1, [Receipt("lantern", source="glow:x")]))
    assert seen.because[0].claim != "lantern"


def test_the_block_of_those_who_audit_stands_last_and_is_nobodys_beginning(lanterns: Noun, town: Any) -> None:
    def shown(post: str) -> list[str]:
        html = client(town, post).get("/wall/").content.decode()
        return re.findall(r'<a href="([^"]+)"', html.split("<nav")[1].split("</nav")[0])

    assert [block.name for block in register.blocks() if block.audits] == ["readings"]
    assert "readings" not in register.homes()
    assert shown("auditor")[-1] == "/desk/readings/"
    assert "/desk/readings/" not in shown("water-1")


def test_a_page_has_its_block_and_hears_its_topics(lanterns: Noun, town: Any) -> None:
    html = client(town, "head").get("/wall/").content.decode()
    topics = html.split('data-live-topics="')[1].split('"')[0].split()
    assert topics == register.topics()
    assert {"matters", "lanterns", "lanterns.lit"} <= set(topics)
    assert html.count('href="/portal/"') == 1


def test_a_role_may_begin_its_day_there(lanterns: Noun, database: str) -> None:
    def at_the_lanterns(pack: Path) -> None:
        roles = pack / "roles.yaml"
        roles.write_text(roles.read_text("utf-8").replace("home: inbox", "home: lanterns"), "utf-8")

    assert client(make_district(at_the_lanterns), "water-1").get("/")["Location"] == "/portal/"


# --- its part of a pack -----------------------------------------------------------------------------------------------


def hung(pack: Path, unit: str = "water") -> None:
    (pack / "lanterns").mkdir()
    (pack / "lanterns" / "east.yaml").write_text(f"lantern: east\nunit: {unit}\n", "utf-8")


def test_what_every_noun_makes_of_a_pack_is_found(database: str, checkout: Path) -> None:
    assert list(parts()) == ["pages", "matters", "signals", "indicators", "goals", "demo", "systems"]
    folders = {folder for part in parts().values() for folder in part.folders}
    files = {file.parent.name for file in (checkout / "packs" / "demo").glob("*/*.yaml")}
    assert files - folders == {"texts"}


def test_its_part_is_checked_with_the_others(lanterns: Noun, database: str, tmp_path: Path, capsys: Any) -> None:
    pack = write_pack(tmp_path / "pack", "990001")
    hung(pack, "moon")
    (pack / "lanterns" / "west.yml").write_text("lantern: west\n", "utf-8")
    assert main(["pack", "check", str(pack), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "lanterns/east.yaml:2: no such unit",
        "lanterns/west.yml:1: nothing reads this file; rename it to west.yaml",
    ]
    (pack / "lanterns" / "east.yaml").write_text("lantern: east\nunit: water\n", "utf-8")
    (pack / "lanterns" / "west.yml").unlink()
    assert main(["pack", "check", str(pack), "--lang", "en"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert re.search(r": \d+ units, \d+ categories, 1 lanterns, no problem$", first)
    assert "  east: hangs" in lines


CALENDAR = """calendar: lamps
title: {zh: 灯, en: Lamps}
version: 2026-01-01
reference: 试验
extends: cn
hours: 09:00-16:00
"""


def test_its_part_is_loaded_with_the_others(lanterns: Noun, database: str, capsys: Any) -> None:
    district = make_district(hung)
    assert HUNG[district.id] == ["east"]
    pack = (district.folder / "pack.yaml").read_text("utf-8")
    pack = pack.replace("  demo: true", "  demo: true\n  calendar: calendar.yaml")
    (district.folder / "pack.yaml").write_text(pack, "utf-8")
    (district.folder / "calendar.yaml").write_text(CALENDAR, "utf-8")
    units = (district.folder / "units.csv").read_text("utf-8")
    (district.folder / "units.csv").write_text(re.sub(r"^green,qu,", "green,csc,", units, flags=re.M), "utf-8")
    main(["pack", "load", str(district.folder), "--lang", "en"])
    told = capsys.readouterr().out
    assert HUNG[district.id] == ["east", "moved"], told
    assert "  loading lanterns\n" in told
    assert "2 lanterns burn longer" in told


def test_its_schema_is_written_for_editors(lanterns: Noun, tmp_path: Path) -> None:
    main(["pack", "schema", "--out", str(tmp_path)])
    names = {file.name.removesuffix(".schema.json") for file in tmp_path.iterdir()}
    assert names == {
        "pack",
        "roles",
        "rosters",
        "gate",
        "results",
        "receipt",
        "lantern",
        "matter",
        "map",
        "indicator",
        "vitals",
        "goals",
        "page-wall",
        "page-desk",
        "page-portal",
        "page-board",
        "systems",
    }


# --- its receipts, computed again -------------------------------------------------------------------------------------


def test_every_id_has_something_that_computes_it(database: str) -> None:
    for name, asked in register.asked().items():
        assert Id.parse(asked.example).noun == name
        assert callable(resolve_name(asked.again))


@pytest.mark.parametrize(
    ("text", "code", "last"),
    [
        ("glow:east", 0, "still holds: 11"),
        ("glow:east/water=9", 1, "no longer holds: was 9, is 11"),
        ("glow:east?part=against&unit=water", 0, "still holds: 11"),
    ],
)
def test_it_is_computed_again(lanterns: Noun, town: Any, capsys: Any, text: str, code: int, last: str) -> None:
    assert main(["why", text, "--district", town.code, "--lang", "en"]) == code
    assert capsys.readouterr().out.splitlines() == ["it glows: 11", "  not shown to you [lantern:999999999]", last]


def test_an_id_of_it_that_cannot_be_read_is_answered_with_its_example(lanterns: Noun, town: Any, capsys: Any) -> None:
    for text, told in (
        ("glow:EAST", "glow:EAST is not the id of a receipt; write one like glow:east/water=9"),
        ("glow:east=bright", "bright cannot be compared with a glow; write it like 9."),
    ):
        assert main(["why", text, "--district", town.code, "--lang", "en"]) == 2
        assert told in capsys.readouterr().err
