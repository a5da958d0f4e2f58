"""How often a password may be wrong: by name, by address, by both, in total; a known device is counted apart.

Five wrong passwords for one name from one address close that pair for 15 minutes (Axes). That alone would let one
address try four passwords with each of many names, and many addresses try one name. So before a password is looked at:

    all together   1,500 in 15 minutes: about what a machine can check in that time at all
    one address    20 in 15 minutes, whatever the names
    one name       10 in 15 minutes from devices that never signed in with it; after that one a minute

A name is slowed and never closed: nobody can shut a person out by guessing. And who has signed in with this browser
before carries a cookie that says so; the three limits do not bind that device (OWASP, "device cookies"), which has
ten tries of its own. A try is counted before the password is checked and given back when it was right, so a hundred
at once are no way around.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from .keyed import keyed
from .limits import Count, Limit, count
from .networks import together
from .visitor import visitor

QUARTER = 15 * 60
ALL_TOGETHER = Limit(1_500, QUARTER)
ADDRESS = Limit(20, QUARTER)
NAME = Limit(10, QUARTER)
SLOWED = Limit(1, 60)
DEVICE = Limit(10, QUARTER)
LONGEST_NAME = 150

COOKIE = "yiwang_device"
COOKIE_AGE = 180 * 86400
MOST_PEOPLE = 6  # who share one browser
_SALT = "yiwang.device"

log = logging.getLogger(__name__)


class Guard:
    """The first of AUTHENTICATION_BACKENDS: refuses a try before its password costs anything. Knows nobody."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **_: Any) -> None:
        if request is None or username is None:
            return
        counted: list[Count] = []
        for attempted in _tries(request, username):
            counted.append(attempted)
            if attempted.over:
                for before in counted[:-1]:
                    before.give_back()
                request.axes_locked_out = True  # type: ignore[attr-defined]
                request.sign_in_wait = attempted.wait  # type: ignore[attr-defined]
                log.warning("sign-in refused by the limit %s", attempted.key.split(":")[0])
                raise PermissionDenied
        request.sign_in_tries = counted  # type: ignore[attr-defined]

    def get_user(self, user_id: int) -> None:
        return None


def _tries(request: HttpRequest, username: str) -> Any:
    """One count after the other, as far as they go."""
    name = username[:LONGEST_NAME].casefold()
    if is_known(request, username):
        yield count("sign-in-device", f"{request.COOKIES[COOKIE]}\n{name}", DEVICE)
        return
    yield count("sign-in-all", "", ALL_TOGETHER)
    yield count("sign-in-address", together(visitor(request)), ADDRESS)
    by_name = count("sign-in-name", name, NAME)
    if by_name.over:
        by_name.give_back()
        by_name = count("sign-in-slowed", name, SLOWED)
    yield by_name


# --- the device -------------------------------------------------------------------------------------------------------


def is_known(request: HttpRequest, username: str) -> bool:
    """Whether this browser has signed in with this name before, with the password that is still valid."""
    names = _names(request)
    if not names:
        return False
    user = User.objects.filter(username=username[:LONGEST_NAME], is_active=True).first()
    return user is not None and _name(user) in names


def remember(request: HttpRequest, response: HttpResponse, user: AbstractBaseUser) -> None:
    """This browser is known from now on."""
    names = [_name(user), *(one for one in _names(request) if one != _name(user))][:MOST_PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps(names, salt=_SALT),
        max_age=COOKIE_AGE,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _names(request: HttpRequest) -> list[str]:
    try:
        names: list[str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return []
    return names


def _name(user: AbstractBaseUser) -> str:
    """A new password makes a new name of it, so what an old password opened does not count."""
    return keyed("device", f"{user.pk}:{user.password}")[:22]


# --- what is written of it --------------------------------------------------------------------------------------------


def _signed_in(sender: Any, request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    for one in getattr(request, "sign_in_tries", ()):
        one.give_back()
    request.sign_in_tries = ()  # type: ignore[attr-defined]


def _signed_out(sender: Any, request: HttpRequest | None, user: AbstractBaseUser | None, **_: Any) -> None:
    if user is not None:
        log.info("account %s signed out", user.pk)


def listen() -> None:
    """Called once when the programs start."""
    user_logged_in.connect(_signed_in, dispatch_uid="yiwang.sign_in")
    user_logged_out.connect(_signed_out, dispatch_uid="yiwang.sign_in")
