"""What somebody outside is told of a matter's ledger: what was done and when, never by whom; and the answer to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yiwang.matters.action import Action
from yiwang.matters.clock_state import State
from yiwang.matters.definition import Kind
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.shown import shown
from yiwang.matters.linked import ONE_WITH
from yiwang.matters.merging import MERGE
from yiwang.matters.opening import CREATE
from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World
from yiwang.org import personal
from yiwang.why import say

from .word import REPORTER


def story_of(matter: OneMatter, other: OneMatter | None, known: World) -> list[dict[str, Any]]:
    """What was told of it; since it was made one with another and until it ended with it, what was told of that one:
    but nothing of what who reported that one has said."""
    merged, own = _made_one(matter), entries_told(matter, matter.entries, known)
    if other is None or merged is None:
        return own
    since = merged.at
    until = ended_with(matter)
    theirs = [one for one in other.entries if one.action != CREATE and one.role != REPORTER]
    theirs = [one for one in theirs if one.at >= since and (until is None or one.at <= until)]
    joined = {"at": since, "title": say("portal.made_one"), "tells": []}
    return sorted([*own, joined, *entries_told(other, theirs, known)], key=lambda one: one["at"])


def _made_one(matter: OneMatter) -> Any:
    """The entry by which it was last made one with another; None where it never was."""
    return next((one for one in reversed(matter.entries) if one.action == MERGE), None)


def ended_with(matter: OneMatter) -> datetime | None:
    """When a matter first ended since it was made one with another; None while it has not."""
    merged = _made_one(matter)
    later = [one for one in matter.entries if merged is not None and one.seq > merged.seq]
    return next((one.at for one in later if matter.kind.stages[one.to_stage].final), None)


def answer_to(matter: OneMatter, other: OneMatter | None, known: World) -> str | None:
    """The answer to a matter: its own, or that of the one with which it is or was until it ended, as it was then."""
    own = answer_of(matter, known)
    if other is None or (own and not matter.state.get(ONE_WITH)):
        return own
    ended = ended_with(matter)
    return answer_of(other, known) if ended is None else _handled_until(other, ended)


def entries_told(matter: OneMatter, entries: Iterable[Any], known: World) -> list[dict[str, Any]]:
    """Each entry that is told, as {at, title, tells}: `tells` is (title, value) of what was answered in it."""
    return [_entry(matter.kind, one, known) for one in entries if _is_told(matter.kind, one.action)]


def _is_told(kind: Kind, action: str) -> bool:
    """What a reporter is told of a ledger: that it was received, and what the kind says; never by whom."""
    known = kind.actions.get(action)
    return bool(known.told) if known else action == CREATE


def _entry(kind: Kind, entry: Any, known: World) -> dict[str, Any]:
    action = kind.actions.get(entry.action)
    title = action.title.mapping() if action else say("matters.created")
    return {"at": entry.at, "title": title, "tells": _told(kind, entry, known)}


def _told(kind: Kind, entry: Any, known: World) -> list[tuple[Any, Any]]:
    """(title, value) of the answers that an action tells, as they were given in it."""
    names = kind.actions[entry.action].tells if entry.action in kind.actions else []
    given = [(name, kind.fields[name], entry.data.get(name)) for name in names]
    said = [(title_of(name, spec), shown(spec, value, known)) for name, spec, value in given if value not in (None, "")]
    return [(title, personal.masked(value) if isinstance(value, str) else value) for title, value in said]


def answer_of(matter: OneMatter, known: World) -> str | None:
    """What was answered: the words that the last handling asks for, and of what has ended why it is refused."""
    stage = matter.kind.stages[matter.row.stage]
    ended = [one for one in matter.entries if one.to_stage == matter.row.stage != one.from_stage]
    reasons = _told(matter.kind, ended[-1], known) if stage.final and ended else []
    said = [_handled(matter.kind, matter.state), *(value for _, value in reasons if isinstance(value, str))]
    return "\n".join(one for one in said if one) or None


def _handled(kind: Kind, state: State) -> str | None:
    handled = [(state.get(f"at.{name}"), action) for name, action in kind.actions.items() if action.handles]
    done = [(at, action) for at, action in handled if at is not None]
    return state.get(f"form.{_text_of(kind, max(done, key=lambda one: one[0])[1])}") if done else None


def _handled_until(matter: OneMatter, until: datetime) -> str | None:
    """The answer as it was at a moment."""
    actions = matter.kind.actions
    handled = [one for one in matter.entries if one.at <= until and one.action in actions]
    last = next((one for one in reversed(handled) if actions[one.action].handles), None)
    text = last.data.get(_text_of(matter.kind, actions[last.action])) if last else None
    return personal.masked(text) if text else None


def _text_of(kind: Kind, action: Action) -> str:
    """The field of words that an action asks for; empty where it asks for none."""
    return next((name for name in action.needs if name in kind.fields and kind.fields[name].type == "text"), "")
