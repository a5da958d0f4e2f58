"""Receipts: the tree of reasons as rows that add up, or day by day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from yiwang.look import days, receipts, speech
from yiwang.why import Receipt

register = template.Library()


@register.inclusion_tag("look/receipt.html")
def receipt(
    r: Receipt,
    lamp: str = "",
    lamp_word: Any = None,
    note: Any = "",
    foot: Any = "",
    cases: str = "",
    n: int | None = None,
    full: str = "",
    again: str = "",
    now: datetime | None = None,
) -> dict[str, Any]:
    """{% receipt r lamp="watch" note=… foot=… cases=address n=177 %}: the tree of reasons, as rows that add up.

    note   one sentence under the head;  foot  version of the definition
    cases  the list of the matters behind the figure, `n` how many;  full  the same receipt as a page
    again  the id with which `yiwang why` computes it again
    """
    return {
        "head": r.sentence(speech.language()),
        "value": receipts.value_text(r.value),
        "source": receipts.source_of(r.source),
        "at": r.at,
        "rows": list(receipts.rows_of(r)),
        "days": days.days_of(r, now or timezone.now()),
        "lamp": lamp,
        "lamp_word": lamp_word,
        "note": note,
        "foot": foot,
        "cases": cases,
        "n": n,
        "full": full,
        "again": again,
    }
