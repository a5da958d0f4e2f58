"""Proves that an answer which sends a matter back to work in one place does not end it in another (R2.1). Pure.

A kind says itself which answers mean that something is not solved: those by which an outcome leads what has ended, or
was about to, to a stage that waits. Whoever else is asked the same (a verification, a call back) and gives that answer
must not close it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from yiwang.why import Words, say

from .action import Action, Outcome
from .definition import Kind

Answers = dict[str, str | bool | None]  # fact -> what was answered; None: nothing


def complaints(kind: Kind) -> Iterator[tuple[str, Words]]:
    """(path in the file, the answer that leads back by one action and ends the matter by another)."""
    for name, action in kind.actions.items():
        for outcome in action.outcomes:
            if not _leads_back(kind, action, outcome):
                continue
            for other in kind.actions:
                if other != name and (answers := _ends_all_the_same(kind, other, outcome)):
                    said = [say("matters.given", fact=fact, value=str(value)) for fact, value in answers.items()]
                    words = say("matters.ends_unsolved", answers=said, action=name, stage=outcome.to, other=other)
                    yield f"actions.{other}", words


def _leads_back(kind: Kind, action: Action, outcome: Outcome) -> bool:
    """Whether an outcome is taken instead of an end."""
    return all(_usual_ends(kind, action)) and not kind.stages[outcome.to].final


def _usual_ends(kind: Kind, action: Action) -> list[bool]:
    """Of each stage in which an action may leave a matter when no outcome is taken: whether it ends there."""
    return [kind.stages[stage].final for stage in ([action.to] if action.to else action.stages)]


def _ends_all_the_same(kind: Kind, name: str, outcome: Outcome) -> Answers:
    """Answers that mean the outcome, with which another action ends the matter; empty when there are none."""
    action, wanted = kind.actions[name], kind.expressions[outcome.when]
    asked = [one for one in _choices(kind, action) if one in wanted.fields()]
    for chosen in product(*(_choices(kind, action)[one] for one in asked)):
        answers: Answers = dict(zip(asked, chosen, strict=True))
        if _settled(kind, outcome.when, answers) is True and _may_end(kind, action, answers):
            return {fact: value for fact, value in answers.items() if value is not None}
    return {}


def _choices(kind: Kind, action: Action) -> Mapping[str, list[str | bool | None]]:
    """fact -> each way to answer it, of what an action asks and lists the answers to."""
    choices: dict[str, list[str | bool | None]] = {}
    for name in action.asked:
        spec = kind.fields.get(name)
        if spec is not None and spec.type in ("bool", "enum"):
            listed: list[str | bool | None] = [*spec.values] if spec.type == "enum" else [True, False]
            choices[f"form.{name}"] = listed if name in action.needs else [*listed, None]
    return choices


def _may_end(kind: Kind, action: Action, answers: Answers) -> bool:
    """Whether an action may end a matter, or leave it ended, with these answers."""
    for outcome in action.outcomes:
        settled = _settled(kind, outcome.when, answers)
        if settled is True:
            return kind.stages[outcome.to].final
        if settled is None and kind.stages[outcome.to].final:
            return True
    return any(_usual_ends(kind, action))


def _settled(kind: Kind, text: str, answers: Answers) -> object:
    """What a condition is by these answers; None where it hangs on other facts."""
    left = kind.expressions[text].simplify(answers)
    return None if left.fields() else left.evaluate({})
