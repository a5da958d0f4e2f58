"""What a pack's file may say of taking a matter out of the rates: asked for by one, granted by another (R2.11). Pure.

What is excluded is left out of rates alone: it stays in every volume, and how many there are, why and by whom is told.
It holds for the end for which it was granted: what is taken up again and ends anew counts anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from yiwang.expr import Bool, Type
from yiwang.why import Words, say

EXCLUDED = "excluded"


class Exclusion(Struct, forbid_unknown_fields=True, frozen=True):
    """The two acts by which a matter is taken out of the rates.

    asked_by    the action by which it is asked for, with the reason code
    granted_by  the action by which somebody else grants it
    code        the field that holds the reason code
    """

    asked_by: str
    granted_by: str
    code: str


def excluded(exclusion: Exclusion | None, state: Mapping[str, Any]) -> dict[str, Any]:
    """Whether it was asked for, and then granted, since the matter ended.

    >>> excluded(Exclusion("ask", "grant", "code"), {"closed_at": 1, "at.ask": 2, "at.grant": 3})
    {'excluded': True}
    """
    if exclusion is None:
        return {}
    moments = (state.get("closed_at"), state.get(f"at.{exclusion.asked_by}"), state.get(f"at.{exclusion.granted_by}"))
    ended, asked, granted = moments
    if ended is None or asked is None or granted is None:
        return {EXCLUDED: None}
    return {EXCLUDED: True if ended <= asked <= granted else None}


def facts_of_exclusion(exclusion: Exclusion | None) -> Iterator[tuple[str, Type, str, Words]]:
    """(fact, type, how the database casts it, what people call it) of what rules may know of an exclusion."""
    if exclusion is not None:
        yield EXCLUDED, Bool, "boolean", say("matters.fact_excluded")
