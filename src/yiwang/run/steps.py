"""Steps that a database needs once: which were done is written into the database itself, as its comment.

So a new or restored database is never taken for the one before it.
"""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from psycopg import connect, sql

PACKAGES_WITH_TABLES = ("django", "django-axes", "procrastinate")


def done(owner: str) -> dict[str, str]:
    """What was done: step -> the digest of what it was done with."""
    with connect(owner, autocommit=True) as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    try:
        said = json.loads(row[0])["yiwang"] if row and row[0] else {}
    except (ValueError, KeyError, TypeError):
        return {}
    return {str(step): str(digest) for step, digest in said.items()}


def write(owner: str, step: str, digest: str) -> None:
    """Write down that a step was done."""
    said = json.dumps({"yiwang": {**done(owner), step: digest}})
    with connect(owner, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(said)))


def digest_of(folder: Path, *, but: tuple[str, ...] = ()) -> str:
    """The digest of a folder's files, names and contents; folders named in `but` are left out."""
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if file.is_file() and not set(inside.parts) & {"__pycache__", *but}:
            whole.update(f"{inside.as_posix()}\0{file.stat().st_size}\0".encode())
            whole.update(file.read_bytes())
    return whole.hexdigest()


def migrations() -> str:
    """The digest of all that a migration makes: of every room with tables, for what protects them is declared beside
    them, and of the packages whose versions are named."""
    rooms = sorted(folder.parent for folder in Path(__file__).resolve().parents[1].glob("*/migrations"))
    whole = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in PACKAGES_WITH_TABLES).encode())
    for room in rooms:
        for file in sorted(room.rglob("*.py")):
            whole.update(f"{room.name}/{file.relative_to(room).as_posix()}\0".encode() + file.read_bytes())
    return whole.hexdigest()
