"""Answers by chance to whatever a kind asks, of every type of field: mostly ones that can be taken, some at an edge."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from shapely import Point

from yiwang.demo.outlines import outline
from yiwang.matters import forms
from yiwang.matters.action import Action
from yiwang.matters.definition import Kind
from yiwang.matters.fields.spec import FieldSpec
from yiwang.matters.world import World
from yiwang.typed.identifiers import credit_code

DIGITS = "0123456789"
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def middles(pack: Path) -> list[tuple[float, float]]:
    """(longitude, latitude) of somewhere in each cell of a pack's map."""
    cells = json.loads((pack / "geo" / "cells.geojson").read_text("utf-8"))["features"]
    rings = [cell["geometry"]["coordinates"][0][:-1] for cell in cells if cell["geometry"]["type"] == "Polygon"]
    return [(sum(lon for lon, _ in ring) / len(ring), sum(lat for _, lat in ring) / len(ring)) for ring in rings]


class Answers:
    """What somebody answers.

    files     gives so many numbers of files that the one who acts has put down
    numbers   of matters that there are
    staffed   units in which somebody works: what goes to another waits there until somebody does
    """

    def __init__(
        self,
        rng: Random,
        world: World,
        files: Callable[[int], list[int]] = lambda n: list(range(1, n + 1)),
        numbers: Sequence[str] = ("X-20261012-0001",),
        staffed: Collection[str] = (),
    ) -> None:
        self.rng, self.world, self.files, self.numbers, self.staffed = rng, world, files, numbers, staffed

    def opening(self, kind: Kind, door: str, at: datetime) -> dict[str, Any]:
        """What a matter is opened with behind a door; behind none, what the platform gives one."""
        specs = forms.asked_at_opening(kind, door)
        taken = set(kind.opens[door].fields) if door else set(specs)
        needed = {name for name, spec in specs.items() if spec.required or (spec.at_least and spec.type == "text")}
        return self.some({name: spec for name, spec in specs.items() if name in taken | needed}, needed, at)

    def acting(self, kind: Kind, action: Action, state: Mapping[str, Any], at: datetime) -> dict[str, Any]:
        """What an action is done with."""
        specs = forms.specs_now(kind, action, state)
        needed = {name for name in specs if forms.is_needed(action, name)}
        found = self.some(specs, needed, at)
        if action.evidence:
            found["files"] = self.files(action.evidence)
        return found

    def some(self, specs: Mapping[str, FieldSpec], needed: Collection[str], at: datetime) -> dict[str, Any]:
        """Everything that is needed, and the rest now and then."""
        asked = [(name, spec) for name, spec in specs.items() if name in needed or self.rng.random() < 0.5]
        found = {name: self.one(name, spec, at) for name, spec in asked}
        before = [spec.beside for _, spec in asked if spec.beside in specs and spec.beside not in found]
        return found | {name: self.one(name, specs[name], at) for name in before}  # a pair is whole

    def one(self, name: str, spec: FieldSpec, at: datetime) -> Any:
        if name in ("urgency", "channel") and not spec.values:
            return ""
        return getattr(self, f"_{spec.type}")(spec, at)

    def _text(self, spec: FieldSpec, at: datetime) -> str:
        return ("字" * max(spec.at_least, self.rng.choice((1, 3, 12))))[: spec.at_most]

    _person = _text

    def _colleagues(self, spec: FieldSpec, at: datetime) -> list[int]:
        able = [one.person for one in self.world.people.in_post()
                if not spec.of or any(post.role in spec.of for post in one.posts)]  # fmt: skip
        return self.rng.sample(able, min(max(spec.at_least, 1), len(able)))

    def _colleague(self, spec: FieldSpec, at: datetime) -> int:
        return self.rng.choice([one.person for one in self.world.people.in_post()] or [0])

    def _number(self, spec: FieldSpec, at: datetime) -> int:
        least = int(spec.least) if spec.least is not None else 1
        most = int(spec.most) if spec.most is not None else max(30, least)
        pool = {least, most, min(most, least + 1), min(most, 3), self.rng.randint(least, most)}
        return self.rng.choice(sorted(one for one in pool if least <= one <= most))

    def _money(self, spec: FieldSpec, at: datetime) -> str:
        return str(Decimal(self._number(spec, at)))

    def _date(self, spec: FieldSpec, at: datetime) -> str:
        return (at + timedelta(days=self.rng.choice((-3, 1, 5, 20, 60)))).date().isoformat()

    def _instant(self, spec: FieldSpec, at: datetime) -> str:
        return (at - timedelta(minutes=self.rng.choice((0, 5, 50)))).isoformat()

    def _bool(self, spec: FieldSpec, at: datetime) -> bool:
        return self.rng.random() < 0.6

    def _enum(self, spec: FieldSpec, at: datetime) -> str:
        return self.rng.choice(list(spec.values))

    def _choices(self, spec: FieldSpec, at: datetime) -> list[str]:
        fewest = max(1, spec.at_least)
        return self.rng.sample(list(spec.values), self.rng.randint(fewest, min(len(spec.values), spec.at_most)))

    def _unit(self, spec: FieldSpec, at: datetime) -> str:
        return self.rng.choice(self._unit_codes(spec))

    def _units(self, spec: FieldSpec, at: datetime) -> list[str]:
        codes = self._unit_codes(spec)
        return self.rng.sample(codes, min(len(codes), spec.at_most, max(spec.at_least, self.rng.randint(1, 3))))

    def _unit_codes(self, spec: FieldSpec) -> list[str]:
        wanted = spec.of or ["bureau", "street", "company"]
        found = [unit.code for unit in self.world.district.units.values() if unit.kind in wanted]
        return [code for code in found if code in self.staffed] or found

    def _category(self, spec: FieldSpec, at: datetime) -> str:
        return self.rng.choice(list(self.world.categories))

    def _object(self, spec: FieldSpec, at: datetime) -> str:
        return self.rng.choice(list(self.world.lists[spec.list_]))

    def _objects(self, spec: FieldSpec, at: datetime) -> list[str]:
        codes = list(self.world.lists[spec.list_])
        return self.rng.sample(codes, min(len(codes), spec.at_most, max(spec.at_least, self.rng.randint(1, 3))))

    def _checklist(self, spec: FieldSpec, at: datetime) -> list[dict[str, Any]]:
        items = [one.code for one in self.world.lists.get(spec.list_, {}).values() if one.listed]
        answers = [(code, self.rng.random() < 0.8) for code in items]
        return [{"item": code, "ok": ok, **({} if ok else {"note": "有裂缝"})} for code, ok in answers]

    def _phone(self, spec: FieldSpec, at: datetime) -> str:
        return "139" + "".join(self.rng.choices(DIGITS, k=8))

    def _email(self, spec: FieldSpec, at: datetime) -> str:
        return f"a{self.rng.randrange(1000)}@example.org"

    def _uscc(self, spec: FieldSpec, at: datetime) -> str:
        return credit_code("91350100" + "".join(self.rng.choices(SIGNS[:30], k=8)))

    def _id_number(self, spec: FieldSpec, at: datetime) -> str:
        body = "350100" + f"{self.rng.randint(1950, 2005)}" + f"{self.rng.randint(1, 12):02}15"
        body += "".join(self.rng.choices(DIGITS, k=3))
        total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
        return body + "10X98765432"[total % 11]

    def _matter(self, spec: FieldSpec, at: datetime) -> str:
        return self.rng.choice(self.numbers)

    def _files(self, spec: FieldSpec, at: datetime) -> list[int] | dict[str, list[int]]:
        if not spec.documents:
            return self.files(max(1, spec.at_least))
        must = [code for code, one in spec.documents.items() if one.at_least or self.rng.random() < 0.4]
        chosen = must or [next(iter(spec.documents))]
        many = {code: max(1, spec.documents[code].at_least) for code in chosen}
        numbers = iter(self.files(sum(many.values())))
        return {code: [next(numbers) for _ in range(n)] for code, n in many.items()}

    def _area(self, spec: FieldSpec, at: datetime) -> list[list[float]]:
        """Somewhere in the district, of a size that the field takes."""
        least, most = float(spec.least or 300), float(spec.most or 60_000)
        size = self.rng.uniform(min(least * 1.3, most * 0.8), min(most * 0.7, least * 200))
        return outline(self.rng, *self._somewhere(), size, self.rng.randint(4, 8))

    def _line(self, spec: FieldSpec, at: datetime) -> list[list[float]]:
        least, most = float(spec.least or 20), float(spec.most or 3_000)
        step = self.rng.uniform(min(least * 1.3, most * 0.8), min(most * 0.7, least * 50)) / 3 / 111_320
        lon, lat = self._somewhere()
        return [[round(lon + step * n * 0.2, 6), round(lat + step * n, 6)] for n in range(4)]

    def _somewhere(self) -> tuple[float, float]:
        """A place in the district; near Shanghai where it has no map."""
        cells = self.world.district.grid._tree.geometries
        at = self.rng.choice(cells).point_on_surface() if len(cells) else Point(121.9, 31.0)
        return at.x, at.y

    def _list(self, spec: FieldSpec, at: datetime) -> list[dict[str, Any]]:
        needed = {name for name, one in spec.fields.items() if one.required or one.at_least}
        fewest = max(1, spec.at_least)
        rows = self.rng.randint(fewest, max(fewest, min(spec.at_most, 4)))
        return [self.some(spec.fields, needed, at) for _ in range(rows)]
