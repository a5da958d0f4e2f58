"""Handing out a file: under its own name, never as a page of ours, never kept by the browser."""

from __future__ import annotations

from typing import Protocol

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from yiwang.files.shelf import path_of


class Kept(Protocol):
    """What is handed out: its name, what it is, the bytes on the shelf; `shown` in place or only ever saved."""

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def sha256(self) -> str: ...

    @property
    def shown(self) -> bool: ...


SANDBOX = "default-src 'none'; sandbox"


def download(file: Kept) -> HttpResponseBase:
    """A photo is shown in place; everything else is only ever saved (RFC 6266), whatever it says it is."""
    path = path_of(file.sha256)
    try:
        if file.shown:
            answer: HttpResponseBase = FileResponse(path.open("rb"), content_type=file.media_type)
        else:
            answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    except FileNotFoundError:
        raise Http404 from None
    answer["Content-Disposition"] = content_disposition_header(not file.shown, file.name) or "attachment"
    return sealed(answer)


def sealed(answer: HttpResponseBase) -> HttpResponseBase:
    """Without scripts, frames or guesses, and gone from the browser when its page is."""
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
