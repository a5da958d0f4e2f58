"""How a matter begins: from a form, a message or a sensor to a numbered draft with its first entries."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from yiwang.ledger import chain
from yiwang.org import masking
from yiwang.org.asker import Asker
from yiwang.why import Incomplete

from . import doors, rules
from .definition import Kind
from .facts import State
from .identity import MOST_SOURCE, whole
from .rows import ROW, Draft
from .rules import Act, Decision
from .tracking import new_code, tracking_of
from .world import World


def commitment_of(name: str, phone: str, address: str, salt: str) -> str:
    """SHA-256 over a salt of 128 bits and who reports; with the salt erased it says nothing of anybody."""
    return hashlib.sha256(chain.encode((salt, name, phone, address))).hexdigest()


def number_of(kind: Kind, day: date, serial: int) -> str:
    """Prefix, local day of receipt, serial of the day: RX-20261012-0163."""
    return f"{kind.prefix}-{day:%Y%m%d}-{serial:04d}"


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reports: kept apart from the matter and masked everywhere (R9.3)."""

    name: str = ""
    phone: str = ""
    address: str = ""
    salt: str = field(default_factory=lambda: secrets.token_hex(16), compare=False, repr=False)

    def masked(self) -> State:
        """What everybody may see of it."""
        shown = {"reporter.name": masking.name(self.name), "reporter.phone": masking.phone(self.phone)}
        return {key: value for key, value in shown.items() if value}

    def plain(self) -> tuple[str, str, str, str]:
        """Name, phone, address as they are kept, and the salt of their commitment."""
        return self.name, self.phone, self.address, self.salt

    def commitment(self) -> str:
        """What the ledger knows of it: nothing that can be guessed back, and yet no other person fits (R9.3)."""
        return commitment_of(*self.plain()) if self else ""

    def called(self) -> str:
        """The telephone as a sentence tells it, so that its number is known for one."""
        return f"电话{self.phone}"

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that must be done, before it has a number; `acts` is what has been done to it since, in order.

    ended  (final stage, when) of what ended elsewhere and comes in as history, without clocks
    door  behind which it is opened (see `doors`); empty: the platform itself
    """

    data: Mapping[str, Any]
    at: datetime
    place: tuple[float, float] | None = None
    reporter: Reported = field(default_factory=Reported)
    source: str = ""
    key: str | None = None
    simulated: bool = False
    acts: Sequence[Act] = ()
    ended: tuple[str, datetime] | None = None
    door: str = ""

    def day(self, world: World) -> date:
        """The local day of receipt (R9.9)."""
        return self.at.astimezone(world.district.zone).date()

    def decide(self, kind: Kind, world: World) -> Decision:
        """The first state, without a number. Raises Incomplete with everything that is wrong."""
        wrong, data = doors.wrong_with(self.place, self.reporter, self.door, world), self.data
        spot = world.district.place(*self.place) if self.place and doors.PLACE not in wrong else None
        try:
            if self.door:
                data = doors.taken(kind, self.door, data, self.place, self.reporter)
            first = rules.begin(kind, data, self.at, world, place=spot, number="", listed=bool(self.door))
        except Incomplete as more:
            raise Incomplete({**more.fields, **wrong}) from None
        if wrong:
            raise Incomplete(wrong)
        extra: State = {"simulated": self.simulated, **self.reporter.masked()}
        if self.place and spot is None:
            extra["lon"], extra["lat"] = self.place
        delta = rules.ended_elsewhere(kind, first.delta, *self.ended) if self.ended else first.delta
        return Decision(delta | extra, first.data, None, "")

    def draft(self, asker: Asker, kind: Kind, world: World, first: Decision, number: str) -> tuple[Draft, str]:
        """The matter with its first entries, and the code for its reporter. Raises Refusal for an act, and for
        who may not open it."""
        post = doors.opener(kind, self.door, asker)
        code, source = new_code() if kind.public else "", whole(self.source, MOST_SOURCE)
        tracking = tracking_of(number, code) if code else ""
        draft = Draft(
            kind,
            world,
            source=source,
            tracking=tracking,
            told=(self.reporter.name,),
            reporter=self.reporter.commitment(),
        )
        step = Act("create", self.at, person=asker.person, posts=(post,) if post else asker.posts[:1])
        draft.append("create", first.delta | {"number": number}, step, {ROW: draft.beside()}, self.key)
        if kind.auto and draft.state.get("suggested") and not self.ended:
            self._act(draft, Act(kind.auto, self.at, {"unit": draft.state["suggested"]}, role="system"))
        for act in self.acts:
            self._act(draft, act)
        return draft, code

    def _act(self, draft: Draft, act: Act) -> None:
        decision = rules.decide(draft.kind, draft.state, act, draft.world)
        draft.append(act.action, decision.delta, act, decision.data, None, decision)
