"""The only place that writes notices. Call inside `acting_as`."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from yiwang.ledger import clock
from yiwang.ledger import store as ledger
from yiwang.org.asker import Asker
from yiwang.org.queries import facts
from yiwang.why import Incomplete, NotAllowed, say

from . import rules
from .models import Notice


@transaction.atomic
def publish(asker: Asker, text: str, until: date, *, at: datetime | None = None) -> Notice:
    """Tell something, for the unit of the asker's first post. Raises NotAllowed, Incomplete."""
    if not asker.posts:
        raise NotAllowed(say("notices.no_post"))
    at, district, unit = at or clock.now(), facts(asker), asker.posts[0].unit
    if wrong := rules.wrong_with(text, until, at.astimezone(district.zone).date()):
        raise Incomplete(wrong)
    row = Notice.objects.create(
        district_id=asker.district, unit_id=unit, text=text, until=until, seen_by=district.seen_by(unit)
    )
    ledger.append(asker, f"notice:{row.pk}", "publish", stream="notices", at=at, rows=[ledger.Rows(Notice, [row.pk])])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('yiwang_live', %s)", [f"{asker.district}:notices"])
    return row
