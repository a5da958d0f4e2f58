"""The way that a matter takes when all goes well, read off the actions of its kind. Pure."""

from __future__ import annotations

from .definition import Kind


def way_out(kind: Kind, here: str) -> list[str]:
    """The stages after `here` on the way that a matter takes when all goes well: at each, the first action of its kind
    that leads on, through work and verification; where nothing is verified, to the first end."""
    return _leads_on(kind, here, {here}, verified=True) or _leads_on(kind, here, {here}, verified=False) or []


def _leads_on(kind: Kind, stage: str, been: set[str], *, verified: bool) -> list[str] | None:
    if kind.stages[stage].final:
        return []
    for name in kind.by_stage[stage]:
        action = kind.actions[name]
        to = action.to
        if to is None or to in been or (verified and kind.stages[to].final and not action.verifies):
            continue
        been.add(to)
        rest = _leads_on(kind, to, been, verified=verified)
        if rest is not None:
            return [to, *rest]
    return None
