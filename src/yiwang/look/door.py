"""The one gate of all pages and of the API: what comes in is text, bounded, or it does not come in.

Path, query, form fields, file names, JSON (keys and values) and cookies pass here before anything reads them
(`yiwang.typed`). What no browser sends is refused with a sentence; control characters in a value are taken out. Behind
the gate nobody needs to think of NUL, surrogates or control characters again.

Faults under `/api/` are JSON, whoever found them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import DataError, connection, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from yiwang.typed.json import NotJson, read
from yiwang.typed.text import NotText, clean, is_clean
from yiwang.why import Refusal

from .errors import AGAIN, fault, is_api, refused, sentence

LONGEST_PATH = 1_000
LONGEST_QUERY = 8_000
LONGEST_NAME = 200  # of a field
LONGEST_FILE_NAME = 1_000
LONGEST_VALUE = 1_000_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CHARSETS = ("", "utf-8", "utf8")

log = logging.getLogger(__name__)


class NotTaken(Exception):
    """What came in cannot be taken; `status` is 400, 413 or 414."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status = status


class DoorMiddleware:
    """Before everything that reads what a visitor sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            _address(request)
            _cookies(request)
            _body(request)
        except (NotTaken, NotText, NotJson) as error:
            with translation.override(translation.get_language_from_request(request)):
                return sentence(request, error.status if isinstance(error, NotTaken) else 400)
        response = self.get_response(request)
        if is_api(request) and response.status_code >= 400 and "json" not in response.get("Content-Type", ""):
            response = fault(response.status_code, getattr(response, "key", ""), headers=response.headers)
        if response.status_code == 503:  # whoever refused for now, in whatever form
            response.headers.setdefault("Retry-After", str(AGAIN))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A refusal that no face shows in place; and the net below the gate: a value that the database cannot hold is
        a fault of ours, told as a bad request."""
        if isinstance(error, Refusal):
            return refused(request, error)
        if not isinstance(error, DataError | UnicodeEncodeError | OverflowError):
            return None
        log.error("a value slipped through the door: %s at %s", type(error).__name__, request.path, exc_info=error)
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return sentence(request, 400)


def _address(request: HttpRequest) -> None:
    """The path and the query."""
    if len(request.path_info) > LONGEST_PATH or len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise NotTaken(414, "address")
    if not is_clean(request.path_info):
        raise NotTaken(400, "path")
    if request.META.get("QUERY_STRING"):
        given, request.GET = request.GET, _fields(request.GET)  # type: ignore[assignment]
        if any(value and not clean(value) for name in given for value in given.getlist(name)):
            raise NotTaken(400, "query")  # left empty it would ask for everything


def _cookies(request: HttpRequest) -> None:
    """A cookie that is no text is none."""
    for name in [name for name, value in request.COOKIES.items() if not (is_clean(name) and is_clean(value))]:
        del request.COOKIES[name]


def _body(request: HttpRequest) -> None:
    if request.method in ("GET", "HEAD", "OPTIONS") and not request.META.get("CONTENT_LENGTH"):
        return
    if (request.content_params or {}).get("charset", "").lower() not in CHARSETS:
        raise NotTaken(400, "charset")
    if request.content_type in FORMS:
        if request.method == "POST":
            request.POST = _fields(request.POST)  # type: ignore[assignment]
            _files(request.FILES)
    elif request.body and (is_api(request) or request.content_type == "application/json"):
        request._body = json.dumps(read(request.body)).encode()


def _fields(given: QueryDict) -> QueryDict:
    """The same names and values, cleaned."""
    fields = QueryDict(mutable=True)
    for name, values in given.lists():
        _short(name, LONGEST_NAME)
        fields.setlist(clean(name), [clean(value) for value in _short_ones(values)])
    fields._mutable = False
    return fields


def _short_ones(values: Iterable[object]) -> list[str]:
    return [_short(str(value), LONGEST_VALUE) for value in values]


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise NotTaken(413, "too long")
    return text


def _files(given: MultiValueDict[str, UploadedFile[Any]]) -> None:
    for name, files in given.lists():
        clean(_short(name, LONGEST_NAME))
        for file in files:
            file.name = clean(_short(file.name or "", LONGEST_FILE_NAME))
