"""Proves what a kind draws by lot: objects of a list or people, into a field that nobody fills in, as many as there can
be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from yiwang.why import Words, say
from yiwang.worktime import Limit, WorktimeError

from .crew import Crew
from .definition import Kind
from .draws import Draw, many, share_of
from .draws_people import PEOPLE
from .fields.spec import FieldSpec
from .panel import OF_TYPES
from .slips import no_value

Complaint = tuple[str, Words]


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong), as far as the kind's own file tells."""
    for name, action in kind.actions.items():
        for number, how in enumerate(action.draws):
            path = f"actions.{name}.draws[{number}]"
            yield from ((f"{path}.{where}", words) for where, words in _of_draw(kind, action.asked, how))


def _of_draw(kind: Kind, asked: list[str], how: Draw) -> Iterator[Complaint]:
    nothing = FieldSpec()
    spec = kind.fields.get(how.field, nothing)
    if spec.type not in ("objects", PEOPLE):
        yield "field", say("matters.draw_into_what", field=how.field)
    elif spec.type == PEOPLE:
        yield from _of_people(how, spec)
    entered = [*(one for action in kind.actions.values() for one in action.asked), *_at_doors(kind)]
    if how.field in entered:
        yield "field", say("matters.draw_entered", field=how.field)
    for wanted in (wanted for _, wanted in how.shares()):
        if (isinstance(wanted, int) and wanted < 1) or (isinstance(wanted, str) and not share_of(wanted)):
            yield "of", say("matters.draw_of_what", text=str(wanted)[:40])
    if how.seed and (how.seed not in asked or kind.fields.get(how.seed, nothing).type != "text"):
        yield "seed", say("matters.draw_seed_of_what", field=how.seed)
    for name in [*how.leaves_out, *([how.avoids] if how.avoids else [])]:
        known = kind.fields.get(name, nothing)
        if not (known.type in OF_TYPES if spec.type == PEOPLE else known.list_):
            yield "leaves_out" if name in how.leaves_out else "avoids", say("matters.draw_field", field=name)
    if how.not_within:
        try:
            Limit.parse(how.not_within)
        except WorktimeError as error:
            yield "not_within", say("matters.limit_wrong", text=how.not_within, why=error.words)


def _of_people(how: Draw, spec: FieldSpec) -> Iterator[Complaint]:
    """People are not graded, and as many are drawn as can sit."""
    if how.only or how.avoids or isinstance(how.of, dict):
        yield "of", say("matters.draw_people_how", field=how.field)
    elif not isinstance(how.of, int) or not max(spec.at_least, 1) <= how.of <= spec.at_most:
        yield "of", say("matters.draw_people_many", field=how.field, least=max(spec.at_least, 1), most=spec.at_most)


def of_people(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """There are as many people as are drawn."""
    for name, action in kind.actions.items():
        for number, how in enumerate(action.draws):
            spec = kind.fields.get(how.field, FieldSpec())
            if spec.type != PEOPLE or not spec.of or crew.everybody or not isinstance(how.of, int):
                continue
            if (there := crew.together(spec.of)) < how.of:
                words = say("matters.pool_too_small", n=there, wanted=how.of)
                yield f"actions.{name}.draws[{number}].of", words


def _at_doors(kind: Kind) -> Iterator[str]:
    yield from (name for door in kind.opens.values() for name in door.fields)


def of_lists(kind: Kind, lists: Mapping[str, Collection[Mapping[str, Any]]]) -> Iterator[Complaint]:
    """The classes of a draw are those of its list, and there are as many as are drawn."""
    for name, action in kind.actions.items():
        for number, how in enumerate(action.draws):
            if kind.fields[how.field].type == PEOPLE:
                continue
            path, rows = f"actions.{name}.draws[{number}]", lists[kind.fields[how.field].list_]
            known = {row["class_name"] for row in rows} - {""}
            for class_ in [*how.only, *(one for one, _ in how.shares() if one)]:
                if class_ not in known:
                    yield path, no_value("class", class_, known)
            for class_, wanted in how.shares():
                fits = [row for row in rows if (class_ or row["class_name"]) == row["class_name"]]
                there = sum(not how.only or row["class_name"] in how.only for row in fits)
                if many(wanted, there) > there:
                    yield f"{path}.of", say("matters.pool_too_small", n=there, wanted=many(wanted, there))
