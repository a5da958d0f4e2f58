"""What may be asked of a matter's family: the one above it, those under it, and what the platform will do next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from yiwang.org.asker import Asker

from .models import Matter


def whole_of(asker: Asker, row: Matter) -> list[Matter]:
    """The matter under which one stands, if it stands under one that the asker may see."""
    return list(Matter.objects.filter(district=asker.district, pk=row.whole_id)) if row.whole_id else []


def parts_of(asker: Asker, row: Matter) -> list[Matter]:
    """Every matter under one, in the order in which they were opened."""
    return list(Matter.objects.filter(district=asker.district, whole=row.pk).order_by("pk"))


def under(asker: Asker, matter: int) -> list[Matter]:
    """The open matters that stand under one, in the order in which they were opened."""
    return list(Matter.objects.filter(district=asker.district, whole=matter, closed_at=None).order_by("pk"))


def next_by_itself(asker: Asker, kinds: Collection[str] | None = None) -> datetime | None:
    """When the platform acts next by itself, in whichever matter, or of some kinds; None where nothing is to come."""
    rows = Matter.objects.filter(district=asker.district).exclude(acts_at=None)
    rows = rows if kinds is None else rows.filter(kind__in=kinds)
    return rows.order_by("acts_at").values_list("acts_at", flat=True).first()
