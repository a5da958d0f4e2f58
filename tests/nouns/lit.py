"""How brightly an invented lantern glows, computed again. It needs Django; its noun names it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from yiwang.nouns.again import Answer, no_value
from yiwang.nouns.ids import Id
from yiwang.org.asker import Asker
from yiwang.org.models import Unit
from yiwang.why import Receipt, say


def glow(asker: Asker, wanted: Id, as_of: datetime | None) -> Answer:
    """As many as there are units of a district; what stands behind it shows to those who may see it."""
    if wanted.said is not None and not wanted.said.isdecimal():
        raise no_value(wanted, say("why.said", text="a glow"), 9)
    now = Decimal(Unit.objects.filter(district=asker.district).count())
    was = now if wanted.said is None else Decimal(wanted.said)
    behind = [Receipt("the lantern nobody may see", source="lantern:999999999")]
    return Answer(Receipt("it glows", now, behind), was, now, was == now)
