"""What is different between two versions of a kind, in words of those who work with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from yiwang.why import Words, say

from .called import Called, called, parts_told
from .definition import Kind

PARTS = ("stages", "actions", "clocks", "form", "asks", "children", "queues")
_SAID = {"stages": {"owner"}, "actions": {"by", "from_", "to"}, "clocks": {"limit"}}  # said with what they were
_APART = {*PARTS, "opens", "version"}


def changes(old: Kind, new: Kind, roles: Called) -> Iterator[Words]:
    """Everything that is different in `new`, part by part, in the order of the file."""
    stages = {name: stage.title.mapping() for one in (old, new) for name, stage in one.stages.items()}
    names = {**roles, **stages}
    for part in PARTS:
        before, after = getattr(old, part), getattr(new, part)
        for name in [*before, *(name for name in after if name not in before)]:
            if name not in after:
                yield say(f"matters.diff_{part}_gone", title=_title(before[name], name))
            elif name not in before:
                yield say(f"matters.diff_{part}_new", title=_title(after[name], name))
            else:
                yield from _within(part, name, before[name], after[name], names)
    yield from _doors(old, new)
    other = [name for name in _different(_of_kind(old), _of_kind(new)) if name not in _APART]
    if other:
        yield say("matters.diff_kind", parts=parts_told(other))


def clocks_changed(old: Kind, new: Kind) -> list[str]:
    """The clocks that run otherwise, or no more."""
    return [name for name, clock in old.clocks.items() if new.clocks.get(name) != clock]


def _of_kind(kind: Kind) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in kind.__struct_fields__}


def _different(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in before if before[name] != after[name]]


def _within(part: str, name: str, before: Any, after: Any, names: Called) -> Iterator[Words]:
    parts = _different(asdict(before), asdict(after))
    title = _title(after, name)
    for part_said in (one for one in parts if one in _SAID.get(part, ())):
        was, now = getattr(before, part_said), getattr(after, part_said)
        if isinstance(was, dict) and isinstance(now, dict):
            yield from _rows(title, was, now)
        else:
            yield say(
                f"matters.diff_{part_said.rstrip('_')}",
                title=title,
                before=_called(was, names),
                after=_called(now, names),
            )
    if rest := [one for one in parts if one not in _SAID.get(part, ())]:
        yield say(f"matters.diff_{part}_other", title=title, parts=parts_told(rest))


def _rows(title: Any, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Words]:
    """The rows of a limit that hangs on a fact, each that is different."""
    for row in {**was, **now}:
        if was.get(row) != now.get(row):
            before, after = was.get(row, "—"), now.get(row, "—")
            yield say("matters.diff_limit_row", title=title, row=row, before=before, after=after)


def _called(value: Any, names: Called) -> Any:
    """Roles, stages and limits as people call them."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {limit}" for key, limit in value.items())
    return called([value] if isinstance(value, str) else [*(value or ())], names) or "—"


def _title(of: Any, name: str) -> Mapping[str, str] | str:
    return of.title.mapping() if of.title else name


def _doors(old: Kind, new: Kind) -> Iterator[Words]:
    for name in {**old.opens, **new.opens}:
        before, after = old.opens.get(name), new.opens.get(name)
        if before is None or after is None:
            yield say("matters.diff_door_new" if before is None else "matters.diff_door_gone", door=name)
        elif before != after:
            yield say("matters.diff_door", door=name, parts=parts_told(_different(asdict(before), asdict(after))))
