"""What is wrong with the lives of a kind: where one gets stuck, what never happens, what never ends (design §4).

Every complaint gives the shortest walk that goes wrong, and what would put it right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiwang.expr import UNKNOWN
from yiwang.org.personal import in_short
from yiwang.why import Words, say

from .action import Since
from .crew import Crew
from .definition import Kind
from .guards import OPEN, Value
from .lives import Lives
from .moment import NOBODY, Moment

Complaint = tuple[str, Words]


def of_kind(kind: Kind, crew: Crew, classes: list[tuple[str, str]]) -> list[Complaint]:
    """(path in the file, what is wrong) of a kind whose names, expressions and limits are sound.

    Where nothing is wrong with the lives in which nobody counts how often something was done (`Followed.counted`),
    nothing is wrong with the real ones, if all that is done in those is done in some of these. Else all are walked.
    """
    few, real = Lives(kind, crew, classes, counted=False), Lives(kind, crew, classes)
    if few.loose and not list(complaints(few)) and few.whole and real.explore(few.done).done == few.done:
        return []
    return list(complaints(Lives(kind, crew, classes)))


def complaints(lives: Lives) -> Iterator[Complaint]:
    """As `of_kind`, of some of its lives."""
    lives.explore()
    if not lives.before:
        yield "checks", say("matters.never_opens")
        return
    stuck = list(_stuck(lives))
    yield from _automatic(lives)
    yield from _ownerless(lives)
    yield from stuck
    yield from _never_done(lives)
    yield from _windows(lives)
    if not stuck:
        yield from _clocks(lives)
        yield from _pauses(lives)


def _walk(lives: Lives, moment: Moment) -> list[Words | Mapping[str, str]]:
    titles = [lives.kind.actions[name].title.mapping() for name in lives.walk(moment)]
    return [say("matters.birth"), *titles]


def _automatic(lives: Lives) -> Iterator[Complaint]:
    """What the platform does at birth is never refused: else nothing could be opened."""
    kind = lives.kind
    if kind.auto is None:
        return
    for moment in lives.births():
        if against := lives.against(kind.auto, moment, lives.facts(moment)):
            why = _reason_of(against, kind.actions[kind.auto].title.mapping())
            yield "auto", say("matters.auto_refused", action=kind.auto, why=why)
            return


def _ownerless(lives: Lives) -> Iterator[Complaint]:
    """Whose move it is, is somebody who exists, and has a move."""
    kind, blamed = lives.kind, set()
    for moment in lives.before:
        stage = kind.stages[moment.stage]
        if stage.final or moment.stage in blamed:
            continue
        if stage.owner == "unit" and moment.lead == NOBODY:
            blamed.add(moment.stage)
            yield (
                f"stages.{moment.stage}.owner",
                say("matters.no_unit_yet", stage=moment.stage, walk=_walk(lives, moment)),
            )
        elif not lives.hands.exists(stage.owner or "", moment):
            blamed.add(moment.stage)
            words = say(f"matters.nobody_is_{'reporter' if stage.owner == 'reporter' else 'there'}", owner=stage.owner)
            yield f"stages.{moment.stage}.owner", words
    for name, stage in kind.stages.items():
        acts = [kind.actions[one].actors for one in kind.by_stage[name]]
        if not stage.final and name not in blamed and acts and not any(stage.owner in who for who in acts):
            yield f"stages.{name}.owner", say("matters.owner_idle", stage=name, owner=stage.owner)


def _stuck(lives: Lives) -> Iterator[Complaint]:
    """Moments from which nobody can bring it to an end: the first of each stage, with what stands against each act."""
    dead = [moment for moment in lives.before if moment not in lives.alive]
    blamed: set[str] = set()
    for moment in sorted(dead, key=lambda one: _lost(lives, one)):
        if moment.stage in blamed or (blamed and _lost(lives, moment)):
            continue
        blamed.add(moment.stage)
        facts = lives.facts(moment)
        reasons = [_reason(lives, name, moment, facts) for name in lives.kind.by_stage[moment.stage]]
        said = [words for words in reasons if words is not None]
        yield (
            f"stages.{moment.stage}",
            say(
                "matters.stuck",
                stage=moment.stage,
                walk=_walk(lives, moment),
                facts=_given(lives, moment) or [say("matters.whatever")],
                reasons=said or [say("matters.no_act")],
            ),
        )


def _lost(lives: Lives, moment: Moment) -> bool:
    """Whether it only leads to moments that are stuck: the cause lies there."""
    return any(step.somebody and step.to.stage != moment.stage for step in lives.steps.get(moment, ()))


def _given(lives: Lives, moment: Moment) -> list[Words]:
    """The facts of a moment that a form has given: what makes this life differ from others."""
    facts = lives.facts(moment)
    given = {name: facts[name] for name in lives.names if name.startswith("form.") or name.startswith("category")}
    return [
        say("matters.given", fact=name, value=in_short(str(value), 40))
        for name, value in given.items()
        if isinstance(value, str | bool) and value != OPEN and not str(value).startswith("\ufdd0")
    ]


def _reason(lives: Lives, name: str, moment: Moment, facts: Mapping[str, Value]) -> Words | None:
    action = lives.kind.actions[name]
    title = action.title.mapping()
    against = lives.against(name, moment, facts)
    if not against:
        if action.does or any(by != "system" for by in lives.hands.who(action, moment)):
            return None  # can be done, and does not help
        against = "platform"
    if against == "condition":
        missing = _missing(lives, name, facts)
        if missing:
            return say("matters.against_unknown", action=title, facts=missing)
    return say(f"matters.against_{against}", action=title)


def _missing(lives: Lives, name: str, facts: Mapping[str, Value]) -> list[str]:
    """The facts for want of which a condition cannot be decided."""
    action = lives.kind.actions[name]
    missing: list[str] = []
    for text in (action.when, action.unless):
        if text and lives.guards[text].outcomes(facts) == {UNKNOWN}:
            missing += [fact for fact in lives.guards[text].facts if facts.get(fact, OPEN) is None]
    return missing


def _never_done(lives: Lives) -> Iterator[Complaint]:
    """Every action is done in some life; where it is not, why."""
    kind = lives.kind
    done = {action for _, action in lives.done}
    if not lives.whole:
        return
    for name, action in kind.actions.items():
        if name in done:
            continue
        there = [moment for moment in lives.before if moment.stage in action.stages]
        if not there:
            continue  # its stages cannot be reached: told of them
        reasons = {lives.against(name, moment, lives.facts(moment)) for moment in there}
        if reasons == {"condition"}:
            yield from _condition(lives, name, there)
        else:
            first = next(lives.against(name, moment, lives.facts(moment)) for moment in there)
            yield (
                f"actions.{name}",
                say("matters.never_done", action=name, why=_reason_of(first, action.title.mapping())),
            )


def _reason_of(against: str, title: Mapping[str, str]) -> Words:
    return say(f"matters.against_{against}", action=title)


def _condition(lives: Lives, name: str, there: list[Moment]) -> Iterator[Complaint]:
    action = lives.kind.actions[name]
    asked = {f"form.{one}" for one in (*action.needs, *action.may)} | {"category", "unit"} & {
        *action.needs,
        *action.may,
    }
    missing = [set(_missing(lives, name, lives.facts(moment))) for moment in there]
    unknown = sorted(set.intersection(*missing)) if missing else []
    for what in ("when", "unless"):
        if text := getattr(action, what):
            own = [fact for fact in unknown if fact in asked and fact in lives.guards[text].facts]
            if own:
                yield f"actions.{name}.{what}", say("matters.asks_itself", facts=own, action=name, what=what)
                return
    itself = action.does.when if action.does else ""
    where = "when" if action.when else "unless" if action.unless else "does.when"
    if unknown:
        yield f"actions.{name}.{where}", say("matters.never_known", facts=unknown, action=name)
    elif not _sampled(lives, name):
        text = action.when or action.unless or itself
        yield f"actions.{name}.{where}", say("matters.never_true", text=text, action=name)


def _sampled(lives: Lives, name: str) -> bool:
    """Whether a condition reckons with numbers of which only some were tried: it is not called impossible for that."""
    action = lives.kind.actions[name]
    facts = [fact for text in (action.when, action.unless) if text for fact in lives.guards[text].facts]
    numbers = {f"form.{field}" for field, spec in lives.kind.fields.items() if spec.type == "number"}
    return any(fact in numbers and lives.spoken[fact].otherwise for fact in facts)


def _windows(lives: Lives) -> Iterator[Complaint]:
    """What a window counts from comes before what it bounds: else it bounds nothing."""
    for name, action in lives.kind.actions.items():
        if not isinstance(action.within, Since) or action.within.since == "create" or not lives.whole:
            continue
        there = [moment for moment in lives.before if moment.stage in action.stages]
        if there and all(lives.facts(one)[lives.since(action, one.stage)] is None for one in there):
            yield f"actions.{name}.within", say("matters.window_never", action=name, event=action.within.since)


def _clocks(lives: Lives) -> Iterator[Complaint]:
    """Every clock starts in some life, and is stopped by what its file says stops it."""
    kind = lives.kind
    happens = {"create", *(moment.stage for moment in lives.before), *(action for _, action in lives.done)}
    for name, clock in kind.clocks.items():
        if not happens & {*clock.on("starts"), *clock.on("restarts")}:
            yield f"clocks.{name}.starts", say("matters.never_starts", clock=name)
        elif not happens & set(clock.on("stops")):
            yield f"clocks.{name}.stops", say("matters.never_stops", clock=name)
        elif not _stops(kind, lives, name):
            yield f"clocks.{name}.stops", say("matters.stops_before", clock=name)


def _stops(kind: Kind, lives: Lives, clock: str) -> bool:
    """Whether what stops a clock can come after what starts it."""
    said = kind.clocks[clock]
    starts, stops = {*said.on("starts"), *said.on("restarts")}, set(said.on("stops"))
    moves = {(stage, action): kind.actions[action].leads_to(stage) for stage, action in lives.done}
    reached = {kind.first} if {kind.first, "create"} & starts else set()
    for (_, action), places in moves.items():
        reached |= {to for to in places if {action, to} & starts}
    seen, waiting = set(reached), list(reached)
    while waiting:
        here = waiting.pop()
        for (stage, action), places in moves.items():
            if stage != here:
                continue
            if {action, *(to for to in places if kind.actions[action].to or to != stage)} & stops:
                return True
            waiting += [to for to in places if to not in seen]
            seen |= set(places)
    return False


def _pauses(lives: Lives) -> Iterator[Complaint]:
    """What pauses a clock is followed by what lets it go on, and nothing goes on that is never paused."""
    kind = lives.kind
    for name, action in kind.actions.items():
        for clock in action.pauses:
            if not any(clock in other.continues and _after(lives, name, one) for one, other in kind.actions.items()):
                yield f"actions.{name}.pauses", say("matters.pause_for_good", action=name, clock=clock)
        for clock in action.continues:
            if not any(clock in other.pauses for other in kind.actions.values()):
                yield f"actions.{name}.continues", say("matters.nothing_paused", action=name, clock=clock)


def _after(lives: Lives, first: str, then: str) -> bool:
    """Whether one action can be done some time after another."""
    waiting = [step.to for steps in lives.steps.values() for step in steps if step.action == first]
    seen = set(waiting)
    while waiting:
        for step in lives.steps.get(waiting.pop(), ()):
            if step.action in lives.loose:
                continue  # it may have been done as often as it can be
            if step.action == then:
                return True
            if step.to not in seen:
                seen.add(step.to)
                waiting.append(step.to)
    return False
