"""The one application that serves everything on one address: `/live/` by the loop, all else by Django.

`/healthz` says whether this process reaches the database: 200 or 503. It asks nobody who they are and tells nothing.

granian --interface asgi yiwang.serve.web:application
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor

from .bridge import Application, Bridge, Receive, Scope, Send
from .django import setup

setup(pooled=True)

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from .admission import district_of_session, reaches_database  # noqa: E402
from .database import app_url  # noqa: E402
from .live import Live, answer  # noqa: E402

get_resolver().url_patterns  # noqa: B018 (a page that cannot be imported stops the start, not the first visitor)

THREADS = int(os.environ.get("YIWANG_THREADS", "8"))

_doors = ThreadPoolExecutor(2, thread_name_prefix="admission")


async def _admit(session: str | None) -> int | None:
    return await asyncio.get_running_loop().run_in_executor(_doors, district_of_session, session)


async def _health(_: Scope, __: Receive, send: Send) -> None:
    well = await asyncio.get_running_loop().run_in_executor(_doors, reaches_database)
    await answer(send, 200 if well else 503)


_pages = Bridge(WSGIHandler(), threads=THREADS)
_live = Live(app_url, _admit, cookie=settings.SESSION_COOKIE_NAME)
DOORS: dict[str, Application] = {"/live/": _live, "/healthz": _health}


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "http":
        await DOORS.get(scope["path"], _pages)(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
