"""The people of a district as the database knows them, for decisions that ask who is left (colleagues)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q
from django.utils import timezone

from .asker import PostHeld
from .colleagues import Colleague, People
from .district import District
from .models import Appointment, Person
from .roles import NOTHING


def people_of(district: District) -> People:
    """Looked up anew each time. Call what it gives inside `acting_as`."""

    def in_post() -> Sequence[Colleague]:
        today = timezone.now().astimezone(district.zone).date()
        held = Appointment.objects.filter(district=district.id, since__lte=today).filter(
            Q(until=None) | Q(until__gt=today)
        )
        rows = held.order_by("person__name", "person", "post").values_list(
            "person", "person__name", "person__user__username", "post", "post__code", "post__role", "post__unit"
        )
        by_person: dict[int, tuple[str, str, list[PostHeld]]] = {}
        for person, name, username, post, code, role, unit in rows:
            does = district.roles.get(role, NOTHING)
            held_here = PostHeld(post, code, role, unit, district.units[unit].code, unit, does)
            by_person.setdefault(person, (name, username or "", []))[2].append(held_here)
        return [
            Colleague(person, name, username, tuple(posts), tuple(_title(district, one) for one in posts))
            for person, (name, username, posts) in by_person.items()
        ]

    def names(people: Collection[int]) -> Mapping[int, str]:
        rows = Person.objects.filter(district=district.id, pk__in=set(people))
        return dict(rows.values_list("pk", "name"))

    return People(in_post, names)


def _title(district: District, post: PostHeld) -> Mapping[str, str]:
    known = district.posts.get(post.code)
    return known.title if known else {}
