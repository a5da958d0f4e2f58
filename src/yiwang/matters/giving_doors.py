"""Giving an outside party a code of its own for a matter: shown once, kept as a fingerprint, told by the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.why import NotThere, Receipt, Refusal, say

from . import rows
from .act import Act, Decision
from .capacity import called
from .clock_state import Delta, State
from .definition import Kind
from .draft import Draft
from .identity import whole
from .kinds import kind_of, world
from .merging import post_of
from .parties import GIVEN, door_of
from .queries import OneMatter
from .recused import why_out
from .store import write
from .tracking import new_code, tracking_of
from .under_a_key import content_of, done_before
from .world import World


@dataclass(frozen=True, slots=True)
class Given:
    """The code of a party for a matter; empty where it was given before under the same key, and is told no more."""

    number: str
    party: str
    code: str


def may_give(asker: Asker, matter: OneMatter, party: str) -> bool:
    """Whether the asker is one of those who give a party its code now."""
    act = Act.of(asker, GIVEN, matter.row.created_at)
    return against(matter.kind, matter.state, party, act, world(asker)) is None


def against(kind: Kind, state: State, party: str, act: Act, known: World) -> Receipt | None:
    """The first reason against giving a party its code; None where it may be given."""
    said = kind.parties[party]
    if words := why_out(kind, state, act, known):
        return Receipt(words, False, (), kind.reference)
    if state.get("closed_at") is not None:
        return Receipt(say("matters.door_of_ended"), False, (), kind.reference)
    if act.role != "system" and post_of(said.roles, state, act, known) is None:
        who = [called(kind, by, state, known) for by in said.roles]
        return Receipt(say("matters.not_yours", who=who), False, (), kind.reference)
    return None


def give(asker: Asker, matter: int, party: str, *, at: datetime | None = None, key: str | None = None) -> Given:
    """A new code for a party; the one that it had opens nothing any more. Call inside `acting_as`.

    Raises NotThere for a matter out of sight or a party that its kind has not, Refusal, and Conflict where the key was
    used for something else.
    """
    key = None if key is None else whole(key)
    held = rows.hold(asker, matter, key)
    if held is None:
        raise NotThere
    kind, known, state = kind_of(asker, held.state["kind"], held.kind_version), world(asker), held.state
    if party not in kind.parties:
        raise NotThere
    content = content_of(asker, kind, {"party": party}) if key is not None else None
    if held.repeated:
        done_before(asker, held.repeated, matter, GIVEN, key, content)
        return Given(state["number"], party, "")
    moment = max(at or clock.now(), held.last_at)
    step = Act.of(asker, GIVEN, moment, {}, "system" if asker.system else "")
    if refused := against(kind, state, party, step, known):
        raise Refusal(refused)
    role, post = post_of(kind.parties[party].roles, state, step, known) or (step.role, None)
    code = new_code()
    delta: Delta = {door_of(party): tracking_of(state["number"], code)}
    earlier, draft = State(state), Draft.resume(kind, known, held)
    draft.append(GIVEN, delta, step, {"party": party}, key, Decision(delta, {"party": party}, post, role), content)
    write(asker, matter, draft, earlier, moment)
    return Given(state["number"], party, code)
