"""Whether of two new matters, which no database knows yet, the later one repeats the earlier (R2.12). Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from math import floor
from typing import Any

from .clock_state import State
from .joined import PLACE, REPORTER, Repeats, fact_named
from .merging import metres_between
from .opening import Opening

_STRIP = 110_000.0  # metres: less than a degree of latitude has anywhere, so what is near lies in strips side by side


def is_again(how: Repeats, earlier: Opening, state: State, new: Opening, first: State) -> bool:
    """By the rule of their kind: `earlier` with its first state, and `new` with its own."""
    if not new.at - timedelta(days=how.days) <= earlier.at <= new.at:
        return False
    same = {word: _same(word, how, earlier, state, new, first) for word in how.named}
    return all(same[word] for word in how.same) and (not how.or_ or any(same[word] for word in how.or_))


def _same(word: str, how: Repeats, opening: Opening, state: State, new: Opening, first: State) -> bool:
    if word == PLACE:
        apart = metres_between(state, first)
        return apart is not None and apart <= how.metres
    value = _value(word, new, first)
    return value is not None and value == _value(word, opening, state)


def _value(word: str, opening: Opening, first: State) -> Any:
    """What must be equal; None where nothing is said of it, which is like nothing."""
    value = opening.reporter.phone if word == REPORTER else first.get(fact_named(word))
    return None if value in (None, "", []) else value


@dataclass
class Before:
    """Those that were opened before, filed by what must be the same: of a thousand a new one is compared with few."""

    how: Repeats
    all: list[tuple[Opening, State, str]] = field(default_factory=list)
    filed: dict[Hashable, list[int]] = field(default_factory=dict)

    def add(self, opening: Opening, first: State, number: str) -> None:
        """One more, which has its number now."""
        for key in _keys(self.how, opening, first, 0):
            self.filed.setdefault(key, []).append(len(self.all))
        self.all.append((opening, first, number))

    def repeated(self, new: Opening, first: State) -> Iterator[tuple[State, str]]:
        """(state, number) of those that a new one repeats, the latest first."""
        like = {at for key in _keys(self.how, new, first, 1) for at in self.filed.get(key, ())}
        for at in sorted(like, reverse=True):
            opening, state, number = self.all[at]
            if is_again(self.how, opening, state, new, first):
                yield state, number


def _keys(how: Repeats, opening: Opening, first: State, beside: int) -> Iterator[Hashable]:
    """Under what one is filed, and with the strips `beside` it looked for; none where it can be like nothing."""
    words = [word for word in how.same if word != PLACE]
    exact = tuple(_hashable(_value(word, opening, first)) for word in words)
    if None in exact:
        return
    strips: list[int] = []
    if first.get("lon") is not None:
        strip = floor(first["lat"] * _STRIP / max(how.metres, 1))
        strips = [*range(strip - beside, strip + beside + 1)]
    for near in strips if PLACE in how.same else [None]:
        for word in how.or_ or [""]:
            for one in strips if word == PLACE else [_hashable(_value(word, opening, first)) if word else True]:
                if one is not None:
                    yield exact, near, word, one


def _hashable(value: Any) -> Hashable:
    """Equal where the value is."""
    if isinstance(value, dict):
        return tuple(sorted((name, _hashable(one)) for name, one in value.items()))
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value
