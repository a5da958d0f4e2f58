"""The versions of a kind in a district: which is in use, what runs by each, and by whose word it came (design §4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from yiwang.ledger.queries import done_to
from yiwang.org.asker import Asker
from yiwang.org.session import acting_as, system

from .models import KindVersion, Matter


@dataclass(frozen=True, slots=True)
class Version:
    """One version: since when it is in use, who adopted it and why (nobody needed to: empty), what runs by it."""

    version: date
    current: bool
    running: int
    since: datetime | None = None
    approved_by: str = ""
    proposed_by: str = ""
    reason: str = ""


def versions_of(asker: Asker, code: str) -> list[Version]:
    """The newest first. Call inside `acting_as`: what runs is counted as the asker sees it."""
    open_ = Matter.objects.filter(district=asker.district, kind=code, closed_at__isnull=True)
    running = dict(open_.values_list("kind_version").annotate(n=Count("pk")))
    with acting_as(system(asker.district)) as platform:  # who adopted it is told to whoever works by it
        said = {one.data["version"]: one for one in done_to(platform, f"kind:{code}", "adopt")}
    rows = KindVersion.objects.filter(district=asker.district, code=code).order_by("-version")
    versions = []
    for row in rows:
        entry = said.get(row.version.isoformat())
        data: Mapping[str, str] = entry.data if entry else {}
        versions.append(
            Version(
                row.version,
                row.current,
                running.get(row.version, 0),
                entry.at if entry else None,
                *(data.get(name, "") for name in ("approved_by", "proposed_by", "reason")),
            )
        )
    return versions


def standing(asker: Asker, code: str) -> dict[str, int]:
    """stage -> how many open matters of the kind stand there, of those that the asker sees."""
    open_ = Matter.objects.filter(district=asker.district, kind=code, closed_at__isnull=True)
    return dict(open_.values_list("stage").annotate(n=Count("pk")))
