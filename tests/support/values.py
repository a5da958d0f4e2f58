"""The small district as values alone: what decides is tested without a database."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.support.district import write_pack
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.results import Results, facts_of
from yiwang.matters.schema import Home
from yiwang.matters.world import CategoryFacts, DutyFacts, World
from yiwang.org import pack_reading
from yiwang.org.asker import Asker
from yiwang.org.in_memory import district_from, holders, people_of
from yiwang.org.pack_file import PackFile


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
        district = district_from(said)
        people = holders(district)
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
        results = facts_of(PackFile(pack / "results.yaml").as_a(Results))
    return Values(
        World(district, categories, duties, said.calendar, results=results, people=people_of(people)),
        {kind.matter: kind for kind in kinds},
        people,
    )


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
