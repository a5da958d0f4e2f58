"""Votes that are secret until they are over: what would tell them, and what keeps entries from telling them. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from .definition import Kind
from .panel import BALLOTS, TELLS, fact_of_panel, parts_of

SALT = "vote.salt"  # in an entry's data: whoever sees its hash cannot try the few votes that there are


def facts_that_tell(kind: Kind) -> dict[str, str]:
    """fact -> panel, of every number that tells how a secret vote stands."""
    return {fact_of_panel(name, part): name for name, panel in kind.panels.items() if panel.secret for part in TELLS}


def salted(kind: Kind, delta: Mapping[str, Any], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """An entry's data; where the entry changes anything of a secret vote, with what keeps its hash from telling it:
    a vote, and whatever takes one away again, as stepping back does (回避)."""
    if not any(delta.keys() & {*_facts(kind, name)} for name, panel in kind.panels.items() if panel.secret):
        return data
    return {**data, SALT: secrets.token_hex(16)}


def _facts(kind: Kind, name: str) -> Iterator[str]:
    yield f"{BALLOTS}{name}"
    yield from (fact_of_panel(name, part) for part in parts_of(kind.panels[name]))
