"""The accounts behind the demo's sign-ins: opened with the one password, closed where real work is served."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.contrib.auth.models import User

from yiwang.ledger.accounts import set_password, take_password

from .sign_ins import read


def open_accounts(pack: Path) -> int:
    """Give the demo's accounts their password where they have none yet; returns how many got one."""
    password, found = read(pack)
    kept = User.objects.filter(username__in=[one.username for one in found]).values_list("username", "password")
    closed = [username for username, hashed in kept if not is_password_usable(hashed)]
    if closed:
        hashed = make_password(password)
        for username in closed:
            set_password(username, hashed)
    return len(closed)


def close_accounts(pack: Path) -> int:
    """Take the demo's password from every account that still has it; returns how many had."""
    password, _ = read(pack)
    kept = list(User.objects.exclude(password__startswith="!").values_list("username", "password"))
    same = {hashed for hashed in {one for _, one in kept} if check_password(password, hashed)}
    having = [username for username, hashed in kept if hashed in same]
    for username in having:
        take_password(username)
    return len(having)
