"""Proves what kinds say of the objects of the pack's lists: each list is there, and nothing is asked of them that no
object is. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from yiwang.org.pack_table import like
from yiwang.why import Words, say

from . import proof_draws, proof_rounds
from .definition import Kind
from .fields.spec import FieldSpec
from .guards import literals_of
from .objects import PARTS, fact_of_object
from .slips import no_value
from .under import MOST


class Lists(Protocol):
    """What a pack says of its lists (listing.PackLists)."""

    @property
    def rows(self) -> Mapping[str, Collection[Mapping[str, Any]]]: ...

    @property
    def unread(self) -> bool: ...


_COLUMN = {"class": "class_name", "unit": "unit", "checklist": "checklist"}
Fault = tuple[str, str, Words]  # kind, path in its file, what is wrong


def between(kinds: Mapping[str, Kind], lists: Lists) -> Iterator[Fault]:
    """What kinds say of lists, once both are sound by themselves."""
    if lists.unread:
        return
    for code, kind in kinds.items():
        faults = [(f"{path}.list", words) for path, spec in fields_of(kind) if (words := _not_there(spec, lists))]
        yield from ((code, path, words) for path, words in faults)
        yield from ((code, path, words) for path, words in _checklists(kind, lists))
        if not faults:
            yield from ((code, path, words) for path, words in _never(kind, lists))


def fields_of(kind: Kind) -> Iterator[tuple[str, FieldSpec]]:
    """(path, field) of every field that names objects of a list."""
    for part, specs in (("form", kind.form), ("asks", kind.asks)):
        yield from ((f"{part}.{name}", spec) for name, spec in specs.items() if spec.list_)


def _not_there(spec: FieldSpec, lists: Lists) -> Words | None:
    if spec.list_ not in lists.rows:
        return say("matters.no_such_list", name=spec.list_, near=like(spec.list_, [*lists.rows]) or "—")
    return None if lists.rows[spec.list_] else say("matters.list_empty", name=spec.list_)


def _checklists(kind: Kind, lists: Lists) -> Iterator[tuple[str, Words]]:
    """A checklist is asked of an object that the form names, and each object of its list has one."""
    for part, specs in (("form", kind.form), ("asks", kind.asks)):
        for name, spec in ((name, spec) for name, spec in specs.items() if spec.type == "checklist"):
            named = kind.form.get(spec.of[0]) if len(spec.of) == 1 else None
            if part == "form" or named is None or named.type != "object":
                yield f"{part}.{name}.of", say("matters.checklist_of_what", name=name)
                continue
            if bare := [row["code"] for row in lists.rows.get(named.list_, ()) if not row["checklist"]]:
                yield f"{part}.{name}", say("matters.checklist_missing", codes=bare[:6], list=named.list_)
            for row in lists.rows.get(named.list_, ()):
                if len(lists.rows.get(row["checklist"], ())) > MOST:
                    yield f"{part}.{name}", say("matters.checklist_too_long", list=row["checklist"], n=MOST)
                    break


def _never(kind: Kind, lists: Lists) -> Iterator[tuple[str, Words]]:
    """Conditions that compare what is asked of an object with what no object of its list has."""
    known: dict[str, set[str]] = {}
    for name, spec in kind.fields.items():
        if spec.type == "object":
            rows = lists.rows[spec.list_]
            known[f"form.{name}"] = {row["code"] for row in rows}
            for part in (one for one in PARTS if one in _COLUMN):
                known[fact_of_object(name, part)] = {row[_COLUMN[part]] for row in rows} - {""}
    yield from proof_draws.of_lists(kind, lists.rows)
    if kind.round and kind.round.each:
        yield from proof_rounds.of_list(kind, lists.rows[kind.form[kind.round.each].list_])
    for path, text in kind.texts():
        for fact, value in literals_of(kind.expressions[text]):
            if fact in known and value not in known[fact]:
                yield path, no_value(fact, value, known[fact])
