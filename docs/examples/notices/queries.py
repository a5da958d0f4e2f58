"""What may be asked of notices. Call inside `acting_as`: the database shows what the asker may see."""

from __future__ import annotations

from datetime import date

from yiwang.org.asker import Asker

from .models import Notice


def running(asker: Asker, today: date) -> list[Notice]:
    """Those that are not over, the newest first."""
    return list(Notice.objects.filter(district=asker.district, until__gte=today).order_by("-pk"))
