"""personal.yaml: what personal data may be read for, how often, how long it shows and is kept (R9.2, R9.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from yiwang.why import say

from .pack_file import PackFile
from .pack_text import Problem
from .titles import Title, convert, plain

FILE = "personal.yaml"
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class ADay(Struct, frozen=True, forbid_unknown_fields=True):
    """How much one person reads on one day: above `notice` the auditor is notified, at `at_most` no more is opened."""

    notice: int = 30
    at_most: int = 100


class Purposes(Struct, frozen=True, forbid_unknown_fields=True):
    """Reading personal data.

    purposes       code -> what somebody may read it for; without any, nobody reads it
    a_day          limits of one person and local day
    shown_minutes  how long what was opened stays on the page
    kept_years     how long it is kept after the matter is closed, as residents are told
    """

    purposes: dict[str, Title] = field(default_factory=dict)
    a_day: ADay = ADay()
    shown_minutes: int = 10
    kept_years: int = 3

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Purposes:
        """From what the district's row keeps; the order of purposes lies beside them, since jsonb keeps none."""
        said = dict(kept)
        order = said.pop("order", [])
        found = convert(said, cls)
        return msgspec.structs.replace(found, purposes={code: found.purposes[code] for code in order or found.purposes})

    def kept(self) -> dict[str, Any]:
        """As the district's row keeps it."""
        return {**plain(self), "order": list(self.purposes)}


def read(folder: Path, roles: Mapping[str, Any]) -> tuple[Purposes, list[Problem]]:
    """The purposes of a pack, and what does not fit together. Raises PackError for a file that cannot be read."""
    unmasking = sorted(name for name, role in roles.items() if role.unmask)
    if not (folder / FILE).is_file():
        missing = [Problem(FILE, 1, say("org.no_purposes", roles=unmasking))] if unmasking else []
        return Purposes(), missing
    file = PackFile(folder / FILE, root=folder)
    said = file.as_a(Purposes)
    return said, list(_problems(file, said, unmasking))


def _problems(file: PackFile, said: Purposes, unmasking: list[str]) -> Iterator[Problem]:
    if unmasking and not said.purposes:
        yield file.problem("purposes", say("org.no_purposes", roles=unmasking))
    if not 0 < said.a_day.notice <= said.a_day.at_most:
        yield file.problem("a_day", say("org.limits_crossed", notice=said.a_day.notice, most=said.a_day.at_most))
    for code in said.purposes:
        if not _CODE.fullmatch(code):
            yield file.problem(f"purposes.{code}", say("org.purpose_name", name=code[:40]))
    if not 0 < said.shown_minutes <= 60:
        yield file.problem("shown_minutes", say("org.shown_too_long", most=60))
    if not 1 <= said.kept_years <= 100:
        yield file.problem("kept_years", say("org.kept_too_short"))
