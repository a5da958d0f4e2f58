"""What somebody outside reads of what was entered in a matter: the fields that its kind shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from yiwang.matters.definition import Kind
from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.shown import Shown, shown
from yiwang.matters.parties import TITLE
from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World


def told_of(kind: Kind) -> Iterator[str]:
    """The fields that who reported a matter is shown, as they were entered; files are shown by themselves."""
    return (name for name, spec in kind.fields.items() if spec.told and spec.type != "files")


def seen_outside(matter: OneMatter, names: Iterable[str], known: World) -> list[tuple[Any, Shown]]:
    """(title, value) of each of the fields that has one."""
    fields, state = matter.kind.fields, matter.state
    return [
        (title_of(name, fields[name]), shown(fields[name], value, known))
        for name in names
        if name != TITLE and (value := state.get(f"form.{name}")) not in (None, "", [])
    ]
