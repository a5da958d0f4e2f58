"""Pages for those who are signed in and hold a post."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from yiwang.org.asker import Asker

from .errors import forbidden
from .page import came_from, page_of
from .speech import spoken

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
        if request.method == "POST":
            messages.warning(request, spoken("look.sign_in.nothing_done"))
        return redirect_to_login(page_of(request).path, reverse("sign-in"))

    return guarded


def sent_only(view: View) -> View:
    """For what a form is sent to: asked for as a page (after a sign-in, from a bookmark, by another language), it leads
    to the page above, where the form stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["POST"])
        return HttpResponseRedirect(_page_above(request.path_info))

    guarded.only_sent = True  # type: ignore[attr-defined]
    return guarded


def _page_above(path: str) -> str:
    """The nearest page of which an address is a part."""
    above = path.rstrip("/")
    while above := above.rpartition("/")[0]:
        with suppress(Resolver404):
            if not getattr(resolve(f"{above}/").func, "only_sent", False):
                return f"{above}/"
    return "/"
