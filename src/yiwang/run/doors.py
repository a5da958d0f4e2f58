"""What the server knows of an address before Django is asked: which threads, how large a body, how it is refused."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation

from yiwang.look import errors
from yiwang.look.doors import HEAVY, PLAIN, SIGN_IN
from yiwang.look.trouble import is_passing

from .asgi import Headers, Scope, header
from .lanes import Lane

FIELDS = 8 * 1024  # bytes of a form without files
LONG = 256  # letters of an address
READS = ("GET", "HEAD", "OPTIONS")
REFUSALS = {"too_large": (413, "413"), "too_slow": (408, "408"), "full": (503, "503"), "busy": (503, "busy"),
            "fault": (500, "500")}  # fmt: skip


class Doors:
    """The lanes of one web process, by what they are for. `threads` is how many pages are read at once."""

    def __init__(self, threads: int) -> None:
        few = max(2, threads // 2)
        self.pages = Lane("pages", threads=threads, waiting=32 * threads)
        self.acts = Lane("acts", threads=few, waiting=32 * few)
        self.heavy = Lane("heavy", threads=few, waiting=8 * few, seconds=60.0)
        self.sign_in = Lane("sign-in", threads=2, waiting=64, seconds=30.0, share=2)
        # files are decoded one at a time, so who sends some waits among those who do, and nobody else does
        self.uploads = Lane("uploads", threads=2, waiting=32, seconds=60.0)
        self.lanes = (self.pages, self.acts, self.heavy, self.sign_in, self.uploads)
        self._named = {HEAVY: self.heavy}

    def lane(self, scope: Scope) -> Lane:
        reads, said = scope["method"] in READS, getattr(_view_of(scope["path"]), "lane", "")
        if said == SIGN_IN:
            return self.pages if reads else self.sign_in
        if not said and not reads and _brings_files(scope):
            return self.uploads
        return self._named.get(said) or (self.pages if reads else self.acts)

    def most_bytes(self, scope: Scope) -> int:
        view = None if scope["method"] in READS else _view_of(scope["path"])
        return 0 if view is None else int(getattr(view, "most_bytes", PLAIN))

    def reason(self, trouble: BaseException) -> str:
        return "busy" if is_passing(trouble) else "fault"

    def refusal(self, scope: Scope, reason: str) -> tuple[int, Headers, bytes]:
        status, key = REFUSALS[reason]
        request = HttpRequest()
        request.path = request.path_info = scope["path"]
        request.method = scope["method"]
        request.META = {
            f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}": value.decode("latin-1")
            for name, value in scope["headers"]
            if name in (b"accept", b"accept-language", b"hx-request")
        }
        language = _cookie(scope, settings.LANGUAGE_COOKIE_NAME)
        if language not in dict(settings.LANGUAGES):
            language = translation.get_language_from_request(request)
        with translation.override(language):
            answer = errors.sentence(request, status, key)
        answer.headers.setdefault("Cache-Control", "no-store")
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.items()]
        return status, [*headers, *_SAFE], answer.content


_SAFE: Headers = [
    (b"content-security-policy", b"default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
]


def _brings_files(scope: Scope) -> bool:
    """Whether a form carries more than its fields would: files, by all appearances."""
    if not header(scope, b"content-type").startswith(b"multipart/form-data"):
        return False
    length = header(scope, b"content-length")
    return not length.isdigit() or int(length) > FIELDS


def _view_of(path: str) -> Any:
    """The view that answers an address; None when nothing does. Anybody can make up long ones: they are not kept."""
    return _view(path) if len(path) <= LONG else _view.__wrapped__(path)


@lru_cache(maxsize=4096)
def _view(path: str) -> Any:
    try:
        return resolve(path).func
    except (Resolver404, UnicodeError, ValueError):
        return None


def _cookie(scope: Scope, name: str) -> str:
    for key, value in scope["headers"]:
        if key == b"cookie":
            for one in value.decode("latin-1").split(";"):
                found, _, text = one.strip().partition("=")
                if found == name:
                    return str(text)
    return ""
