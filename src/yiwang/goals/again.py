"""A goal's lamp computed again (nouns.again)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.nouns.again import HINT, Answer, no_value, not_what_was_said
from yiwang.nouns.ids import Id, Unanswerable
from yiwang.org.asker import Asker
from yiwang.why import Receipt, say
from yiwang.why.words import LANGUAGES

from . import queries
from .rules import COLOURS
from .since import goal_since


def goal(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """The lamp now, against what was said, else against the plan and what was reached as the ledgers had it then."""
    number, moment = int(wanted.name), timezone.now()
    now = queries.goal(asker, number, now=moment)
    if now is None:
        raise Unanswerable(say("goals.no_goal", number=wanted.name))
    then = queries.goal(asker, number, as_of=as_of) if as_of else now
    titles = {colour: say(f"look.lamp.goal.{colour}") for colour in COLOURS}
    note = None
    if wanted.said is not None:
        named = {name: colour for colour, title in titles.items() for name in (colour, *map(title.speak, LANGUAGES))}
        if wanted.said not in named:
            raise no_value(wanted, say("goals.value_lamp"), list(COLOURS))
        was = named[wanted.said]
        if as_of and then is None:
            note = Receipt(say("goals.goal_not_yet", number=wanted.name, at=as_of))
        elif then and was != then.colour and as_of:
            note = not_what_was_said(as_of, titles[then.colour])
    elif then is None:
        raise Unanswerable(say("goals.goal_not_yet", number=wanted.name, at=as_of))
    else:
        was = then.colour
    holds, since = was == now.colour, None
    if not holds:
        since = goal_since(asker, then, now, as_of) if as_of else Receipt(HINT)
    return Answer(now.lamp.receipt, titles[was], titles[now.colour], holds, since, note)
