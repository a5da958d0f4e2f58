"""Who a visitor is: the address behind the proxies that are named (`proxies`), and nobody else's word for it.

Used by the counters of tries (`limits`), the sign-in's lock and log (Axes) and the program's log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings

from .networks import read_address
from .proxies import UNKNOWN, Proxies

_current: ContextVar[str] = ContextVar("visitor", default=UNKNOWN)


def visitor(request: object) -> str:
    """The visitor's address of a Django request; `-` when nobody knows."""
    known: str | None = getattr(request, "visitor", None)
    if known is None:
        meta: dict[str, str] = request.META  # type: ignore[attr-defined]
        proxies: Proxies = settings.YIWANG_PROXIES
        known = proxies.visitor(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
        request.visitor = known  # type: ignore[attr-defined]
    return known


def visitor_for_axes(request: object) -> str | None:
    """The same for Axes (AXES_CLIENT_IP_CALLABLE), which keeps addresses in a column of addresses."""
    known = visitor(request)
    return None if known == UNKNOWN else known


class VisitorMiddleware:
    """The first of all: says who comes, and takes away what only a named proxy may say."""

    def __init__(self, get_response: Callable[..., object]) -> None:
        self.get_response = get_response

    def __call__(self, request: object) -> object:
        meta: dict[str, str] = request.META  # type: ignore[attr-defined]
        if not settings.YIWANG_PROXIES.trusts(read_address(meta.get("REMOTE_ADDR", ""))):
            for name in [name for name in meta if name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED"]:
                del meta[name]
        before = _current.set(visitor(request))
        try:
            return self.get_response(request)
        finally:
            _current.reset(before)


class InLog(logging.Filter):
    """Every line of the log names the visitor of the request in which it was written; `-` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)  # Django tells of an answer when all middleware is through
        record.visitor = visitor(request) if hasattr(request, "META") else _current.get()
        return True
