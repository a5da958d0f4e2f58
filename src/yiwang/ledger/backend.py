"""Passwords as Django checks them, but what it rehashes is kept through the ledger (accounts.py).

Django's own backend stands behind this one for those who are signed in; it never gets to see a password.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from yiwang.org.session import asker_of_user

from .accounts import Account, change_password


class Passwords(ModelBackend):
    """Who signs in with a password that was hashed in an older way has it hashed in today's."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user; None where no password was given. Raises PermissionDenied for a wrong one: nobody looks again."""
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            make_password(password)  # takes as long as a look at a password that is there
            raise PermissionDenied
        right = check_password(password, user.password, lambda raw: _rehash(user, raw))
        if not right or not self.user_can_authenticate(user):
            raise PermissionDenied
        return user


def _rehash(user: User, raw: str) -> None:
    asker = asker_of_user(user.pk)
    if asker is not None:
        change_password(asker, Account(user.pk, user.password), make_password(raw), action="password rehashed")
