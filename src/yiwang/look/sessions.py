"""How long a sign-in lasts: until nothing was done for a while, and never longer than a working day (R9.1).

What a page fetches by itself (its live parts) is no doing of a person, except on the wall, which hangs where nobody
sits. So a desk that was left closes itself, and a screen goes on until the day's sign-in ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

from .speech import spoken

BEGAN, SEEN = "began", "seen"
STEP = 60  # seconds: activity is written down at most once in so many

View = TypeVar("View", bound=Callable[..., Any])


def by_itself(view: View) -> View:
    """Marks a view that pages fetch without their reader."""
    view.by_itself = True  # type: ignore[attr-defined]
    return view


def has_ended(session: Mapping[str, Any], now: float) -> bool:
    """Whether a session of somebody signed in is over. Times are seconds since 1970."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not isinstance(began, int | float) or not isinstance(seen, int | float):
        return False  # signed in before this was counted; the next request begins to
    idle: int = settings.IDLE_SECONDS
    longest: int = settings.SESSION_COOKIE_AGE
    return now - seen > idle or now - began > longest


class SessionLimits:
    """Ends sign-ins that are over; keeps when somebody last did something. After AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and has_ended(request.session, time.time()):
            logout(request)
            messages.info(request, spoken("look.signed_out", minutes=settings.IDLE_SECONDS // 60))
        response = self.get_response(request)
        if request.user.is_authenticated:
            _seen(request, time.time())
        if request.user.is_authenticated or request.path_info.startswith("/api/"):
            response["Cache-Control"] = "no-store"  # "back" after a sign-out shows nothing
        return response


def _seen(request: HttpRequest, now: float) -> None:
    session = request.session
    session.setdefault(BEGAN, now)
    alone = getattr(request.resolver_match and request.resolver_match.func, "by_itself", False)
    if SEEN not in session or (now - session[SEEN] >= STEP and not alone):
        session[SEEN] = now


def _begin(sender: Any, request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = time.time()


def listen() -> None:
    """Called once when the programs start."""
    user_logged_in.connect(_begin, dispatch_uid="yiwang.sessions")
