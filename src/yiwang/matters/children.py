"""Matters under a matter: how many there are, how they stand, and what the whole knows of them (R1.17, R3.8). Pure.

The whole keeps a few numbers of its children as facts of its own, each changed by an entry of its ledger, so that its
conditions, its promise and its receipts read them like any other fact. A child knows the number of its whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from msgspec import Struct

from yiwang.org.titles import Title

from .clock_state import Delta

COUNTED = ("count", "open", "ended", "late")
PROMISED = "promised"  # the last day by which all of them are promised
_ROOT = "children."
WHOLE = "whole"  # of a child: the number of the matter under which it stands
UNDER = "under"  # of a child: the name by which its whole knows it
TAKING_PART = "co_units"  # of a whole: the units in charge of its children


class Children(Struct, forbid_unknown_fields=True, frozen=True):
    """Matters under a matter: parts of a whole, opinions of others, owners of equal rank, rows with a clock each.

    kind      what they are
    optional  whether the whole may end while some are open
    """

    kind: str
    title: Title
    optional: bool = False


def fact_of_children(name: str, part: str) -> str:
    """The fact in which a whole keeps what it knows of its children.

    >>> fact_of_children("opinions", "open")
    'children.opinions.open'
    """
    return f"{_ROOT}{name}.{part}"


def is_counted(fact: str) -> bool:
    """Whether a fact counts children: zero where there are none.

    >>> is_counted("children.opinions.open"), is_counted("children.opinions.promised")
    (True, False)
    """
    return fact.startswith(_ROOT) and fact.rpartition(".")[2] in COUNTED


@dataclass(frozen=True, slots=True)
class Wanted:
    """A matter that an action opens: by which name, of which kind, with what, and who is put in charge (or nobody);
    `matter`: (field, number) of one that is there and is linked, and none is opened."""

    name: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)
    unit: str | None = None
    matter: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a child stands, as far as its whole knows it; `late`: it ended, and a promise of it was not kept."""

    unit: str | None
    ended: bool
    late: bool
    promised: date | None


def counted(state: Mapping[str, Any], name: str, children: Iterable[Standing]) -> Delta:
    """What changes of a whole when its children of one name stand like this: numbers, promise, units that take part."""
    each = list(children)
    ended = sum(one.ended for one in each)
    facts: Delta = {
        fact_of_children(name, "count"): len(each),
        fact_of_children(name, "open"): len(each) - ended,
        fact_of_children(name, "ended"): ended,
        fact_of_children(name, "late"): sum(one.late for one in each),
    }
    days = [one.promised for one in each if one.promised is not None]
    facts[fact_of_children(name, PROMISED)] = max(days).isoformat() if days else None
    units = sorted({*(state.get(TAKING_PART) or ()), *(one.unit for one in each if one.unit)})
    if units != list(state.get(TAKING_PART) or ()):
        facts[TAKING_PART] = units
    return {fact: value for fact, value in facts.items() if state.get(fact) != value}
