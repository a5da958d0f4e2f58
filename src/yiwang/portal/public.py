"""What the district makes public of itself, the same for all passers-by: counted at most once a minute (R9.12).

However many ask at once, one of them counts: the others show what was counted before, or wait for it when there is
nothing yet. A figure belongs to the load of the pack (`generation`) that it was counted under.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from yiwang.indicators import queries as indicators
from yiwang.indicators.measured import Measured
from yiwang.org import session
from yiwang.org.asker import Asker
from yiwang.pages.queries import pages_of
from yiwang.why import Words, say
from yiwang.why.words import LANGUAGES

GOOD_FOR = 60.0  # seconds
SHOWN_FOR = 600.0  # seconds: no older figure is shown while a new one is counted
DISTRICTS = 8  # whose figures are kept

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Figure:
    """One public figure. A count below the page's `fewest` is None: it could tell of one person."""

    indicator: str
    title: Mapping[str, str]
    value: Any
    digits: int
    text: Mapping[str, str]
    base: int | None
    numerator: int | None
    excluded: int | None
    numerator_title: Mapping[str, str]
    denominator_title: Mapping[str, str] | None
    unit: Mapping[str, str]
    reference: str

    @property
    def shown(self) -> bool:
        """Whether it is published at all."""
        return self.base is not None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them, over which period, and when they were counted."""

    at: datetime
    fewest: int
    period: str
    figures: tuple[Figure, ...]
    counted: float  # on the monotonic clock

    @property
    def title(self) -> Words:
        """What stands over them."""
        return say(f"portal.public_{self.period}")


_kept: OrderedDict[tuple[int, int], Figures] = OrderedDict()
_counting: dict[tuple[int, int], threading.Lock] = {}
_guard = threading.Lock()


def figures(asker: Asker) -> Figures:
    """The public figures of the asker's district."""
    key = (asker.district, asker.generation)
    known, lock = _known(key)
    if known is not None and _age(known) < GOOD_FOR:
        return known
    old_enough_to_show = known is not None and _age(known) < SHOWN_FOR
    if not lock.acquire(blocking=not old_enough_to_show):
        return known  # type: ignore[return-value]  # somebody counts: this is what there is meanwhile
    try:
        known, _ = _known(key)
        if known is None or _age(known) >= GOOD_FOR:  # nobody did while this one waited
            known = _count(asker)
            _keep(key, known)
        return known
    finally:
        lock.release()


def _known(key: tuple[int, int]) -> tuple[Figures | None, threading.Lock]:
    with _guard:
        return _kept.get(key), _counting.setdefault(key, threading.Lock())


def _age(figures: Figures) -> float:
    return time.monotonic() - figures.counted


def _keep(key: tuple[int, int], figures: Figures) -> None:
    with _guard:
        _kept[key] = figures
        _kept.move_to_end(key)
        older = [one for one in _kept if one[0] == key[0] and one[1] < key[1]]
        for one in [*older, *list(_kept)[: max(len(_kept) - len(older) - DISTRICTS, 0)]]:
            _kept.pop(one, None)
            _counting.pop(one, None)


def _count(asker: Asker) -> Figures:
    """Those that the page names, over the whole district whoever asks."""
    begun, page = time.monotonic(), pages_of(asker).portal
    with session.acting_as(session.system(asker.district)) as everybody:
        measured = indicators.measures(everybody, page.published, period=page.period) if page.published else {}
        found = tuple(_figure(measured[code], page.fewest) for code in page.published)
    log.info("public figures of district %s counted in %.2f s", asker.district_code, time.monotonic() - begun)
    return Figures(timezone.now(), page.fewest, page.period, found, time.monotonic())


def _figure(measured: Measured, fewest: int) -> Figure:
    definition = measured.definition

    def enough(n: int | None) -> int | None:
        return n if n is not None and n >= fewest else None

    base = enough(measured.denominator if definition.denominator else measured.numerator)
    return Figure(
        indicator=definition.indicator,
        title=definition.title.mapping(),
        value=measured.value if base is not None else None,
        digits=definition.digits,
        text={language: measured.text(language) for language in LANGUAGES},
        base=base,
        numerator=enough(measured.numerator) if base is not None else None,
        excluded=enough(measured.excluded),
        numerator_title=definition.numerator.title.mapping(),
        denominator_title=definition.denominator.title.mapping() if definition.denominator else None,
        unit=definition.unit.mapping(),
        reference=definition.reference,
    )
