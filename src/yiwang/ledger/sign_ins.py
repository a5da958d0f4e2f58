"""Who signed in, who signed out, who could not: written into the ledger as it happens (R9.1).

An entry belongs to the account, in the district of its person. Where no such account exists, what was typed is not kept
(people type passwords there) and the entry belongs to "account:unknown". A try that was refused before its password was
looked at is counted (org.limits) and not written: nobody can fill the ledger from outside.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from yiwang.org import queries, session
from yiwang.org.asker import Asker, public
from yiwang.org.visitor import visitor

from . import store

STREAM = "sign-ins"

log = logging.getLogger(__name__)


def listen() -> None:
    """Called once when the programs start."""
    user_logged_in.connect(_in, dispatch_uid="yiwang.ledger")
    user_logged_out.connect(_out, dispatch_uid="yiwang.ledger")
    user_login_failed.connect(_failed, dispatch_uid="yiwang.ledger")


def _in(sender: Any, request: HttpRequest | None, user: AbstractBaseUser, **_: Any) -> None:
    _write(user.pk, "sign-in", request)


def _out(sender: Any, request: HttpRequest | None, user: AbstractBaseUser | None, **_: Any) -> None:
    if user is not None:
        _write(user.pk, "sign-out", request)


def _failed(sender: Any, credentials: Mapping[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    if getattr(request, "axes_locked_out", False):
        return
    name = str(credentials.get("username") or "")[:150].replace("\x00", "")
    account = User.objects.filter(username=name).values_list("pk", flat=True).first() if name else None
    _write(account, "sign-in failed", request)


def _write(account: int | None, action: str, request: HttpRequest | None) -> None:
    asker = _person(account)
    if asker is None:
        log.warning("%s of account %s: no district is loaded, nothing is written", action, account)
        return
    if action == "sign-in failed":  # whoever tried, it was not shown to be that person
        asker = replace(asker, person=None)
    said = {"from": visitor(request)} if request is not None else {}
    store.append(asker, f"account:{account or 'unknown'}", action, said, stream=STREAM)


def _person(account: int | None) -> Asker | None:
    """The person of an account in their district; else nobody, in the district that is shown here."""
    found = session.asker_of_user(account) if account is not None else None
    if found is not None:
        return found
    try:
        return public(*queries.home_district())
    except queries.NoDistrict:
        return None
