"""Keys that are made once and that only their owner reads: the one that signs sessions, the one of the ledger."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key in the file at `path` that signs sessions; made when absent."""
    return secret_file(path, lambda: secrets.token_urlsafe(64))


def secret_file(path: Path, make: Callable[[], str]) -> str:
    """What stands in the file at `path`; made when absent. Two processes that start at once agree on one content."""
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(make())
    try:
        os.link(draft, path)  # fails where another process was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii")
