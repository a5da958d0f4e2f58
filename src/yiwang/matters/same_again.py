"""Whether of two new matters, which no database knows yet, the later one repeats the earlier (R2.12). Pure."""

from __future__ import annotations

from datetime import timedelta

from .clock_state import State
from .joined import PLACE, REPORTER, Repeats, fact_named
from .merging import metres_between
from .opening import Opening


def is_again(how: Repeats, earlier: Opening, state: State, new: Opening, first: State) -> bool:
    """By the rule of their kind: `one` with its first state, and `new` with its own."""
    if not new.at - timedelta(days=how.days) <= earlier.at <= new.at:
        return False
    same = {word: _same(word, how, earlier, state, new, first) for word in how.named}
    return all(same[word] for word in how.same) and (not how.or_ or any(same[word] for word in how.or_))


def _same(word: str, how: Repeats, opening: Opening, state: State, new: Opening, first: State) -> bool:
    if word == REPORTER:
        return bool(new.reporter.phone) and new.reporter.phone == opening.reporter.phone
    if word == PLACE:
        apart = metres_between(state, first)
        return apart is not None and apart <= how.metres
    value = first.get(fact_named(word))
    return value not in (None, "", []) and value == state.get(fact_named(word))
