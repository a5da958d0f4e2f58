"""Proves that what a kind asks for is there to be named: enough units and enough people in the district. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .crew import Crew
from .definition import Kind

Complaint = tuple[str, Words]


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every field that asks for more than there are."""
    for part in ("form", "asks"):
        for name, spec in getattr(kind, part).items():
            wanted = max(spec.at_least, 1)
            if spec.type in ("unit", "units") and crew.unit_kinds:
                there = sum(not spec.of or one in spec.of for one in crew.unit_kinds.values())
                key = "matters.units_few"
            elif spec.type in ("colleague", "colleagues") and not crew.everybody:
                there, key = crew.holders(spec.of), "matters.people_few"
            else:
                continue
            if there < wanted:
                where = "of" if spec.of else "at_least"
                yield f"{part}.{name}.{where}", say(key, field=name, n=there, wanted=wanted)
