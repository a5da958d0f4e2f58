"""Who takes no part in a matter, as its page tells it, and who acts because nobody else is left (回避)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yiwang.matters.capacity import unit_name
from yiwang.matters.kinds import title_of
from yiwang.matters.queries import OneMatter
from yiwang.matters.recusal import RECUSED, STANDS_IN, person_of, since, unit_of
from yiwang.matters.taking_part import involved
from yiwang.matters.world import World
from yiwang.why import Words, say


def stepped_back(matter: OneMatter, known: World) -> list[Words]:
    """Each with the act by which and the moment since when, in the order in which they did."""
    state = matter.state
    marks = sorted(state.get(RECUSED) or (), key=lambda one: (since(state, one)[1], one))
    people = {person for mark in marks if (person := person_of(mark)) is not None}
    names = known.people.names(people) if people else {}
    told_of = []
    for mark in marks:
        action, at = since(state, mark)
        by, local = title_of(matter.kind, action), at.astimezone(known.district.zone)
        told_of.append(say("matters.steps_back", who=_called(mark, names, known), by=by, at=local))
    return told_of


def _called(mark: str, names: Mapping[int, str], known: World) -> Any:
    person = person_of(mark)
    if person is None:
        return unit_name(unit_of(mark), known)
    return names.get(person) or say("matters.nobody_known")


def instead(state: Mapping[str, Any], known: World) -> Words | None:
    """That others act because nobody else is left; None where somebody is."""
    roles = [known.district.roles[role].title for role in state.get(STANDS_IN) or () if role in known.district.roles]
    return say("matters.now_stands_in", roles=roles) if roles else None


def who_acts_now(delta: Mapping[str, Any], known: World) -> list[Words]:
    """What an entry of the ledger says of who acts from then on."""
    if STANDS_IN not in delta:
        return []
    return [instead(delta, known) or say("matters.now_stands_in_no_more")]


def colleagues(matter: OneMatter, known: World) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Who can be named, in groups by unit: whoever holds a post in a unit that takes part."""
    people, taking_part = known.people.in_post(), involved(matter.state)
    names = [one.name for one in people]
    groups: dict[str, list[tuple[str, Any]]] = {}
    for person in people:
        code = person.name if names.count(person.name) == 1 else person.username
        for post, title in zip(person.posts, person.titles, strict=True):
            if post.unit_code in taking_part:
                groups.setdefault(post.unit_code, []).append((code, title or person.name))
    return [(unit_name(unit, known), members) for unit, members in groups.items()]
