"""Why the platform opened a matter: kept as words, so that each reader is told in their own language. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yiwang.why import Words, json_form

OPENED_BECAUSE = "opened_because"  # a fact that a matter is born with


def fact_of(because: Words | str | None) -> dict[str, Any]:
    """What a matter is born with; nothing where nobody says why.

    >>> from yiwang.why import say
    >>> because_of(fact_of(say("why.yes"))).speak("en"), fact_of(None)
    ('yes', {})
    """
    return {} if because is None else {OPENED_BECAUSE: json_form.write(because)}


def because_of(state: Mapping[str, Any]) -> Words | str | None:
    """Why it was opened; None where that was not said. Raises json_form.NotAReceipt for what is no sentence."""
    kept = state.get(OPENED_BECAUSE)
    return kept if kept is None or isinstance(kept, str) else json_form.read_words(kept)
