"""What is asked of the rules and what they answer: an act, a decision, a choice, a refusal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.org.asker import Asker, PostHeld, StandsFor
from yiwang.why import Receipt

from .action import Action
from .children import Wanted
from .clock_state import Delta


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something: which action, by whom in which post, with what, when.

    seed          the ledger's last hash: for draws of which nobody says the seed
    drawn_before  field -> what was drawn lately (drawing_lots.before)
    stands_for  whose posts these are, where somebody acts for another: what one of the two has done, both have
    """

    action: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    person: int | None = None
    posts: tuple[PostHeld, ...] = ()
    role: str = ""  # "system", "reporter" or an outside party's name, for those who hold no post
    stands_for: StandsFor | None = None
    seed: str = ""
    drawn_before: Mapping[str, Collection[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, asker: Asker, action: str, at: datetime, data: Mapping[str, Any] | None = None, role: str = "") -> Act:
        """What an asker does in any of their posts, for themselves or for another."""
        return cls(action, at, data or {}, asker.person, asker.posts, role, asker.stands_for)

    @property
    def behind(self) -> list[int]:
        """Everybody whose act it is: whoever does it, and for whom."""
        both = (self.person, self.stands_for.person if self.stands_for else None)
        return [one for one in both if one is not None]

    @property
    def every_post(self) -> tuple[PostHeld, ...]:
        """The posts in which it is done, and those of whoever stands in."""
        return (*self.posts, *(self.stands_for.own if self.stands_for else ()))


@dataclass(frozen=True, slots=True)
class Decision:
    """What changes, in which post it was done, what the form said, and which matters it opens under this one."""

    delta: Delta
    data: Mapping[str, Any]
    post: PostHeld | None
    role: str
    opens: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One action on a matter's page: open to the asker, or refused with the reason beside it."""

    name: str
    action: Action
    refusal: Receipt | None

    @property
    def allowed(self) -> bool:
        return self.refusal is None
