"""The sign-ins of the demo: one for each person of the district that somebody would want to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo: who that is, and the face that he begins at."""

    username: str
    name: str
    face: str
    who: dict[str, str]


def read(pack: Path) -> tuple[str, list[SignIn]]:
    """(the one password, the sign-ins) of a demo pack."""
    kept: dict[str, Any] = yaml.safe_load((pack / "sign_ins.yaml").read_text("utf-8"))
    fields = ("username", "name", "face", "who")
    return str(kept["password"]), [SignIn(**{name: one[name] for name in fields}) for one in kept["sign_ins"]]


def open_accounts(pack: Path) -> int:
    """Give the demo's accounts their password where they have none yet; returns how many got one."""
    from django.contrib.auth.hashers import is_password_usable, make_password
    from django.contrib.auth.models import User

    from yiwang.org import store

    password, found = read(pack)
    kept = User.objects.filter(username__in=[one.username for one in found]).values_list("username", "password")
    closed = [username for username, hashed in kept if not is_password_usable(hashed)]
    if closed:
        hashed = make_password(password)
        for username in closed:
            store.set_password(username, hashed)
    return len(closed)


def close_accounts(pack: Path) -> int:
    """Take the demo's password from every account that still has it; returns how many had."""
    from django.contrib.auth.hashers import check_password, make_password
    from django.contrib.auth.models import User

    from yiwang.org import store

    password, _ = read(pack)
    kept = list(User.objects.exclude(password__startswith="!").values_list("username", "password"))
    same = {hashed for hashed in {one for _, one in kept} if check_password(password, hashed)}
    having = [username for username, hashed in kept if hashed in same]
    for username in having:
        store.set_password(username, make_password(None))
    return len(having)


def table(pack: Path, language: str) -> Iterator[str]:
    """The sign-ins as lines for a terminal."""
    password, found = read(pack)
    width = max(len(one.username) for one in found)
    yield f"  {'口令' if language == 'zh' else 'password'}: {password}"
    for one in found:
        yield f"  {one.username:<{width}}  {one.name}  {one.who[language]}"
