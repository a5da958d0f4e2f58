"""Reads a pack's kinds, categories and duties, proves them, and loads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from yiwang.org.access import Asker
from yiwang.org.pack_file import PackError, PackFile, Problem, rows_of
from yiwang.why import say
from yiwang.worktime import Calendar

from . import proof
from .definition import Kind, placed
from .models import Category, Duty, KindVersion
from .schema import Home

CLASSES = ("consult", "suggestion", "request", "complaint", "praise")


@dataclass
class Matters:
    """What a pack says of matters."""

    kinds: list[Kind] = field(default_factory=list)
    categories: list[dict[str, Any]] = field(default_factory=list)
    duties: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path, *, units: set[str], calendar: Calendar) -> Matters:
    """The kinds, categories and duties of a pack, with everything that is wrong with them."""
    found, home = Matters(), Home.of(calendar)
    if (folder / "categories.csv").is_file():
        found.categories = list(_categories(folder, found))
    if (folder / "duties.csv").is_file():
        found.duties = list(_duties(folder, found, units))
    classes = [(one["code"], one["class_name"]) for one in found.categories]
    for path in sorted((folder / "matters").glob("*.yaml")):
        try:
            file = PackFile(path, root=folder)
            kind = placed(file.as_a(Kind), home)
        except PackError as error:
            found.problems += error.problems
            continue
        wrong = proof.complaints(kind, units=units, classes=classes)
        found.problems += [file.problem(where, words) for where, words in wrong]
        found.kinds.append(kind)
    return found


def _categories(folder: Path, found: Matters) -> Iterator[dict[str, Any]]:
    tops: dict[str, str] = {}
    needs = ("code", "parent", "name_zh", "name_en", "class", "urgency")
    for position, (line, row) in enumerate(rows_of(folder / "categories.csv", root=folder, needs=needs)):
        code, parent = row["code"], row["parent"]
        if parent and parent not in tops:
            found.problems.append(
                Problem("categories.csv", line, say("matters.category_parent", code=code, parent=parent))
            )
        if row["class"] and row["class"] not in CLASSES:
            found.problems.append(Problem("categories.csv", line, say("matters.class_unknown", name=row["class"])))
        tops[code] = tops.get(parent, code)
        yield {
            "code": code,
            "parent": parent,
            "top": tops[code],
            "name": {"zh": row["name_zh"], "en": row["name_en"]},
            "class_name": row["class"] or "request",
            "urgency": row["urgency"] or "normal",
            "position": position,
        }


def _duties(folder: Path, found: Matters, units: set[str]) -> Iterator[dict[str, str]]:
    codes = {one["code"] for one in found.categories}
    for line, row in rows_of(folder / "duties.csv", root=folder, needs=("category", "unit_rule", "clause")):
        if row["category"] not in codes:
            found.problems.append(Problem("duties.csv", line, say("matters.no_such_category", value=row["category"])))
        if row["unit_rule"] not in units and row["unit_rule"] not in ("street of place", "neighbourhood of place"):
            found.problems.append(Problem("duties.csv", line, say("matters.route_to_nobody", to=row["unit_rule"])))
        yield {"category": row["category"], "to": row["unit_rule"], "clause": row["clause"]}


@transaction.atomic
def load(asker: Asker, found: Matters) -> None:
    """Make these the district's kinds; matters that run keep the version that they began with."""
    for kind in found.kinds:
        KindVersion.objects.filter(district=asker.district, code=kind.matter).update(current=False)
        KindVersion.objects.update_or_create(
            district_id=asker.district,
            code=kind.matter,
            version=kind.version,
            defaults={"definition": msgspec.json.encode(kind).decode(), "current": True},
        )
    Category.objects.filter(district=asker.district).delete()
    Category.objects.bulk_create(Category(district_id=asker.district, **one) for one in found.categories)
    Duty.objects.filter(district=asker.district).delete()
    Duty.objects.bulk_create(Duty(district_id=asker.district, **one) for one in found.duties)
