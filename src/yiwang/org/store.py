"""Writes the organisation of a pack: units, posts, people, land. Loading twice is loading once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from yiwang.worktime import Calendar

from . import appointing
from .appointing import Change
from .asker import Asker, public
from .definition import Organisation
from .models import Cell, Delegation, District, DutyRoster, Landmark, ModeSwitch, Person, Post, Reading, Unit
from .session import acting_as
from .titles import plain, texts


@transaction.atomic
def load(organisation: Organisation) -> District:
    """Make the district what the pack says; keeps what work hangs on (ids of units, posts and people)."""
    say = organisation.pack.district
    calendar = organisation.calendar.mapping()
    defaults = {"title": plain(say.title), "calendar": calendar}
    district, _ = District.objects.get_or_create(code=say.code, defaults=defaults)
    district.title = plain(say.title)
    district.time_zone, district.calendar, district.demo = say.time_zone, calendar, say.demo
    district.roles = plain(organisation.roles.roles)
    district.offices = dict(say.offices)
    district.languages = " ".join(organisation.languages)
    district.personal = organisation.personal.kept()
    if not district.generation:
        district.digest = say.digest  # a ledger keeps the hash that it began with
    district.generation += 1
    district.save()
    with acting_as(public(district.pk, district.code, district.generation)):
        units = _units(district, organisation)
        posts = _posts(district, organisation, units)
        organisation.changes = _people(district, organisation, posts)
        _land(district, organisation, units)
        _rosters(district, organisation)
    return district


def _units(district: District, organisation: Organisation) -> dict[str, Unit]:
    known = {unit.code: unit for unit in Unit.objects.filter(district=district)}
    for position, said in enumerate(organisation.units):
        unit = known.get(said["code"]) or Unit(district=district, code=said["code"])
        unit.kind, unit.name, unit.short = said["kind"], said["name"], said["short"]
        unit.aliases, unit.gb_code, unit.position = said["aliases"], said["gb_code"], position
        unit.parent = known[said["parent"]] if said["parent"] else None
        unit.boundary = organisation.shapes.get(said["code"])
        if unit.pk is None:
            unit.save()
        unit.path = [*(unit.parent.path if unit.parent else []), unit.pk]
        unit.save()
        known[unit.code] = unit
    return known


def _posts(district: District, organisation: Organisation, units: dict[str, Unit]) -> dict[str, Post]:
    known = {post.code: post for post in Post.objects.filter(district=district)}
    for said in organisation.posts:
        post = known.get(said["code"]) or Post(district=district, code=said["code"])
        post.unit, post.role = units[said["unit"]], said["role"]
        post.title = texts(said, "title", organisation.languages)
        post.save()
        known[post.code] = post
    return known


def _people(district: District, organisation: Organisation, posts: dict[str, Post]) -> list[Change]:
    """One account a username; a person who leaves a post keeps their history (R5.4)."""
    rows = Person.objects.filter(district=district, user__isnull=False).select_related("user")
    known = {person.user.username: person for person in rows if person.user}
    listed = []
    for said in organisation.people:
        name = appointing.account_name(district, said["username"])
        person = known.get(name)
        if person is None:
            user = appointing.account_of(district, said["username"])
            person = known[name] = Person.objects.create(district=district, user=user, name=said["name"])
        listed.append((person, posts[said["post"]], said["since"]))
    today = timezone.now().astimezone(ZoneInfo(district.time_zone)).date()
    return appointing.take_list(district, listed, today)


def _land(district: District, organisation: Organisation, units: dict[str, Unit]) -> None:
    """The cells and landmarks of the pack; what is there already stays the row that it is."""
    known = {cell.code: cell for cell in Cell.objects.filter(district=district)}
    for code, unit, shape in organisation.cells:
        cell = known.pop(code, None) or Cell(district=district, code=code)
        if (cell.unit_id, cell.boundary) != (units[unit].pk, plain_json(shape)):
            cell.unit, cell.boundary = units[unit], shape
            cell.save()
    Cell.objects.filter(pk__in=[cell.pk for cell in known.values()]).delete()
    shown = [(one.kind, one.name, one.shape) for one in Landmark.objects.filter(district=district).order_by("pk")]
    if shown != [(kind, plain_json(name), plain_json(shape)) for kind, name, shape in organisation.landmarks]:
        Landmark.objects.filter(district=district).delete()
        Landmark.objects.bulk_create(
            Landmark(district=district, kind=kind, name=name, shape=shape)
            for kind, name, shape in organisation.landmarks
        )


def _rosters(district: District, organisation: Organisation) -> None:
    """Who is on duty when; a roster that is the same stays the row that it is."""
    rosters = {code: plain_json(plain(roster)) for code, roster in organisation.rosters.items()}
    for row in DutyRoster.objects.filter(district=district):
        if rosters.get(row.code) == row.definition:
            del rosters[row.code]
        else:
            row.delete()
    DutyRoster.objects.bulk_create(
        DutyRoster(district=district, code=code, definition=said) for code, said in rosters.items()
    )


def plain_json(value: Any) -> Any:
    """A value as a column of JSON gives it back."""
    return json.loads(json.dumps(value))


def set_calendar(asker: Asker, calendar: Calendar) -> None:
    """From now on the district counts by this calendar; clocks that run are moved by whoever sets it (R0.1).

    Call as the owner: the calendar is part of what a pack says.
    """
    rows = District.objects.filter(pk=asker.district)
    rows.update(calendar=calendar.mapping(), generation=F("generation") + 1)


def keep_mode(asker: Asker, mode: str, reason: str, at: datetime, person: int) -> ModeSwitch:
    """The district works in another mode from now on; the caller's ledger says so (`ledger.mode`)."""
    return ModeSwitch.objects.create(district_id=asker.district, mode=mode, at=at, person_id=person, reason=reason)


def keep_reading(asker: Asker, person: int, subject: str, at: datetime, **said: Any) -> Reading:
    """Somebody reads personal data, for a `purpose`, a `reason`, the `nth` time today; the caller's ledger says so."""
    return Reading.objects.create(district_id=asker.district, person_id=person, subject=subject, at=at, **said)


def keep_delegation(
    asker: Asker, person: int, deputy: int, since: datetime, until: datetime, reason: str, at: datetime
) -> Delegation:
    """A colleague acts for a person between two moments; the caller's ledger says so (`ledger.delegating`)."""
    return Delegation.objects.create(
        district_id=asker.district, person_id=person, deputy_id=deputy, since=since, until=until, reason=reason, at=at
    )


def end_delegation(asker: Asker, delegation: Delegation, at: datetime) -> bool:
    """It is over from now on; False where somebody has ended it meanwhile."""
    delegation.ended = at
    return bool(Delegation.objects.filter(district=asker.district, pk=delegation.pk, ended=None).update(ended=at))
