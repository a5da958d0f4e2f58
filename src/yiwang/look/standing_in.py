"""Acting for a colleague who has handed their acts over: begun and left by a press, and ended by itself (R5.4).

The session names the delegation, and the database is asked at every request whether it holds at this moment. A form
that was opened in one's own name is not sent in another's, nor the other way round: whoever changes sides gets a new
token, so what is still open on other pages is refused.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token

from yiwang.org.session import stand_in

from .errors import sentence
from .speech import spoken

STANDS_FOR = "stands_for"  # in the session: the delegation


def begin(request: HttpRequest, delegation: int) -> bool:
    """From now on this session acts for whoever handed over; False where nobody does so now."""
    user = request.user.pk
    if user is None or stand_in(user, delegation) is None:
        return False
    request.session[STANDS_FOR] = delegation
    rotate_token(request)
    return True


def leave(request: HttpRequest) -> None:
    """From now on this session acts for its own person again."""
    request.session.pop(STANDS_FOR, None)
    rotate_token(request)


class StandInMiddleware:
    """Sets `request.stand_in`, the asker in the posts of whoever they act for. Before `AskerMiddleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        delegation = request.session.get(STANDS_FOR) if request.user.is_authenticated else None
        if delegation is None:
            return self.get_response(request)
        asker = stand_in(request.user.pk or 0, delegation)
        if asker is None:
            leave(request)
            messages.warning(request, spoken("look.stands_for.over"))
            if request.method not in ("GET", "HEAD"):  # it was meant in the other's name: nothing is done in one's own
                return sentence(request, 409, "stood_for")
            if request.headers.get("HX-Request") == "true":
                return HttpResponse(status=409, headers={"HX-Refresh": "true"})
        request.stand_in = asker  # type: ignore[attr-defined]
        return self.get_response(request)
