"""The outside parties of a matter, as its page tells them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from yiwang.matters import giving_doors
from yiwang.matters.parties import GIVEN, door_of
from yiwang.matters.queries import OneMatter
from yiwang.org.asker import Asker
from yiwang.why import say


def parties_of(asker: Asker, matter: OneMatter) -> list[dict[str, Any]]:
    """Each party of the kind: since when it has a code, and whether I may give it one."""
    return [
        {
            "name": name,
            "title": party.title.mapping(),
            "since": _since(matter, name),
            "may": giving_doors.may_give(asker, matter, name),
            "button": say("desk.party_again" if matter.state.get(door_of(name)) else "desk.party_give"),
            "key": uuid.uuid4().hex,
        }
        for name, party in matter.kind.parties.items()
    ]


def _since(matter: OneMatter, party: str) -> datetime | None:
    """When the code was given that opens it now."""
    if not matter.state.get(door_of(party)):
        return None
    given = (one.at for one in reversed(matter.entries) if one.action == GIVEN and one.data.get("party") == party)
    return next(given, None)
