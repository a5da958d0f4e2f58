"""The words of a pack, and those that the platform has as well."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

PACK = Path(__file__).resolve().parents[2] / "packs" / "demo"

# Words of the platform itself that the demo pack uses too. Who adds one says whose word it is.
ENGINE = {
    # fields that the engine keeps for every matter, or asks by one name behind every door
    **dict.fromkeys(["text", "address"], "what every door may ask beside the title; columns of the reading of texts"),
    **dict.fromkeys(["reporter_name", "reporter_phone", "phone"], "who reported, and how to reach them: kept apart"),
    **dict.fromkeys(["reason", "note", "result"], "what the platform's own forms ask (an export, a report, a line)"),
    **dict.fromkeys(["device", "file", "media"], "a browser, a kept file, an address of files"),
    # nouns of the platform
    **dict.fromkeys(["measures", "rate", "object", "other"], "goals: what a promise is, what a line tells"),
    **dict.fromkeys(["wall", "desk", "portal", "board"], "the faces that a pack says a page of (pages.definition)"),
    **dict.fromkeys(["platform"], "the platform as who acts"),
    **dict.fromkeys(["supervision", "dispatch"], "the two offices that pack.yaml names"),
    **dict.fromkeys(["water"], "the map's ground"),
    **dict.fromkeys(["red", "orange", "blue"], "colours of lamps and grades"),
    **dict.fromkeys(
        ["high", "low", "normal", "urgent"], "bounds of a sign of life; how pressing, where a kind has no words"
    ),
    # what is true of a matter, a report or a request, whatever the kind
    **dict.fromkeys(["closed", "reported", "found", "head", "contact"], "states of its own"),
    **dict.fromkeys(["assign", "accept", "verify"], "what is done to goals and their reports"),
    **dict.fromkeys(["basis", "workdays", "exclude"], "what a goal stands on; a unit of time; a key of indicators"),
    **dict.fromkeys(["matters_created", "matters_closed"], "indexes of the table of matters"),
}


def names_of(pack: Path) -> dict[str, set[str]]:
    """name -> what it is of in a pack."""
    names: dict[str, set[str]] = defaultdict(set)

    def add(sort: str, found: Any) -> None:
        for name in found:
            names[name].add(sort)

    for path in (pack / "matters").glob("*.yaml"):
        kind = yaml.safe_load(path.read_text(encoding="utf-8"))
        add("kind", [kind["matter"]])
        parts = {"stages": "stage", "actions": "action", "clocks": "clock", "channels": "channel"}
        for part, sort in {**parts, "urgencies": "urgency", "ends": "end", "form": "field", "asks": "field"}.items():
            add(sort, kind.get(part) or ())
        for part in ("form", "asks"):
            for spec in (kind.get(part) or {}).values():
                add("value", spec.get("values") or ())
    add("role", yaml.safe_load((pack / "roles.yaml").read_text(encoding="utf-8"))["roles"])
    add("result", yaml.safe_load((pack / "results.yaml").read_text(encoding="utf-8"))["results"])
    add("indicator", [path.stem for path in (pack / "indicators").glob("*.yaml")])
    if (pack / "vitals.yaml").is_file():
        vitals = yaml.safe_load((pack / "vitals.yaml").read_text(encoding="utf-8"))
        add("vital sign", [sign["code"] for sign in vitals["signs"]])
        add("dimension", vitals["dimensions"])
    for sort, name in (("category", "categories.csv"), ("unit", "units.csv"), ("post", "posts.csv")):
        with (pack / name).open(encoding="utf-8", newline="") as lines:
            add(sort, [row["code"] for row in csv.DictReader(lines)])
    add("page", [path.stem for path in pack.glob("pages/*.yaml")])
    return {name: sorts for name, sorts in names.items() if len(name) > 1}  # a category's letter is any letter
