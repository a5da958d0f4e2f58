"""What a number looks like that a resident is given."""

from __future__ import annotations

from datetime import date

from yiwang.matters import doors
from yiwang.matters.definition import PORTAL
from yiwang.matters.kinds import current_kinds
from yiwang.matters.opening import number_of
from yiwang.org.asker import Asker

A_DAY = date(2026, 1, 1)


def example_number(asker: Asker) -> str:
    """A number of the first kind that residents report; empty where they report none."""
    kinds = doors.openable(current_kinds(asker), PORTAL, asker)
    return number_of(kinds[0], A_DAY, 1) if kinds else ""
