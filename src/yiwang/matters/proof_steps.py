"""Proves the steps that a kind tells its reporters of. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import say

from .definition import Kind
from .steps import Complaint


def complaints(kind: Kind) -> Iterator[Complaint]:
    """Every step holds stages of the kind, and a stage belongs to one."""
    seen: set[str] = set()
    for number, step in enumerate(kind.steps):
        path = f"steps[{number}].stages"
        if not step.stages:
            yield path, say("matters.step_empty")
        for stage in step.stages:
            if stage not in kind.stages:
                yield path, say("matters.no_such_stage", stage=stage)
            elif stage in seen:
                yield path, say("matters.step_twice", stage=stage)
            seen.add(stage)
