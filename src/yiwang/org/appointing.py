"""Writes who holds which post from when to when: one holder after the other, and nobody kept in silence (R5.4).

An appointment comes from the pack's people.csv or from an administrator (`yiwang people add`). One that the list no
longer names is struck: it ends on that day. One that an administrator ended stays ended, whatever the list says.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from .asker import Asker
from .models import Appointment, District, Person, Post

PACK, ADMINISTRATOR = "pack", "people"
ENDING = ("until", "ended", "struck")  # the columns that say how an appointment ended
NO_PASSWORD = "!"  # of an account that nobody can use until its person has set one
_USERNAME = re.compile(r"[\w.@+-]{1,130}")


@dataclass(frozen=True, slots=True)
class Change:
    """An appointment that a load of the list ended, or that it names although an administrator has ended it."""

    account: int
    username: str
    name: str
    post: str
    struck: bool
    on: date


def is_username(text: str) -> bool:
    """Whether this can be typed at the sign-in: letters, digits and . @ + - _ in their normal form."""
    return bool(_USERNAME.fullmatch(text)) and unicodedata.is_normalized("NFKC", text)


def district_of(asker: Asker) -> District:
    """The asker's district, to write into."""
    return District.objects.get(pk=asker.district)


def account_name(district: District, username: str) -> str:
    """Accounts are the installation's: the first district's people keep their plain names."""
    taken = (
        User.objects.filter(username=username).exists()
        and not Person.objects.filter(district=district, user__username=username).exists()
    )
    return f"{username}.{district.code}" if taken else username


def account_of(district: District, username: str) -> User:
    """The account of that name in a district; a new one is unusable until its person has set a password."""
    user, _ = User.objects.get_or_create(username=account_name(district, username), defaults={"password": NO_PASSWORD})
    return user


def person_of(account: User, district: District) -> Person | None:
    """Whose account it is in a district, if anybody's yet."""
    return Person.objects.filter(district=district, user=account).first()


def keep_person(account: User, district: District, name: str) -> Person:
    """A new person of a district, behind an account."""
    return Person.objects.create(district=district, user=account, name=name)


def rename(person: Person, name: str) -> None:
    """Another name for a person who is there."""
    person.name = name
    person.save(update_fields=["name"])


def people(asker: Asker) -> QuerySet[Person]:
    """Everybody of the district who has an account."""
    return Person.objects.filter(district=asker.district, user__isnull=False).select_related("user")


def posts(asker: Asker) -> QuerySet[Post]:
    """The posts of the district."""
    return Post.objects.filter(district=asker.district).select_related("unit")


def held_on(asker: Asker, day: date) -> QuerySet[Appointment]:
    """Who holds which post on a day."""
    rows = Appointment.objects.filter(district=asker.district, since__lte=day).filter(Q(until=None) | Q(until__gt=day))
    return rows.select_related("post").order_by("post__id")


def without_an_end(asker: Asker) -> QuerySet[Appointment]:
    """Who holds which post, or will, with no end in sight."""
    rows = Appointment.objects.filter(district=asker.district, until=None)
    return rows.select_related("post__unit").order_by("post__code")


def current(person: Person, post: Post, day: date) -> QuerySet[Appointment]:
    """The appointments by which a person holds a post on a day or later."""
    return Appointment.objects.filter(person=person, post=post).filter(Q(until=None) | Q(until__gt=day))


def appoint(district: District, person: Person, post: Post, since: date) -> tuple[list[str], int, list[int]]:
    """Give a post by an administrator; returns the names of those who hand it over, the new appointment, and those that
    end by it.
    """
    made = Appointment.objects.create(district=district, post=post, person=person, since=since, source=ADMINISTRATOR)
    before = Appointment.objects.filter(post=post, since__lt=since).filter(Q(until=None) | Q(until__gt=since))
    names = [one.person.name for one in before.select_related("person")]
    ended = succeed(district)
    return names, made.pk, [one for one in ended if one != made.pk]


def over_by(appointment: int, day: date) -> Appointment | None:
    """Who took a post over from an appointment that is over by a day; None while it is not, or where nobody did."""
    appointed = Appointment.objects.select_related("post").get(pk=appointment)
    if appointed.until is None or appointed.until > day:
        return None
    return Appointment.objects.filter(post=appointed.post, since=appointed.until).select_related("person").first()


def end(person: Person, post: Post, day: date) -> list[int]:
    """End what a person holds of a post; returns which appointments: none where they do not hold it."""
    return _end(current(person, post, day), day)


def end_all(person: Person, day: date) -> tuple[list[str], list[int]]:
    """End all posts of a person; returns their codes, and which appointments."""
    rows = Appointment.objects.filter(person=person).filter(Q(until=None) | Q(until__gt=day))
    return sorted(rows.values_list("post__code", flat=True)), _end(rows, day)


def _end(rows: QuerySet[Appointment], day: date) -> list[int]:
    ids = list(rows.values_list("pk", flat=True))
    Appointment.objects.filter(pk__in=ids).update(until=day, ended=day, struck=False)
    return ids


def take_list(district: District, listed: Collection[tuple[Person, Post, date]], day: date) -> list[Change]:
    """Make the pack's appointments those that people.csv lists; returns what ended and what stays ended."""
    rows = Appointment.objects.filter(district=district).select_related("person__user", "post")
    known = {(one.person_id, one.post_id, one.since): one for one in rows}
    named, changes = set(), []
    for person, post, since in listed:
        key = (person.pk, post.pk, since)
        named.add(key)
        appointed = known.get(key)
        if appointed is None:
            Appointment.objects.create(district=district, post=post, person=person, since=since)
        elif appointed.ended is not None and appointed.struck:
            Appointment.objects.filter(pk=appointed.pk).update(ended=None, struck=False)
        elif appointed.ended is not None:
            changes.append(_change(appointed, struck=False))
    for key, appointed in known.items():
        if (
            key not in named
            and appointed.source == PACK
            and appointed.ended is None
            and (appointed.until is None or appointed.until > day)
        ):
            appointed.ended, appointed.struck = day, True
            appointed.save(update_fields=["ended", "struck"])
            changes.append(_change(appointed, struck=True))
    succeed(district)
    return changes


def _change(appointment: Appointment, *, struck: bool) -> Change:
    assert appointment.ended is not None
    user = appointment.person.user
    return Change(
        user.pk if user else 0,
        user.username if user else "",
        appointment.person.name,
        appointment.post.code,
        struck,
        appointment.ended,
    )


def succeed(district: District) -> list[int]:
    """Who holds a post leaves it on the day on which the next one takes over; who begin together share it (R5.4).

    Returns the appointments whose end is another one now.
    """
    changed = []
    begins: dict[int, list[date]] = defaultdict(list)
    held = list(Appointment.objects.filter(district=district))
    for appointment in held:
        begins[appointment.post_id].append(appointment.since)
    for appointment in held:
        days = [day for day in begins[appointment.post_id] if day > appointment.since]
        until = min([*days, *([appointment.ended] if appointment.ended else [])], default=None)
        if until != appointment.until:
            appointment.until = until
            appointment.save(update_fields=["until"])
            changed.append(appointment.pk)
    return changed
