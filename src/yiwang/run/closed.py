"""Everything under `var` belongs to the account that runs Yiwang and to nobody else (R9.2)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

UMASK = 0o077


def close_to_others(var: Path) -> None:
    """Make what is made from now on closed, and close what an earlier version left open.

    Root hands the database to another account, which must pass through `var` to its own folder but may not look
    around: then `var` can be entered and not listed. One that was closed stays so: the database lies elsewhere.
    """
    os.umask(UMASK)
    open_to_the_database = 0o711 if os.geteuid() == 0 else 0o700
    if not var.exists():
        var.mkdir(parents=True)
        var.chmod(open_to_the_database)
    _mode(var, stat.S_IMODE(var.stat().st_mode) & open_to_the_database)
    for folder in ("media", "run"):
        _close(var / folder)
    for file in var.iterdir():
        if file.is_file() and not file.is_symlink():
            _mode(file, stat.S_IMODE(file.stat().st_mode) & 0o700)
    server_log = var / "postgres" / "server.log"
    if server_log.exists():
        _mode(server_log, 0o600)


def _close(folder: Path) -> None:
    """Close a folder and all in it; one that is closed already was closed with all in it."""
    if folder.is_symlink() or not folder.is_dir() or not folder.stat().st_mode & 0o077:
        return
    for inside, folders, files in os.walk(folder):
        for name in folders:
            _mode(Path(inside, name), 0o700)
        for name in files:
            _mode(Path(inside, name), 0o600)
    _mode(folder, 0o700)  # last: an interrupted closing begins anew


def _mode(path: Path, mode: int) -> None:
    if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) != mode:
        path.chmod(mode)
