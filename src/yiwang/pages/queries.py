"""The pages of a district, read once per load of its pack."""

from __future__ import annotations

from yiwang.org.asker import Asker
from yiwang.org.per_load import per_load

from .definition import Pages, page_from
from .models import Page


@per_load
def pages_of(asker: Asker) -> Pages:
    """The pages of the asker's district; the platform's own where the pack says nothing. Call inside `acting_as`."""
    rows = Page.objects.filter(district=asker.district).values_list("name", "definition")
    return Pages(**{name: page_from(name, said) for name, said in rows})  # type: ignore[arg-type]
