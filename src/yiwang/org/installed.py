"""The districts of this installation, asked in nobody's name: for commands and for what the platform does by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from .models import District, Unit


@dataclass(frozen=True, slots=True)
class Installed:
    """A district that is loaded; `digest` is the algorithm by which its ledgers are chained."""

    id: int
    code: str
    title: dict[str, str]
    demo: bool
    digest: str


def districts() -> list[Installed]:
    """Every district, by its code."""
    return _read(District.objects.order_by("code"))


def district(number: int) -> Installed:
    """The district of an id, which must be loaded."""
    (found,) = _read(District.objects.filter(pk=number))
    return found


def district_of_code(code: str) -> Installed | None:
    """The district of a code; None when it is not loaded."""
    return next(iter(_read(District.objects.filter(code=code))), None)


def _read(rows: QuerySet[District]) -> list[Installed]:
    return [Installed(*row) for row in rows.values_list("id", "code", "title", "demo", "digest")]


def calendars() -> dict[int, Mapping[str, Any]]:
    """district -> the calendar that it counts by (Calendar.mapping)."""
    return dict(District.objects.values_list("pk", "calendar"))


def tree(number: int) -> dict[int, list[int]]:
    """unit -> the units from the root down to it, of one district."""
    return dict(Unit.objects.filter(district=number).values_list("pk", "path"))
