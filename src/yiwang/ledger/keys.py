"""The ledger's key: a file beside the database and never in it, readable by its owner alone.

Whoever can write into the database can work out hashes; only who holds this file can seal an entry or sign a
checkpoint. A line is one key, the newest first; earlier ones stay, since what they sealed stays.
"""

from __future__ import annotations

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yiwang.org.secret import secret_file


def path() -> Path:
    """The file of YIWANG_LEDGER_KEY, else `ledger.key` in `var`."""
    return Path(settings.LEDGER_KEY)


def seeds() -> tuple[bytes, ...]:
    """32 bytes a key, the newest first; the file is made when there is none."""
    file = path()
    try:
        changed = file.stat().st_mtime_ns
    except FileNotFoundError:
        secret_file(file, lambda: secrets.token_hex(32) + "\n")
        changed = file.stat().st_mtime_ns
    return _read(file, changed)


@lru_cache(maxsize=4)
def _read(file: Path, changed: int) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(line) for line in file.read_text("ascii").split())


def sealing() -> bytes:
    """The key that seals entries from now on."""
    return _derived(seeds()[0])


def known() -> list[bytes]:
    """Every key that entries may have been sealed with; none where there is no file (it is not made here)."""
    return [_derived(seed) for seed in seeds()] if path().is_file() else []


@lru_cache(maxsize=16)
def _derived(seed: bytes) -> bytes:
    """A key of its own for seals, so that the signing key signs checkpoints and nothing else (RFC 5869 §2.3)."""
    return hmac.digest(seed, b"yiwang ledger seal\x01", "sha256")


def renew() -> None:
    """Put a new key before the others; what earlier ones sealed and signed still holds."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    older = "".join(f"{seed.hex()}\n" for seed in seeds()) if file.is_file() else ""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_hex(32) + "\n" + older)
    os.replace(draft, file)
