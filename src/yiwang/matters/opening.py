"""How a matter begins: from a form, a message or a sensor to a numbered draft with its first entries. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from yiwang.org.asker import Asker
from yiwang.why import Incomplete

from . import doors, following, rules, unattended
from .act import Act
from .children import UNDER, WHOLE
from .clock_state import State
from .definition import Kind
from .draft import ROW, Content, Draft
from .drawn import place_of
from .fields.reading import Seen
from .identity import MOST_SOURCE, whole
from .reported import Reported
from .taking_part import involved
from .world import World

CREATE = "create"  # the first entry of every matter


def number_of(kind: Kind, day: date, serial: int) -> str:
    """Prefix, local day of receipt, serial of the day: RX-20261012-0163."""
    return f"{kind.prefix}-{day:%Y%m%d}-{serial:04d}"


@dataclass(frozen=True, slots=True)
class Whole:
    """The matter under which another is opened.

    id, number   its row and its number
    name         by which it knows the new one
    units        that take part in it, and see the new one too
    sensitivity  what it takes to see it: to see the new one, which says the same, takes as much
    """

    id: int
    number: str
    name: str
    units: frozenset[str]
    sensitivity: int


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that must be done, before it has a number; `acts` is what has been done to it since, in order.

    place  (longitude, latitude); None: nobody pinned it, and it is where its form draws a line or an area
    ended  (final stage, when) of what ended elsewhere and comes in as history, without clocks
    door  behind which it is opened (see `doors`); empty: the platform itself
    whole  the matter under which it stands
    beside  facts that it is born with and nobody enters: which earlier ones it repeats, the round that opened it
    content  what its client asked for under `key`; None: the key is the platform's own
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
    whole: Whole | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)
    content: Content | None = None

    def day(self, world: World) -> date:
        """The local day of receipt (R9.9)."""
        return self.at.astimezone(world.district.zone).date()

    def decide(self, kind: Kind, world: World) -> State:
        """The first state, without a number. Raises Incomplete with everything that is wrong."""
        wrong, data = doors.wrong_with(self.place, self.reporter, self.door, world), self.data
        wrong = doors.missing_of_reporter(kind, self.door, self.reporter) | wrong
        try:
            if self.door:
                data = doors.taken(kind, self.door, data, self.place, self.reporter)
            at = self.place or place_of(kind.form, data, Seen(world, self.at), world.district)
            spot = world.district.place(*at) if at and doors.PLACE not in wrong else None
            first = rules.begin(kind, data, self.at, world, place=spot, door=self.door, beside=self.beside)
        except Incomplete as more:
            raise Incomplete({**more.fields, **wrong}) from None
        if wrong:
            raise Incomplete(wrong)
        if self.ended:
            first = rules.ended_elsewhere(kind, first, *self.ended, world)
        first |= {"simulated": self.simulated, **self.reporter.masked()}
        if self.whole:
            first |= {WHOLE: self.whole.number, UNDER: self.whole.name, "once": sorted(self.whole.units)}
            if self.whole.sensitivity > first["sensitivity"]:
                first |= dict.fromkeys(("sensitivity", following.AT_LEAST), self.whole.sensitivity)
        if at and spot is None:
            first["lon"], first["lat"] = at
        return first

    def draft(self, asker: Asker, kind: Kind, world: World, first: State, number: str, tracking: str = "") -> Draft:
        """The matter with its first entries. Raises Refusal for an act, and for who may not open it.

        tracking  what is known of the code by which its reporter follows it; empty: nobody does
        """
        post = doors.opener(kind, self.door, asker)
        draft = Draft(
            kind,
            world,
            source=whole(self.source, MOST_SOURCE),
            tracking=tracking,
            known_names=(self.reporter.name,),
            reporter=self.reporter.commitment(),
            whole=self.whole.id if self.whole else None,
        )
        if post and post.unit_code not in involved(first):  # who opened it goes on seeing it
            first |= {"once": sorted({*(first.get("once") or ()), post.unit_code})}
        step = replace(Act.of(asker, CREATE, self.at), posts=(post,) if post else asker.posts[:1])
        draft.append(CREATE, first | {"number": number}, step, {ROW: draft.beside()}, self.key, content=self.content)
        if kind.auto and draft.state.get("suggested") and not self.ended:
            self._act(draft, Act(kind.auto, self.at, {"unit": draft.state["suggested"]}, role="system"))
        if not self.ended:
            unattended.set_off(draft, self.at)
        for act in self.acts:
            self._act(draft, act)
            unattended.set_off(draft, act.at)
        return draft

    def _act(self, draft: Draft, act: Act) -> None:
        decision = rules.decide(draft.kind, draft.state, act, draft.world)
        draft.append(act.action, decision.delta, act, decision.data, None, decision)
