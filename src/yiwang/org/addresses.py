"""No address of a page holds personal data (R9.3): what somebody typed into a search goes on as its mask.

Addresses stay in histories, in logs of proxies and in what a page says of itself; a whole number is looked for by a
form that is posted (`desk/disclosing.find`).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from .personal import masked

_OURS = ("/static/", "/api/", "/account/")  # built names; the API says nothing of its address; secrets of links


class AddressMiddleware:
    """Leads a page whose address tells of somebody to the same page with the masks in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") and not request.path.startswith(_OURS):
            asked = [(name, value) for name, values in request.GET.lists() for value in values]
            shown = [(masked(name), masked(value)) for name, value in asked]
            path = masked(request.path)
            if shown != asked or path != request.path:
                address = "/" + quote(path.lstrip("/\\"), safe="/*")  # never to another site
                return HttpResponseRedirect(address + (f"?{urlencode(shown, safe='*')}" if shown else ""))
        return self.get_response(request)
