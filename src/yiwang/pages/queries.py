"""The pages of a district, read once per load of its pack."""

from __future__ import annotations

from yiwang.org.asker import Asker
from yiwang.org.per_load import per_load
from yiwang.why.words import Own

from .definition import FILES, Pages, page_from
from .models import Page
from .words import WORDS


@per_load
def pages_of(asker: Asker) -> Pages:
    """The pages of the asker's district; the platform's own where the pack says nothing. Call inside `acting_as`."""
    rows = Page.objects.filter(district=asker.district, name__in=FILES).values_list("name", "definition")
    return Pages(**{name: page_from(name, said) for name, said in rows})  # type: ignore[arg-type]


@per_load
def words_of(asker: Asker) -> Own:
    """What the platform says in the languages of the pack that it does not speak itself. Call inside `acting_as`."""
    rows = Page.objects.filter(district=asker.district, name=WORDS).values_list("definition", flat=True)
    return rows.first() or {}
