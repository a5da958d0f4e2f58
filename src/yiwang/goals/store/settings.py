"""The district's rules of goals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from yiwang.org.asker import Asker

from ..models import Settings


@transaction.atomic
def set_rules(asker: Asker, version: date, definition: dict[str, Any]) -> None:
    """Make a version of the rules the current one; the earlier ones stay."""
    Settings.objects.filter(district=asker.district).update(current=False)
    Settings.objects.update_or_create(
        district_id=asker.district, version=version, defaults={"definition": definition, "current": True}
    )
