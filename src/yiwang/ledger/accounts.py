"""A password is changed, and the ledger says so: it holds the digest of the hash that is kept, never the hash itself.

A person changes their own, the one thing that a page may change of an account. The application's role has no right to
the column. It calls `ledger_change_password`, which changes one account's password, only for who names the one that
was kept before, and writes the entry in the same breath: no password changes without one (R9.1). Everything else
about accounts is done by the owner, from the command line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connection, transaction

from yiwang.org import session
from yiwang.org.asker import Asker

from . import chain, clock, store
from .rows import digest

STREAM = "people"


@dataclass(frozen=True, slots=True)
class Account:
    """An account and the hash of its password as it was read."""

    id: int
    password: str


def change_password(asker: Asker, account: Account, hashed: str, *, action: str = "password") -> bool:
    """Keep a new hashed password, and that it was changed; False when it has been changed meanwhile.

    asker   whose ledger it stands in: the account's person
    hashed  by django.contrib.auth.hashers.make_password
    action  "password", "password rehashed" where only the way of hashing changes, "password set" by a command
    """
    subject = f"account:{account.id}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM ledger_tail(%s, %s, NULL)", [asker.district, subject])
        seq, prev = cursor.fetchone()
        said = {"rows": [password_of(account.id, hashed)]}
        link = chain.Link(subject, seq + 1, STREAM, clock.now(), action, asker.person, said, None)
        cursor.execute(_CHANGE, (account.id, account.password, hashed, *store.values_of(asker, link, bytes(prev))))
        return bool(cursor.fetchone()[0])


def password_of(account: int, hashed: str) -> dict[str, Any]:
    """What an entry says of an account's new password (rows.snapshot)."""
    return {"table": User._meta.db_table, "id": account, "set": {"password": digest(hashed)}}


def set_password(username: str, hashed: str) -> None:
    """Give an open account a hashed password, as the owner and as the platform itself: for commands.

    Raises LookupError where there is no such account, or nobody's.
    """
    with session.as_owner():
        user = User.objects.filter(username=username).first()
        asker = session.asker_of_user(user.pk) if user else None
        if user is None or asker is None:
            raise LookupError(username)
        change_password(replace(asker, person=None), Account(user.pk, user.password), hashed, action="password set")


def take_password(username: str) -> None:
    """Leave an account without a password; where it is nobody's, there is no district whose ledger would tell."""
    try:
        set_password(username, make_password(None))
    except LookupError:
        with session.as_owner():
            User.objects.filter(username=username).update(password=make_password(None))


_CHANGE = f"SELECT ledger_change_password(%s::bigint, %s::text, %s::text, {store.ENTRY_SQL})"
