"""The rules of a log: which limit each kind of request has, said once in a YAML file.

rules: boston-2015
type: TYPE                                  # the column that names the kind
tolerance_seconds: 90
verdict: {on_time: ONTIME, overdue: OVERDUE}
conventions: same time, from next opening   # for every limit that says nothing else
limits:
  Pothole Repair: 1 workday
  Graffiti: {2015-01-01: 45 workdays, 2015-02-03: 5 workdays}   # from that day of receipt on
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from yiwang.why.yaml_text import data_of

from .conventions import Conventions
from .errors import RulesError, WorktimeError
from .limit import Limit

KEYS = {"rules", "title", "reference", "type", "tolerance_seconds", "verdict", "conventions", "time_format", "limits"}


@dataclass(frozen=True, slots=True)
class Rule:
    """The limits of one kind of request, each from a day of receipt on."""

    since: tuple[date, ...]
    limits: tuple[Limit, ...]

    def on(self, day: date) -> Limit | None:
        """The limit in force on a day; None before the first."""
        place = bisect_right(self.since, day)
        return self.limits[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class LogRules:
    """`verdicts` maps each word of the log to True for overdue."""

    name: str
    type_column: str
    tolerance_seconds: int
    time_format: str | None
    verdicts: Mapping[str, bool]
    rules: Mapping[str, Rule]

    @classmethod
    def load(cls, path: Path) -> LogRules:
        """Raises `RulesError` with the file, the kind and what would put it right."""
        try:
            said = data_of(path.read_text("utf-8"))
        except (yaml.YAMLError, ValueError) as error:
            raise RulesError("worktime.error.yaml", file=path.name, problem=" ".join(str(error).split())) from error
        if not isinstance(said, Mapping):
            raise RulesError("worktime.error.no_mapping", where=path.name, text=str(said), known=sorted(KEYS))
        return cls.from_mapping(said, path.name)

    @classmethod
    def from_mapping(cls, said: Mapping[str, Any], where: str = "rules") -> LogRules:
        for key in said:
            if key not in KEYS:
                raise RulesError("worktime.error.key", word=str(key), where=where, known=sorted(KEYS))
        limits = said.get("limits")
        if not isinstance(limits, Mapping) or not limits or "type" not in said:
            raise RulesError("worktime.error.rules", where=where)
        tolerance = said.get("tolerance_seconds", 60)
        if not isinstance(tolerance, int) or tolerance < 0:
            raise RulesError("worktime.error.tolerance", where=where, text=str(tolerance))
        try:
            usual = Conventions.parse(said.get("conventions") or ())
        except WorktimeError as error:
            raise RulesError("worktime.error.in_file", where=where, problem=error.words) from error
        return cls(
            name=str(said.get("rules", where)),
            type_column=str(said["type"]),
            tolerance_seconds=tolerance,
            time_format=str(said["time_format"]) if said.get("time_format") else None,
            verdicts=_verdicts(said.get("verdict") or {}, where),
            rules={str(kind): _rule(value, usual, f"{where}: {kind}") for kind, value in limits.items()},
        )


def _verdicts(said: Any, where: str) -> dict[str, bool]:
    words: dict[str, bool] = {}
    for key, overdue in (("on_time", False), ("overdue", True)):
        value = said.get(key, ()) if isinstance(said, Mapping) else ()
        words |= {str(word): overdue for word in (value if isinstance(value, list | tuple) else [value])}
    if said and len(set(words.values())) < 2:
        raise RulesError("worktime.error.verdict", where=where)
    return words


def _rule(value: Any, usual: Conventions, where: str) -> Rule:
    dated = value if isinstance(value, Mapping) else {date.min: value}
    for day in dated:
        if type(day) is not date:
            raise RulesError("worktime.error.date", text=str(day), where=where)
    try:
        limits = {day: Limit.parse(str(dated[day])) for day in sorted(dated)}
    except WorktimeError as error:
        raise RulesError("worktime.error.in_file", where=where, problem=error.words) from error
    return Rule(tuple(limits), tuple(limit.counted(limit.conventions.over(usual)) for limit in limits.values()))
