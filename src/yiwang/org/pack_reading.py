"""Reads the organisation of a pack: one reader for `pack check` and `pack load`, and every complaint it can have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from yiwang.why import Words, say
from yiwang.worktime import Calendar

from . import pack_calendar, pack_land, pack_rosters, purposes
from .definition import OFFICES, UNIT_KINDS, Organisation, Pack, Roles
from .pack_file import PackFile
from .pack_table import NoDay, Row, day_of, like, rows_of, unit_unknown
from .pack_text import PackError, Problem
from .roles import WORDS
from .titles import CODE, columns, texts

_ROLE = re.compile(r"[a-z][a-z0-9_]{0,19}")
_DISTRICT = re.compile(r"[0-9A-Za-z]{1,12}")
_CODE = re.compile(r"[^\s,;；'\"<>/\\]+")
_USERNAME = re.compile(r"[\w.@+-]{1,130}")


def read(folder: Path) -> Organisation:
    """The organisation of a pack. Raises PackError for files without which nothing else can be read."""
    if not (folder / "pack.yaml").is_file():
        raise PackError([Problem(str(folder / "pack.yaml"), 1, say("org.no_pack"))])
    file = PackFile(folder / "pack.yaml", root=folder)
    pack = file.as_a(Pack)
    roles_file = PackFile(folder / "roles.yaml", root=folder)
    roles = roles_file.as_a(Roles)
    organisation = Organisation(pack, roles, Calendar.load("cn"))
    organisation.problems += [file.problem(f"district.{where}", words) for where, words in _district(organisation)]
    organisation.problems += list(_time(folder, organisation, file))
    organisation.problems += [roles_file.problem(f"roles.{where}", words) for where, words in _roles(roles)]
    _units(folder, organisation)
    codes = {unit["code"] for unit in organisation.units}
    for name, code in pack.district.offices.items():
        if code not in codes:
            organisation.problems.append(file.problem(f"district.offices.{name}", unit_unknown(code, codes)))
    for part in (_posts, _people, pack_rosters.read, _personal, pack_land.read):
        try:
            part(folder, organisation)
        except PackError as error:
            organisation.problems += error.problems
    return organisation


def _personal(folder: Path, organisation: Organisation) -> None:
    organisation.personal, wrong = purposes.read(folder, organisation.roles.roles)
    organisation.problems += wrong


def _district(organisation: Organisation) -> Iterator[tuple[str, Words]]:
    said = organisation.pack.district
    if not _DISTRICT.fullmatch(said.code):
        yield "code", say("org.district_code", code=said.code[:40])
    codes = said.languages
    if not 1 <= len(codes) <= 8 or len({*codes}) < len(codes) or not all(map(CODE.fullmatch, codes)):
        yield "languages", say("org.languages", known=codes)
    for name in said.offices:
        if name not in OFFICES:
            yield f"offices.{name}", say("org.no_office", name=name, known=list(OFFICES))


def _roles(roles: Roles) -> Iterator[tuple[str, Words]]:
    for name, role in roles.roles.items():
        if not _ROLE.fullmatch(name):
            yield name, say("org.role_name", name=name[:40])
        if name in WORDS:
            yield name, say("org.role_word", name=name)
        if not 0 <= role.clearance <= 3:
            yield f"{name}.clearance", say("org.clearance", n=role.clearance)


def _time(folder: Path, organisation: Organisation, file: PackFile) -> Iterator[Problem]:
    """The district's calendar, and that it keeps the district's time."""
    said = organisation.pack.district
    try:
        calendar, wrong = pack_calendar.read(folder, said.calendar, file)
    except PackError as error:
        calendar, wrong = None, error.problems
    yield from wrong
    organisation.calendar = calendar or organisation.calendar
    try:
        if len(said.time_zone) > 40:
            raise ValueError(said.time_zone)
        ZoneInfo(said.time_zone)
    except (ValueError, OSError, KeyError):
        yield file.problem("district.time_zone", say("org.no_zone", zone=said.time_zone[:60]))
    else:
        if calendar is not None and said.time_zone != calendar.zone.key:
            two = say("org.two_zones", zone=said.time_zone, calendar=calendar.zone.key)
            yield file.problem("district.time_zone", two)


def _units(folder: Path, organisation: Organisation) -> None:
    names = columns("name", organisation.languages)
    name, needs = "units.csv", ("code", "parent", "kind", *names)
    rows = rows_of(
        folder / name,
        root=folder,
        needs=needs,
        problems=organisation.problems,
        key=("code",),
        filled=("code", "kind", *names),
        most={"code": 60, "gb_code": 15, **dict.fromkeys(names, 120), "name_zh": 60},
    )
    seen: set[str] = set()
    called: dict[str, str] = {}
    for line, row in rows:
        for words in _unit_wrong(row, names[0], seen, called):
            organisation.problems.append(Problem(name, line, words))
        seen.add(row["code"])
        called.setdefault(row[names[0]], row["code"])
        organisation.units.append(_unit(row, organisation.languages))
    roots = [unit["code"] for unit in organisation.units if not unit["parent"]]
    if len(roots) != 1:
        organisation.problems.append(Problem(name, 1, say("org.one_root", roots=roots)))


def _unit_wrong(row: Row, name: str, seen: set[str], called: dict[str, str]) -> Iterator[Words]:
    if not _CODE.fullmatch(row["code"]):
        yield say("org.code_signs", code=row["code"])
    if row["parent"] and row["parent"] not in seen:
        yield say("org.parent_unknown", code=row["code"], parent=row["parent"])
    if row["kind"] not in UNIT_KINDS:
        yield say("org.kind_unknown", kind=row["kind"], known=sorted(UNIT_KINDS))
    if row[name] in called:
        yield say("org.name_taken", name=row[name], unit=called[row[name]])
    if any(len(one) > 60 for one in _aliases(row)):
        yield say("org.cell_too_long", column="aliases", n=max(map(len, _aliases(row))), most=60)


def _aliases(row: Row) -> list[str]:
    return [one.strip() for one in row.get("aliases", "").replace(";", "；").split("；") if one.strip()]


def _unit(row: Row, languages: list[str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "parent": row["parent"],
        "kind": row["kind"],
        "name": texts(row, "name", languages),
        "short": texts(row, "short", languages, otherwise="name"),
        "aliases": _aliases(row),
        "gb_code": row.get("gb_code", ""),
    }


def _posts(folder: Path, organisation: Organisation) -> None:
    name, units = "posts.csv", {unit["code"] for unit in organisation.units}
    needs = ("code", "unit", "role", *columns("title", organisation.languages))
    rows = rows_of(
        folder / name,
        root=folder,
        needs=needs,
        problems=organisation.problems,
        key=("code",),
        filled=needs,
        most={"code": 60, "role": 20},
    )
    for line, row in rows:
        if not _CODE.fullmatch(row["code"]):
            organisation.problems.append(Problem(name, line, say("org.code_signs", code=row["code"])))
        if row["unit"] not in units:
            organisation.problems.append(Problem(name, line, unit_unknown(row["unit"], units)))
        if row["role"] not in organisation.roles.roles:
            known = list(organisation.roles.roles)
            organisation.problems.append(Problem(name, line, say("org.role_unknown", role=row["role"], known=known)))
        organisation.posts.append(dict(row))


def _people(folder: Path, organisation: Organisation) -> None:
    name, posts = "people.csv", {post["code"] for post in organisation.posts}
    needs = ("username", "name", "post", "since")
    rows = rows_of(
        folder / name,
        root=folder,
        needs=needs,
        problems=organisation.problems,
        key=("username", "post"),
        filled=needs,
        most={"username": 130, "name": 60},
    )
    called: dict[str, str] = {}
    for line, row in rows:
        person: dict[str, Any] = dict(row)
        if not _USERNAME.fullmatch(row["username"]) or not unicodedata.is_normalized("NFKC", row["username"]):
            organisation.problems.append(Problem(name, line, say("org.username_signs", username=row["username"])))
        if called.setdefault(row["username"], row["name"]) != row["name"]:
            words = say("org.two_names", username=row["username"], one=called[row["username"]], other=row["name"])
            organisation.problems.append(Problem(name, line, words))
        if row["post"] not in posts:
            near = like(row["post"], posts)
            words = say("org.post_unknown_near", post=row["post"], near=near)
            organisation.problems.append(
                Problem(name, line, words if near else say("org.post_unknown", post=row["post"]))
            )
        try:
            person["since"] = day_of(row["since"])
        except NoDay as error:
            organisation.problems.append(Problem(name, line, error.words))
        organisation.people.append(person)
