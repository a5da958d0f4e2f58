"""Who may hear of changes: who is signed in and holds a post, of those in their district. A passer-by hears nothing."""

from __future__ import annotations

import time

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.http import HttpRequest

from yiwang.look.sessions import has_ended
from yiwang.org.session import asker_of_user


def district_of_session(session: str | None) -> int | None:
    """The district whose changes the holder of this session may hear of; None for a passer-by.

    Blocks on the database: call it on a thread.
    """
    request = HttpRequest()
    request.session = SessionStore(session)
    try:
        with transaction.atomic():
            user = get_user(request)
            if user.is_authenticated and has_ended(request.session, time.time()):
                return None
            asker = asker_of_user(user.pk) if user.is_authenticated else None
            return asker.district if asker and asker.posts else None
    finally:
        close_old_connections()


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
