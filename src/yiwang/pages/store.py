"""The only place that writes the pages of a district."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from yiwang.org.asker import Asker
from yiwang.org.titles import plain
from yiwang.why.words import Own

from .definition import Page as Definition
from .models import Page
from .words import WORDS


@transaction.atomic
def adopt(asker: Asker, pages: Mapping[str, Definition], words: Own) -> None:
    """Make these the district's pages and words; what is not among them is the platform's own from now on."""
    by_name = {name: plain(page) for name, page in pages.items()} | ({WORDS: dict(words)} if words else {})
    rows = Page.objects.filter(district=asker.district)
    rows.exclude(name__in=list(by_name)).delete()
    for name, definition in by_name.items():
        rows.update_or_create(district_id=asker.district, name=name, defaults={"definition": definition})
