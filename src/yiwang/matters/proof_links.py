"""Proves what a kind says of matters that hang together: who merges what, which one repeats, to which one leads."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from . import doors, proof_causes
from .crew import Crew
from .definition import Kind
from .fields.types import TYPES
from .joined import OF_EVERY_MATTER, PLACE, REPORTER
from .linked import CALLERS, LED_TO, ONE_WITH, REPEATED, REPEATED_AFTER

Complaint = tuple[str, Words]
_ASKED_FOR = frozenset({"category", "street", "channel", "unit"})  # facts that somebody says when one is opened


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong), line by line."""
    if kind.merge is not None:
        yield from _merge(kind, crew)
    if kind.repeats is not None:
        yield from _repeats(kind)
    yield from proof_causes.complaints(kind, crew)


def _merge(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    how = kind.merge
    assert how is not None
    yield from proof_causes.who_may("merge.by", how.roles, crew)
    for stage in how.stages:
        if stage not in kind.stages:
            yield "merge.from", say("matters.no_such_stage", stage=stage)
        elif kind.stages[stage].final:
            yield "merge.from", say("matters.merge_from_end", stage=stage)
    if not (how.same or how.within.metres or how.within.days):
        yield "merge", say("matters.merge_of_nothing")
    for name in ("metres", "days"):
        if getattr(how.within, name) < 0:
            yield f"merge.within.{name}", say("matters.merge_below", name=name)
    if how.within.metres and not _asks(kind, doors.PLACE):
        yield "merge.within.metres", say("matters.merge_without_place")
    for number, word in enumerate(how.same):
        yield from _alike(kind, f"merge.same[{number}]", word, OF_EVERY_MATTER)


def _repeats(kind: Kind) -> Iterator[Complaint]:
    how = kind.repeats
    assert how is not None
    if not how.named:
        yield "repeats", say("matters.repeats_of_nothing")
    try:
        if how.days <= 0:
            raise ValueError(how.within)
    except ValueError:
        yield "repeats.within", say("matters.repeats_within", text=how.within)
    if how.metres < 1:
        yield "repeats.metres", say("matters.below_one", name="metres", n=how.metres)
    for part, words in (("same", how.same), ("or", how.or_)):
        for number, word in enumerate(words):
            yield from _alike(kind, f"repeats.{part}[{number}]", word, (*OF_EVERY_MATTER, PLACE, REPORTER))


def _alike(kind: Kind, path: str, word: str, known: tuple[str, ...]) -> Iterator[Complaint]:
    """Two can be the same in it: it exists, has one value that shows, and is said when one is opened."""
    name = word.removeprefix("form.")
    if name == word and word not in known:
        yield path, say("matters.no_alike", word=word, known=list(known))
    elif name != word and name not in kind.fields:
        yield path, say("matters.no_such_field", field=name)
    elif name != word and (TYPES[kind.fields[name].type].several or name in kind.hidden or kind.fields[name].personal):
        yield path, say("matters.alike_of_several", word=word)
    elif path.startswith("repeats.") and not _asked_at_a_door(kind, word, name):
        yield path, say("matters.alike_never_asked", word=word)


def _asked_at_a_door(kind: Kind, word: str, name: str) -> bool:
    """Whether somebody can say it when one is opened; a kind without a door is opened by the platform alone."""
    if not kind.opens:
        return True
    if word in (PLACE, REPORTER):
        return _asks(kind, doors.PLACE if word == PLACE else doors.REPORTER)
    if name != word:
        return name in kind.form and (_asks(kind, name) or bool(kind.form[name].computed))
    return _asks(kind, word) or word in kind.needs if word in _ASKED_FOR - {"street"} else True


def _asks(kind: Kind, name: str) -> bool:
    return any(name in door.fields for door in kind.opens.values())


def unsaid(kind: Kind) -> Iterator[Complaint]:
    """Conditions that ask for what the kind never counts."""
    for path, text in kind.texts():
        asked = set(kind.expressions[text].fields())
        if LED_TO in asked and not kind.causes:
            yield path, say("matters.causes_unsaid", fact=LED_TO)
        for fact in sorted({REPEATED, REPEATED_AFTER} & asked) if kind.repeats is None else ():
            yield path, say("matters.repeats_unsaid", fact=fact)
        for fact in sorted({ONE_WITH, CALLERS} & asked) if kind.merge is None else ():
            yield path, say("matters.merge_unsaid", fact=fact)
