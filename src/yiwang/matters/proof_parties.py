"""Proves the outside parties of a kind: each is somebody of its own, can be given its door, and has something to do."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.org.roles import WORDS
from yiwang.why import Words, say

from .action import Action
from .crew import Crew
from .definition import BUILT_IN, Kind
from .fields.spec import NAME
from .parties import LONGEST, TITLE, Party
from .proof_causes import who_may

Complaint = tuple[str, Words]
_NOT_THERE = (
    "files",
    "checklist",
    "colleague",
    "colleagues",
    "line",
    "area",
)  # types that the portal asks nobody outside for


def complaints(kind: Kind, crew: Crew) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of every party."""
    acting = {by for action in kind.actions.values() for by in action.actors}
    for name, party in kind.parties.items():
        path = f"parties.{name}"
        if not NAME.fullmatch(name) or len(name) > LONGEST:
            yield path, say("matters.party_name", name=name[:60], n=LONGEST)
        if name in WORDS or (not crew.everybody and crew.knows(name)):
            yield path, say("matters.party_is_role", name=name)
        yield from who_may(f"{path}.by", party.roles, crew)
        yield from _sees(kind, path, party)
        if name not in acting:
            yield path, say("matters.party_idle", name=name)
    for name, action in kind.actions.items():
        if not kind.parties.keys().isdisjoint(action.actors):
            yield from _asked(kind, name, action)


def _sees(kind: Kind, path: str, party: Party) -> Iterator[Complaint]:
    """What is shown outside is a field, and none whose words are kept apart or that tells who works there."""
    for field in party.sees:
        spec = kind.fields.get(field)
        if field == TITLE:
            continue
        if spec is None:
            yield f"{path}.sees", say("matters.no_such_field", field=field)
        elif not spec.goes_outside or spec.type == "files":
            yield f"{path}.sees", say("matters.party_sees", field=field)


def _asked(kind: Kind, name: str, action: Action) -> Iterator[Complaint]:
    """What a party does asks for what the portal can take from somebody outside."""
    if action.evidence:
        yield f"actions.{name}.evidence", say("matters.party_asked", names=["files"])
    specs = {one: kind.fields.get(one) for one in action.asked}
    wrong = [one for one, spec in specs.items() if one in BUILT_IN or (spec is not None and spec.type in _NOT_THERE)]
    if wrong:
        yield f"actions.{name}", say("matters.party_asked", names=wrong)
    if action.recuses or action.handles:
        yield f"actions.{name}", say("matters.party_handles", action=name)
