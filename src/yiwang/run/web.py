"""The one application that serves everything on one address: `/live/` by the loop, all else by Django.

`/healthz` is asked of the threads that serve pages: 200 when one of them reaches the database within WELL_WITHIN
seconds, else 503. It asks nobody who they are and tells nothing.

granian --interface asgi yiwang.run.web:application
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

from .asgi import Application, Receive, Scope, Send, send_whole
from .bridge import Bridge
from .django import setup

WELL_WITHIN = 3.0
ADMITTED_WITHIN = 10.0

setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.core.signals import got_request_exception  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from yiwang.look.trouble import is_passing  # noqa: E402

from .admission import district_of_session, districts_of_sessions, reaches_database  # noqa: E402
from .database import app_url  # noqa: E402
from .doors import Doors  # noqa: E402
from .lanes import Full, Lane  # noqa: E402
from .leftovers import let_go, look_over_pools  # noqa: E402
from .live import Live, NotNow  # noqa: E402
from .memory import give_back, set_aside  # noqa: E402
from .warm import look_into_types  # noqa: E402

get_resolver().url_patterns  # noqa: B018 (a page that cannot be imported stops the start, not the first visitor)
look_into_types()
got_request_exception.connect(look_over_pools)

_doors = Doors(settings.THREADS)
_arrivals = Lane("admission", threads=2, share=2, waiting=2000)


Answer = TypeVar("Answer")


async def _admit(session: str | None) -> int | None:
    return await _asked(lambda: district_of_session(session))


async def _still(sessions: Sequence[str]) -> Mapping[str, int]:
    return await _asked(lambda: districts_of_sessions(sessions))


async def _asked(ask: Callable[[], Answer]) -> Answer:
    """What the database says of who listens. Raises NotNow."""

    def on_a_thread() -> Answer:
        try:
            return ask()
        finally:
            let_go()

    try:
        return cast("Answer", await _arrivals.done_within(ADMITTED_WITHIN, "", on_a_thread))
    except Exception as trouble:
        if isinstance(trouble, Full | TimeoutError) or is_passing(trouble):
            raise NotNow from trouble
        raise


async def _health(_: Scope, __: Receive, send: Send) -> None:
    well = await _well()
    again = [] if well else [(b"retry-after", b"3")]
    await send_whole(send, 200 if well else 503, [(b"cache-control", b"no-store"), *again])


async def _well() -> bool:
    try:
        return bool(await _doors.pages.done_within(WELL_WITHIN, "/healthz", reaches_database))
    except (Full, TimeoutError):
        return False


_pages = Bridge(WSGIHandler(), _doors, after=let_go)
_live = Live(app_url, _admit, cookie=settings.SESSION_COOKIE_NAME, still=_still)
DOORS: dict[str, Application] = {"/live/": _live, "/healthz": _health}
set_aside()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "http":
        await DOORS.get(scope["path"], _pages)(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    tidying = asyncio.create_task(give_back())
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            tidying.cancel()
            return
