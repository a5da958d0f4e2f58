"""Reads the lists of a pack (lists/*.csv), keeps them with the district, and gives them to the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any

from yiwang.ledger import clock
from yiwang.org import personal
from yiwang.org.asker import Asker
from yiwang.org.definition import Organisation
from yiwang.org.district import District
from yiwang.org.in_memory import district_from
from yiwang.org.pack_table import NoDay, Row, day_of, like, rows_of, unit_unknown
from yiwang.org.pack_text import PackError, Problem
from yiwang.org.titles import columns, texts
from yiwang.typed.numbers import decimal
from yiwang.why import Words, say

from .fields.spec import NAME
from .models import Listed
from .objects import Lists, ObjectFacts

FOLDER = "lists"
_MOST = {"code": 40, "class": 40, "checklist": 40, "unit": 60}
_SECRET = 3  # the highest sensitivity


@dataclass
class PackLists:
    """list -> its rows, as `Listed` keeps them; the line of each for what is said of it later."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)  # (list, code) -> line
    problems: list[Problem] = field(default_factory=list)
    unread: bool = False  # what they say is not known, so that nothing is missed in them

    def of(self, district: District) -> Lists:
        """The same as the rules see it, of a pack that is not loaded."""
        return {
            name: {row["code"]: _facts(row, district, row["since"], None) for row in rows}
            for name, rows in self.rows.items()
        }


def read(folder: Path, said: Organisation) -> PackLists:
    """Every list of a pack, with what is wrong in it; not looked into while units or land are not sound."""
    lists = PackLists(unread=bool(said.problems))
    district = district_from(said) if (folder / FOLDER).is_dir() and not lists.unread else None
    if district is None:
        return lists
    for path in sorted((folder / FOLDER).glob("*")):
        if path.name.startswith("."):
            continue
        if path.suffix != ".csv" or not NAME.fullmatch(path.stem):
            lists.problems.append(Problem(f"{FOLDER}/{path.name}", 1, say("matters.list_name")))
            continue
        try:
            lists.rows[path.stem] = list(_rows(path, folder, district, said.languages, lists))
        except PackError as error:
            lists.problems += error.problems
            lists.unread = True
    lists.problems += _between(lists)
    return lists


def _rows(
    path: Path, folder: Path, district: District, languages: Sequence[str], lists: PackLists
) -> Iterator[dict[str, Any]]:
    names, folded = columns("name", languages), dict[str, str]()
    for line, row in rows_of(
        path,
        root=folder,
        needs=("code", *names),
        problems=lists.problems,
        key=("code",),
        filled=("code", *names),
        most=_MOST,
    ):
        wrong = list(_wrong(row, district))
        if personal.masked(row["code"]) != row["code"]:
            wrong.append(say("matters.code_masked", code=row["code"]))
        if (first := folded.setdefault(row["code"].casefold(), row["code"])) != row["code"]:
            wrong.append(say("matters.object_twice", code=row["code"], other=first))
        lists.problems += [Problem(f"{FOLDER}/{path.name}", line, words) for words in wrong]
        lists.lines[path.stem, row["code"]] = line
        if not wrong:
            yield _object(row, texts(row, "name", languages), len(lists.lines), district)


def _wrong(row: Row, district: District) -> Iterator[Words]:
    if (unit := row.get("unit")) and unit not in district.by_code:
        yield unit_unknown(unit, set(district.by_code))
    if row.get("sensitivity", "") not in ("", *map(str, range(_SECRET + 1))):
        yield say("matters.object_sensitivity", text=row["sensitivity"][:20])
    if row.get("lon") or row.get("lat"):
        place = _place(row)
        if place is None:
            yield say("matters.object_place", lon=row.get("lon", "")[:20], lat=row.get("lat", "")[:20])
        elif district.has_map and district.place(*place) is None:
            yield say("matters.place_outside", district=district.title)
    if since := row.get("since"):
        try:
            day_of(since)
        except NoDay as no_day:
            yield no_day.words


def _place(row: Row) -> tuple[float, float] | None:
    lon, lat = (decimal(row.get(name, "")) for name in ("lon", "lat"))
    if lon is None or lat is None or not (-180 < lon < 180 and -90 < lat < 90):
        return None
    return float(lon), float(lat)


def _object(row: Row, name: dict[str, str], position: int, district: District) -> dict[str, Any]:
    lon, lat = _place(row) or (None, None)
    since = row.get("since")
    return {
        "code": row["code"],
        "name": name,
        "unit": row.get("unit", ""),
        "lon": lon,
        "lat": lat,
        "class_name": row.get("class", ""),
        "checklist": row.get("checklist", ""),
        "sensitivity": int(row.get("sensitivity") or 0),
        "avoids": sorted({one.strip() for one in row.get("avoids", "").replace("；", ";").split(";")} - {""}),
        "position": position,
        "since": datetime.combine(day_of(since), time(), district.zone) if since else None,
    }


def _between(lists: PackLists) -> Iterator[Problem]:
    """A checklist is a list of the same pack, and not an empty one."""
    for name, rows in lists.rows.items():
        for row in rows:
            of = row["checklist"]
            if of and not lists.rows.get(of):
                near = like(of, [*lists.rows])
                words = say("matters.no_such_checklist", name=of, near=near or "—")
                yield Problem(f"{FOLDER}/{name}.csv", lists.lines[name, row["code"]], words)


def load(asker: Asker, lists: PackLists) -> None:
    """Make these the district's lists. What a list no longer has is taken off it, and keeps its name; what comes back
    is on it from now on."""
    now = clock.now()
    there = {(one.list_name, one.code): one for one in Listed.objects.filter(district=asker.district)}
    fresh: list[Listed] = []
    for name, rows in lists.rows.items():
        for row in rows:
            known = there.pop((name, row["code"]), None)
            said = {key: value for key, value in row.items() if key != "since"}
            if known is None:
                fresh.append(Listed(district_id=asker.district, list_name=name, since=row["since"] or now, **said))
                continue
            since = row["since"] or (known.since if known.until is None else now)
            Listed.objects.filter(pk=known.pk).update(**said, since=since, until=None)
    Listed.objects.bulk_create(fresh)
    gone = [one.pk for one in there.values() if one.until is None]
    Listed.objects.filter(pk__in=gone).update(until=now)


def lists_of(asker: Asker, district: District) -> Lists:
    """The district's lists as the rules see them, each in its order, with what was on them once."""
    by_list: dict[str, dict[str, ObjectFacts]] = {}
    for one in Listed.objects.filter(district=asker.district).order_by("list_name", "position"):
        row = {name: getattr(one, name) for name in _FACTS}
        by_list.setdefault(one.list_name, {})[one.code] = _facts(row, district, one.since, one.until)
    return by_list


_FACTS = ("code", "name", "unit", "lon", "lat", "class_name", "checklist", "sensitivity", "avoids")


def _facts(row: Mapping[str, Any], district: District, since: datetime | None, until: datetime | None) -> ObjectFacts:
    place = district.place(row["lon"], row["lat"]) if row["lon"] is not None else None
    unit = district.by_code.get(row["unit"])
    street = place.street if place else district.street_of(unit.id) if unit else None
    return ObjectFacts(
        row["code"],
        row["name"],
        row["unit"],
        district.units[street].code if street is not None else "",
        row["class_name"],
        row["checklist"],
        row["sensitivity"],
        row["lon"],
        row["lat"],
        tuple(row["avoids"]),
        since,
        until,
    )
