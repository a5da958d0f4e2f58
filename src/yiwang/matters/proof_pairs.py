"""Proves the pairs of a kind, photos of before and after: each can be made whole by whoever is asked for it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.why import Words, say

from .definition import Kind
from .fields.spec import FieldSpec


def complaints(kind: Kind) -> Iterator[tuple[str, Words]]:
    """(path in the file, what is wrong) of what stands beside something else."""
    taken: dict[str, str] = {}
    for name, spec in kind.fields.items():
        if not spec.beside:
            continue
        path = f"{'form' if name in kind.form else 'asks'}.{name}.beside"
        before = kind.fields.get(spec.beside)
        if before is None:
            yield path, say("matters.no_such_field", field=spec.beside)
        elif spec.beside == name or before.type != "files" or before.documents or before.beside:
            yield path, say("matters.no_pair", name=name, before=spec.beside)
        elif spec.beside in taken:
            yield path, say("matters.pair_of_three", before=spec.beside, other=taken[spec.beside])
        else:
            taken[spec.beside] = name
            yield from _whole(kind, name, spec, before)


def _whole(kind: Kind, name: str, spec: FieldSpec, before: FieldSpec) -> Iterator[tuple[str, Words]]:
    """Who must hand in what was photographed afterwards can always hand in what was before."""
    given = spec.beside in kind.form and before.required
    for action_name, action in kind.actions.items():
        if name in action.asked and spec.beside not in action.asked and not given:
            yield f"actions.{action_name}", say("matters.pair_half_asked", before=spec.beside, after=name)
