"""A figure computed again (nouns.again)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from yiwang.matters.since import entries_since
from yiwang.nouns.again import HINT, Answer, no_value, not_what_was_said
from yiwang.nouns.ids import Id
from yiwang.org.asker import Asker
from yiwang.typed.numbers import WIDE, decimal
from yiwang.why import Receipt, say
from yiwang.why.words import format_value

from .measured import Measured
from .queries import measure


def indicator(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The figure now, against what was said, else against the ledgers folded up to the instant (or up to now)."""
    moment = timezone.now()
    then = measure(
        asker, wanted.name, unit=wanted.unit, period=wanted.period, by=wanted.by, as_of=as_of or moment, now=moment
    )
    now = measure(asker, wanted.name, unit=wanted.unit, period=then.period, by=wanted.by, now=moment)
    was, note = then.value, None
    if wanted.said is not None:
        was = _number(wanted, now)
        if as_of and was != then.value:
            note = not_what_was_said(as_of, _text(then, then.value))
    holds = was == now.value
    since = None if holds else entries_since(asker, concerned(then, now), as_of) if as_of else Receipt(HINT)
    return Answer(now.with_cases(), _text(now, was), _text(now, now.value), holds, since, note)


def _number(wanted: Id, figure: Measured) -> Decimal | None:
    """The value that was said, with or without its unit."""
    text = (wanted.said or "").translate(WIDE)
    for unit in figure.definition.unit.values():
        text = text.removesuffix(unit).strip()
    if text in ("—", ""):
        return None
    number = decimal(text)
    if number is None:
        raise no_value(wanted, say("indicators.value_figure"), figure.text("en"))
    return number


def _text(figure: Measured, value: Decimal | None) -> dict[str, str] | None:
    """A value with the figure's unit."""
    if value is None:
        return None
    number = format_value(value)
    units = figure.definition.unit.mapping()
    return {language: f"{number}{'' if unit == '%' else ' '}{unit}" for language, unit in units.items()}


def concerned(then: Measured, now: Measured) -> list[int]:
    """The matters that changed sides between two figures; where none has, all that are counted."""
    sides = [(_ids(then, part), _ids(now, part)) for part in now.parts]
    moved = {matter for before, after in sides for matter in before ^ after}
    return sorted(moved or {matter for both in sides for side in both for matter in side})


def _ids(figure: Measured, part: Any) -> set[int]:
    return set(figure.cases(part, size=max(figure.cases(part, size=1).total, 1)).ids)
