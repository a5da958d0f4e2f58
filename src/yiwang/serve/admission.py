"""Who may hear of changes: the signed-in person's district, or the one shown to passers-by."""

from __future__ import annotations

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.http import HttpRequest

from yiwang.org import access, queries


def district_of_session(session: str | None) -> int | None:
    """The district whose changes the holder of this session may hear of; None when there is none.

    Blocks on the database: call it on a thread.
    """
    request = HttpRequest()
    request.session = SessionStore(session)
    try:
        with transaction.atomic():
            user = get_user(request)
            asker = access.asker_of_user(user.pk) if user.is_authenticated else None
            return asker.district if asker else queries.home_district()[0]
    except queries.NoDistrict:
        return None
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
