"""What of a filter of matters cannot be searched for, and why (design §10.4): said in a sentence where a list is empty,
and never left out, for what limits nothing lists everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.org.queries import facts
from yiwang.pages.queries import pages_of
from yiwang.typed import moments
from yiwang.why import Words, say

from .definition import Kind
from .filtering import NOWHERE, SCOPES, STATES, Filter, matters, of_a_kind
from .kinds import every_kind, world
from .search_question import question
from .sections import REST


def unsearchable(asker: Asker, wanted: Filter) -> dict[str, Words]:
    """Name of a filter → why it lists nothing: its value cannot be read, or the district knows nothing of that name.

    What a district no longer has is known as long as a matter bears it.
    """
    wrong = {name: why for name, value in wanted.given().items() if (why := _unread(name, value))}
    asked = {name: value for name, value in wanted.given().items() if name in _KNOWN and name not in wrong}
    if asked:
        kinds = every_kind(asker)
        for name, value in asked.items():
            if not _KNOWN[name](asker, kinds, value) and not matters(asker, Filter(**{name: value})).exists():
                wrong[name] = say("matters.filter_unknown", value=in_short(value, 40))
    return wrong


def _unread(name: str, value: str) -> Words | None:
    if name == "q":
        return None if question(value) else say("matters.filter_unseen")
    among = {"scope": SCOPES, "state": STATES}
    if name in among:
        return None if value in among[name] else say("matters.filter_unknown", value=in_short(value, 40))
    if name in ("since", "until") and moments.day(value) is None:
        return no_day(value)
    return None


def no_day(text: str) -> Words:
    """That what was typed for a day is none."""
    return say("matters.filter_no_day", value=in_short(text, 40))


def _in_a_kind(kinds: Iterable[Kind], value: str, names_of: Callable[[Kind], Mapping[str, Any]]) -> bool:
    """Whether some version of the kind that "kind/name" names, or of any where it names none, has that name."""
    kind, name = of_a_kind(value)
    return any(kind in ("", one.matter) and name in names_of(one) for one in kinds)


def _group(asker: Asker, _: Iterable[Kind], value: str) -> bool:
    return value == REST or value in pages_of(asker).desk.sections


def _object(asker: Asker, _: Iterable[Kind], value: str) -> bool:
    list_, _slash, code = value.partition("/")
    listed = world(asker).lists.get(list_, {}).get(code)
    return listed is not None and listed.sensitivity <= asker.clearance


_KNOWN: Mapping[str, Callable[[Asker, Iterable[Kind], str], bool]] = {
    "kind": lambda _, kinds, value: any(one.matter == value for one in kinds),
    "stage": lambda _, kinds, value: _in_a_kind(kinds, value, lambda one: one.stages),
    "ended": lambda _, kinds, value: _in_a_kind(kinds, value, lambda one: one.ends),
    "queue": lambda _, kinds, value: "/" in value and _in_a_kind(kinds, value, lambda one: one.queues),
    "channel": lambda _, kinds, value: any(value in one.channels for one in kinds),
    "street": lambda asker, _, value: value == NOWHERE or value in facts(asker).by_code,
    "lead": lambda asker, _, value: value in facts(asker).by_code,
    "category": lambda asker, _, value: value in world(asker).categories,
    "object": _object,
    "group": _group,
}
