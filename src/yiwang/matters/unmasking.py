"""Who may read who reported and what they said of themselves, and when not: pure decisions (R2.15, R9.3, PIPL Art. 6).

Whoever has the matter in hand, in a role that may, for a purpose of the district's list with a reason in words, so
often a day as the district allows (PIPL Art. 6). Never the unit that is complained about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yiwang.org.asker import PostHeld
from yiwang.org.purposes import Purposes
from yiwang.typed.text import seen
from yiwang.why import Receipt, say

from .clock_state import State
from .recusal import marks_of, out_of
from .rules import shows_reporter

SHORTEST = 4  # characters of a reason
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks: in which posts, may their role at all, what for, and which reading of the day it would be.

    behind  whose reading it is: who reads, and for whom
    every  these posts, and those of whoever stands in: what is hidden from the unit of any of them stays so
    """

    posts: tuple[PostHeld, ...]
    may: bool
    purpose: str
    reason: str
    nth: int
    every: tuple[PostHeld, ...] = ()
    behind: frozenset[int] = frozenset()


def in_hand(state: State, posts: Sequence[PostHeld], marks: Sequence[str] = ()) -> bool:
    """Whether a matter is one of theirs to work on: their unit has it, leads it while it is open, or dispatches it.

    marks  by which they are meant where they take no part in it (recusal)
    """
    if out_of(state, marks):
        return False
    units = {post.unit_code for post in posts}
    if state.get("desk") in units:
        return True
    return state.get("closed_at") is None and bool({state.get("lead"), state.get("holder")} & units)


def against(state: State, asked: Asked, rules: Purposes) -> Receipt | None:
    """The first reason against it; None when it may be read."""
    if not asked.may or not shows_reporter(state, tuple(post.unit_code for post in asked.every or asked.posts)):
        return Receipt(say("matters.may_not_unmask"), False, source="R2.15")
    if not in_hand(state, asked.posts, marks_of(sorted(asked.behind), asked.every)):
        return Receipt(say("matters.not_in_hand"), False, source="R9.3")
    return against_purpose(asked, rules)


def against_purpose(asked: Asked, rules: Purposes) -> Receipt | None:
    """What stands against a purpose, its reason or one reading more today."""
    if asked.purpose not in rules.purposes:
        titles: list[Mapping[str, Any]] = [one.mapping() for one in rules.purposes.values()]
        return Receipt(say("matters.no_such_purpose", purposes=titles), False, source="R9.3")
    if len(set(asked.reason)) < 2 or len(seen(asked.reason)) < SHORTEST:
        return Receipt(say("matters.purpose_missing", n=SHORTEST), False, source="R9.3")
    if asked.nth > rules.a_day.at_most:
        return Receipt(say("matters.read_enough", most=rules.a_day.at_most), False, source="R9.3")
    return None
