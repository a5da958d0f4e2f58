"""What may be asked of the district: the district itself as a value, its land, its posts, who read what."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from yiwang.why import NotThere, say
from yiwang.worktime import Calendar

from .asker import Asker
from .district import District, Grid, PostFacts, UnitFacts
from .models import Appointment, Cell, DutyRoster, Landmark, Person, Post, Reading, Unit
from .models import District as DistrictRow
from .per_load import per_load
from .purposes import Purposes
from .roles import roles_from
from .roster import roster_from


class NoDistrict(NotThere):
    """No district is loaded, or not the one that is named."""


def home_district() -> tuple[int, str, int]:
    """(id, code, generation) of the district that this installation shows to passers-by.

    Named by YIWANG_DISTRICT, else the one that was loaded first: a second one does not close it. Raises NoDistrict.
    """
    wanted = os.environ.get("YIWANG_DISTRICT")
    rows = DistrictRow.objects.order_by("id").values_list("id", "code", "generation")
    row = (rows.filter(code=wanted) if wanted else rows).first()
    if row is None:
        raise NoDistrict(say("org.no_district"))
    return row


@per_load
def facts(asker: Asker) -> District:
    """The asker's district. Call inside `acting_as`."""
    row = DistrictRow.objects.get(pk=asker.district)
    units = Unit.objects.filter(district=asker.district).order_by("position")
    cells = Cell.objects.filter(district=asker.district).values_list("code", "unit_id", "boundary")
    posts = Post.objects.filter(district=asker.district).select_related("unit").order_by("pk")
    rosters = DutyRoster.objects.filter(district=asker.district)
    return District(
        id=row.pk,
        code=row.code,
        title=row.title,
        languages=tuple(row.languages.split()),
        demo=row.demo,
        calendar=Calendar.from_mapping(row.calendar),
        digest=row.digest,
        offices=row.offices,
        personal=Purposes.of(row.personal),
        zone=ZoneInfo(row.time_zone),
        units={
            u.pk: UnitFacts(
                u.pk, u.code, u.kind, u.name, u.short, u.gb_code, u.parent_id, tuple(u.path), tuple(u.aliases)
            )
            for u in units
        },
        grid=Grid(cells.iterator(chunk_size=200)),  # so that their outlines are never all there as numbers
        roles=roles_from(row.roles),
        posts={one.code: PostFacts(one.code, one.unit.code, one.role, one.title) for one in posts},
        rosters={one.code: roster_from(one.definition) for one in rosters},
    )


def boundaries(asker: Asker, kind: str) -> list[tuple[UnitFacts, dict[str, Any]]]:
    """Units of a kind with their GeoJSON outline, in the district's order."""
    known = facts(asker).units
    rows = Unit.objects.filter(district=asker.district, kind=kind, boundary__isnull=False).order_by("position")
    return [(known[pk], boundary) for pk, boundary in rows.values_list("pk", "boundary") if boundary]


def landmarks(asker: Asker, kind: str | None = None) -> list[Landmark]:
    """Water and roads of the map."""
    rows = Landmark.objects.filter(district=asker.district)
    return list(rows.filter(kind=kind) if kind else rows)


def person_names(asker: Asker, people: Iterable[int]) -> dict[int, str]:
    """id -> name of those who acted."""
    return dict(Person.objects.filter(district=asker.district, pk__in=set(people)).values_list("pk", "name"))


def deserted(asker: Asker, units: Iterable[str], *, now: datetime) -> set[str]:
    """Those of the units, by code, for which nobody acts today: no holder of a post there whose role acts for a unit.
    What such a unit is given nobody sees, until somebody is appointed."""
    asked, known = set(units), facts(asker)
    roles = [name for name, role in known.roles.items() if role.for_the_unit]
    today = now.astimezone(known.zone).date()
    held = Appointment.objects.filter(district=asker.district, post__unit__code__in=asked, post__role__in=roles)
    there = held.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    return asked - set(there.values_list("post__unit__code", flat=True))


def holders(asker: Asker, post: str, *, now: datetime) -> list[int]:
    """The people who hold a post today."""
    today = now.astimezone(facts(asker).zone).date()
    held = Appointment.objects.filter(district=asker.district, post__code=post, since__lte=today)
    return list(held.filter(Q(until=None) | Q(until__gt=today)).order_by("person").values_list("person", flat=True))


def readings_by(asker: Asker, person: int, since: datetime, before: datetime) -> int:
    """How often a person read personal data from one moment up to another."""
    return Reading.objects.filter(district=asker.district, person=person, at__gte=since, at__lt=before).count()


def user_of(asker: Asker, person: int) -> int | None:
    """The account of a person, None when they have none."""
    return Person.objects.filter(district=asker.district, pk=person).values_list("user_id", flat=True).first()


def readings_of(asker: Asker, subject: str) -> list[Reading]:
    """Who read the personal data of `subject`, newest first (R9.3)."""
    rows = Reading.objects.filter(district=asker.district, subject=subject)
    return list(rows.select_related("person").order_by("-at"))
