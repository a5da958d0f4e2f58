"""Reading a calendar: a YAML file, its days in CSV or in line, and the calendar that it extends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from yiwang.tables import Unreadable
from yiwang.tables.opening import records_of
from yiwang.why import say
from yiwang.why.yaml_text import data_of

from .conventions import USUAL, Conventions
from .days import Content, Entry, Kind, Season, Title
from .errors import CalendarError, LimitError
from .hours import Hours

SHIPPED = Path(__file__).parent / "calendars"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = {
    "calendar", "title", "version", "reference", "extends", "zone", "week",
    "hours", "seasons", "conventions", "days", "years",
}  # fmt: skip
DAY_KEYS = {"date", "from", "to", "kind", "name", "name_zh", "name_en", "hours", "source"}
NAMES = re.compile(r"name_([a-z]{2})")  # a day's name in a language
KINDS: dict[str, Kind] = {"off": "holiday", "work": "makeup", "half": "half_day"}
LONGEST_RANGE = 366


def find(path_or_name: str | Path, folder: Path | None = None) -> Path:
    """The file meant by a path (from `folder`) or by the name of a shipped calendar."""
    path = (folder or Path()) / path_or_name
    for candidate in (path, path.parent / f"{path.name}.yaml", SHIPPED / f"{path_or_name}.yaml"):
        if candidate.is_file():
            return candidate
    shipped = sorted(file.stem for file in SHIPPED.glob("*.yaml"))
    raise CalendarError("worktime.error.no_calendar", name=str(path_or_name), shipped=shipped)


def read(path: Path, above: tuple[Path, ...] = ()) -> Content:
    path = path.resolve()
    if path in above:
        raise CalendarError("worktime.error.circle", file=path.name, chain=[file.name for file in above])
    try:
        mapping = data_of(path.read_text("utf-8"))
    except (yaml.YAMLError, ValueError) as error:
        raise CalendarError("worktime.error.yaml", file=path.name, problem=" ".join(str(error).split())) from error
    _known(mapping, KEYS, path.name)
    return build(mapping, path.parent, where=path.name, above=(*above, path))


def build(
    mapping: Mapping[str, Any],
    folder: Path | None,
    *,
    where: str = "",
    above: tuple[Path, ...] = (),
    parent: Content | None = None,
) -> Content:
    """A calendar from a mapping; what it does not say comes from `parent` or from the one it extends."""
    where = where or str(mapping.get("calendar", "calendar"))
    _known(mapping, KEYS, where)
    if "extends" in mapping:
        parent = read(find(str(mapping["extends"]), folder), above)
    own_days = {day: entry for day, entry in _days(mapping.get("days"), folder, where)}
    years, every_year = _years(mapping.get("years"), where)
    name = str(mapping.get("calendar") or where)
    return Content(
        name=name,
        title=_title(mapping.get("title")) or (parent.title if parent else {"zh": name, "en": name}),
        version=str(mapping.get("version") or (parent.version if parent else "")),
        zone=_zone(mapping.get("zone"), where) or (parent.zone if parent else ZoneInfo("Asia/Shanghai")),
        week=_week(mapping.get("week"), where)
        or (parent.week if parent else (True, True, True, True, True, False, False)),
        hours=_hours(mapping.get("hours"), where) or (parent.hours if parent else (Hours(((540, 1020),)),) * 7),
        seasons=_seasons(mapping.get("seasons"), where)
        if "seasons" in mapping or "hours" in mapping or not parent
        else parent.seasons,
        entries={**(parent.entries if parent else {}), **own_days},
        years={**(parent.years if parent else {}), **years},
        every_year=every_year or (parent.every_year if parent else False),
        conventions=_conventions(mapping.get("conventions"), where).over(parent.conventions if parent else USUAL),
        chain=(name, *(parent.chain if parent else ())),
    )


def written(calendar: Content) -> dict[str, Any]:
    """The mapping of which `build` makes this calendar again; of the chain only the nearest name is kept."""
    said = {kind: word for word, kind in KINDS.items()}
    return {
        "calendar": calendar.name,
        "title": dict(calendar.title),
        "version": calendar.version,
        "zone": calendar.zone.key,
        "week": [name for name, worked in zip(WEEKDAYS, calendar.week, strict=True) if worked],
        "hours": {"default": str(calendar.hours[0]), **dict(zip(WEEKDAYS, map(str, calendar.hours), strict=True))},
        "seasons": [
            {"from": "{:02}-{:02}".format(*one.first), "to": "{:02}-{:02}".format(*one.last), "hours": str(one.hours)}
            for one in calendar.seasons
        ],
        "conventions": str(calendar.conventions),
        "years": "all" if calendar.every_year else {str(year): source for year, source in calendar.years.items()},
        "days": [
            {"date": date.fromordinal(day).isoformat(), "kind": said[entry.kind], "source": entry.source}
            | ({"name": dict(entry.name)} if entry.name else {})
            | ({"hours": str(entry.hours)} if entry.hours else {})
            for day, entry in sorted(calendar.entries.items())
        ],
    }


def _known(mapping: Any, keys: set[str], where: str, more: re.Pattern[str] | None = None) -> None:
    if not isinstance(mapping, Mapping):
        raise CalendarError("worktime.error.no_mapping", where=where, text=str(mapping), known=sorted(keys))
    for key in mapping:
        if key not in keys and not (more and more.fullmatch(str(key))):
            raise CalendarError("worktime.error.key", word=str(key), where=where, known=sorted(keys))


def _listed(value: Any, key: str, where: str) -> Sequence[Any]:
    """The entries of a list in the file; none where it says nothing."""
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise CalendarError("worktime.error.no_list", where=where, word=key, text=str(value))
    return value


def _title(value: Any) -> Title | None:
    if not value:
        return None
    if isinstance(value, Mapping):
        return {str(language): str(text) for language, text in value.items()}
    return {"zh": str(value), "en": str(value)}


def _zone(value: Any, where: str) -> ZoneInfo | None:
    if value is None:
        return None
    try:
        return ZoneInfo(str(value))
    except (ValueError, OSError, KeyError) as error:
        raise CalendarError("worktime.error.zone", zone=str(value), where=where) from error


def _weekday(value: Any, where: str) -> int:
    if value not in WEEKDAYS:
        raise CalendarError("worktime.error.weekday", text=str(value), where=where, known=list(WEEKDAYS))
    return WEEKDAYS.index(value)


def _week(value: Any, where: str) -> tuple[bool, ...] | None:
    if value is None:
        return None
    worked = {_weekday(one, where) for one in _listed(value, "week", where)}
    if not worked:
        raise CalendarError("worktime.error.idle", where=where)
    return tuple(day in worked for day in range(7))


def _hours(value: Any, where: str) -> tuple[Hours, ...] | None:
    """One text for every day, or {default: …, fri: …}; a make-up day has the hours of its weekday."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return (Hours.parse(value, where),) * 7
    if "default" not in value:
        raise CalendarError("worktime.error.default_hours", where=where)
    week = [Hours.parse(value["default"], where)] * 7
    for name, text in value.items():
        if name != "default":
            week[_weekday(name, where)] = Hours.parse(text, where)
    return tuple(week)


def _seasons(value: Any, where: str) -> tuple[Season, ...]:
    seasons = []
    for season in _listed(value, "seasons", where):
        _known(season, {"from", "to", "hours"}, where)
        first, last = (_month_day(season.get(key), where) for key in ("from", "to"))
        seasons.append(Season(first, last, Hours.parse(season.get("hours", ""), where)))
    return tuple(seasons)


def _month_day(value: Any, where: str) -> tuple[int, int]:
    try:
        day = date.fromisoformat(f"2000-{value}")
    except ValueError as error:
        raise CalendarError("worktime.error.month_day", text=str(value), where=where) from error
    return day.month, day.day


def _conventions(value: Any, where: str) -> Conventions:
    try:
        return Conventions.parse(value or ())
    except LimitError as error:
        raise CalendarError("worktime.error.in_file", where=where, problem=error.words) from error


def _years(value: Any, where: str) -> tuple[dict[int, str], bool]:
    """{year: notice}, a list of years, or `all` where no notice can change a day (a desk that never closes)."""
    if value == "all":
        return {}, True
    pairs = value.items() if isinstance(value, Mapping) else ((year, where) for year in _listed(value, "years", where))
    years = {}
    for year, source in pairs:
        if not str(year).isdecimal() or not 1900 <= int(year) <= 2400:
            raise CalendarError("worktime.error.year", text=str(year), where=where)
        years[int(year)] = str(source)
    return years, False


def _days(value: Any, folder: Path | None, where: str) -> Iterator[tuple[int, Entry]]:
    for entry in [value] if isinstance(value, str) else _listed(value, "days", where):
        if isinstance(entry, str):
            path = (folder or Path()) / entry
            if not path.is_file():
                raise CalendarError("worktime.error.no_days", file=entry, where=where)
            for line, row in _rows(path, entry):
                yield from _day(row, f"{entry}:{line}")
        else:
            yield from _day(entry, where)


def _rows(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, column -> cell) of each row of a CSV file in UTF-8, without the cells that are empty."""
    try:
        with records_of(path) as records:
            if not records.encoding.startswith("utf-8"):
                raise CalendarError("worktime.error.not_csv", where=name)
            head = next(records.records)
            for record in records.records:
                if record.trouble is not None:
                    raise CalendarError("worktime.error.in_file", where=f"{name}:{record.line}", problem=record.trouble)
                if len(record.cells) > len(head.cells):
                    wrong = say("tables.too_many_cells", n=len(record.cells), head=len(head.cells))
                    raise CalendarError("worktime.error.in_file", where=f"{name}:{record.line}", problem=wrong)
                yield (
                    record.line,
                    {column: cell for column, cell in zip(head.cells, record.cells, strict=False) if cell},
                )
    except Unreadable as error:
        raise CalendarError("worktime.error.not_csv", where=name) from error


def _day(row: Mapping[str, Any], where: str) -> Iterator[tuple[int, Entry]]:
    _known(row, DAY_KEYS, where, NAMES)
    first = _date(row.get("date", row.get("from")), where)
    last = _date(row.get("to") or first, where)
    said = "off" if row.get("kind") is False else row.get("kind")  # YAML reads a bare `off` as false
    kind = KINDS.get(str(said))
    if kind is None:
        raise CalendarError("worktime.error.day_kind", text=str(said), where=where, known=list(KINDS))
    hours = Hours.parse(row["hours"], where) if row.get("hours") else None
    if (kind == "half_day") != (hours is not None) and kind != "makeup":
        raise CalendarError("worktime.error.half_day", where=where, day=first)
    if not 0 <= (last - first).days < LONGEST_RANGE:
        raise CalendarError("worktime.error.range", where=where, first=first, last=last)
    entry = Entry(kind, _name(row), hours, str(row.get("source") or where))
    for step in range((last - first).days + 1):
        yield (first + timedelta(days=step)).toordinal(), entry


def _name(row: Mapping[str, Any]) -> Title | None:
    if "name" in row:
        return _title(row["name"])
    names = {found[1]: str(text) for key, text in row.items() if text and (found := NAMES.fullmatch(str(key)))}
    if either := names.get("zh") or names.get("en"):  # one of the two stands for both
        return {"zh": either, "en": either, **names}
    return names or None


def _date(value: Any, where: str) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise CalendarError("worktime.error.date", text=str(value), where=where) from error
