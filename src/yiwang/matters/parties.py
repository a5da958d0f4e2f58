"""What a pack's file may say of outside parties to a matter: a firm, a deputy, the side of a dispute (R1.17). Pure.

A party has a door of its own: who may gives it a code, and with number and code whoever holds it sees this one matter
on the portal, as far as the kind says, and does there what the kind says is theirs. A new code ends the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field

from yiwang.org.titles import Title

_DOOR = "door."  # a fact: what is kept of the code that a party holds now (tracking.tracking_of)
GIVEN = "party.door"  # the act by which a code is given
TITLE = "title"  # what a party may be shown beside fields
LONGEST = 20  # characters of a party's name


class Party(Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody outside who takes part in a matter, and has a door of their own.

    by    who gives them their code: roles, or unit
    sees  the fields, and `title`, that they are shown, beside where it stands, what was promised and what is `told`
    """

    title: Title
    by: str | list[str]
    sees: list[str] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        return [self.by] if isinstance(self.by, str) else self.by


def door_of(party: str) -> str:
    """The fact that holds what is known of a party's code.

    >>> door_of("firm")
    'door.firm'
    """
    return f"{_DOOR}{party}"


def doors_of(state: Mapping[str, Any]) -> list[str]:
    """What is known of every code by which a party sees a matter."""
    return sorted(value for name, value in state.items() if name.startswith(_DOOR) and value)


def is_of_a_door(fact: str) -> bool:
    return fact.startswith(_DOOR)


def party_of(parties: Collection[str], state: Mapping[str, Any], tracking: str) -> str:
    """The party whose code somebody knows; empty where it is none of theirs."""
    return next((one for one in parties if tracking and state.get(door_of(one)) == tracking), "")
