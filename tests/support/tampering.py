"""What somebody with the keys of the database could do."""

from __future__ import annotations

import psycopg


def as_superuser(database, statement, *args):
    """What somebody with the keys of the database house could do: switch the triggers off and write."""
    with psycopg.connect(database) as owner:
        owner.execute("ALTER TABLE matters_entry DISABLE TRIGGER matters_entry_append_only")
        owner.execute(statement, args)
        owner.execute("ALTER TABLE matters_entry ENABLE TRIGGER matters_entry_append_only")
