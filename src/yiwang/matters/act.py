"""What is asked of the rules and what they answer: an act, a decision, a choice, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from yiwang.org.asker import PostHeld
from yiwang.why import Receipt

from .action import Action
from .children import Wanted
from .clock_state import Delta


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something: which action, by whom in which post, with what, when."""

    action: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    person: int | None = None
    posts: tuple[PostHeld, ...] = ()
    role: str = ""  # "system" or "reporter", for those who hold no post


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
