"""The only place that makes, invites, resets and closes accounts; each act is an entry of the ledger, with its reason.

The functions of an administrator run as the owner, on the machine (`administering`). Pages call `link`, `set_password`
and `change_password` alone, which row security and the functions of the database bind.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import is_password_usable, make_password
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from yiwang.ledger import accounts as keeping
from yiwang.ledger import store as ledger
from yiwang.org import appointing, queries, session
from yiwang.org.asker import Asker, public
from yiwang.org.models import Person, Post
from yiwang.org.pack_table import like
from yiwang.why import Refusal, say

from . import rules
from .models import Invitation

STREAM = "people"


@contextmanager
def administering(district: int) -> Iterator[Asker]:
    """An administrator on the machine: as the owner, in one transaction, for one district."""
    with session.as_owner(), session.acting_as(session.system(district)) as asker:
        yield asker


def _note(asker: Asker, person: Person, action: str, reason: str, **data: object) -> None:
    by = getpass.getuser()[:60]  # the account of the machine: whoever may run this is its administrator
    said = {"username": _username(person), "name": person.name, "reason": reason, "by": by, **data}
    ledger.append(asker, f"account:{person.user_id}", action, said, stream=STREAM)


def _username(person: Person) -> str:
    return str(person.user.username) if person.user else ""


def find(asker: Asker, username: str) -> Person:
    """The person behind an account of the district. Raises Refusal."""
    rows = appointing.people(asker)
    person = rows.filter(user__username=username).first()
    if person is None:
        person = rows.filter(user__username=f"{username}.{asker.district_code}").first()
    if person is None:
        raise Refusal(say("people.nobody", username=username[:60]))
    return person


def _post(asker: Asker, code: str) -> Post:
    rows = appointing.posts(asker)
    post = rows.filter(code=code).first()
    if post is None:
        near = like(code, list(rows.values_list("code", flat=True)))
        raise Refusal(say("people.no_post_near" if near else "people.no_post", post=code[:60], near=near))
    return post


def today(asker: Asker) -> date:
    """The district's day (R9.9)."""
    return timezone.now().astimezone(queries.facts(asker).zone).date()


# --- what an administrator does -----------------------------------------------------------------------------------


def add(
    asker: Asker, username: str, name: str, post: str, reason: str, since: date | None = None
) -> tuple[Person, list[str]]:
    """A person with a post and an account that nobody can use yet, and who hands the post over. Raises Refusal."""
    reason, held = rules.checked_reason(reason), _post(asker, post)
    tidy = " ".join(name.split())
    if not appointing.is_username(username) or not 1 <= len(tidy) <= 60:
        raise Refusal(say("people.bad_name", username=username[:60]))
    district = appointing.district_of(asker)
    account = appointing.account_of(district, username)
    known = appointing.person_of(account, district)
    if known is not None and known.name != tidy:
        raise Refusal(say("people.other_name", username=username, name=known.name))
    if not account.is_active:
        raise Refusal(say("people.is_closed", username=username))
    person = known or appointing.keep_person(account, district, tidy)
    begins = since or today(asker)
    if appointing.current(person, held, begins).exists():
        raise Refusal(say("people.has_post", name=person.name, post=held.code))
    handing_over = appointing.appoint(district, person, held, begins)
    _note(asker, person, "add", reason, post=held.code, since=begins.isoformat())
    return person, handing_over


def invite(asker: Asker, person: Person, reason: str, hours: int) -> tuple[str, datetime]:
    """(secret, until when) of a new link for who has no password yet; earlier links end. Raises Refusal."""
    reason = rules.checked_reason(reason)
    user = _open_account(person)
    if is_password_usable(user.password):
        raise Refusal(say("people.has_password", username=user.username))
    return _link(asker, person, "invite", reason, hours)


def reset(asker: Asker, person: Person, reason: str, hours: int) -> tuple[str, datetime]:
    """The same for who has forgotten it: the old password and every open page end at once. Raises Refusal."""
    reason = rules.checked_reason(reason)
    life = rules.checked_life(hours)
    user = _open_account(person)
    User.objects.filter(pk=user.pk).update(password=make_password(None))
    return _link(asker, person, "reset", reason, int(life.total_seconds() // 3600))


def _link(asker: Asker, person: Person, action: str, reason: str, hours: int) -> tuple[str, datetime]:
    secret, now = rules.new_secret(), timezone.now()
    expires = now + rules.checked_life(hours)
    _end_links(person)
    Invitation.objects.create(
        district_id=asker.district, user=_account(person), hashed=rules.hashed(secret), made=now, expires=expires
    )
    _note(asker, person, action, reason, expires=expires.isoformat(timespec="minutes"))
    return secret, expires


def _end_links(person: Person) -> None:
    Invitation.objects.filter(user=person.user, ended=None).update(ended=timezone.now())


def _account(person: Person) -> User:
    assert isinstance(person.user, User)
    return person.user


def _open_account(person: Person) -> User:
    user = _account(person)
    if not user.is_active:
        raise Refusal(say("people.is_closed", username=user.username))
    return user


def end_post(asker: Asker, person: Person, post: str, reason: str) -> None:
    """Who holds a post holds it no more, from this moment on. Raises Refusal."""
    reason, held = rules.checked_reason(reason), _post(asker, post)
    if not appointing.end(person, held, today(asker)):
        raise Refusal(say("people.not_held", name=person.name, post=held.code))
    _note(asker, person, "end post", reason, post=held.code)


def close(asker: Asker, person: Person, reason: str) -> list[str]:
    """Nobody signs in with this account any more; its posts and links end. Returns the posts. Raises Refusal."""
    reason = rules.checked_reason(reason)
    user = _open_account(person)
    User.objects.filter(pk=user.pk).update(is_active=False, password=make_password(None))
    _end_links(person)
    posts = appointing.end_all(person, today(asker))
    _note(asker, person, "close", reason, posts=posts)
    return posts


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the list: `state` is closed, invited, waiting (no password and no open link) or open."""

    username: str
    name: str
    posts: tuple[str, ...]
    state: str
    expires: datetime | None


def accounts(asker: Asker) -> list[Account]:
    """Everybody of the district, in the order of their names."""
    day, now = today(asker), timezone.now()
    held: dict[int, list[str]] = {}
    for one in appointing.held_on(asker, day):
        held.setdefault(one.person_id, []).append(one.post.code)
    links = dict(
        Invitation.objects.filter(district=asker.district, ended=None, expires__gt=now).values_list("user", "expires")
    )
    found = []
    for person in appointing.people(asker).order_by("user__username"):
        user = _account(person)
        usable = is_password_usable(user.password)
        state = "closed" if not user.is_active else "open" if usable else "invited" if user.pk in links else "waiting"
        found.append(Account(user.username, person.name, tuple(held.get(person.pk, ())), state, links.get(user.pk)))
    return found


# --- what a page does ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link it is; `state` is open, ended, expired or closed."""

    user: int
    district: int
    username: str
    name: str
    expires: datetime
    state: str


def link(secret: str) -> Link | None:
    """What a link is, None when there is none like it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_link(%s)", [rules.hashed(secret)])
        row = cursor.fetchone()
    return Link(*row) if row else None


def set_password(found: Link, secret: str, password: str) -> bool:
    """Set a password with a link, once; False when the link has ended meanwhile."""
    hashed = make_password(password)
    with session.acting_as(public(found.district)) as asker, connection.cursor() as cursor:
        cursor.execute("SELECT people_set(%s, %s)", [rules.hashed(secret), hashed])
        if cursor.fetchone()[0] is None:
            return False
        ledger.append(asker, f"account:{found.user}", "password by link", {"username": found.username}, stream=STREAM)
    return True


def change_password(asker: Asker, user: User, password: str) -> bool:
    """A person's own new password; False when it has been changed meanwhile."""
    return keeping.change_password(asker, keeping.Account(user.pk, user.password), make_password(password))
