"""A person changes their own password: the one thing that a page may change of an account.

The application's role has no right to the column. It calls `ledger_change_password`, which changes one account's
password, only for who names the one that was kept before, and writes the entry in the same breath: no password changes
without one (R9.1). Everything else about accounts is done by the owner, from the command line.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from yiwang.org.asker import Asker

from . import chain, clock, store

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
    action  "password", or "password rehashed" where only the way of hashing changes
    """
    subject = f"account:{account.id}"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM ledger_tail(%s, %s, NULL)", [asker.district, subject])
        seq, prev = cursor.fetchone()
        link = chain.Link(subject, seq + 1, STREAM, clock.now(), action, asker.person, {}, None)
        cursor.execute(_CHANGE, (account.id, account.password, hashed, *store.values_of(asker, link, bytes(prev))))
        return bool(cursor.fetchone()[0])


_CHANGE = f"SELECT ledger_change_password(%s::bigint, %s::text, %s::text, {store.ENTRY_SQL})"
