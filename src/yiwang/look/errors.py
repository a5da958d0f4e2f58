"""Every refusal of a page as a sentence: what happened, what is kept, what to do. These pages need no database."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme as ours

from yiwang.ledger.clock import ClockAhead
from yiwang.why import Refusal, say
from yiwang.why.words import LANGUAGES

from .languages import choice
from .speech import in_a_row, language, spoken
from .trouble import causes, is_full, passing

log = logging.getLogger(__name__)

AGAIN = 3  # seconds after which a refused request may be sent again
FAULTS = (400, 401, 403, 404, 405, 409, 413, 414, 422, 429, 500, 503, 507)
_NOTHING: Mapping[str, str] = {}


def sentence(request: HttpRequest, status: int, key: str = "", *, href: str = "/", **said: Any) -> HttpResponse:
    """The page of an error `key` (look.error.…) with its status. `said` fills the holes of its sentences.

    A program gets both languages as the API gives them, what asks for JSON the sentence alone, and a part of a page
    (htmx) a line that stands in the page. 503 says when to come again (`Retry-After`, seconds; behind the gate
    `door` says it of every other 503 too).
    """
    name = f"look.error.{key or status}"
    if is_api(request):
        answer = fault(status, key or str(status), **said)
    else:
        answer = _in_its_form(request, status, spoken(name, **said), spoken(f"{name}_then", **said), href)
    if status == 503:
        answer["Retry-After"] = str(AGAIN)
    return answer


def _in_its_form(request: HttpRequest, status: int, what: str, then: str, href: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", "") and "html" not in request.headers.get("Accept", ""):
        return JsonResponse({"error": what, "then": then}, status=status)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(render_to_string("look/error_line.html", {"what": what, "then": then}), status=status)
    page = {
        "what": what,
        "then": then,
        "status": status,
        "href": href,
        "action": spoken("look.home") if href == "/" else spoken("look.error.back"),
        "second": href != "/",
        "lang": choice(language()).document,
        "moment": timezone.now(),
    }
    return HttpResponse(render_to_string("look/error.html", page), status=status)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What a rule or a store refused and no page shows in place, in the form that was asked for."""
    if refusal.status == 404 and not is_api(request):
        return sentence(request, 404)  # nothing is said of what is not there
    if is_api(request):
        error = {language: refusal.sentence(language) for language in LANGUAGES}
        fields = {name: {one: words.speak(one) for one in LANGUAGES} for name, words in refusal.fields.items()}
        body = {"error": error, "fields": fields} if fields else {"error": error}
        return JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    wrong = in_a_row(words.speak(language()) for words in refusal.fields.values())
    return _in_its_form(request, refusal.status, refusal.sentence(language()), wrong, _back(request))


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks and not a person."""
    return request.path_info.startswith("/api/")


def fault(status: int, key: str = "", *, headers: Mapping[str, str] = _NOTHING, **said: Any) -> HttpResponse:
    """A fault for a program: what and what to do, in both languages, with the headers that belong to the status."""
    key = f"look.error.{key or (status if status in FAULTS else 500 if status >= 500 else 400)}"
    error = {one: f"{say(key, **said).speak(one)}: {say(f'{key}_then', **said).speak(one)}" for one in LANGUAGES}
    answer = JsonResponse({"error": error}, status=status, json_dumps_params={"ensure_ascii": False})
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in headers:
            answer[name] = headers[name]
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if type(exception).__name__ in ("RequestDataTooBig", "TooManyFilesSent"):
        return sentence(request, 413)
    return sentence(request, 400, href=_back(request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return sentence(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return sentence(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault; or the database is away or does not come to an end, which passes, or the disk is full, or this machine's
    clock runs ahead: then the sentence says so."""
    trouble = sys.exc_info()[1]
    if any(isinstance(one, ClockAhead) for one in causes(trouble)):
        log.error("%s", next(one for one in causes(trouble) if isinstance(one, ClockAhead)))
        return sentence(request, 503, "clock", href=_back(request))
    if is_full(trouble):
        log.error("the disk is full: %s %s", request.method, request.path)
        return sentence(request, 507, href=_back(request))
    if found := passing(trouble):
        log.warning("busy: %s %s: %s", request.method, request.path, type(found).__name__)
        answer = sentence(request, 503, "busy", href=_back(request))
        answer._has_been_logged = True  # type: ignore[attr-defined]  # one line is enough for what passes
        return answer
    return sentence(request, 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old (CSRF_FAILURE_VIEW)."""
    return sentence(request, 403, "csrf", href=_back(request))


def locked_out(request: HttpRequest, credentials: object = None, *_: object, **__: object) -> HttpResponse:
    """Too many wrong passwords (AXES_LOCKOUT_CALLABLE)."""
    wait: int = getattr(request, "sign_in_wait", 15 * 60)
    answer = sentence(request, 429, "locked", minutes=-(-wait // 60))
    answer["Retry-After"] = str(wait)
    return answer


def _back(request: HttpRequest) -> str:
    """The page it came from, when that is one of ours."""
    came_from = request.META.get("HTTP_REFERER", "")
    try:
        host = request.get_host()
    except Exception:  # a forged Host header is one of the ways to get here
        return "/"
    return came_from if came_from and ours(came_from, {host}) else "/"
