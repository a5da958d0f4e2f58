"""A receipt computed again: does it still hold, and if not, what was written since?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from yiwang.goals import queries as goals
from yiwang.goals.rules import COLOURS
from yiwang.indicators import queries as indicators
from yiwang.indicators.measured import Measured
from yiwang.matters import auditing, clocks, queries
from yiwang.matters.facts import State, fold
from yiwang.matters.kinds import world
from yiwang.matters.queries import OneMatter
from yiwang.nouns.sight import as_seen
from yiwang.org.asker import Asker
from yiwang.org.personal import in_short
from yiwang.typed.numbers import WIDE, decimal
from yiwang.why import Receipt, say
from yiwang.why.words import LANGUAGES, format_value
from yiwang.worktime.log import Times

from .ids import Id, Unanswerable
from .since import entries_since
from .since_goal import concerned, goal_since


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receipt says now; `was` is what it said before, `now` what it says; `since` what was written meanwhile."""

    receipt: Receipt
    was: Any
    now: Any
    holds: bool
    since: Receipt | None = None
    note: Receipt | None = None


def again(asker: Asker, wanted: Id) -> Answer:
    """Compute the receipt again, as the asker may see it. Call inside `acting_as`.

    Raises Unanswerable, and what `indicators.measure` raises.
    """
    as_of = instant(asker, wanted.as_of) if wanted.as_of else None
    by_noun = {"clock": _clock, "matter": _matter, "indicator": _indicator, "goal": _goal}
    found = by_noun[wanted.noun](asker, wanted, as_of)
    return replace(found, receipt=as_seen(found.receipt), since=as_seen(found.since) if found.since else None)


def instant(asker: Asker, text: str) -> datetime:
    """An instant as people write it; without an offset on the district's wall clock. Raises Unanswerable."""
    try:
        found = Times(world(asker).district.zone).read(text)
    except ValueError:
        found = None
    if found is None:
        raise Unanswerable(say("api.bad_instant", text=in_short(text, 40)))
    return found.astimezone(world(asker).district.zone)


# --- a matter and its clocks ------------------------------------------------------------------------------------------


def _one(asker: Asker, wanted: Id) -> OneMatter:
    pk = int(wanted.name) if re.fullmatch(r"[0-9]{1,18}", wanted.name) else None  # as receipts refer to it
    found = queries.one(asker, pk=pk, number=wanted.name)
    if found is None:
        raise Unanswerable(say("matters.no_matter", number=wanted.name))
    return found


def _then(found: OneMatter, as_of: datetime) -> State:
    """The state as it stood at an instant."""
    return fold(entry.delta for entry in found.entries if entry.at <= as_of)


def _clock(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The deadline that is kept, that which its start, limit, pauses and extensions give, and that which was said."""
    found, name, known = _one(asker, wanted), wanted.part, world(asker)
    if name not in found.kind.clocks:
        raise Unanswerable(say("api.no_clock", number=wanted.name, clock=name, known=list(found.kind.clocks)))
    receipt = clocks.receipt(found.kind, name, found.state, known)
    if receipt is None:
        raise Unanswerable(say("api.clock_not_started", number=wanted.name, clock=name))

    def due_in(state: State) -> datetime | None:
        clock = state.clock(name)
        return None if clock.due is None or clock.paused else clock.due.astimezone(known.district.zone)

    kept = due_in(found.state)
    was = kept
    if wanted.said is not None:
        was = instant(asker, wanted.said)
    elif as_of:
        was = due_in(_then(found, as_of))
    since = entries_since(asker, [found.row.pk], as_of)
    if _minute(was) != _minute(kept):
        return Answer(receipt, was, kept, False, since)
    return Answer(receipt, kept, receipt.value, kept == receipt.value, since)


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def _matter(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """Where it stands: the row against the sum of its ledger, and the ledger against its own chain."""
    found = _one(asker, wanted)
    audit = auditing.verify(asker, found.row.number)
    folded, kept = fold(entry.delta for entry in found.entries), found.state
    differ = [
        Receipt(say("api.differs", fact=name, folded=_told(name, folded), kept=_told(name, kept)))
        for name in sorted(folded.keys() | kept.keys())
        if (folded.get(name) or None) != (kept.get(name) or None)
    ]
    broken = [Receipt(one.words) for one in audit.broken]
    reasons = (
        Receipt(say("api.chain_whole"), audit.whole, broken),
        Receipt(say("api.sum_is_row"), not differ, differ),
    )
    titles = {code: stage.title.mapping() for code, stage in found.kind.stages.items()}
    stage: str = found.row.stage
    receipt = Receipt(
        say("api.stands_at", number=found.row.number),
        titles[stage],
        reasons,
        f"matter:{found.row.pk}",
        found.entries[-1].at if found.entries else None,
    )
    since = entries_since(asker, [found.row.pk], as_of)
    if differ or broken:
        return Answer(receipt, say("api.whole"), say("api.broken"), False, since)
    was: str | None = stage
    if wanted.said is not None:
        was = next((code for code, title in titles.items() if wanted.said in (code, *title.values())), None)
        if was is None:
            raise _no_value(wanted, say("api.value_stage"), stage)
    elif as_of:
        was = _then(found, as_of).get("stage")
    return Answer(receipt, titles[was] if was else None, titles[stage], was == stage, since)


# --- figures and lamps ------------------------------------------------------------------------------------------------


def _indicator(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The figure now, against what was said, else against the ledgers folded up to the instant (or up to now)."""
    moment = timezone.now()
    then = indicators.measure(
        asker, wanted.name, unit=wanted.unit, period=wanted.period, by=wanted.by, as_of=as_of or moment, now=moment
    )
    now = indicators.measure(asker, wanted.name, unit=wanted.unit, period=then.period, by=wanted.by, now=moment)
    was, note = then.value, None
    if wanted.said is not None:
        was = _number(wanted, now)
        if as_of and was != then.value:
            note = Receipt(say("api.not_what_was_said", at=as_of, value=_text(then, then.value)))
    holds = was == now.value
    since = None if holds else entries_since(asker, concerned(then, now), as_of) if as_of else Receipt(_HINT)
    return Answer(now.with_cases(), _text(now, was), _text(now, now.value), holds, since, note)


_HINT = say("api.name_an_instant")


def _number(wanted: Id, figure: Measured) -> Decimal | None:
    """The value that was said, with or without its unit."""
    text = (wanted.said or "").translate(WIDE)
    for unit in (figure.definition.unit.zh, figure.definition.unit.en):
        text = text.removesuffix(unit).strip()
    if text in ("—", ""):
        return None
    number = decimal(text)
    if number is None:
        raise _no_value(wanted, say("api.value_figure"), figure.text("en"))
    return number


def _text(figure: Measured, value: Decimal | None) -> dict[str, str] | None:
    """A value with the figure's unit."""
    if value is None:
        return None
    number = format_value(value)
    units = figure.definition.unit.mapping()
    return {language: f"{number}{'' if unit == '%' else ' '}{unit}" for language, unit in units.items()}


def _goal(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The lamp now, against what was said, else against the plan and what was reached as the ledgers had it then."""
    number, moment = int(wanted.name), timezone.now()
    now = goals.goal(asker, number, now=moment)
    if now is None:
        raise Unanswerable(say("api.no_goal", number=wanted.name))
    then = goals.goal(asker, number, as_of=as_of) if as_of else now
    titles = {colour: say(f"look.lamp.goal.{colour}") for colour in COLOURS}
    note = None
    if wanted.said is not None:
        named = {name: colour for colour, title in titles.items() for name in (colour, *map(title.speak, LANGUAGES))}
        if wanted.said not in named:
            raise _no_value(wanted, say("api.value_lamp"), list(COLOURS))
        was = named[wanted.said]
        if as_of and then is None:
            note = Receipt(say("api.goal_not_yet", number=wanted.name, at=as_of))
        elif then and was != then.colour and as_of:
            note = Receipt(say("api.not_what_was_said", at=as_of, value=titles[then.colour]))
    elif then is None:
        raise Unanswerable(say("api.goal_not_yet", number=wanted.name, at=as_of))
    else:
        was = then.colour
    holds, since = was == now.colour, None
    if not holds:
        since = goal_since(asker, then, now, as_of) if as_of else Receipt(_HINT)
    return Answer(now.lamp.receipt, titles[was], titles[now.colour], holds, since, note)


def _told(fact: str, state: State) -> Any:
    """What a state holds, but nothing of who reported: a unit complained about must not learn it here (R2.15)."""
    return say("why.not_yours") if fact.startswith("reporter.") else state.get(fact)


def _no_value(wanted: Id, what: Any, example: Any) -> Unanswerable:
    return Unanswerable(say("api.bad_value", text=in_short(wanted.said or "", 40), what=what, example=example))
