"""The other district says, in words of its own, everything that a kind can say: no feature is the demo's alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import yaml

from tests.support.vale import VALE
from yiwang.matters import (
    action,
    caused,
    children,
    definition,
    ends,
    exclusion,
    joined,
    panel,
    parties,
    queues,
    rating,
    recusal,
    route,
)
from yiwang.matters.definition import Kind, kind_from
from yiwang.matters.draws import Draw
from yiwang.matters.fields.spec import Document, FieldSpec, FieldType, Template
from yiwang.matters.letters import Letter
from yiwang.matters.ordering import Ordering
from yiwang.matters.rounds import Round

DEMO = Path(__file__).resolve().parents[2] / "packs" / "demo"
SAID = [definition.Kind, definition.Stage, definition.Clock, route.Route, children.Children, definition.Step,
        definition.Door, action.Action, action.Does, action.Since, action.Extends, action.Opens, action.Outcome,
        action.Check, FieldSpec, Ordering, joined.Merge, joined.Near, joined.Repeats, ends.End, Round, Draw,
        rating.Rating, rating.Default, exclusion.Exclusion, caused.Cause, recusal.Recusal, parties.Party, queues.Queue,
        queues.Library, Document, panel.Panel, Template, Letter]  # fmt: skip

FORMER = "Ordering.goal"  # read in kinds as they were kept before; a pack that says it is told to leave it out


def kinds(pack: Path) -> list[Kind]:
    return [kind_from(yaml.safe_load(path.read_text("utf-8"))) for path in sorted((pack / "matters").glob("*.yaml"))]


def parts(value: Any) -> Iterator[msgspec.Struct]:
    """A definition and everything that it is made of."""
    if isinstance(value, msgspec.Struct):
        yield value
        for name in value.__struct_fields__:
            yield from parts(getattr(value, name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from parts(one)
    elif isinstance(value, list):
        for one in value:
            yield from parts(one)


def said(pack: Path) -> set[str]:
    """`Class.field` of whatever some kind of a pack says otherwise than it is when nobody says it."""
    found = set()
    for part in (part for kind in kinds(pack) for part in parts(kind)):
        for info in msgspec.structs.fields(type(part)):
            usual = info.default_factory() if info.default_factory is not msgspec.NODEFAULT else info.default
            if getattr(part, info.name) != usual:
                found.add(f"{type(part).__name__}.{info.name}")
    return found


def known() -> set[str]:
    return {f"{one.__name__}.{info.name}" for one in SAID for info in msgspec.structs.fields(one)} - {FORMER}


def test_it_says_everything_that_a_kind_can_say() -> None:
    assert known() - said(VALE) == set()


def test_the_demo_says_nearly_everything() -> None:
    """What its own loops have had no need of may only become less."""
    assert known() - said(DEMO) == {
        "Kind.desk",
        "Clock.when",
        "Round.since",
    }


def test_it_asks_for_everything_that_a_field_can_be() -> None:
    asked = {part.type for kind in kinds(VALE) for part in parts(kind) if isinstance(part, FieldSpec)}
    assert asked == set(get_args(FieldType))


def test_limits_hang_on_all_that_they_can_hang_on() -> None:
    hanging = {next(iter(part.limit)) for kind in kinds(VALE) for part in parts(kind)
               if isinstance(part, definition.Clock) and isinstance(part.limit, dict)}  # fmt: skip
    assert hanging == set(definition.HANGS_ON)
