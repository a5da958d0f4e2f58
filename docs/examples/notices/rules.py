"""What may be told. Pure."""

from __future__ import annotations

from datetime import date

from yiwang.why import Words, say

LONGEST = 400


def wrong_with(text: str, until: date, today: date) -> dict[str, Words]:
    """field -> what is wrong with it; empty when it can be told."""
    wrong: dict[str, Words] = {}
    if not 1 <= len(text) <= LONGEST:
        wrong["text"] = say("notices.length", most=LONGEST)
    if until < today:
        wrong["until"] = say("notices.over")
    return wrong
