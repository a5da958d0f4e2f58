"""Under which account the embedded PostgreSQL runs: it refuses to be root."""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ELSEWHERE = Path("/var/lib/yiwang")  # for clusters of root, whose own folders are closed to other accounts


@dataclass(frozen=True, slots=True)
class Account:
    """An account of this machine; `switch` when processes must leave root for it."""

    uid: int
    gid: int
    switch: bool

    def popen(self) -> dict[str, Any]:
        """Arguments of subprocess.Popen that run a process under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    def own_folder(self, folder: Path, mode: int) -> None:
        """Make the folder and give it to the account; a link or another's folder in its place is refused."""
        to_pass = [parent for parent in folder.parents if parent == ELSEWHERE or not parent.exists()]
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), self.uid):
            raise PermissionError(f"{folder} belongs to somebody else: remove it and start again.")
        if self.switch:
            os.chown(folder, self.uid, self.gid)
            for parent in to_pass:
                parent.chmod(0o711)  # whatever the umask
        os.chmod(folder, mode)

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can pass through every existing folder down to this one."""
        if not self.switch:
            return True
        for parent in (folder, *folder.parents):
            if not parent.exists():
                continue
            about = parent.stat()
            bit = 0o100 if about.st_uid == self.uid else 0o010 if about.st_gid == self.gid else 0o001
            if not about.st_mode & bit:
                return False
        return True

    def reachable(self, folder: Path) -> Path:
        """The folder itself, or a place for it elsewhere when it lies in a home closed to the account."""
        if self.can_enter(folder.parent):
            return folder
        return ELSEWHERE / hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]


def database_account() -> Account:
    """The invoking account; for root the system's `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise PermissionError("PostgreSQL does not run as root and this machine has no account to run it as: "
                          "start Yiwang as a plain user.")  # fmt: skip


def account_of(data: Path) -> Account:
    """The account that an existing cluster belongs to, so that it stays the same when the machine gains another."""
    try:
        about = data.stat()
    except OSError:
        return database_account()
    if os.geteuid() != 0 or about.st_uid == 0:
        return database_account()
    return Account(about.st_uid, about.st_gid, switch=True)
