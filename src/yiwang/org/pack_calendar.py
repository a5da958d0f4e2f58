"""The calendar of a pack, a file of its own or a shipped one: each complaint stands where its cause does (R0.1)."""

from __future__ import annotations

import json
import re
from pathlib import Path

from yiwang.why import Words, say
from yiwang.worktime import Calendar, CalendarError

from .pack_file import PackFile
from .pack_text import Problem

MOST_EXTENDED = 10
_ROW = re.compile(r"(.+):(\d+)")  # a row of a list of days
_KEY_OF = {
    "worktime.error.zone": "zone",
    "worktime.error.weekday": "week",
    "worktime.error.idle": "week",
    "worktime.error.default_hours": "hours",
    "worktime.error.hours": "hours",
    "worktime.error.month_day": "seasons",
    "worktime.error.year": "years",
    "worktime.error.no_days": "days",
    "worktime.error.day_kind": "days",
    "worktime.error.no_calendar": "extends",
}


def read(folder: Path, name: str, pack: PackFile) -> tuple[Calendar | None, list[Problem]]:
    """(the calendar, what is wrong with it). Raises PackError for a file of the pack that cannot be kept.

    A file of the pack is looked at like every other before it is understood: aliases that grow without end, signs that
    no database holds and keys that stand twice are found there.
    """
    files = _own(folder, name)
    try:
        calendar = Calendar.load(name, folder)
        kept = json.dumps(calendar.mapping(), ensure_ascii=False)
        Calendar.from_mapping(json.loads(kept))  # as the database keeps it
        if "\\u0000" in kept:
            return None, [_at(files, pack, say("org.control_sign"))]
    except CalendarError as error:
        return None, [_at(files, pack, error.words)]
    except (OSError, ValueError, TypeError) as error:
        return None, [_at(files, pack, say("org.calendar_unreadable", name=name[:60], why=str(error)[:80]))]
    return calendar, []


def _own(folder: Path, name: str) -> list[PackFile]:
    """The files of the pack in which the calendar stands: its own, and those that it extends."""
    files: list[PackFile] = []
    said: object = name
    while isinstance(said, str) and len(files) < MOST_EXTENDED:
        near = files[-1].path.parent if files else folder
        path = next((one for one in (near / said, near / f"{said}.yaml") if _is_file_of(one, folder)), None)
        if path is None or path in [one.path for one in files]:
            break
        files.append(PackFile(path, root=folder))
        said = files[-1].data.get("extends") if isinstance(files[-1].data, dict) else None
    return files


def _is_file_of(path: Path, folder: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve()) and path.is_relative_to(folder)
    except (OSError, ValueError):  # a name that no file system takes
        return False


def _at(files: list[PackFile], pack: PackFile, words: Words) -> Problem:
    """The complaint at the file, and the line of the part, that it is about."""
    where = str(words.args.get("where") or words.args.get("file") or "")
    row = _ROW.fullmatch(where)
    if row and files:
        return Problem(row[1], int(row[2]), words)
    file = next((one for one in files if one.path.name == where), files[0] if files else None)
    if file is None:
        return pack.problem("district.calendar", words)
    return file.problem(str(words.args.get("word") or _KEY_OF.get(words.key, "")), words)
