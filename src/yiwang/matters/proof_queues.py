"""Proves the queues of a kind: something can stand in each, not everything does, and nothing stays there by mistake.

That a condition is one, names facts and values that exist and can hold at all, is proven with every other (`slips`,
`proof_idle`). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.expr import ExprError
from yiwang.why import Words, say

from .definition import Kind
from .guards import Guard
from .possible import can_hold
from .queues import Library, Queue

Complaint = tuple[str, Words]
# what can be shown of an ended matter to whoever sees it: no files, and no numbers of matters that they may not see
SHOWN = frozenset("text number money date instant bool enum choices unit units category".split())


def complaints(kind: Kind) -> Iterator[Complaint]:
    """(path in the file, what is wrong) of what libraries show, and by what they are found."""
    for name, queue in kind.queues.items():
        if queue.library is not None:
            yield from _library(kind, f"queues.{name}.library", queue.library)


def _library(kind: Kind, path: str, library: Library) -> Iterator[Complaint]:
    if not library.shows:
        yield f"{path}.shows", say("matters.library_shows_nothing")
    for field in library.shows:
        spec = kind.fields.get(field)
        if spec is None:
            yield f"{path}.shows", say("matters.no_such_field", field=field)
        elif spec.personal or spec.sensitivity or spec.type not in SHOWN:
            yield f"{path}.shows", say("matters.library_shows", field=field)
    if not library.alike or len(set(library.alike)) < len(library.alike):
        yield f"{path}.alike", say("matters.library_alike")


def can_stand_there(kind: Kind) -> Iterator[Complaint]:
    """(path, what is wrong) of conditions, of a kind whose expressions are sound."""
    for name, queue in kind.queues.items():
        path, guard = f"queues.{name}.when", Guard(kind.expressions[queue.when])
        ended = queue.library is not None
        stages = [one for one, stage in kind.stages.items() if stage.final == ended]
        if not any(guard.may_be(True, {"stage": one}) for one in stages):
            yield path, say("matters.queue_of_ended" if not ended else "matters.library_of_open", queue=name)
        elif not can_hold(kind, [], [queue.when]):
            yield path, say("matters.queue_of_all", queue=name)
        else:
            yield from _counts(kind, path, queue)


def _counts(kind: Kind, path: str, queue: Queue) -> Iterator[Complaint]:
    """What is asked of how often something was done makes a difference, as often as it can be done: who counts to five
    where three times is the most, leaves it in the queue with nobody to try again."""
    expression = kind.expressions[queue.when]
    for fact in sorted(expression.fields()):
        action = kind.actions.get(fact.removeprefix("count."))
        if not fact.startswith("count.") or action is None or action.at_most is None:
            continue
        try:
            ways = {expression.simplify({fact: n}).sql("postgres") for n in range(action.at_most + 1)}
        except (ArithmeticError, ExprError):
            continue
        if len(ways) == 1:
            yield path, say("matters.queue_counts", fact=fact, action=fact.removeprefix("count."), n=action.at_most)
