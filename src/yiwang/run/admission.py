"""Who may hear of changes: who is signed in and holds a post, of those in their district. A passer-by hears nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from yiwang.look.sessions import has_ended


def district_of_session(session: str | None) -> int | None:
    """The district whose changes the holder of this session may hear of; None for a passer-by.

    Blocks on the database: call it on a thread.
    """
    return districts_of_sessions([session]).get(session) if session else None


def districts_of_sessions(sessions: Sequence[str]) -> dict[str, int]:
    """The same of many at once, by three statements; who may hear of nothing is not in it."""
    try:
        with transaction.atomic():
            users = _users(sessions)
            districts = _districts(sorted(set(users.values())))
            return {session: districts[user] for session, user in users.items() if user in districts}
    finally:
        close_old_connections()


def _users(sessions: Sequence[str]) -> dict[str, int]:
    """session -> the account that is signed in with it: open, with this password, and not left for too long."""
    rows = Session.objects.filter(session_key__in=list(sessions), expire_date__gt=timezone.now())
    kept = {key: SessionStore().decode(data) for key, data in rows.values_list("session_key", "session_data")}
    said = {key: data for key, data in kept.items() if str(data.get(SESSION_KEY, "")).isdecimal()}
    accounts = User.objects.filter(is_active=True).in_bulk({int(data[SESSION_KEY]) for data in said.values()})
    by_key: dict[str, int] = {}
    for key, data in said.items():
        account = accounts.get(int(data[SESSION_KEY]))
        if account is not None and _is_of(account, data) and not has_ended(data, time.time()):
            by_key[key] = account.pk
    return by_key


def _is_of(account: User, session: Mapping[str, Any]) -> bool:
    """Whether a session was begun with the password that the account still has."""
    hashes = (account.get_session_auth_hash(), *account.get_session_auth_fallback_hash())
    return any(constant_time_compare(str(session.get(HASH_SESSION_KEY, "")), one) for one in hashes)


def _districts(users: Sequence[int]) -> dict[int, int]:
    """account -> district, of those who hold a post today."""
    if not users:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, (found->>'district')::bigint FROM unnest(%s::bigint[]) asked, org_asker(asked) found"
            " WHERE jsonb_array_length(found->'posts') > 0",
            [list(users)],
        )
        return dict(cursor.fetchall())


def reaches_database() -> bool:
    """Whether a question to the database comes back. Blocks: call it on a thread."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except DatabaseError:
        return False
    finally:
        close_old_connections()
