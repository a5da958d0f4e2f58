"""Every life that a matter of a kind can have, as far as its definition settles it: bounded, breadth first, pure.

A moment of a life is its stage, whether a unit is in charge, who has handled it, and the facts that a condition, a
window or a limit of times asks for. From each moment lead the acts that somebody who exists may do, and time going by.
What cannot be settled (see `guards`) may happen and may not: a life is called stuck only when nothing can be meant.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import product

from yiwang.expr.types import Kind as Family

from . import linked, lives_beside
from .action import Action, Check
from .children import is_counted
from .clock_state import fact_of
from .crew import EVERYBODY, Crew
from .ends import END
from .exclusion import EXCLUDED
from .fields.measured import facts_of_sizes
from .fields.spec import FieldSpec
from .fields.types import TYPES
from .followed import Followed
from .guards import FRESH, OLD, OPEN, OTHER, Value, values_of
from .hands import Hands
from .moment import ANOTHER, NOBODY, TIME, Moment, Step

MOST_MOMENTS = 12_000
MOST_CHOICES = 200  # ways in which one form can be filled that conditions can tell apart
_FAMILIES = {
    **dict.fromkeys(("text", "person", "colleague", "unit", "category", "phone", "email"), Family.TEXT),
    **dict.fromkeys(("number", "money"), Family.NUMBER),
    "date": Family.DATE,
}


@dataclass
class Lives(Followed):
    """The lives of a kind among the people of a crew."""

    crew: Crew = EVERYBODY
    classes: list[tuple[str, str]] = field(default_factory=list)
    before: dict[Moment, tuple[Moment | None, str]] = field(default_factory=dict)
    steps: dict[Moment, list[Step]] = field(default_factory=dict)

    @cached_property
    def hands(self) -> Hands:
        return Hands(self.kind, self.crew)

    @cached_property
    def _sizes(self) -> dict[str, str]:
        """fact -> field, of the sizes of shapes of which a condition speaks."""
        return {name: of for name, of in facts_of_sizes(self.kind.fields).items() if name in self.names}

    @cached_property
    def _besides(self) -> dict[str, lives_beside.Beside]:
        return lives_beside.followed(self.kind, self._at, self.spoken)

    # --- how a life begins ---

    def births(self) -> Iterator[Moment]:
        """Every way in which a matter begins."""
        fixed = dict.fromkeys(self.names)
        fixed |= {name: 0 for name in self.names if name.startswith("count.")}
        fixed |= {name: False for name in self.names if name.endswith(".paused")}
        free = _FREE | {fact.name for fact, _ in self.kind.beside}
        fixed |= {name: OPEN for name in self.names if name in free or name.endswith((".late_before", ".ended"))}
        fixed |= {name: OPEN for name in self.names if name in linked.EVERY}
        fixed |= dict.fromkeys(self._sizes)
        fixed |= {name: one.nothing for name, one in self._besides.items()}
        fixed |= {name: 0 if is_counted(name) else OPEN for name in self.names if name.startswith(_FOLLOWS)}
        if "created_at" in fixed:
            fixed["created_at"] = FRESH
        options: dict[str, list[Value]] = {}
        for name in self.names:
            if name.startswith("form.") and name[5:] in self.kind.form:
                spec = self.kind.form[name[5:]]
                must = spec.required and not spec.asked_when
                options[name] = [*self.values(name, spec), *([] if must else [None])]
            elif (drawn := self.kind.form.get(self._sizes.get(name, ""))) is not None:
                options[name] = [OPEN, *([] if drawn.required and not drawn.asked_when else [None])]
            elif (beside := self._besides.get(name)) is not None and beside.field in self.kind.form:
                spec = self.kind.form[beside.field]
                must = spec.required and not spec.asked_when
                options[name] = [*beside.values, *([] if must else [beside.nothing])]
            elif name in _PLAIN:
                options[name] = [*values_of(Family.TEXT, self.spoken[name]), *_PLAIN[name]]
        for chosen in product(*_few(options).values()):
            for kinds in self._categories(missing="category" not in self.kind.needs):
                facts = {**fixed, **dict(zip(options, chosen, strict=True)), **kinds}
                if not self._hold(self.kind.checks, facts):
                    continue
                for lead in (ANOTHER,) if "unit" in self.kind.needs else (NOBODY, ANOTHER):
                    yield from self._with_unit(self._enter(facts, self.kind.first, ["create"]), lead, 0)

    def _with_unit(self, facts: dict[str, Value], lead: int, hands: int) -> Iterator[Moment]:
        stage = facts["stage"]
        if "unit" not in self._at:
            yield self._moment(stage, lead, hands, facts)
            return
        for value in [None] if lead == NOBODY else values_of(Family.TEXT, self.spoken["unit"]):
            yield self._moment(stage, lead, hands, {**facts, "unit": value})

    def _moment(self, stage: str, lead: int, hands: int, facts: Mapping[str, Value]) -> Moment:
        if not self.kind.by_stage[stage]:
            return Moment(stage, NOBODY, 0, ())
        return Moment(stage, lead, hands, tuple(map(facts.__getitem__, self.relevant[stage])))

    def values(self, name: str, spec: FieldSpec) -> list[Value]:
        """What a field can hold, as far as conditions tell it apart; what is worked out may be anything."""
        if spec.computed or TYPES[spec.type].several:
            return [OPEN]
        if spec.type == "enum":
            return list(spec.values)
        if spec.type == "bool":
            return [True, False]
        family = _FAMILIES.get(spec.type)
        if family is None:
            return [OPEN]
        spoken = self.spoken[name]
        ends = ["x" * n for n in (max(spec.at_least, 1), spec.at_most)] if spoken.measured else []
        return list(dict.fromkeys(_legal(spec, [*values_of(family, spoken), *ends]))) or [OPEN]

    def _categories(self, *, missing: bool) -> list[dict[str, Value]]:
        """The categories with their classes, as far as conditions tell them apart."""
        asked = [name for name in ("category", "category.class") if name in self._at]
        if not asked:
            return [{}]
        known = {name: values_of(Family.TEXT, self.spoken[name]) for name in asked}
        cases = []
        for category, class_ in self.classes or [(OPEN, OPEN)]:
            case = {"category": category, "category.class": class_}
            cases.append({n: _nearest(case[n], known[n]) for n in asked})
        if missing:
            cases.append({name: "" if name == "category" else None for name in asked})
        return [dict(pairs) for pairs in dict.fromkeys(tuple(one.items()) for one in cases)]

    # --- what happens ---

    def _enter(self, facts: dict[str, Value], stage: str, events: list[str]) -> dict[str, Value]:
        """The facts after events and, when it is another stage, after entering it."""
        there = {**facts, "stage": stage}
        for event in [*events, stage] if events != ["stay"] else []:
            for what, clock in self.kind.events.get(event, ()):
                self._turn(there, what, clock)
        self._mark(there, f"in.{stage}", FRESH)
        if self.kind.stages[stage].final:
            self._mark(there, "closed_at", FRESH)
        elif there.get("closed_at") is not None:
            there["closed_at"] = None
        return there

    def _turn(self, facts: dict[str, Value], what: str, clock: str) -> None:
        if what in ("stops", "drops"):
            self._mark(facts, fact_of(clock, "paused"), value=False)
            for part in ("started", "due", "stopped", "provisional") if what == "drops" else ():
                self._mark(facts, fact_of(clock, part), None)
            return
        for part in ("due", "stopped", "provisional"):
            self._mark(facts, fact_of(clock, part), OPEN)
        if what != "resumes":
            self._mark(facts, fact_of(clock, "started"), FRESH)
            self._mark(facts, f"before.{clock}", FRESH)

    def _mark(self, facts: dict[str, Value], name: str, value: Value) -> None:
        if name in self._at:
            facts[name] = value

    def facts(self, moment: Moment) -> dict[str, Value]:
        known = zip(self.relevant[moment.stage], moment.facts, strict=False)
        return {**self._nothing, **dict(known), "stage": moment.stage, "kind": self.kind.matter}

    @cached_property
    def _nothing(self) -> dict[str, Value]:
        return dict.fromkeys(self.names)

    def against(self, name: str, moment: Moment, facts: Mapping[str, Value]) -> str:
        """What stands against an action at a moment; empty when it can be done."""
        action = self.kind.actions[name]
        if not self.hands.who(action, moment):
            return "unverified" if any(self.hands.exists(by, moment) for by in action.actors) else "nobody"
        count = f"count.{name}"
        if action.at_most is not None and self.counted and facts[count] not in (OPEN, None):
            most = action.at_most if count in self.spoken else self._most[count] or 0
            if facts[count] >= most:
                return "often"
        if action.within is not None and facts[self.since(action, moment.stage)] == OLD:
            return "window"
        if action.before and facts[f"before.{action.before}"] == OLD:
            return "overdue"
        for text, wanted in ((action.when, True), (action.unless, False)):
            if text and not self.guards[text].may_be(wanted, facts):
                return "condition"
        if action.does and action.does.when and not self.guards[action.does.when].may_be(True, facts):
            return "condition"
        if action.checks and not any(self._hold(action.checks, {**facts, **one}) for one in self._given(action)):
            return "checks"
        return ""

    def _hold(self, checks: list[Check], facts: Mapping[str, Value]) -> bool:
        """Whether what was entered may be as the checks want it."""
        return all(self.guards[check.that].may_be(True, facts) for check in checks)

    def following(self, moment: Moment) -> Iterator[Step]:
        """Every way on."""
        facts = self.facts(moment)
        for name in self.kind.by_stage[moment.stage]:
            if not self.against(name, moment, facts):
                action = self.kind.actions[name]
                who = self.hands.who(action, moment)
                somebody = action.does is not None or any(by != "system" for by in who)
                if self.inert(name):
                    yield Step(name, moment, somebody)
                    continue
                for after in self._done(name, action, who, moment, facts):
                    yield Step(name, after, somebody)
        if FRESH in moment.facts:
            yield Step(TIME, moment._replace(facts=tuple(OLD if v == FRESH else v for v in moment.facts)), True)

    def _done(
        self, name: str, action: Action, who: list[str], moment: Moment, facts: dict[str, Value]
    ) -> Iterator[Moment]:
        changed = dict(facts)
        self._mark(changed, f"at.{name}", FRESH)
        if changed.get(f"first.{name}") is None:
            self._mark(changed, f"first.{name}", FRESH)
        if (count := f"count.{name}") in self._at and changed[count] not in (OPEN, None):
            most = self._most[count]
            changed[count] = OPEN if most is None else min(changed[count] + 1, most)
        for name_of in action.opens:
            changed |= {one: OPEN for one in self.names if one.startswith(f"children.{name_of.as_}.")}
        for clock in action.continues:
            self._mark(changed, fact_of(clock, "paused"), value=False)
        if action.extends:
            self._mark(changed, f"before.{action.extends.clock}", FRESH)
        unanswered = dict.fromkeys(f"form.{one}" for one in action.asked)
        unanswered |= {name: None for name, of in self._sizes.items() if of in action.asked}
        unanswered |= {name: one.nothing for name, one in self._besides.items() if one.field in action.asked}
        for lead, hands in self.hands.after(action, who, moment):
            for chosen in self._given(action):
                if not self._hold(action.checks, {**changed, **chosen}):
                    continue
                for to in self._led(action, moment.stage, {**changed, **unanswered, **chosen}):
                    moved = to != moment.stage or action.to is not None
                    after = self._move(changed | chosen, name, to, moved=moved)
                    for clock in action.pauses:
                        self._mark(after, fact_of(clock, "paused"), value=True)
                    if "unit" in action.asked:
                        yield from self._with_unit(after, lead, hands)
                    else:
                        yield self._moment(to, lead, hands, after)

    def _move(self, facts: dict[str, Value], name: str, to: str, *, moved: bool) -> dict[str, Value]:
        if moved:
            for clock in self.kind.clocks:
                self._mark(facts, fact_of(clock, "paused"), value=False)
            return self._enter(facts, to, [name])
        there = {**facts, "stage": to}
        for what, clock in self.kind.events.get(name, ()):
            self._turn(there, what, clock)
        return there

    def _given(self, action: Action) -> Iterator[dict[str, Value]]:
        """Every way in which what is asked for can be answered, as far as conditions tell it apart."""
        options: dict[str, list[Value]] = {}
        for names, left_out in ((action.needs, False), (action.may, True)):
            for name in names:
                if f"form.{name}" in self._at and name in self.kind.fields:
                    unchanged = [_SAME] if left_out or self.kind.fields[name].asked_when else []
                    options[f"form.{name}"] = [*self.values(f"form.{name}", self.kind.fields[name]), *unchanged]
        for name, of in self._sizes.items():
            if of in action.asked:
                sure = of in action.needs and not self.kind.fields[of].asked_when
                options[name] = [OPEN, *([] if sure else [_SAME])]
        for name, beside in self._besides.items():
            if beside.field in action.asked:
                sure = beside.field in action.needs and not self.kind.fields[beside.field].asked_when
                options[name] = [*beside.values, *([] if sure else [_SAME])]
        asked = "category" in action.needs or "category" in action.may
        if "urgency" in self._at and (asked or "urgency" in (*action.needs, *action.may)):  # it follows the category
            options["urgency"] = [*values_of(Family.TEXT, self.spoken["urgency"]), _SAME]
        kinds = self._categories(missing=False) if asked else [{}]
        if "category" in action.may and kinds != [{}]:
            kinds = [*kinds, {}]
        for chosen in product(*_few(options).values()):
            answers = {n: v for n, v in zip(options, chosen, strict=True) if v is not _SAME}
            for one in kinds:
                yield {**answers, **one}

    def _led(self, action: Action, stage: str, facts: Mapping[str, Value]) -> Iterator[str]:
        """Where it may lead."""
        for outcome in action.outcomes:
            guard = self.guards[outcome.when]
            if guard.may_be(True, facts):
                yield outcome.to
                if guard.outcomes(facts) == {True}:
                    return
        yield action.to or stage

    # --- all of it ---

    def explore(self, until: frozenset[tuple[str, str]] | None = None) -> Lives:
        """Walk them all, or until all of this has been done: (stage, action)."""
        left = set(until or ())
        waiting: deque[Moment] = deque()
        for moment in self.births():
            if moment not in self.before:
                self.before[moment] = (None, "")
                waiting.append(moment)
        while waiting and len(self.steps) < MOST_MOMENTS and (left or until is None):
            moment = waiting.popleft()
            steps = self.steps[moment] = list(dict.fromkeys(self.following(moment)))
            left -= {(moment.stage, step.action) for step in steps}
            for step in steps:
                if step.to not in self.before:
                    self.before[step.to] = (moment, step.action)
                    waiting.append(step.to)
        return self

    @cached_property
    def alive(self) -> set[Moment]:
        """The moments from which somebody can bring it to an end; those not looked at are taken to be."""
        backwards: dict[Moment, list[Moment]] = {}
        for moment, steps in self.steps.items():
            for step in steps:
                if step.somebody and step.action not in self.loose:
                    backwards.setdefault(step.to, []).append(moment)
        ends = [m for m in self.before if self.kind.stages[m.stage].final or m not in self.steps]
        living, waiting = set(ends), list(ends)
        while waiting:
            for moment in backwards.get(waiting.pop(), ()):
                if moment not in living:
                    living.add(moment)
                    waiting.append(moment)
        return living

    def walk(self, moment: Moment) -> list[str]:
        """The shortest way to a moment: the actions, one after the other."""
        names: list[str] = []
        here: Moment | None = moment
        while here is not None:
            here, action = self.before[here]
            if action != TIME:
                names.append(action)
        return [name for name in reversed(names) if name]

    @cached_property
    def done(self) -> frozenset[tuple[str, str]]:
        """(stage, action) of everything that is ever done."""
        return frozenset((m.stage, step.action) for m, steps in self.steps.items() for step in steps if step.action)

    @property
    def whole(self) -> bool:
        """Whether every moment was looked at."""
        return len(self.steps) == len(self.before)


_FREE = frozenset({"due_at", "title", "number", "cell", "simulated", "category.top"})
_PLAIN: dict[str, list[Value]] = {"urgency": [], "channel": [""], "street": [None], "neighbourhood": [None]}
_FOLLOWS = ("children.", "votes.", "rated.", END, EXCLUDED)  # what the platform works out by itself
_SAME = object()


def _legal(spec: FieldSpec, values: list[Value]) -> Iterator[Value]:
    """Those of the values that its field takes, and the ends of its range."""
    least, most = spec.least, spec.most
    worded = spec.type in ("text", "person")
    ends = [] if values == [OPEN] else [one for one in (least, most) if one is not None and one not in values]
    for value in [*values, *ends]:
        if isinstance(value, Decimal):
            if (least is None or value >= least) and (most is None or value <= most):
                yield value
        elif value in (OPEN, OTHER) or not worded or spec.at_least <= len(value) <= spec.at_most:
            yield value


def _nearest(value: Value, known: Iterable[Value]) -> Value:
    """The representative of a value."""
    listed = list(known)
    return value if value in listed or value == OPEN else listed[-1]


def _few(options: dict[str, list[Value]]) -> dict[str, list[Value]]:
    """The options, the longest of them left open until there are few enough ways to choose."""
    ways = 1
    for values in options.values():
        ways *= max(len(values), 1)
    while ways > MOST_CHOICES:
        longest = max(options, key=lambda name: len(options[name]))
        ways //= len(options[longest])
        options[longest] = [OPEN]
    return options
