"""Objects that a district looks after, as lists of its pack: rivers, buildings, firms, checklists. Pure.

A matter that names an object keeps what its rules may ask of it as facts of its own, beside the code, so that its
ledger says how the object stood then. They follow the list, as the category's do, with the next entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .fields.spec import FieldSpec

PARTS = ("unit", "street", "class", "checklist")  # what a rule may ask of an object: form.river.unit


@dataclass(frozen=True, slots=True)
class ObjectFacts:
    """One row of a list.

    unit         the code of the unit that answers for it; empty: none
    street       the street in which it lies, else that of its unit
    class_       how it is graded: a level, a risk, a certificate
    checklist    the list whose rows are asked when it is looked at
    sensitivity  what it takes to see it, and every matter that names it
    avoids       codes of other objects with which it is never drawn
    since, until  from when on, and until when, it is on the list
    """

    code: str
    name: Mapping[str, str]
    unit: str = ""
    street: str = ""
    class_: str = ""
    checklist: str = ""
    sensitivity: int = 0
    lon: float | None = None
    lat: float | None = None
    avoids: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def listed(self) -> bool:
        return self.until is None

    def part(self, name: str) -> str | None:
        """One of PARTS; None where the list says nothing of it."""
        return getattr(self, "class_" if name == "class" else name) or None


Lists = Mapping[str, Mapping[str, ObjectFacts]]  # list -> code -> object


def fact_of_object(field: str, part: str) -> str:
    """The fact in which a matter keeps what it knows of an object that it names.

    >>> fact_of_object("river", "unit")
    'form.river.unit'
    """
    return f"form.{field}.{part}"


def described(fields: Mapping[str, FieldSpec], state: Mapping[str, Any], lists: Lists) -> dict[str, Any]:
    """fact -> value of every object that a matter names by a field of one; None where it names none any more."""
    texts: dict[str, Any] = {}
    for name, spec in fields.items():
        if spec.type != "object":
            continue
        code = state.get(f"form.{name}")
        named = lists.get(spec.list_, {}).get(code) if code else None
        for part in PARTS:
            value = named.part(part) if named else None
            if value is not None or state.get(fact_of_object(name, part)) is not None:
                texts[fact_of_object(name, part)] = value
    return texts


def codes_in(spec: FieldSpec, value: Any) -> list[str]:
    """The codes of objects that a value of a field names."""
    if spec.type == "object":
        return [value] if value else []
    return list(value or ()) if spec.type == "objects" else []


def named_in(
    fields: Mapping[str, FieldSpec], state: Mapping[str, Any], lists: Lists
) -> Iterator[tuple[str, ObjectFacts]]:
    """(field, object) of all that a matter names, as its lists have them now."""
    for name, spec in fields.items():
        known = lists.get(spec.list_, {}) if spec.list_ else {}
        yield from ((name, known[code]) for code in codes_in(spec, state.get(f"form.{name}")) if code in known)


def least_clearance(fields: Mapping[str, FieldSpec], state: Mapping[str, Any], lists: Lists) -> int:
    """What it takes to see a matter, by the objects that it names: whoever may not know of one knows nothing of it."""
    return max((one.sensitivity for _, one in named_in(fields, state, lists)), default=0)


def meant(objects: Iterable[ObjectFacts], said: str) -> list[ObjectFacts]:
    """The objects on the list that a code or a name means; more than one where several have that name.

    >>> [one.code for one in meant([ObjectFacts("R1", {"en": "Ash"}), ObjectFacts("R2", {"en": "Elm"})], "elm")]
    ['R2']
    """
    listed = [one for one in objects if one.listed]
    wanted = said.strip()
    if exact := [one for one in listed if one.code == wanted]:
        return exact
    folded = wanted.casefold()
    return [one for one in listed if folded in (one.code.casefold(), *(name.casefold() for name in one.name.values()))]
