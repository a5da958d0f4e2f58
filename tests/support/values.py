"""The small district as values alone: what decides is tested without a database."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml

from tests.support.district import write_pack
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.schema import Home
from yiwang.matters.world import CategoryFacts, DutyFacts, World
from yiwang.org import pack_reading
from yiwang.org.asker import Asker, PostHeld
from yiwang.org.definition import Organisation
from yiwang.org.district import District, Grid, UnitFacts
from yiwang.org.roles import roles_from
from yiwang.org.titles import plain


@dataclass(frozen=True)
class Values:
    """A district with its kinds and its people: `as_("water-1")` is the asker who holds that post."""

    world: World
    kinds: dict[str, Kind]
    people: dict[str, Asker]

    def as_(self, post: str) -> Asker:
        return self.people[post]


def values_of(change: Callable[[Path], object] = lambda pack: None) -> Values:
    """The small district (`district.write_pack`), with what `change` writes into its pack."""
    with tempfile.TemporaryDirectory() as folder:
        pack = write_pack(Path(folder) / "pack", "990000")
        change(pack)
        said = pack_reading.read(pack)
        assert said.problems == []
        district = _district(said)
        categories, tops = {}, dict[str, str]()
        for row in _rows(pack / "categories.csv"):
            code, parent = row["code"], row["parent"]
            tops[code] = tops.get(parent, code)
            name = {"zh": row["name_zh"], "en": row["name_en"]}
            categories[code] = CategoryFacts(code, name, row["class"], row["urgency"], parent, tops[code])
        duties = {row["category"]: DutyFacts(row["unit_rule"], row["clause"]) for row in _rows(pack / "duties.csv")}
        home = Home.of(said.calendar)
        files = sorted((pack / "matters").glob("*.yaml"))
        kinds = [kind_from(yaml.safe_load(file.read_text("utf-8")), home) for file in files]
    people = {}
    for number, post in enumerate(said.posts, 1):
        unit = district.by_code[post["unit"]]
        held = PostHeld(number, post["code"], post["role"], unit.id, unit.code, unit.id, district.roles[post["role"]])
        people[post["code"]] = Asker(district.id, district.code, person=number, posts=(held,), units=(unit.id,))
    return Values(World(district, categories, duties, said.calendar), {kind.matter: kind for kind in kinds}, people)


def _district(said: Organisation) -> District:
    units: dict[str, UnitFacts] = {}
    for number, unit in enumerate(said.units, 1):
        above = units.get(unit["parent"] or "")
        units[unit["code"]] = UnitFacts(
            number,
            unit["code"],
            unit["kind"],
            unit["name"],
            unit["short"],
            unit["gb_code"],
            above.id if above else None,
            (*(above.path if above else ()), number),
            tuple(unit["aliases"]),
        )
    about = said.pack.district
    return District(
        id=1,
        code=about.code,
        title=about.title.mapping(),
        languages=tuple(about.languages),
        demo=about.demo,
        calendar=said.calendar,
        digest=about.digest,
        offices=about.offices,
        personal=said.personal,
        zone=ZoneInfo(about.time_zone),
        units={unit.id: unit for unit in units.values()},
        grid=Grid((code, units[unit].id, outline) for code, unit, outline in said.cells),
        roles=roles_from(plain(said.roles.roles)),
    )


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
