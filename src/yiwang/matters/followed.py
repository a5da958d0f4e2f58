"""Which facts of a life must be followed: those that some act still to come asks for as they are. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from yiwang.expr import Expr

from .action import Action, Since
from .definition import Kind
from .guards import Guard, Spoken, most_counted, spoken_of


@dataclass
class Followed:
    """The facts of a kind that its conditions, windows and limits of times ask for.

    counted  whether it is counted how often something was done; else what hangs on it may be done at any time, but is
             a way out for nobody: all that can come about is among far fewer lives, and who has a way out really has it
    """

    kind: Kind
    counted: bool = field(default=True, kw_only=True)
    _inert: dict[str, bool] = field(default_factory=dict, init=False)

    @cached_property
    def guards(self) -> dict[str, Guard]:
        texts = [text for action in self.kind.actions.values() for text in self._texts(action)]
        texts += [check.that for check in self.kind.checks]
        return {text: Guard(self._worked_out(self.kind.expressions[text])) for text in texts}

    def _worked_out(self, condition: Expr) -> Expr:
        """A condition over what is entered alone: what is worked out stands there as its expression."""
        for name, expression in reversed(self.kind.computed.items()):
            if (fact := f"form.{name}") in condition.fields():
                condition = condition.worked_out({fact: expression})
        return condition

    @cached_property
    def spoken(self) -> dict[str, Spoken]:
        bounds = {
            f"form.{name}": [end for end in (spec.least, spec.most) if end is not None]
            for name, spec in self.kind.fields.items()
        }
        return spoken_of([guard.expression for guard in self.guards.values()], bounds)

    @cached_property
    def names(self) -> tuple[str, ...]:
        wanted = {name for name in self.spoken if name not in ("now", "stage", "kind")}
        wanted -= set() if self.counted else {name for name in wanted if name.startswith("count.")}
        for name in self.kind.actions:
            wanted |= self._limits(name)
        return tuple(sorted(wanted))

    @cached_property
    def _at(self) -> frozenset[str]:
        return frozenset(self.names)

    def _limits(self, name: str) -> set[str]:
        """The facts that bound an action beside its conditions."""
        action, limits = self.kind.actions[name], set()
        if action.at_most is not None and self.counted:
            limits.add(f"count.{name}")
        if action.within is not None:
            limits |= {self.since(action, stage) for stage in action.stages}
        if action.before:
            limits.add(f"before.{action.before}")
        return limits

    @cached_property
    def loose(self) -> frozenset[str]:
        """The actions that hang on how often something was done, where that is not counted."""
        return frozenset() if self.counted else frozenset(name for name in self.kind.actions if self._counts(name))

    def _counts(self, name: str) -> bool:
        action = self.kind.actions[name]
        return action.at_most is not None or any(
            fact.startswith("count.") for text in self._texts(action) for fact in self.guards[text].facts
        )

    @staticmethod
    def _texts(action: Action) -> list[str]:
        """Every condition of an action."""
        said = [action.when, action.unless, action.does.when if action.does else None]
        said += [outcome.when for outcome in action.outcomes]
        return [text for text in said if text] + [check.that for check in action.checks]

    def since(self, action: Action, stage: str) -> str:
        event = action.within.since if isinstance(action.within, Since) else stage
        return f"in.{event}" if event in self.kind.stages else f"at.{event}"

    @cached_property
    def _most(self) -> dict[str, int | None]:
        """count -> how far it is followed; None: not at all."""
        expressions = [guard.expression for guard in self.guards.values()]
        highest: dict[str, int | None] = {}
        for name in self.names:
            if name.startswith("count."):
                at_most = self.kind.actions[name[6:]].at_most
                if name in self.spoken:
                    most = most_counted(self.spoken[name], expressions, name)
                    highest[name] = most if most is None or at_most is None else min(most, at_most)
                else:
                    # still to be had, or used up; who handles is another person each time, so that is counted
                    highest[name] = min(at_most or 0, 6 if self.kind.actions[name[6:]].handles else 1)
        return highest

    @cached_property
    def relevant(self) -> dict[str, tuple[str, ...]]:
        """stage -> the facts that some act still to come asks for as they are now, not as a later act makes them."""
        live: dict[str, set[str]] = {stage: set() for stage in self.kind.stages}
        changing = True
        while changing:
            changing = False
            for stage in self.kind.stages:
                facts = set(live[stage])
                for name in self.kind.by_stage[stage]:
                    facts |= self._reads(name, stage)
                    for to in self.kind.actions[name].leads_to(stage):
                        facts |= live[to] - self._sets(name, stage, to)
                changing |= facts != live[stage]
                live[stage] = facts
        return {stage: tuple(name for name in self.names if name in names) for stage, names in live.items()}

    def _reads(self, name: str, stage: str) -> set[str]:
        action, facts = self.kind.actions[name], set()
        if action.at_most is not None and not self.inert(name):
            facts.add(f"count.{name}")
        if action.within is not None:
            facts.add(self.since(action, stage))
        if action.before:
            facts.add(f"before.{action.before}")
        for text in (action.when, action.unless, action.does.when if action.does else None):
            facts |= set(self.guards[text].facts) if text else set()
        # asked of the facts as the action leaves them, and of the answers given now
        for text in (*(outcome.when for outcome in action.outcomes), *(check.that for check in action.checks)):
            facts |= set(self.guards[text].facts) - {f"form.{one}" for one in action.asked}
        return facts

    def _sets(self, name: str, stage: str, to: str) -> set[str]:
        """The facts that are made anew on the way, whatever they were."""
        action = self.kind.actions[name]
        entered = {f"in.{to}"} if action.to is not None or to != stage else set()
        return entered | {f"at.{name}"} | {f"form.{one}" for one in action.needs}

    @cached_property
    def _windows(self) -> set[str]:
        return {self.since(one, stage) for one in self.kind.actions.values() if one.within for stage in one.stages}

    def inert(self, name: str) -> bool:
        """Whether an action changes nothing that any condition asks for: it can be done, and all is as before."""
        known = self._inert.get(name)
        if known is None:
            action = self.kind.actions[name]
            asked = {f"form.{one}" for one in (*action.needs, *action.may)}
            if {"unit", "category", "urgency"} & {*action.needs, *action.may}:
                asked |= {"unit", "category", "category.class", "urgency"}
            marks = {f"{what}.{name}" for what in ("at", "first", "count")} & self.spoken.keys()
            opens = any(fact.startswith(f"children.{one.as_}.") for one in action.opens for fact in self.spoken)
            touches = opens or marks or (asked & self.spoken.keys()) or f"at.{name}" in self._windows or "unit" in asked
            clocks = action.pauses or action.continues or action.extends or name in self.kind.events
            known = self._inert[name] = not (action.to or action.outcomes or action.handles or clocks or touches)
        return known
