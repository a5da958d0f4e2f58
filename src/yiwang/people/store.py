"""The only place that makes, invites, resets and closes accounts; each act is an entry of the ledger, with its reason.

The functions of an administrator run as the owner, on the machine (`administering`). Pages call `link`, `set_password`
and `change_password` alone, which row security and the functions of the database bind.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import is_password_usable, make_password
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from yiwang.ledger import accounts as keeping
from yiwang.ledger import store as ledger
from yiwang.org import appointing, queries, session
from yiwang.org.asker import Asker, public
from yiwang.org.models import Appointment, Person, Post
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


def _note(
    asker: Asker, person: Person, action: str, reason: str, rows: Iterable[ledger.Rows] = (), **data: object
) -> None:
    by = getpass.getuser()[:60]  # the account of the machine: whoever may run this is its administrator
    said = {"username": _username(person), "name": person.name, "reason": reason, "by": by, **data}
    ledger.append(asker, f"account:{person.user_id}", action, said, stream=STREAM, rows=rows)


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


@transaction.atomic
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
    handing_over, made, ended = appointing.appoint(district, person, held, begins)
    if (over := appointing.over_by(made, max(begins, today(asker)))) is not None:
        raise Refusal(say("people.handed_on", post=held.code, name=over.person.name, day=over.since))
    rows = [ledger.Rows(Appointment, [made]), ledger.Rows(Appointment, ended, appointing.ENDING)]
    if known is None:
        rows += [ledger.Rows(User, [account.pk]), ledger.Rows(Person, [person.pk])]
    _note(asker, person, "add", reason, rows, post=held.code, since=begins.isoformat())
    return person, handing_over


@transaction.atomic
def invite(asker: Asker, person: Person, reason: str, hours: int) -> tuple[str, datetime]:
    """(secret, until when) of a new link for who has no password yet; earlier links end. Raises Refusal."""
    reason = rules.checked_reason(reason)
    user = _open_account(person)
    if is_password_usable(user.password):
        raise Refusal(say("people.has_password", username=user.username))
    return _link(asker, person, "invite", reason, hours)


@transaction.atomic
def reset(asker: Asker, person: Person, reason: str, hours: int) -> tuple[str, datetime]:
    """The same for who has forgotten it: the old password and every open page end at once. Raises Refusal."""
    reason = rules.checked_reason(reason)
    life = rules.checked_life(hours)
    user = _open_account(person)
    User.objects.filter(pk=user.pk).update(password=make_password(None))
    return _link(asker, person, "reset", reason, int(life.total_seconds() // 3600), [_unusable(user)])


def _unusable(user: User, *more: str) -> ledger.Rows:
    """An account whose password has been voided."""
    return ledger.Rows(User, [user.pk], ["password", *more])


def _link(
    asker: Asker, person: Person, action: str, reason: str, hours: int, rows: Iterable[ledger.Rows] = ()
) -> tuple[str, datetime]:
    secret, now = rules.new_secret(), timezone.now()
    expires = now + rules.checked_life(hours)
    ended = _end_links(person)
    made = Invitation.objects.create(
        district_id=asker.district, user=_account(person), hashed=rules.hashed(secret), made=now, expires=expires
    )
    rows = [*rows, ended, ledger.Rows(Invitation, [made.pk])]
    _note(asker, person, action, reason, rows, expires=expires.isoformat(timespec="minutes"))
    return secret, expires


def _end_links(person: Person) -> ledger.Rows:
    """Every open link of a person ends; returns what the ledger says of it."""
    open_ones = Invitation.objects.filter(user=person.user, ended=None).select_for_update()
    ids = list(open_ones.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ids).update(ended=timezone.now())
    return ledger.Rows(Invitation, ids, ["ended"])


def _account(person: Person) -> User:
    assert isinstance(person.user, User)
    return person.user


def _open_account(person: Person) -> User:
    user = _account(person)
    if not user.is_active:
        raise Refusal(say("people.is_closed", username=user.username))
    return user


@transaction.atomic
def rename(asker: Asker, person: Person, name: str, reason: str) -> str:
    """A person has another name from now on; returns the one before. Raises Refusal."""
    reason, before = rules.checked_reason(reason), person.name
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= 60:
        raise Refusal(say("people.bad_name", username=_username(person)[:60]))
    appointing.rename(person, tidy)
    _note(asker, person, "rename", reason, [ledger.Rows(Person, [person.pk], ["name"])], before=before)
    return before


@transaction.atomic
def end_post(asker: Asker, person: Person, post: str, reason: str) -> None:
    """Who holds a post holds it no more, from this moment on. Raises Refusal."""
    reason, held = rules.checked_reason(reason), _post(asker, post)
    ended = appointing.end(person, held, today(asker))
    if not ended:
        raise Refusal(say("people.not_held", name=person.name, post=held.code))
    rows = [ledger.Rows(Appointment, ended, appointing.ENDING)]
    _note(asker, person, "end post", reason, rows, post=held.code)


@transaction.atomic
def close(asker: Asker, person: Person, reason: str) -> list[str]:
    """Nobody signs in with this account any more; its posts and links end. Returns the posts. Raises Refusal."""
    reason = rules.checked_reason(reason)
    user = _open_account(person)
    User.objects.filter(pk=user.pk).update(is_active=False, password=make_password(None))
    links = _end_links(person)
    posts, ended = appointing.end_all(person, today(asker))
    rows = [_unusable(user, "is_active"), links, ledger.Rows(Appointment, ended, appointing.ENDING)]
    _note(asker, person, "close", reason, rows, posts=posts)
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
    all_accounts = []
    for person in appointing.people(asker).order_by("user__username"):
        user = _account(person)
        usable = is_password_usable(user.password)
        state = "closed" if not user.is_active else "open" if usable else "invited" if user.pk in links else "waiting"
        all_accounts.append(
            Account(user.username, person.name, tuple(held.get(person.pk, ())), state, links.get(user.pk))
        )
    return all_accounts


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


def set_password(link_row: Link, secret: str, password: str) -> bool:
    """Set a password with a link, once; False when the link has ended meanwhile."""
    hashed = make_password(password)
    with session.acting_as(public(link_row.district)) as asker, connection.cursor() as cursor:
        cursor.execute("SELECT people_set(%s, %s)", [rules.hashed(secret), hashed])
        (ended,) = cursor.fetchone()
        if ended is None:
            return False
        said = json.loads(ended) if isinstance(ended, str) else ended
        link_ended = {"table": Invitation._meta.db_table, "id": said["id"], "set": {"ended": said["ended"]}}
        pieces = [keeping.password_of(link_row.user, hashed), link_ended]
        about = {"username": link_row.username}
        ledger.append(asker, f"account:{link_row.user}", "password by link", about, stream=STREAM, pieces=pieces)
    return True


def change_password(asker: Asker, user: User, password: str) -> bool:
    """A person's own new password; False when it has been changed meanwhile."""
    return keeping.change_password(asker, keeping.Account(user.pk, user.password), make_password(password))
