"""What a load of a pack would do to the kinds of the running district, and to the matters that run (design §4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from yiwang.nouns.pack import Difference
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.org.titles import written
from yiwang.why import Words, say

from .changes import changes, clocks_changed
from .clock_state import fact_of
from .definition import Kind
from .kinds import current_kinds
from .models import Matter


def differences(asker: Asker, kinds: Sequence[Kind]) -> Iterator[Difference]:
    """A difference for each kind that would be new, changed or retired. Call inside `acting_as`."""
    there = {kind.matter: kind for kind in current_kinds(asker)}
    for kind in kinds:
        old = there.pop(kind.matter, None)
        if old is None:
            yield Difference("+", _subject(kind), kind.title.mapping(), kind.version, (say("matters.diff_new"),))
        elif old.retired or written(kind) != written(old):
            yield Difference("~", _subject(kind), kind.title.mapping(), kind.version, (*_changed(asker, old, kind),))
    for kind in there.values():
        if not kind.retired:
            yield _retired(asker, kind)


def _subject(kind: Kind) -> str:
    return f"kind:{kind.matter}"


def _retired(asker: Asker, kind: Kind) -> Difference:
    lines = (say("matters.diff_retired"), say("matters.diff_running_on", n=_running(asker, kind).count()))
    return Difference("-", _subject(kind), kind.title.mapping(), kind.version, lines)


def _changed(asker: Asker, old: Kind, new: Kind) -> Iterator[Words]:
    if old.retired:
        yield say("matters.diff_again")
    yield from changes(old, new, {name: role.title for name, role in facts(asker).roles.items()})
    running = _running(asker, old)
    if old.version == new.version:
        n = running.filter(kind_version=old.version).count()
        yield say("matters.diff_same_version", version=old.version.isoformat(), n=n)
        return
    versions: list[date] = sorted(set(running.values_list("kind_version", flat=True)))
    for version in versions:
        yield say("matters.diff_keeps", version=version.isoformat(), n=running.filter(kind_version=version).count())
    if moved := clocks_changed(old, new):
        runs = Q()
        for name in moved:
            started, stopped = f"facts__{fact_of(name, 'started')}", f"facts__{fact_of(name, 'stopped')}"
            stands = Q(**{f"{stopped}__isnull": True}) | Q(**{stopped: None})
            runs |= Q(**{f"{started}__isnull": False}) & stands
        titles = [old.clocks[name].title.mapping() for name in moved]
        yield say("matters.diff_clocks_kept", n=running.filter(runs).count(), clocks=titles)


def _running(asker: Asker, kind: Kind):  # type: ignore[no-untyped-def]
    return Matter.objects.filter(district=asker.district, kind=kind.matter, closed_at__isnull=True)
