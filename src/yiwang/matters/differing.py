"""What a load of a pack would do to the kinds of the running district, and to the matters that run (design §4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from django.db.models import Q, QuerySet
from msgspec.structs import replace

from yiwang.nouns.pack import Difference
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.org.titles import written
from yiwang.why import Words, say

from .changes import changes, clocks_changed
from .clock_state import fact_of
from .definition import Kind, kind_from
from .models import KindVersion, Matter


def stored(row: KindVersion | None) -> Kind | None:
    """A definition as it was loaded; None where there is none, or it can be read no more: the next load mends that."""
    try:
        return kind_from(msgspec.json.decode(row.definition)) if row else None
    except msgspec.MsgspecError:
        return None


def alike(kind: Kind, other: Kind) -> bool:
    """Whether two definitions say the same, however they are written."""
    return written(kind) == written(other)


def differences(asker: Asker, kinds: Sequence[Kind]) -> Iterator[Difference]:
    """A difference for each kind that would be new, changed or retired. Call inside `acting_as`."""
    rows = KindVersion.objects.filter(district=asker.district, current=True).order_by("pk")
    there = {row.code: kind for row in rows if (kind := stored(row))}
    for kind in kinds:
        old = there.pop(kind.matter, None)
        if old is None:
            yield Difference("+", _subject(kind), kind.title.mapping(), kind.version, (say("matters.diff_new"),))
        elif kind.retired and not old.retired:
            lines = (*_retired(asker, kind), *_changed(asker, old, replace(kind, retired=False)))
            yield Difference("-", _subject(kind), kind.title.mapping(), kind.version, lines)
        elif not alike(kind, old):
            yield Difference("~", _subject(kind), kind.title.mapping(), kind.version, (*_changed(asker, old, kind),))
    for kind in there.values():
        if not kind.retired:
            yield Difference("-", _subject(kind), kind.title.mapping(), kind.version, (*_retired(asker, kind),))


def rewritten(asker: Asker, kinds: Sequence[Kind]) -> Iterator[tuple[Kind, int]]:
    """(kind, how many matters began with it) of each that says under a version what that version did not say before,
    where matters hang on what it said; that nothing new of it is opened changes nothing for them."""
    for kind in kinds:
        row = KindVersion.objects.filter(district=asker.district, code=kind.matter, version=kind.version).first()
        old = stored(row)
        if old is None or alike(replace(old, retired=kind.retired), kind):
            continue
        began = Matter.objects.filter(district=asker.district, kind=kind.matter, kind_version=kind.version).count()
        if began:
            yield kind, began


def _subject(kind: Kind) -> str:
    return f"kind:{kind.matter}"


def _retired(asker: Asker, kind: Kind) -> Iterator[Words]:
    yield say("matters.diff_retired")
    yield say("matters.diff_running_on", n=_running(asker, kind).count())


def _changed(asker: Asker, old: Kind, new: Kind) -> Iterator[Words]:
    if old.retired and not new.retired:
        yield say("matters.diff_again")
    differences = list(
        changes(old, replace(new, retired=old.retired), {n: r.title for n, r in facts(asker).roles.items()})
    )
    yield from differences
    running = _running(asker, old)
    versions: list[date] = sorted(set(running.values_list("kind_version", flat=True))) if differences else []
    for version in versions:
        yield say("matters.diff_keeps", version=version.isoformat(), n=running.filter(kind_version=version).count())
    if differences and (moved := clocks_changed(old, new)):
        runs = Q()
        for name in moved:
            started, stopped = f"facts__{fact_of(name, 'started')}", f"facts__{fact_of(name, 'stopped')}"
            stands = Q(**{f"{stopped}__isnull": True}) | Q(**{stopped: None})
            runs |= Q(**{f"{started}__isnull": False}) & stands
        titles = [old.clocks[name].title.mapping() for name in moved]
        yield say("matters.diff_clocks_kept", n=running.filter(runs).count(), clocks=titles)


def _running(asker: Asker, kind: Kind) -> QuerySet[Matter]:
    return Matter.objects.filter(district=asker.district, kind=kind.matter, closed_at__isnull=True)
