"""A WSGI application behind an ASGI door, on a bounded number of threads.

Django's own ASGI handler would take a thread of its own for every request and every open stream; its WSGI handler
on a fixed set of threads is quicker and cannot grow. Bodies beyond 64 kB wait on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

IN_MEMORY = 64 * 1024


class Bridge:
    """`await bridge(scope, receive, send)` answers one HTTP request with the WSGI application.

    threads  how many requests a process works on at once; the others wait their turn
    """

    def __init__(self, wsgi: Wsgi, *, threads: int) -> None:
        self._wsgi = wsgi
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        run = asyncio.get_running_loop().run_in_executor
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if not await _received(receive, body):
                return
            start, chunks = await run(self._threads, self._begin, environ_of(scope, body))
            try:
                await send(start)
                iterator = iter(chunks)
                if isinstance(chunks, list | tuple):
                    await send({"type": "http.response.body", "body": b"".join(chunks)})
                else:
                    while (chunk := await run(self._threads, next, iterator, None)) is not None:
                        await send({"type": "http.response.body", "body": chunk, "more_body": True})
                    await send({"type": "http.response.body", "body": b""})
            finally:
                await run(self._threads, _close, chunks)

    def _begin(self, environ: dict[str, Any]) -> tuple[dict[str, Any], Iterable[bytes]]:
        """Runs the application. A plain answer is taken whole, so that small pages cost one change of thread."""
        start: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            start.update(
                type="http.response.start",
                status=int(status[:3]),
                headers=[(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers],
            )

        chunks = self._wsgi(environ, start_response)
        if getattr(chunks, "streaming", False) or not hasattr(chunks, "streaming"):
            return start, chunks
        whole = list(chunks)
        _close(chunks)  # now: what waits for the end of the request must not wait for the network
        return start, whole


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()


async def _received(receive: Receive, body: Any) -> bool:
    """The whole body, or False when the other side went away."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        if chunk := message.get("body"):
            body.write(chunk)
        if not message.get("more_body"):
            body.seek(0)
            return True


def environ_of(scope: Scope, body: Any) -> dict[str, Any]:
    """The WSGI environment of an ASGI scope (PEP 3333: texts carry bytes as latin-1)."""
    host, port = scope.get("server") or ("127.0.0.1", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": str(host),
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if client := scope.get("client"):
        environ["REMOTE_ADDR"] = client[0]
        environ["REMOTE_PORT"] = str(client[1])
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:  # X_Forwarded_For must not pass for X-Forwarded-For
            continue
        key = name.upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        environ[key] = f"{environ[key]},{value}" if key in environ and key != "HTTP_COOKIE" else value
    if "CONTENT_LENGTH" not in environ:  # a chunked body is whole by now, so its length is known
        with contextlib.suppress(OSError):
            environ["CONTENT_LENGTH"] = str(body.seek(0, 2))
            body.seek(0)
    return environ
