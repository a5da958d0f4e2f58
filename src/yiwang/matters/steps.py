"""Where a matter has been, where it is, and what lies ahead: read off the stages of its kind. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from yiwang.org.titles import Title
from yiwang.why import Words, say

from .definition import Kind
from .way_out import way_out

Where = Literal["past", "now", "future"]
Complaint = tuple[str, Words]


@dataclass(frozen=True, slots=True)
class Counted:
    """One step that a reporter counts by."""

    title: Title | Words
    state: Where


def steps_told(kind: Kind, been: Sequence[str]) -> list[Counted]:
    """The steps of a matter as who reported it is told of them.

    been  the stages in which it has been, in their order, the present one last

    What was passed over does not stand there: a matter that ends at once has not been worked on.
    """
    here = been[-1]
    now, ended = step_of(kind, here), kind.stages[here].final
    ahead = [] if ended else [step for step in _once(_ahead(kind, here)) if step != now]
    past = [step for step in _once(step_of(kind, stage) for stage in been) if step != now and step not in ahead]
    return [
        *(Counted(step, "past") for step in past),
        Counted(now, "past" if ended else "now"),
        *(Counted(step, "future") for step in ahead),
    ]


def step_of(kind: Kind, stage: str) -> Title:
    """The step to which a stage belongs."""
    return next((step.title for step in kind.steps if stage in step.stages), kind.stages[stage].title)


def _ahead(kind: Kind, here: str) -> Iterator[Title | Words]:
    """What is still to come; which end it takes is not told as long as it may take another."""
    ends = {step_of(kind, end) for end in _reachable(kind, here) if kind.stages[end].final}
    for stage in way_out(kind, here):
        known = not kind.stages[stage].final or len(ends) == 1
        yield step_of(kind, stage) if known else say("matters.some_end")


def _once(steps: Iterable[Title | Words]) -> list[Title | Words]:
    return list(dict.fromkeys(steps))


def _reachable(kind: Kind, here: str) -> set[str]:
    reachable, waiting = {here}, [here]
    while waiting:
        stage = waiting.pop()
        for name in kind.by_stage[stage]:
            fresh = {*kind.actions[name].leads_to(stage)} - reachable
            reachable |= fresh
            waiting += fresh
    return reachable
