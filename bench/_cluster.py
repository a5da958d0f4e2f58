"""A database of a benchmark's own, thrown away when it has ended."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def database() -> Iterator[str]:
    """A cluster of this run's own, durable like one in production; its owner's address."""
    from psycopg.conninfo import make_conninfo

    from yiwang.run import database as tables
    from yiwang.run import roles
    from yiwang.run.postgres import Postgres

    with ExitStack() as leaving:
        folder = leaving.enter_context(tempfile.TemporaryDirectory(prefix="yiwang-bench-"))
        cluster = leaving.enter_context(Postgres(f"{folder}/cluster"))
        leaving.callback(cluster.remove)
        owner = cluster.url(user=roles.OWNER, db=roles.NAME)
        app = make_conninfo(owner, user=roles.APP)
        os.environ |= {"DATABASE_URL": owner, "DATABASE_APP_URL": app, "YIWANG_VAR": folder}
        os.environ["DJANGO_SETTINGS_MODULE"] = "yiwang.settings"
        tables.prepare(owner, app)
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        yield owner
        for connection in connections.all():
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()
