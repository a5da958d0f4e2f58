"""The lists of a matter's form, as its page shows them: a table each, a row for each that was entered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from yiwang.matters.fields.filling import title_of
from yiwang.matters.fields.shown import Shown, shown
from yiwang.matters.queries import OneMatter
from yiwang.matters.world import World


@dataclass(frozen=True, slots=True)
class EnteredList:
    """A list as it stands: its title, those columns of which some row says something, and the rows.

    columns  (title, measure or None)
    rows     what each column says of it, None where nothing was entered; the measure stands over the column alone
    """

    title: Any
    columns: list[tuple[Any, Any]]
    rows: list[list[Shown | None]]


def lists_of(matter: OneMatter, known: World) -> Iterator[EnteredList]:
    """Every list in which something was entered, in the order of the kind."""
    for name, spec in matter.kind.fields.items():
        entered = matter.state.get(f"form.{name}")
        if spec.type != "list" or not entered:
            continue
        columns = {
            inner: cell
            for inner, cell in spec.fields.items()
            if any(row.get(inner) not in (None, "") for row in entered)
        }
        yield EnteredList(
            title_of(name, spec),
            [(title_of(inner, cell), cell.measure and cell.measure.mapping()) for inner, cell in columns.items()],
            [
                [
                    shown(replace(cell, measure=None), row[inner], known) if row.get(inner) not in (None, "") else None
                    for inner, cell in columns.items()
                ]
                for row in entered
            ],
        )
