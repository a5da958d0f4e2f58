"""What a pack says of its district: pack.yaml, roles.yaml, and the lists of units, posts, people and shapes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec import field as described

from yiwang.why import Words, say
from yiwang.worktime import Calendar, CalendarError

from .pack_file import PackError, PackFile, Problem, rows_of

UNIT_KINDS = frozenset({"district", "centre", "office", "bureau", "street", "neighbourhood", "company"})


class Title(Struct, frozen=True, forbid_unknown_fields=True):
    """A name in Chinese and English."""

    zh: str
    en: str

    def mapping(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}


class DistrictFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The tenant.

    calendar  a shipped calendar by name, or a file of the pack (R0.1)
    offices   the units that dispatch and supervise
    digest    the ledger's hash (R9.5)
    """

    code: str
    title: Title
    time_zone: str = "Asia/Shanghai"
    calendar: str = "cn"
    demo: bool = False
    digest: Literal["sha256", "sm3"] = "sha256"
    offices: dict[str, str] = described(default_factory=dict)


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """pack.yaml"""

    version: date
    district: DistrictFile


class Role(Struct, frozen=True, forbid_unknown_fields=True):
    """What holders of a role may see: kinds of matter, the highest sensitivity, whether they may unmask, and whether
    they may read the whole ledger (R9.1)."""

    title: Title
    clearance: int
    kinds: list[str] | Literal["all"] = "all"
    unmask: bool = False
    audit: bool = False


class Roles(Struct, frozen=True, forbid_unknown_fields=True):
    """roles.yaml"""

    roles: dict[str, Role]


@dataclass
class Organisation:
    """Everything that a pack says of units, people and land; `problems` lists what does not fit together."""

    pack: Pack
    roles: Roles
    calendar: Calendar
    units: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)
    shapes: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    landmarks: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path) -> Organisation:
    """The organisation of a pack. Raises PackError for files that cannot be read at all."""
    if not (folder / "pack.yaml").is_file():
        raise PackError([Problem(str(folder / "pack.yaml"), 1, say("org.no_pack"))])
    file = PackFile(folder / "pack.yaml", root=folder)
    pack = file.as_a(Pack)
    roles = PackFile(folder / "roles.yaml", root=folder).as_a(Roles)
    found = Organisation(pack, roles, Calendar.load("cn"))
    found.problems += [file.problem(f"district.{where}", words) for where, words in _time(folder, found)]
    _units(folder, found)
    _posts(folder, found)
    _people(folder, found)
    _land(folder, found)
    return found


def _time(folder: Path, found: Organisation) -> Iterator[tuple[str, Words]]:
    """The district's calendar, and that it keeps the district's time."""
    said = found.pack.district
    try:
        found.calendar = Calendar.load(said.calendar, folder)
    except CalendarError as error:
        yield "calendar", error.words
    try:
        ZoneInfo(said.time_zone)
    except (ValueError, OSError, KeyError):
        yield "time_zone", say("org.no_zone", zone=said.time_zone)
    else:
        if said.time_zone != found.calendar.zone.key:
            yield "time_zone", say("org.two_zones", zone=said.time_zone, calendar=found.calendar.zone.key)


def _units(folder: Path, found: Organisation) -> None:
    seen: set[str] = set()
    for line, row in rows_of(folder / "units.csv", root=folder, needs=("code", "parent", "kind", "name_zh", "name_en")):
        place = Problem("units.csv", line, say("org.unit_twice", code=row["code"]))
        if row["code"] in seen:
            found.problems.append(place)
        elif row["parent"] and row["parent"] not in seen:
            found.problems.append(
                Problem("units.csv", line, say("org.parent_unknown", code=row["code"], parent=row["parent"]))
            )
        elif row["kind"] not in UNIT_KINDS:
            found.problems.append(Problem("units.csv", line, say("org.kind_unknown", kind=row["kind"])))
        seen.add(row["code"])
        found.units.append(
            {
                "code": row["code"],
                "parent": row["parent"],
                "kind": row["kind"],
                "name": {"zh": row["name_zh"], "en": row["name_en"]},
                "short": {"zh": row.get("short_zh") or row["name_zh"], "en": row.get("short_en") or row["name_en"]},
                "aliases": [one for one in row.get("aliases", "").replace(";", "；").split("；") if one],
                "gb_code": row.get("gb_code", ""),
            }
        )
    roots = [unit["code"] for unit in found.units if not unit["parent"]]
    if len(roots) != 1:
        found.problems.append(Problem("units.csv", 1, say("org.one_root", roots=roots)))


def _posts(folder: Path, found: Organisation) -> None:
    units = {unit["code"] for unit in found.units}
    for line, row in rows_of(folder / "posts.csv", root=folder, needs=("code", "unit", "role", "title_zh", "title_en")):
        if row["unit"] not in units:
            found.problems.append(Problem("posts.csv", line, say("org.unit_unknown", unit=row["unit"])))
        if row["role"] not in found.roles.roles:
            found.problems.append(Problem("posts.csv", line, say("org.role_unknown", role=row["role"])))
        found.posts.append(dict(row))


def _people(folder: Path, found: Organisation) -> None:
    posts = {post["code"] for post in found.posts}
    for line, row in rows_of(folder / "people.csv", root=folder, needs=("username", "name", "post", "since")):
        if row["post"] not in posts:
            found.problems.append(Problem("people.csv", line, say("org.post_unknown", post=row["post"])))
        found.people.append(dict(row))


def _land(folder: Path, found: Organisation) -> None:
    """Outlines of units, the cells, water and roads; a pack without a map is a pack all the same."""
    geo = folder / "geo"
    units = {unit["code"] for unit in found.units}
    for name in ("district", "streets", "neighbourhoods"):
        for shape in _features(geo / f"{name}.geojson"):
            code = shape["properties"]["unit"]
            if code not in units:
                found.problems.append(Problem(f"geo/{name}.geojson", 1, say("org.unit_unknown", unit=code)))
            found.shapes[code] = shape["geometry"]
    for shape in _features(geo / "cells.geojson"):
        kept = shape["properties"]
        found.cells.append((kept["code"], kept["unit"], shape["geometry"]))
    for name, kind in (("river", "water"), ("roads", "road")):
        for shape in _features(geo / f"{name}.geojson"):
            kept = shape["properties"]
            found.landmarks.append(
                (kept.get("class") or kind, {"zh": kept["name_zh"], "en": kept["name_en"]}, shape["geometry"])
            )


def _features(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text("utf-8"))["features"] if path.is_file() else []
