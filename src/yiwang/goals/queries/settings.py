"""The district's rules of goals, and its today."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from yiwang.org.asker import Asker
from yiwang.org.per_load import per_load
from yiwang.org.queries import facts
from yiwang.org.titles import convert

from ..definition import DEFAULT, Rules
from ..models import Settings


@per_load
def rules_of(asker: Asker) -> Rules:
    """The current rules; the platform's own where the pack has none."""
    row = Settings.objects.filter(district=asker.district, current=True).first()
    return convert(row.definition, Rules) if row else DEFAULT


def rules_at(asker: Asker, day: date) -> Rules:
    """The rules of a day: the last version not dated after it, as long as the current one is no older."""
    current = rules_of(asker)
    rows = Settings.objects.filter(district=asker.district, version__lte=min(day, current.version))
    row = rows.order_by("-version").first()
    return convert(row.definition, Rules) if row else current


def today_of(asker: Asker, now: datetime | None = None) -> date:
    """The calendar day in the district's zone."""
    return (now or timezone.now()).astimezone(facts(asker).zone).date()
