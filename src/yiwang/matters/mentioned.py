"""The matters that a form names by their numbers: each is there, in the asker's sight, and of a kind that is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.session import acting_as
from yiwang.why import Incomplete, Words, say

from .definition import Kind
from .fields.spec import FieldSpec
from .kinds import world
from .models import Matter
from .objects import named_in

Named = tuple[str, FieldSpec, str]  # where it stands in the form, its field, the number


def check(asker: Asker, kind: Kind, values: Mapping[str, Any]) -> None:
    """Raises Incomplete for numbers of typed values that are no matter's, as far as the asker sees, or of no kind that
    the field takes. One that is not seen is told like one that is not there: also to somebody who takes something in
    for the whole district, who names no more by it than they see."""
    narrow = asker.narrow or asker
    _unknown(narrow, kind, values)
    named = [
        one
        for name, value in values.items()
        if (spec := kind.fields.get(name))
        for one in matters_in(name, spec, value)
    ]
    if not named:
        return
    numbers = {number for _, _, number in named}
    with acting_as(narrow) if narrow is not asker else nullcontext():
        rows = Matter.objects.filter(district=asker.district, number__in=numbers).values_list("number", "kind")
        kinds = dict(rows)
    wrong: dict[str, Words] = {}
    for where, spec, number in named:
        if number not in kinds:
            wrong[where] = say("matters.no_such_number", value=number)
        elif spec.of and kinds[number] not in spec.of:
            wrong[where] = say("matters.number_of_another_kind", value=number)
    if wrong:
        raise Incomplete(wrong)


def _unknown(asker: Asker, kind: Kind, values: Mapping[str, Any]) -> None:
    """Raises Incomplete for an object of which the asker may not know: it is told like one that is not there."""
    if asker.system or not kind.names_objects:
        return
    said = {f"form.{name}": value for name, value in values.items()}
    wrong = {
        name: say("matters.no_such_object", value=one.code)
        for name, one in named_in(kind.fields, said, world(asker).lists)
        if one.sensitivity > asker.clearance
    }
    if wrong:
        raise Incomplete(wrong)


def matters_in(name: str, spec: FieldSpec, value: Any) -> Iterator[Named]:
    if spec.type == "matter" and value:
        yield name, spec, value
    elif spec.type == "list":
        for number, row in enumerate(value or ()):
            for inner, one in spec.fields.items():
                yield from matters_in(f"{name}.{number}.{inner}", one, row.get(inner))
