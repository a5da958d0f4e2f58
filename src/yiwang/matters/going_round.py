"""Opens what a kind's rhythm brings: each object's turn once, late where nobody looked in time (R8.7).

Nothing is kept of what has been opened but the matters themselves: a turn stands under a key of its own in the ledger,
so two workers, a worker that was killed half way and a clock that was put back come to the same.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from operator import attrgetter

from django.db import connection

from yiwang.ledger import clock
from yiwang.org.asker import Asker
from yiwang.org.one_by_one import one_by_one
from yiwang.org.session import acting_as
from yiwang.typed import moments
from yiwang.why import Refusal

from . import bulk, store
from .definition import Kind
from .entitled import fact_of
from .kinds import current_kinds, world
from .objects import ObjectFacts
from .opening import Opening
from .rounds import FROM, LOOKS_BACK, Round, Turn, entered, facts_of, key_of, takes_part, title_of, turns
from .world import World

log = logging.getLogger(__name__)


def go_round(
    asker: Asker, *, now: datetime | None = None, simulated: bool = False, of: Collection[str] | None = None
) -> int:
    """Open every turn that has come and is not open yet, each in a transaction of its own; how many were opened.

    simulated  whether a simulation goes them; what follows a round that one went is its own, too
    of         the kinds whose rounds are gone: every one where it is not said
    Raises ExceptionGroup when all were opened that could be.
    """
    now = now or clock.now()
    with acting_as(asker):
        kinds = [kind for kind in current_kinds(asker) if kind.round and not kind.retired]

    def of_kind(kind: Kind) -> int:
        with acting_as(asker):
            waiting = list(_waiting(asker, kind, now, simulated))
        return one_by_one(waiting, partial(begin, kind), named=attrgetter("key"), refused=later)

    def begin(kind: Kind, opening: Opening) -> int:
        with acting_as(asker):
            return store.open_many(asker, kind.matter, [opening]) != [None]

    def later(opening: Opening, refused: Refusal) -> None:
        log.warning("round %s was not opened: %s", opening.key, refused)  # it is tried again

    return one_by_one([kind for kind in kinds if of is None or kind.matter in of], of_kind, named=attrgetter("matter"))


def _waiting(asker: Asker, kind: Kind, now: datetime, simulated: bool) -> Iterator[Opening]:
    """What is to be opened, the oldest first: nothing that was over before this rhythm was laid down."""
    how, known = kind.round, world(asker)
    assert how is not None
    today = now.astimezone(known.district.zone).date()
    after, of_a_simulation = _since(asker, kind, today)
    begins = min(kind.version, today)
    wanted: dict[str, tuple[ObjectFacts | None, Turn]] = {}
    for of in _objects(kind, how, known):
        for turn in turns(how, how.times_for(of), after or today, today, known.calendar):
            if takes_part(of, turn, known.calendar) and turn.until >= (begins if after else today):
                wanted[key_of(kind.matter, of, turn)] = (of, turn)
    there = bulk.known_keys(asker, wanted)
    left = [(key, *one) for key, one in wanted.items() if key not in there]
    for key, of, turn in sorted(left, key=lambda one: one[2].opens):
        opening = _opening(how, key, of, turn, now, known)
        yield replace(opening, simulated=simulated or of_a_simulation)


def _since(asker: Asker, kind: Kind, today: date) -> tuple[date | None, bool]:
    """From which day on turns may be missing: the last that was opened; None where there was none yet. And whether a
    simulation goes them.

    The newest matters are asked, as a clock that was put back gives new ones an older date."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [asker.district, kind.matter])
        last, simulated = cursor.fetchone()
    found = moments.day(last) if last else None
    return max(found, today - LOOKS_BACK) if found else None, bool(simulated)


_LAST = f"""
SELECT max(opened), (array_agg(simulated ORDER BY created_at DESC, id DESC))[1] FROM (
    SELECT facts->>'{FROM}' AS opened, simulated, created_at, id FROM matters_matter
    WHERE district_id = %s AND kind = %s AND facts ? '{FROM}' ORDER BY created_at DESC LIMIT 500
) newest
"""


def _objects(kind: Kind, how: Round, known: World) -> list[ObjectFacts | None]:
    """Those that are looked at; what is on the list no more may still have been when a turn was missed."""
    if not how.each:
        return [None]
    return [*known.lists.get(kind.form[how.each].list_, {}).values()]


def _opening(how: Round, key: str, of: ObjectFacts | None, turn: Turn, now: datetime, known: World) -> Opening:
    languages = known.district.languages
    data, titles = entered(how, of, turn, languages[0]), {one: title_of(how, of, turn, one) for one in languages}
    place = (of.lon, of.lat) if of is not None and of.lon is not None and of.lat is not None else None
    today = now.astimezone(known.district.zone).date()
    return Opening(data, now, place, source="round", key=key, beside=facts_of(turn, today) | fact_of(titles))
