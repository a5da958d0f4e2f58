"""Proves a kind of matter before it is used (design §4, §10.5).

First line by line (`slips`): names, numbers, values, expressions of the right type. Then as a finite automaton: each
stage can be reached, a clock always runs, every route can fire, nothing handled closes unverified. Then life by life
(`proof_lives`): from every moment that can come about, somebody who exists can bring the matter to an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from yiwang.expr import ExprError
from yiwang.typed import moments
from yiwang.why import Words, say
from yiwang.worktime import Limit, WorktimeError

from . import (
    proof_answers,
    proof_automatic,
    proof_children,
    proof_circles,
    proof_doors,
    proof_draws,
    proof_ends,
    proof_exclusion,
    proof_fields,
    proof_fillable,
    proof_granting,
    proof_idle,
    proof_letters,
    proof_links,
    proof_lives,
    proof_names,
    proof_orders,
    proof_owners,
    proof_panels,
    proof_parties,
    proof_queues,
    proof_rating,
    proof_recusal,
    proof_rounds,
    proof_routes,
    proof_runs,
    proof_secret,
    proof_staffed,
    proof_steps,
    proof_told,
    slips,
)
from .action import Action
from .crew import EVERYBODY, Crew
from .definition import HANGS_ON, Kind
from .slips import Known

Complaint = tuple[str, Words]  # path in the file, what is wrong and how to correct it
MOST_STATES = 200_000
_SOME_UNIT = "\0"  # one of which nothing is known


def complaints(
    kind: Kind,
    *,
    units: Iterable[str] = (),
    classes: Iterable[tuple[str, str]] = (),
    crew: Crew = EVERYBODY,
    results: Mapping[str, str] | None = None,
) -> list[Complaint]:
    """Everything that is wrong with a kind; empty when it is proven.

    units    codes that routes may lead to
    classes  (category, class) of the pack: the cases that routes must tell apart
    crew     who exists to act
    results  the district's words for what came of a matter -> their national class; None: not known here
    """
    if wrong := list(slips.bad_names(kind)):
        return wrong
    classes = list(classes)
    known = Known(frozenset(units), dict(classes), results or {})
    wrong = [
        *proof_names.complaints(kind, crew),
        *proof_doors.complaints(kind),
        *proof_orders.complaints(kind),
        *proof_automatic.complaints(kind, crew),
        *proof_children.complaints(kind),
        *proof_links.complaints(kind, crew),
        *proof_rounds.complaints(kind),
        *proof_draws.complaints(kind),
        *proof_draws.of_people(kind, crew),
        *proof_ends.complaints(kind, results),
        *proof_rating.complaints(kind),
        *proof_exclusion.complaints(kind),
        *proof_granting.complaints(kind, crew),
        *proof_parties.complaints(kind, crew),
        *proof_panels.complaints(kind, crew),
        *proof_recusal.complaints(kind, crew),
        *proof_queues.complaints(kind),
        *proof_steps.complaints(kind),
        *proof_fillable.complaints(kind, crew),
        *proof_idle.complaints(kind),
        *proof_told.complaints(kind),
        *slips.complaints(kind, known),
        *_version(kind),
        *_expressions(kind),
        *_limits(kind),
    ]
    if not wrong:
        wrong = list(slips.misspelt(kind, known))
    if not wrong:
        wrong = [
            *_reach(kind),
            *proof_fields.complaints(kind),
            *_amounts(kind),
            *proof_letters.complaints(kind),
            *proof_runs.complaints(kind),
            *proof_circles.complaints(kind),
            *_waiting(kind, known.units),
            *_verification(kind),
            *proof_answers.complaints(kind),
            *proof_children.none_left_behind(kind),
            *proof_owners.complaints(kind, crew),
            *proof_panels.lives(kind),
            *proof_secret.complaints(kind),
            *proof_links.unsaid(kind),
            *proof_ends.can_come_about(kind),
            *proof_rating.without_consequence(kind),
            *proof_names.enough_people(kind, crew),
            *proof_staffed.complaints(kind, crew),
            *proof_routes.complaints(kind, known.units, classes, crew),
            *proof_queues.can_stand_there(kind),
        ]
    if not wrong:
        wrong = proof_lives.of_kind(kind, crew, classes)
    if not wrong:
        wrong = list(proof_idle.never(kind))
    return wrong


def _expressions(kind: Kind) -> Iterator[Complaint]:
    for path, text in kind.texts():
        try:
            kind.expression(text)
        except ExprError as error:
            yield path, say("matters.expression", text=text, why=error.words)


def _limits(kind: Kind) -> Iterator[Complaint]:
    for name, clock in kind.clocks.items():
        if isinstance(clock.limit, dict):
            yield from _hanging(f"clocks.{name}.limit", name, clock.limit)
        for text in clock.limits():
            if complaint := _limit(text):
                yield f"clocks.{name}.limit", complaint
    for name, action in kind.actions.items():
        if action.within:
            text = action.within if isinstance(action.within, str) else action.within.limit
            if complaint := _limit(text):
                yield f"actions.{name}.within", complaint
        for what in ("after", "late", "ahead") if action.does else ():
            said = getattr(action.does, what)
            if said and (complaint := _limit(said if isinstance(said, str) else said.limit)):
                yield f"actions.{name}.does.{what}", complaint


def _version(kind: Kind) -> Iterator[Complaint]:
    """A version is a day on which a rule began to hold: later ones follow it, and none follows a slip of the pen."""
    least, most = moments.YEARS
    if not least <= kind.version.year <= most:
        yield "version", say("matters.version_year", year=str(kind.version.year), least=str(least), most=str(most))


def _hanging(path: str, name: str, limit: dict[str, str]) -> Iterator[Complaint]:
    """A limit that hangs on a fact says on which one, and what holds where the fact is unknown."""
    said = [key for key in HANGS_ON if key in limit]
    if len(said) != 1 or "default" not in limit:
        yield path, say("matters.limit_default", clock=name)
    elif said != ["by"] and (foreign := limit.keys() - {said[0], "unit", "default"}):
        yield path, say("matters.limit_foreign", keys=sorted(foreign), by=said[0])
    elif ("unit" in limit) != (said == ["amount"]):
        yield path, say("matters.limit_unit", clock=name)
    elif "unit" in limit and (complaint := _limit(f"1 {limit['unit']}")):
        yield f"{path}.unit", complaint


def _amounts(kind: Kind) -> Iterator[Complaint]:
    """Whoever enters how much time there is cannot leave none; no more is offered than a clock can run."""
    for name, clock in kind.clocks.items():
        limit = clock.limit if isinstance(clock.limit, dict) else {}
        field = limit.get("amount", "").removeprefix("form.")
        spec = kind.fields.get(field)
        if spec is None or spec.computed:
            continue
        endless = spec.most is None or _limit(f"{int(spec.most)} {limit['unit']}") is not None
        if spec.least is None or spec.least < 1 or endless:
            yield f"clocks.{name}.limit.amount", say("matters.amount_unbounded", field=field)


def _limit(text: str) -> Words | None:
    try:
        limit = Limit.parse(text)
    except WorktimeError as error:
        return say("matters.limit_wrong", text=text, why=error.words)
    return say("matters.no_time", text=text) if limit.amount == 0 and not limit.unit.named else None


def _moves(kind: Kind, stage: str) -> Iterator[tuple[str, str]]:
    """(action, stage it leads to) of everything that can be done in a stage."""
    for name in kind.by_stage[stage]:
        for to in kind.actions[name].leads_to(stage):
            yield name, to


def _reach(kind: Kind) -> Iterator[Complaint]:
    reached = _closure({kind.first}, lambda stage: (to for _, to in _moves(kind, stage)))
    for stage in kind.stages.keys() - reached:
        yield f"stages.{stage}", say("matters.stage_unreachable", stage=stage)
    backwards: dict[str, set[str]] = {stage: set() for stage in kind.stages}
    for stage in kind.stages:
        for _, to in _moves(kind, stage):
            backwards[to].add(stage)
    ends = _closure({name for name, stage in kind.stages.items() if stage.final}, lambda stage: backwards[stage])
    for stage in kind.stages.keys() - ends:
        yield f"stages.{stage}", say("matters.no_way_out", stage=stage)


def _closure(start: set[str], following) -> set[str]:  # type: ignore[no-untyped-def]
    seen, waiting = set(start), list(start)
    while waiting:
        for to in following(waiting.pop()):
            if to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


_NEVER, _RUNNING, _STOPPED, _ENDED = range(4)


def _waiting(kind: Kind, units: frozenset[str]) -> Iterator[Complaint]:
    """In every state that can be reached, a stage that waits has a running clock."""
    first = _turned(kind, (_NEVER,) * len(kind.clocks), ["create", kind.first])
    waiting = [(kind.first, first, led) for led in (False, True)]
    seen, blamed = set(waiting), set()
    while waiting and len(seen) < MOST_STATES:
        stage, clocks, led = waiting.pop()
        if _RUNNING not in clocks and not kind.stages[stage].final and stage not in blamed:
            blamed.add(stage)
            yield f"stages.{stage}", say("matters.no_clock", stage=stage)
        for name, to in _moves(kind, stage):
            action = kind.actions[name]
            if not _open_to(kind, action, units if led else None):
                continue
            turned = _turned(kind, clocks, [name] if action.to is None and to == stage else [name, to])
            if kind.stages[to].final:  # what is closed has no running clock, and no old one goes on when it is reopened
                turned = tuple(_ENDED if one in (_RUNNING, _STOPPED) else one for one in turned)
            for following in {(to, turned, led or given) for given in _gives_unit(action)} - seen:
                seen.add(following)
                waiting.append(following)


def _gives_unit(action: Action) -> set[bool]:
    return {True} if "unit" in action.needs else {True, False} if "unit" in action.may else {False}


def _open_to(kind: Kind, action: Action, units: frozenset[str] | None) -> bool:
    """Whether an action may be done by what its conditions say of the unit in charge; None: there is no unit."""
    leads: list[str | None] = [None] if units is None else [*units, _SOME_UNIT]
    for text, wanted in ((action.when, True), (action.unless, False)):
        if text and set((said := kind.expressions[text]).fields()) == {"unit"}:
            leads = [lead for lead in leads if said.evaluate({"unit": lead}) is wanted]
    return bool(leads)


def _turned(kind: Kind, clocks: tuple[int, ...], events: list[str]) -> tuple[int, ...]:
    """What events do to the clocks: the same order as in `clocks.turn`."""
    names, now = list(kind.clocks), list(clocks)
    for event in events:
        for what, name in kind.events.get(event, ()):
            at = names.index(name)
            if kind.clocks[name].when:
                continue  # it may not run: whoever waits has another
            if what == "drops":
                now[at] = _NEVER
            elif what == "stops" and now[at] == _RUNNING:
                now[at] = _STOPPED
            elif (
                what == "restarts"
                or (what == "starts" and now[at] == _NEVER)
                or (what == "resumes" and now[at] == _STOPPED)
            ):
                now[at] = _RUNNING
    return tuple(now)


def _verification(kind: Kind) -> Iterator[Complaint]:
    """What was handled is closed by somebody else (R1.7): no way from handling to an end avoids verification."""
    for name, action in kind.actions.items():
        if action.handles and action.to and kind.stages[action.to].final:
            yield f"actions.{name}", say("matters.unverified", action=name)
    handled = {action.to for action in kind.actions.values() if action.handles and action.to}
    open_ways = _closure(
        set(handled),
        lambda stage: (to for name, to in _moves(kind, stage) if not kind.actions[name].verifies
                       and kind.actions[name].to and not kind.stages[to].final),
    )  # fmt: skip
    for stage in sorted(open_ways):
        for name, to in _moves(kind, stage):
            action = kind.actions[name]
            if stage in handled and kind.stages[to].final and action.to and not action.verifies:
                yield f"actions.{name}", say("matters.unverified", action=name)
