"""The only place that writes the pages of a district."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.titles import plain

from .definition import Desk, Portal, Wall
from .models import Page


@transaction.atomic
def adopt(asker: Asker, pages: Mapping[str, Wall | Desk | Portal]) -> None:
    """Make these the district's pages; what is not among them is the platform's own from now on."""
    rows = Page.objects.filter(district=asker.district)
    rows.exclude(name__in=list(pages)).delete()
    for name, page in pages.items():
        rows.update_or_create(district_id=asker.district, name=name, defaults={"definition": plain(page)})
