"""What people write into forms of a kind that has no course of its own: by its fields, in the words of the pack.

`loops.yaml` holds the words (`loop_words`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from yiwang.matters.fields.spec import FieldSpec
from yiwang.typed.identifiers import credit_code
from yiwang.why import Words

from .courses import Company
from .loop_words import Said
from .outlines import outline, way

OFTEN = 0.3  # share of what may be left out that is written
IN_ORDER = 0.98  # share of the items of a checklist that are in order
YES = 0.9  # share of questions that are answered with yes


@dataclass(frozen=True)
class Speaker:
    """Somebody who fills in a form at a moment, about something at an address.

    to     the units to which it may go, the likeliest first
    state  how the matter stands
    near   (longitude, latitude) of what it is about
    """

    company: Company
    said: Said
    otherwise: list[str]
    rng: Random
    at: datetime
    where: str = ""
    to: tuple[str | None, ...] = ()
    state: Mapping[str, Any] = field(default_factory=dict)
    near: tuple[float, float] | None = None

    def fill(self, specs: Mapping[str, FieldSpec], needed: set[str]) -> dict[str, Any]:
        """What is written into a form: all that is needed, some of the rest."""
        asked = {
            name: spec
            for name, spec in specs.items()
            if self._has_words(name, spec) and not spec.computed and (name in needed or self.rng.random() < OFTEN)
        }
        found = {name: self.value(name, spec) for name, spec in asked.items() if not spec.asked_when or name in needed}
        return {name: value for name, value in found.items() if value is not None}

    def _has_words(self, name: str, spec: FieldSpec) -> bool:
        """Whether a value is made up for a field, or the pack says some."""
        return spec.type not in _NEVER or name in self.said.fields

    def mend(self, specs: Mapping[str, FieldSpec], data: dict[str, Any], wrong: Mapping[str, Words]) -> dict[str, Any]:
        """The form after it was refused: what was missing is written, what was wrong is written anew or left out."""
        form = dict(data)
        for name in dict.fromkeys(path.partition(".")[0] for path in wrong):
            before = form.pop(name, None)
            spec = specs.get(name)
            if spec is not None and (before is None or not spec.asked_when):
                form[name] = self.value(name, spec)
        return {name: value for name, value in form.items() if value is not None}

    def value(self, name: str, spec: FieldSpec) -> Any:
        """One value of a field; None where nobody here has one."""
        own = self.said.fields.get(name)
        if spec.type == "checklist":
            return self._answers(spec, own or self.otherwise)
        if own:
            return self._placed(self.rng.choice(own))
        if name == "unit":
            return next(filter(self.company.staff.anybody, self.to), None) or self.rng.choice(self._units(spec))
        make = _BY_TYPE.get(spec.type)
        return make(self, spec) if make else None

    def title(self, otherwise: str) -> tuple[str, dict[str, str]]:
        """What it is called, and the category that goes with it, where the pack says one."""
        title = self.rng.choice(self.said.titles or ["{where} " + otherwise])
        about = self.said.about.get(title)
        return str(self._placed(title)).strip(), {"category": about} if about else {}

    def _placed(self, value: Any) -> Any:
        return value.replace("{where}", self.where) if isinstance(value, str) else value

    def _units(self, spec: FieldSpec) -> list[str]:
        district = self.company.world.district
        kinds = spec.of or ["bureau"]
        return [unit.code for kind in kinds for unit in district.of_kind(kind)]

    def _number(self, spec: FieldSpec) -> int:
        least = int(spec.least or 0)
        return self.rng.randint(least, min(int(spec.most or least + 20), least + 20))

    def _choice(self, spec: FieldSpec) -> str:
        codes = list(spec.values)
        return str(self.rng.choices(codes, [2.0**-n for n in range(len(codes))])[0])

    def _some(self, of: list[str], most: int) -> list[str]:
        return sorted(self.rng.sample(of, min(len(of), self.rng.randint(1, most))))

    def _colleague(self, spec: FieldSpec) -> int | None:
        """Somebody of the unit that has the matter, or of the desk."""
        unit = self.state.get("lead") or self.state.get("desk")
        found = self.company.staff.some(self.rng, [*self.company.world.district.roles], unit)
        return found[0].person if found else None

    def _rows(self, spec: FieldSpec) -> list[dict[str, Any]]:
        many = max(spec.at_least, self.rng.randint(1, 3))
        return [self.fill(spec.fields, {*spec.fields}) for _ in range(many)]

    def _answers(self, spec: FieldSpec, wrong: list[Any]) -> list[dict[str, Any]]:
        """Each item of a checklist: nearly all in order."""
        listed = [one for one in self.company.world.lists.get(spec.list_, {}).values() if one.listed]
        return [
            {"item": one.code, "ok": True}
            if self.rng.random() < IN_ORDER
            else {"item": one.code, "ok": False, "note": self._placed(self.rng.choice(wrong))}
            for one in listed
        ]

    def _outline(self, spec: FieldSpec) -> list[list[float]] | None:
        """Around where it is; of nothing that is nowhere."""
        most = min(float(spec.most or _LARGE), _LARGE)
        least = max(float(spec.least or _SMALL), min(_SMALL, most / 4))
        return outline(self.rng, *self.near, self.rng.uniform(least * 1.2, most * 0.8), 6) if self.near else None

    def _way(self, spec: FieldSpec) -> list[list[float]] | None:
        """From where it is onwards, no longer than a walk; of nothing that is nowhere."""
        if self.near is None:
            return None
        least, most = float(spec.least or _A_WALK[0]), min(float(spec.most or _A_WALK[1]), _A_WALK[1])
        return way(self.rng, *self.near, self.rng.uniform(least * 1.2, max(most, least * 1.4)), 6)

    def _seated(self, spec: FieldSpec) -> list[int]:
        """As many colleagues as must be named, or a few more, of the roles that may be."""
        roles = spec.of or [*self.company.world.district.roles]
        known = self.company.staff.some(self.rng, roles, None, anywhere=True)
        people = list(dict.fromkeys(actor.person for actor in known if actor.person is not None))
        return people[: max(spec.at_least, 1) + self.rng.randint(0, 2)][: spec.at_most or None]

    def _object(self, spec: FieldSpec) -> str:
        known = self.company.world.lists.get(spec.list_, {}).values()
        return self.rng.choice([one.code for one in known if one.listed and not one.sensitivity])


_SMALL, _LARGE = 4_000.0, 60_000.0  # square metres of what is drawn
_A_WALK = 300.0, 2_500.0  # metres of a way that is drawn
_NEVER = ("files", "matter", "id_number", "email")
_BY_TYPE: dict[str, Callable[[Speaker, FieldSpec], Any]] = {
    "text": lambda by, spec: by.rng.choice(by.otherwise)[: spec.at_most],
    "person": lambda by, spec: by.company.stage.voice.reporter(by.rng)[0],
    "phone": lambda by, spec: by.company.stage.voice.reporter(by.rng)[1],
    "number": Speaker._number,
    "money": lambda by, spec: f"{by.rng.randint(2, 90) * 1000}",
    "date": lambda by, spec: (by.at + timedelta(days=by.rng.randint(6, 40))).date().isoformat(),
    "instant": lambda by, spec: (by.at - timedelta(minutes=by.rng.randint(5, 25))).isoformat(),
    "bool": lambda by, spec: by.rng.random() < YES,
    "enum": Speaker._choice,
    "object": Speaker._object,
    "area": Speaker._outline,
    "choices": lambda by, spec: by._some(list(spec.values), 2),
    "unit": lambda by, spec: by.rng.choice(by._units(spec)),
    "units": lambda by, spec: by._some(by._units(spec), 3),
    "category": lambda by, spec: by.rng.choice(by.company.stage.leaves).code,
    "uscc": lambda by, spec: credit_code(f"91990106MA{by.rng.randrange(10**6):06d}"),
    "list": Speaker._rows,
    "colleague": Speaker._colleague,
    "colleagues": Speaker._seated,
    "line": Speaker._way,
}
