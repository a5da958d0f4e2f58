"""The only place that writes matters; one function per thing that can happen, one transaction each.

The hot path is two statements: read the row under a lock, then one statement that writes entry and row together and
tells the live pages. The ledger and the state can not part: they are one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction

from yiwang.files import store as files
from yiwang.files.definition import NotKept
from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.org.queries import facts as district_facts
from yiwang.org.session import acting_as, system
from yiwang.why import Conflict, Incomplete, NotThere, Receipt, Words, say

from . import (
    bulk,
    disclosure,
    doors,
    drawing_lots,
    entitled,
    family,
    forms,
    mentioned,
    repeating,
    rows,
    rows_linked,
    rules,
    unattended,
    under_a_key,
    votes,
    writing,
)
from .act import Act
from .attempts import noting
from .children import WHOLE
from .clock_state import State
from .deciding import Deciding
from .definition import DESK, Kind
from .draft import Draft, Held
from .identity import whole
from .kinds import kind_of, title_of, world
from .linked import REPEATED_OF
from .opened_because import fact_of
from .opening import Opening, number_of
from .parties import party_of
from .reported import Reported
from .tracking import drawn_code

NOUN = "matter"  # what a file says that it belongs to


@dataclass(frozen=True, slots=True)
class Opened:
    """A new matter: its number, and the code with which its reporter tracks it (shown once)."""

    id: int
    number: str
    code: str
    state: State


@dataclass(frozen=True, slots=True)
class Done:
    """The result of an action. `repeated`: it had been done before under the same key, and was not done again."""

    id: int
    number: str
    seq: int
    state: State
    repeated: bool = False


@noting
@transaction.atomic
def open_matter(
    asker: Asker,
    kind: str,
    data: Mapping[str, Any],
    *,
    at: datetime | None = None,
    place: tuple[float, float] | None = None,
    reporter: Reported | None = None,
    source: str = "",
    key: str | None = None,
    simulated: bool = False,
    door: str = "",
    because: Words | str | None = None,
    titles: Mapping[str, str] | None = None,
    attached: Collection[str] = (),
) -> Opened:
    """Something must be done: a new matter, numbered and with its clocks running.

    place   (lon, lat) in WGS84; outside the district it is refused at a door, and belongs to no street otherwise
    source  where it came from ("plan:12", "signal:345")
    key     the client's name for this attempt, of any length: a retry under the same key, also at the same moment,
            opens nothing
    door    which of the kind's doors it comes through; the desk, when a person opens it
    because why the platform opens it: kept as words, said in each reader's language (`opened_because`)
    titles  what it is called in each language, where nobody wrote its title (`entitled`)
    attached  names of what comes with it beside its form: the SHA-256 of a photo, the matter that it joins
    Raises Incomplete, Refusal (who may not open it), NotThere; OpenedBefore when `key` opened one with this content,
    OpenedOther when it opened one with another (their value is its number), Conflict when it stands for an action.
    """
    key = None if key is None else whole(key)
    door = door or ("" if asker.system else DESK)
    at, reporter, beside = at or clock.now(), reporter or Reported(), fact_of(because)
    beside |= entitled.fact_of(titles or {})
    opening = Opening(data, at, place, reporter, source, key, simulated, door=door, beside=beside)
    defined, known = kind_of(asker, kind), world(asker)
    doors.opener(defined, door, asker)
    if key is not None:
        content = under_a_key.content_of_opening(asker, defined, opening, attached)
        opening = replace(opening, content=content)
        rows.alone_with(asker, [key])
        under_a_key.opened_before(asker, key, defined, content)
    # decide before a serial is drawn: a refused form leaves no gap behind
    opening, first = repeating.begun(asker, defined, known, opening)
    mentioned.check(asker, defined, _form_of(first))
    day = opening.day(known)
    serial = rows.draw_serials(asker, defined.prefix, {day: 1})[day]
    number = number_of(defined, day, serial)
    code, tracking = drawn_code(defined.public, number)
    draft = opening.draft(asker, defined, known, first, number, tracking)
    matter = family.insert(asker, draft, opening.at)
    _hand_over(asker, matter, defined, _form_of(draft.state))
    _tie_repeats(asker, [(matter, draft.state)])
    if opening.reporter:
        bulk.keep_reporters(asker, [(matter, *opening.reporter.plain())])
        bulk.keep_numbers(asker, [(matter, [opening.reporter.called()])])
    return Opened(matter, number, code, draft.state)


@noting
@transaction.atomic
def open_many(
    asker: Asker, kind: str, openings: Sequence[Opening], *, decided: Sequence[State] = ()
) -> list[Opened | None]:
    """Many matters at once, each with what was done to it since; None where the key had opened one already.

    The rules are those of `open_matter` and `act`; only the writing is in bulk, and the keys are the platform's own:
    each names what it opens, and no client chooses it. Raises what they raise: check with `Opening.decide` before, if
    some of many may be refused.

    decided  what that said of each opening, so that it is not decided again
    """
    defined, known = kind_of(asker, kind), world(asker)
    openings = [replace(one, key=whole(one.key)) if one.key is not None else one for one in openings]
    if keys := [one.key for one in openings if one.key is not None]:
        rows.alone_with(asker, keys)
    seen = bulk.known_keys(asker, [one.key for one in openings if one.key is not None])
    fresh = [(at, one) for at, one in enumerate(openings) if one.key not in seen]
    fresh.sort(key=lambda one: one[1].at)  # a day's numbers run by time, in whatever order they were brought
    days = Counter(one.day(known) for _, one in fresh)
    serials = {day: count(first) for day, first in rows.draw_serials(asker, defined.prefix, days).items()}
    drafts: list[tuple[Draft, str]] = []
    deciding = Deciding(defined, known)
    begun = [(one, decided[at] if decided else deciding.decide(one)) for at, one in fresh]
    batch = repeating.Batch.of(asker, defined, known, begun)
    for _ in fresh:
        opening, first = batch.next()
        day = opening.day(known)
        mentioned.check(asker, defined, _form_of(first))
        number = number_of(defined, day, next(serials[day]))
        batch.add(opening, first, number)
        code, tracking = drawn_code(defined.public, number)
        drafts.append((opening.draft(asker, defined, known, first, number, tracking), code))
    ids = bulk.insert_many(asker, [draft for draft, _ in drafts])
    for matter, (draft, _), (_, opening) in zip(ids, drafts, fresh, strict=True):
        family.settle(asker, matter, draft, max([opening.at, *(act.at for act in opening.acts)]))
    if any(spec.type == "files" for spec in defined.form.values()):
        for matter, (draft, _) in zip(ids, drafts, strict=True):
            _hand_over(asker, matter, defined, _form_of(draft.state))
    _tie_repeats(asker, [(matter, draft.state) for matter, (draft, _) in zip(ids, drafts, strict=True)])
    named = zip(ids, (one for _, one in fresh), strict=True)
    reporters = [(matter, one.reporter) for matter, one in named if one.reporter]
    bulk.keep_reporters(asker, [(matter, *reporter.plain()) for matter, reporter in reporters])
    bulk.keep_numbers(asker, [(matter, [reporter.called()]) for matter, reporter in reporters])
    opened: list[Opened | None] = [None] * len(openings)
    for (at, _), matter, (draft, code) in zip(fresh, ids, drafts, strict=True):
        opened[at] = Opened(matter, draft.state["number"], code, draft.state)
    return opened


@noting
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
    """Somebody does something to a matter. Call inside `acting_as`: what is refused has written nothing, so the
    transaction goes on; what is done is one statement.

    key      the client's name for this attempt: a retry under the same key happens once, and is refused when it asks
             for something else
    version  what the asker last saw; when the matter has moved on since, nothing is done
    Raises NotThere, Conflict, Refusal, Incomplete.
    """
    key = None if key is None else whole(key)
    held = rows.hold(asker, matter, key)
    if held is None:
        raise NotThere
    kind, known = kind_of(asker, held.state["kind"], held.kind_version), world(asker)
    content = None if key is None else under_a_key.content_of(asker, kind, data or {})
    if held.repeated:
        under_a_key.done_before(asker, held.repeated, matter, action, key, content)
        return Done(matter, held.state["number"], held.repeated.seq, held.state, repeated=True)
    if not asker.system and role in ("reporter", *kind.parties):  # whose code it is decides who they are
        role = party_of(kind.parties, held.state, asker.tracking) or "reporter"
    if version is not None and version != held.version and not votes.only_votes(kind, action, matter, version):
        raise Conflict(_moved_on(kind, held))
    # instants never run backwards inside a matter, whatever the machines' clocks say
    moment = max(at or clock.now(), held.last_at)
    step = Act.of(asker, action, moment, data, role or ("system" if asker.system else ""))
    if action in kind.actions and kind.actions[action].draws:
        lately = drawing_lots.before(asker, kind, action, matter, moment)
        step = replace(step, seed=held.head.hex(), drawn_before=lately)
    decision = rules.decide(kind, held.state, step, known)
    mentioned.check(asker, kind, decision.data)
    before = State(held.state) if WHOLE in held.state else State()
    with _all_or_nothing(kind, held.state):
        _hand_over(asker, matter, kind, decision.data, at_least=kind.actions[action].evidence)
        draft = Draft.resume(kind, known, held)
        draft.known_names = disclosure.named_in(matter, held.state, decision.data.values())
        decision = writing.with_letters(asker, matter, kind, held.state, step, decision, known, draft.known_names)
        draft.append(action, decision.delta, step, decision.data, key, decision, content)
        unattended.set_off(draft, moment)
        write(asker, matter, draft, before, moment)
    return Done(matter, held.state["number"], draft.version, draft.state)


def _all_or_nothing(kind: Kind, state: State) -> AbstractContextManager[Any]:
    """A savepoint where an act writes to several matters: one that is refused has written to none of them."""
    return transaction.atomic() if kind.children or kind.causes or WHOLE in state else nullcontext()


def write(asker: Asker, matter: int, draft: Draft, before: State, at: datetime) -> None:
    """Write what was done, open what it wants under it, and let the matter above know. For `together`, too."""
    family.tend(asker, matter, draft, at)
    rows.update(asker, matter, draft)
    if WHOLE in draft.state:
        family.tell_whole(asker, matter, draft, before, at)


def _tie_repeats(asker: Asker, opened: Iterable[tuple[int, State]]) -> None:
    """Let the links lead from new matters to those that they repeat, wherever these lie."""
    if repeated := [(matter, state[REPEATED_OF]) for matter, state in opened if state.get(REPEATED_OF)]:
        with acting_as(system(asker.district)) as platform:
            rows_linked.tie_repeats(platform, repeated)


def _form_of(state: State) -> dict[str, Any]:
    return {name.removeprefix("form."): value for name, value in state.items() if name.startswith("form.")}


def _hand_over(asker: Asker, matter: int, kind: Kind, values: Mapping[str, Any], *, at_least: int = 0) -> None:
    """The files that typed values name belong to the matter from now on; each must be the asker's, or the matter's own.

    Raises Incomplete, before anything is written: also where the same photo was counted twice.
    """
    try:
        files.attach(asker, NOUN, matter, forms.files_of(kind, values), at_least=at_least)
    except NotKept as refused:
        raise Incomplete({"files": refused.words}) from None
    except files.TooFew:
        raise Incomplete({"files": say("matters.needs_evidence", n=at_least)}) from None


def _moved_on(kind: Kind, held: Held) -> Receipt:
    title = title_of(kind, held.last_action)
    stage = kind.stages[held.state["stage"]].title.mapping()
    return Receipt(say("matters.moved_on", action=title, stage=stage), held.version)


def unmask(
    asker: Asker, matter: int, reason: str, *, purpose: str | None = None, at: datetime | None = None
) -> Reported:
    """Who reported a matter, told in plain words for a purpose and a reason; the reading is written down (R9.3).

    purpose  a code of the district's list of purposes; the first of them where none is named
    Raises NotThere, Refusal.
    """
    if purpose is None:
        purpose = next(iter(district_facts(asker).personal.purposes), "")
    revealed = disclosure.unmask(asker, matter, purpose, reason, at=at)
    if revealed is None:
        raise NotThere
    return revealed.reporter
