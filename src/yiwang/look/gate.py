"""Pages for those who are signed in and hold a post."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from yiwang.org.asker import Asker

from .errors import forbidden
from .page import came_from, page_of

View = Callable[..., HttpResponseBase]


class AskedRequest(HttpRequest):
    """A request of which it is known who asks, a passer-by too (`yiwang.org.middleware`)."""

    asker: Asker


class StaffRequest(AskedRequest):
    """A request behind the gate: who asks holds a post."""


def staff_only(view: View) -> View:
    """To the sign-in and back again, to the page of a part too; whoever is signed in without a post is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if page_of(request).signed_in:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return forbidden(request)
        if request.headers.get("HX-Request") == "true":  # a fragment cannot sign anybody in: the whole page goes
            answer = HttpResponse(status=401)
            answer["HX-Redirect"] = redirect_to_login(came_from(request), reverse("sign-in")).url
            return answer
        return redirect_to_login(page_of(request).path, reverse("sign-in"))

    return guarded
