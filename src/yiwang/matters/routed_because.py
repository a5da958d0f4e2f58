"""Why a unit is suggested: kept as words, so that each reader is told in their own language. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from yiwang.why import Words, json_form

ROUTED_BECAUSE = "suggested_because"  # a fact
BY_A_LOAD = "suggested_by"  # a fact: the route whose loads were compared; none where another leads
SETTLED = ("suggested", BY_A_LOAD, ROUTED_BECAUSE)  # what stands once loads were compared

Because: TypeAlias = Words | Mapping[str, str] | str


def fact_of(because: Because) -> Any:
    """As a matter keeps it.

    >>> from yiwang.why import say
    >>> because_of({ROUTED_BECAUSE: fact_of(say("why.yes"))}).speak("en")
    'yes'
    """
    return json_form.write(because)


def because_of(state: Mapping[str, Any]) -> Because | None:
    """Why; None where nobody is suggested, a text where it was kept in one language. Raises json_form.NotAReceipt for
    what is no sentence."""
    because: Because | None = json_form.read(state.get(ROUTED_BECAUSE))
    return because
