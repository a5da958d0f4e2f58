"""Where the bytes lie: one file for each hash, there whole or not at all, closed to other accounts of the machine."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from yiwang.why import say

from .definition import NotKept

FOLDER, FILE = 0o700, 0o600
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "evidence"


def path_of(sha256: str) -> Path:
    """Where a file lies."""
    return root() / sha256[:2] / sha256


def lock_of(sha256: str) -> int:
    """The number of the lock on bytes of this hash: 64 bits, signed."""
    return int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)


def put(sha256: str, content: bytes) -> bool:
    """Keep bytes under their hash; whether they are new here.

    Raises NotKept (507) when the disk is full, OSError for what else goes wrong.

    Bytes that lie there already become as young as new ones: whoever clears away old ones leaves them alone.
    """
    path = path_of(sha256)
    try:
        if path.stat().st_size == len(content):
            os.utime(path)
            return False
    except FileNotFoundError:
        pass
    try:
        _write(path, content)
    except OSError as trouble:
        if trouble.errno in _FULL:
            raise NotKept(say("files.no_room"), 507) from None
        raise
    return True


def _write(path: Path, content: bytes) -> None:
    for folder in (path.parents[2], path.parents[1], path.parent):
        _folder(folder)
    partial = path.parent / f"{path.name}.{secrets.token_hex(6)}.part"
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise
    _settle(path.parent)


def _folder(path: Path) -> None:
    try:
        path.mkdir(mode=FOLDER, parents=True)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # somebody else's folder: its owner decides
                path.chmod(FOLDER)
    else:
        _settle(path.parent)


def _settle(folder: Path) -> None:
    """A new name outlives a power cut only when its folder is written too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def older_than(seconds: float) -> Iterator[Path]:
    """Every file on the shelf, half-written ones too, that nobody wrote or needed anew for so long."""
    edge = time.time() - seconds
    with contextlib.suppress(FileNotFoundError):
        for folder in sorted(one for one in root().iterdir() if one.is_dir()):
            for path in sorted(folder.iterdir()):
                with contextlib.suppress(FileNotFoundError):
                    if path.stat().st_mtime < edge:
                        yield path
