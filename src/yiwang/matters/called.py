"""Roles, stages and parts of a definition, as people call them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yiwang.org.roles import WORDS, RoleFacts
from yiwang.why import Words, say

_IN_WORDS = frozenset(
    f"matters.part_{name}"
    for name in """
    library title needs may when unless because within before at_most at_least then handles verifies unlike
    evidence pauses continues extends outcomes reminds told checks does raises lowers opens key
    reference starts stops resumes restarts internal type values required sensitivity default computed
    asked_when fields question final channel anybody usual by routing public prefix mark desk urgencies
    channels steps orders auto follows short kind optional recuses readmits recusal parties
    documents beside
    panels but
    template writes
""".split()
)
Called = Mapping[str, Mapping[str, str]]  # role -> what it is called


def titles_of(roles: Mapping[str, RoleFacts]) -> Called:
    return {name: role.title for name, role in roles.items()}


def called(names: Iterable[str], known: Called) -> list[Any]:
    """Who acts, or a stage, as people call them."""
    return [known.get(one) or (say(f"matters.actor_{one}") if one in WORDS else one) for one in names]


def parts_told(names: Iterable[str]) -> list[Words | str]:
    """Parts of a definition in words, else by their own name."""
    keys = [(name.rstrip("_"), f"matters.part_{name.rstrip('_')}") for name in names]
    return [say(key) if key in _IN_WORDS else name for name, key in keys]
