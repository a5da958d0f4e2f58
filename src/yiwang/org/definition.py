"""What a pack says of its district: pack.yaml, roles.yaml, and the lists of units, posts, people and shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from msgspec import Struct
from msgspec import field as described

from yiwang.why.words import LANGUAGES
from yiwang.worktime import Calendar

from . import purposes
from .pack_text import Problem
from .roster import Roster
from .titles import Title

UNIT_KINDS = frozenset({"district", "centre", "office", "bureau", "street", "neighbourhood", "company"})
SEES_FROM_ABOVE = ("centre", "office")  # kinds of units whose people see all that the unit above them sees
OFFICES = ("dispatch", "supervision")


class DistrictFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The tenant.

    languages  in which every text of the pack stands, the usual one first (two letters of ISO 639-1)
    calendar  a shipped calendar by name, or a file of the pack (R0.1)
    offices   `dispatch` and `supervision`: the units that do it; the whole district's own unit where none is named
    digest    the ledger's hash (R9.5)
    code       the code of GB/T 2260, or another that no district shares
    time_zone  by its name in the tz database
    demo       whether its people may sign in with the password that is shown
    """

    code: str
    title: Title
    languages: list[str] = described(default_factory=lambda: list(LANGUAGES))
    time_zone: str = "Asia/Shanghai"
    calendar: str = "cn"
    demo: bool = False
    digest: Literal["sha256", "sm3"] = "sha256"
    offices: dict[str, str] = described(default_factory=dict)


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """pack.yaml

    district  whose pack it is
    """

    version: date
    district: DistrictFile


class Role(Struct, frozen=True, forbid_unknown_fields=True):
    """What holders of a role may see: kinds of matter, the highest sensitivity, whether they may unmask, and whether
    they may read the whole ledger (R9.1); the block of the app bar at which their day begins; and what they act for
    (`roles.RoleFacts`).
    clearance   the highest sensitivity that they see: 0 public, 1 internal, 2 complaint, 3 secret
    kinds       the kinds of matter that they see, or all
    unmask      whether they may read personal data for a purpose
    audit       whether they read every ledger
    home        the page on which their day begins
    acts_for    what they act for: the desk, the unit in charge, everywhere; where a kind names the role, the first
                counts
    supervises  whether plans, goals and orders are theirs
    switches    whose mode they switch: the centre's or the district's
    imports     whether they bring in messages
    adopts      whether a changed definition needs the word of one of them before it is loaded
    """

    title: Title
    clearance: int
    kinds: list[str] | Literal["all"] = "all"
    unmask: bool = False
    audit: bool = False
    home: str = ""
    acts_for: list[Literal["desk", "unit", "everywhere"]] = described(default_factory=list)
    supervises: bool = False
    switches: Literal["", "centre", "district"] = ""
    imports: bool = False
    adopts: bool = False


class Roles(Struct, frozen=True, forbid_unknown_fields=True):
    """roles.yaml

    roles  name -> what its holders may see and do
    """

    roles: dict[str, Role]


@dataclass
class Organisation:
    """Everything that a pack says of units, people and land; `problems` lists what does not fit together."""

    pack: Pack
    roles: Roles
    calendar: Calendar
    units: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    shapes: dict[str, dict[str, Any]] = field(default_factory=dict)
    cells: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    landmarks: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    personal: purposes.Purposes = field(default_factory=purposes.Purposes)
    rosters: dict[str, Roster] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)  # appointments that its load ended (`appointing.Change`)

    @property
    def languages(self) -> list[str]:
        """In which the texts of the pack stand, the usual one first."""
        return self.pack.district.languages
