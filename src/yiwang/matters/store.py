"""The only place that writes matters; one function per thing that can happen, one transaction each.

The hot path is two statements: read the row under a lock, then one statement that writes entry and row together and
tells the live pages. The ledger and the state can not part: they are one statement.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiwang.org import masking
from yiwang.org.access import Asker, acting_as
from yiwang.org.queries import Place
from yiwang.why import Receipt, Words, say

from . import rows, rules
from .definition import Kind
from .facts import State
from .kinds import kind_of
from .models import Matter, Reporter
from .world import World, world


class Conflict(Exception):
    """Somebody else was faster: `receipt` tells what changed since the asker looked (design §6)."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.sentence("zh"))
        self.receipt = receipt


class NotThere(LookupError):
    """No such matter, or the asker may not see it: the two are not told apart."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reports: kept apart from the matter and masked everywhere (R9.3)."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def masked(self) -> State:
        """What everybody may see of it."""
        shown = {"reporter.name": masking.name(self.name), "reporter.phone": masking.phone(self.phone)}
        return {key: value for key, value in shown.items() if value}

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, slots=True)
class Opened:
    """A new matter: its number, and the code with which its reporter tracks it (shown once)."""

    id: int
    number: str
    code: str
    state: State


@dataclass(frozen=True, slots=True)
class Done:
    """What an action came to. `repeated`: it had been done before under the same key, and was not done again."""

    id: int
    number: str
    seq: int
    state: State
    repeated: bool = False


def tracking_of(number: str, code: str) -> str:
    """What the database knows of a tracking code: not the code itself."""
    return hashlib.sha256(f"{number}:{code.strip().upper()}".encode()).hexdigest()


def new_code() -> str:
    """Eight signs without look-alikes."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(8))


@transaction.atomic
def open_matter(
    asker: Asker,
    kind_code: str,
    data: Mapping[str, Any],
    *,
    at: datetime | None = None,
    place: tuple[float, float] | None = None,
    reporter: Reported | None = None,
    source: str = "",
    key: str | None = None,
    simulated: bool = False,
) -> Opened:
    """Something must be done: a new matter, numbered and with its clocks running.

    place   (lon, lat) in WGS84; outside the district it is kept but belongs to no street
    source  where it came from ("plan:12", "signal:345"), unique with `key` when given
    Raises forms.Incomplete, UnknownKind, or Conflict when `key` opened one already.
    """
    at = at or timezone.now()
    kind, known = kind_of(asker, kind_code), world(asker)
    if key is not None and (earlier := rows.matter_of_key(asker, key)):
        raise Conflict(Receipt(say("matters.opened_before", number=earlier), earlier))
    spot = known.district.place(*place) if place else None
    day = at.astimezone(known.district.zone).date()
    # decide before a serial is drawn: a refused form leaves no gap behind
    first = rules.begin(kind, data, at, known, place=spot, number="")
    number = f"{kind.prefix}-{day:%Y%m%d}-{rows.draw_serials(asker, kind.prefix, day, 1):04d}"
    state = first.delta | {"number": number} | _extra(place, spot, reporter, simulated)
    code = new_code() if kind.public else ""
    draft = rows.Draft(kind, known, source=source, tracking=tracking_of(number, code) if code else "")
    draft.append("create", state, rules.Act("create", at, person=asker.person, posts=asker.posts[:1]), {}, key)
    act_of_auto(draft, at)
    matter = rows.insert(asker, draft)
    if reporter:
        rows.keep_reporter(asker, matter, reporter.name, reporter.phone, reporter.address)
    return Opened(matter, number, code, draft.state)


def act_of_auto(draft: rows.Draft, at: datetime) -> None:
    """The platform's own first step, for kinds that name one: the matter goes where its route leads."""
    kind = draft.kind
    if kind.auto and draft.state.get("suggested"):
        step = rules.Act(kind.auto, at, {"unit": draft.state["suggested"]}, role="system")
        decision = rules.decide(kind, draft.state, step, draft.world)
        draft.append(kind.auto, decision.delta, step, decision.data, None, decision)


def _extra(
    place: tuple[float, float] | None, spot: Place | None, reporter: Reported | None, simulated: bool
) -> State:
    extra: State = {"simulated": simulated, **(reporter.masked() if reporter else {})}
    if place and spot is None:
        extra |= {"lon": place[0], "lat": place[1]}
    return extra


@transaction.atomic
def act(
    asker: Asker,
    matter: int,
    action: str,
    data: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
    key: str | None = None,
    version: int | None = None,
    role: str = "",
) -> Done:
    """Somebody does something to a matter.

    key      the client's name for this attempt: a retry under the same key happens once
    version  what the asker last saw; when the matter has moved on since, nothing is done
    Raises NotThere, Conflict, rules.Refused, forms.Incomplete.
    """
    held = rows.hold(asker, matter, key)
    if held is None:
        raise NotThere(matter)
    if held.repeated:
        if (held.repeated.matter, held.repeated.action) != (matter, action):
            raise Conflict(Receipt(say("matters.key_used", key=key)))
        return Done(matter, held.state["number"], held.repeated.seq, held.state, repeated=True)
    kind, known = kind_of(asker, held.state["kind"], held.kind_version), world(asker)
    if version is not None and version != held.version:
        raise Conflict(_moved_on(kind, held))
    # instants never run backwards inside a matter, whatever the machines' clocks say
    moment = max(at or timezone.now(), held.last_at)
    step = rules.Act(action, moment, data or {}, asker.person, asker.posts, role or ("system" if asker.system else ""))
    decision = rules.decide(kind, held.state, step, known)
    draft = rows.Draft.resume(kind, known, held)
    draft.append(action, decision.delta, step, decision.data, key, decision)
    rows.update(asker, matter, draft)
    return Done(matter, held.state["number"], draft.version, draft.state)


def _moved_on(kind: Kind, held: rows.Held) -> Receipt:
    last = held.last_action
    title = kind.actions[last].title.mapping() if last in kind.actions else say("matters.created")
    stage = kind.stages[held.state["stage"]].title.mapping()
    return Receipt(say("matters.moved_on", action=title, stage=stage), held.version)


@transaction.atomic
def unmask(asker: Asker, matter: int, purpose: str, *, at: datetime | None = None) -> Reported:
    """Who reported a matter, for a stated purpose; the reading itself is kept (R9.3).

    Raises NotThere, rules.Refused.
    """
    purpose = purpose.replace("\x00", "").strip()
    row = Matter.objects.filter(pk=matter).values("number", "sensitivity", "lead__code").first()
    if row is None:
        raise NotThere(matter)
    state = {"sensitivity": row["sensitivity"], "lead": row["lead__code"]}
    if not asker.may_unmask or not rules.shows_reporter(state, tuple(post.unit_code for post in asker.posts)):
        raise rules.Refused(Receipt(say("matters.may_not_unmask"), False, source="R2.15"))
    if len(purpose) < 4:
        raise rules.Refused(Receipt(say("matters.purpose_missing"), False))
    rows.trace_reading(asker, matter, f"matter:{row['number']}", purpose[:200], at or timezone.now())
    found = Reporter.objects.filter(matter_id=matter).first()
    return Reported(found.name, found.phone, found.address) if found else Reported()


def urge_overdue(asker: Asker, *, now: datetime | None = None, at_most: int = 500) -> int:
    """Write a reminder into every matter whose clock ran out and that has not been urged for it (R2.5).

    Each matter is its own transaction, so one that somebody holds does not keep the others waiting.
    Returns how many were urged.
    """
    now = now or timezone.now()
    with acting_as(asker):
        late = rows.overdue_not_urged(asker, now, at_most)
    urged = 0
    for matter, clock, due in late:
        with acting_as(asker):
            kind = kind_of(asker, *rows.kind_and_version(matter))
            if "urge" in kind.actions:
                note = say("matters.urged", clock=kind.clocks[clock].title.mapping()).speak("zh")
                act(asker, matter, "urge", {"note": note}, at=now, key=f"urge:{matter}:{clock}:{due.isoformat()}")
                urged += 1
    return urged


def reporter_shown(world_: World, state: State) -> Words | None:
    """The masked reporter as one phrase; None when nobody is named."""
    if not state.get("reporter.name") and not state.get("reporter.phone"):
        return None
    return say("matters.reporter", name=state.get("reporter.name", ""), phone=state.get("reporter.phone", ""))
