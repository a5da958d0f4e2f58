"""A matter on its way into the database: as it is held there, and what becomes of it before it is written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yiwang.ledger.chain import GENESIS

from . import facts, ledger
from .act import Act, Decision
from .children import Wanted
from .clock_state import Delta, State
from .definition import Kind
from .plain import Plain, part
from .secrecy import salted
from .world import World

# in an entry's data: what the row says beside the state. No field of a form has a dot in its name.
ROW = "row.columns"
STOOD_FOR = "row.for"  # in an entry's data: the person for whom its person did it


CONTENT = "key.content"  # in an entry's data: the digest of what was asked for under its key


@dataclass(frozen=True, slots=True)
class Content:
    """Keyed digests of what was asked for under a key.

    shown  of what everybody may read of it
    whole  of all of it; empty where nothing is kept from anybody
    """

    shown: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Repeated:
    """The entry that an earlier attempt under the same key has written; `content` is empty where it is older than such
    digests, or the platform's own."""

    matter: int
    action: str
    seq: int
    content: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A matter's row under a lock."""

    state: State
    kind_version: date
    version: int
    head: bytes
    last_at: datetime
    last_action: str
    repeated: Repeated | None


@dataclass(slots=True)
class Draft:
    """A matter on its way into the database: its state, the entries that are not written yet, and the matters that are
    to be opened under it."""

    kind: Kind
    world: World
    state: State = field(default_factory=State)
    version: int = 0
    head: bytes = GENESIS
    source: str = ""
    tracking: str = ""
    known_names: tuple[str, ...] = ()
    reporter: str = ""
    whole: int | None = None
    entries: list[tuple[ledger.Link, bytes, bytes]] = field(default_factory=list)
    plain: list[Plain] = field(default_factory=list)
    known_by: list[str] = field(default_factory=list)
    changed: Delta = field(default_factory=dict)
    wanted: list[Wanted] = field(default_factory=list)

    @classmethod
    def resume(cls, kind: Kind, world: World, held: Held) -> Draft:
        return cls(kind, world, held.state, held.version, held.head)

    def append(
        self,
        action: str,
        delta: Delta,
        step: Act,
        data: Mapping[str, Any],
        key: str | None,
        decision: Decision | None = None,
        content: Content | None = None,
    ) -> None:
        """Add what happened to the chain and to the state, as everybody may read it; plain words go apart.

        content  what a client asked for under the key
        """
        delta, data, plain = part(delta, data, self.version + 1, self.known_names, self.kind.hidden)
        self.plain += plain
        data = salted(self.kind, delta, data)
        if key is not None and content is not None:
            data = {**data, CONTENT: content.shown}
            self.known_by += [content.whole] if content.whole else []
        if step.stands_for:
            data = {**data, STOOD_FOR: step.stands_for.person}
        post = decision.post if decision else (step.posts[0] if step.posts else None)
        self.version += 1
        link = ledger.Link(
            number=delta.get("number") or self.state["number"],
            seq=self.version,
            at=step.at,
            action=action,
            person=step.person,
            post=post.id if post else None,
            role=decision.role if decision else step.role,
            from_stage=self.state.get("stage", ""),
            to_stage=delta.get("stage") or self.state["stage"],
            data=facts.write(data),
            delta=facts.write(delta),
            key=key,
        )
        prev, self.head = self.head, link.hash(self.head, self.world.district.digest)
        self.entries.append((link, prev, self.head))
        self.state.update(delta)
        self.changed.update(delta)
        self.wanted += decision.opens if decision else ()

    def written(self) -> None:
        """What was added so far stands in the database: what is added from here on is written by itself."""
        self.entries, self.plain, self.known_by, self.changed = [], [], [], {}

    def beside(self) -> dict[str, str]:
        """What the first entry says of the row beside the state: its kind's version, where it came from, the digest of
        the code that tracks it and of who reported it."""
        said = {"source": self.source, "tracking": self.tracking, "reporter": self.reporter}
        return {"kind_version": self.kind.version.isoformat(), **{name: text for name, text in said.items() if text}}
