"""Words: which matters hold them."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

from yiwang.org.access import Asker

from .models import Matter


def holding(asker: Asker, words: str) -> Q:
    return Q(pk__in=found(words))


def found(words: str, at_most: int = 500) -> list[int]:
    """Ids of matters whose number, title or text holds `words`, newest first; of one sign, only numbers."""
    words = words.strip()
    if not words:
        return []
    by_number = Matter.objects.filter(number__iexact=words).values_list("pk", flat=True)
    if hits := list(by_number):
        return hits
    with connection.cursor() as cursor:
        cursor.execute("SELECT matters_found(%s, %s)", [words, at_most])
        return [pk for (pk,) in cursor.fetchall()] if len(words) > 1 else []
