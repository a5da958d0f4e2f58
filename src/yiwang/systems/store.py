"""The only place that writes the directory of a district."""

from __future__ import annotations

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.titles import plain

from .definition import Directory as Definition
from .models import Directory


@transaction.atomic
def adopt(asker: Asker, directory: Definition | None) -> None:
    """Make this the district's directory; None: it has none."""
    rows = Directory.objects.filter(district=asker.district)
    if directory is None:
        rows.delete()
        return
    rows.update_or_create(district_id=asker.district, defaults={"definition": plain(directory)})
