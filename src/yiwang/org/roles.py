"""What a role's holders act for, as `roles.yaml` says it: roles are data, the platform names none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from yiwang.why.yaml_text import data_of

DESK, UNIT, EVERYWHERE = "desk", "unit", "everywhere"
WORDS = frozenset({"unit", "reporter", "system", "handler"})  # who acts, where no role is meant
_BEFORE = Path(__file__).parent / "roles_before.yaml"


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role.

    acts_for    what its holders act for: the "desk" that takes a matter in, the "unit" in charge of it, or
                "everywhere"; where the role is named, the first of them counts
    supervises  plans, goals and orders are theirs (R5.8), and what waits for them lies at the office of supervision
    switches    whose holders switch the district's mode: those of its "centre", or of the "district" itself
    imports     may bring in files of messages
    kinds       the kinds of matter that they see; None: all
    adopts      whether they take changed definitions into use
    clearance   the highest sensitivity that they see
    """

    title: Mapping[str, str] = field(default_factory=dict)
    acts_for: tuple[str, ...] = ()
    supervises: bool = False
    switches: str = ""
    imports: bool = False
    kinds: tuple[str, ...] | None = None
    adopts: bool = False
    clearance: int = 0

    def sees(self, kind: str) -> bool:
        return self.kinds is None or kind in self.kinds

    @property
    def place(self) -> str:
        """Where its holders do what names the role."""
        return self.acts_for[0] if self.acts_for else ""

    @property
    def for_the_desk(self) -> bool:
        return DESK in self.acts_for

    @property
    def for_the_unit(self) -> bool:
        return UNIT in self.acts_for


NOTHING = RoleFacts(kinds=())


def kinds_seen(roles: Iterable[RoleFacts]) -> tuple[str, ...] | None:
    """The kinds of matter that somebody with these roles sees, in the order of their names; None: all.

    >>> kinds_seen([RoleFacts(kinds=("tree",)), RoleFacts(kinds=("lamp",))]), kinds_seen([NOTHING]), kinds_seen([])
    (('lamp', 'tree'), (), ())
    """
    each = [role.kinds for role in roles]
    return None if None in each else tuple(sorted({kind for kinds in each for kind in kinds or ()}))


def clearance_of(roles: Iterable[RoleFacts]) -> int:
    """The highest sensitivity that somebody with these roles sees; -1 where they have none."""
    return max((role.clearance for role in roles), default=-1)


def roles_from(written: Mapping[str, Mapping[str, Any]]) -> dict[str, RoleFacts]:
    """The roles that a district keeps. Those kept from before they said what they act for mean what they meant."""
    before = {} if any("acts_for" in role for role in written.values()) else _before()
    return {name: _role({**role, **before.get(name, {})}) for name, role in written.items()}


def _role(said: Mapping[str, Any]) -> RoleFacts:
    return RoleFacts(
        title=said.get("title") or {},
        acts_for=tuple(said.get("acts_for") or ()),
        supervises=bool(said.get("supervises")),
        switches=said.get("switches") or "",
        imports=bool(said.get("imports")),
        adopts=bool(said.get("adopts")),
        clearance=said.get("clearance") or 0,
        kinds=tuple(said["kinds"]) if isinstance(said.get("kinds"), list | tuple) else None,
    )


@cache
def _before() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = data_of(_BEFORE.read_text(encoding="utf-8"))
    return found
