"""The bridge from ASGI to WSGI: bodies, headers, streams, and never more threads than it was given."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.run.opened import Environ, Open
from yiwang.run.bridge import Bridge
from yiwang.run.environ import environ_of


def ask(wsgi: Any, *, body: list[bytes] | None = None, path: str = "/", headers: Any = (), threads: int = 2) -> Any:
    """(status, headers, body) of one request whose body comes in the given pieces."""
    return asyncio.run(_ask(Bridge(wsgi, Open(threads)), body or [b""], path, headers))


async def _ask(bridge: Bridge, body: list[bytes], path: str, headers: Any) -> tuple[int, dict[bytes, bytes], bytes]:
    pieces = [{"type": "http.request", "body": one, "more_body": True} for one in body]
    pieces[-1]["more_body"] = False
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> Any:
        return pieces.pop(0) if pieces else await asyncio.Future()

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [*headers, (b"transfer-encoding", b"chunked")]
    scope = {"type": "http", "method": "POST", "path": path, "query_string": b"a=1", "headers": headers}
    await bridge(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(m.get("body", b"") for m in sent[1:])


def echo(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
    start("200 OK", [("X-Length", environ["CONTENT_LENGTH"])])
    return [environ["wsgi.input"].read()]


@given(st.lists(st.binary(max_size=100_000), min_size=1, max_size=4))
def test_a_body_arrives_whole_however_it_is_cut(pieces: list[bytes]) -> None:
    status, headers, body = ask(echo, body=pieces)
    assert (status, body) == (200, b"".join(pieces))
    assert headers[b"x-length"] == str(len(body)).encode()


def test_a_path_may_be_chinese() -> None:
    def path(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return [environ["PATH_INFO"].encode("latin-1")]

    assert ask(path, path="/事项/")[2].decode() == "/事项/"


def test_a_header_with_an_underscore_cannot_pass_for_one_with_a_dash() -> None:
    scope = {"method": "GET", "path": "/", "headers": [(b"x_forwarded_proto", b"https"), (b"accept", b"text/html")]}
    environ = environ_of(scope, io.BytesIO())
    assert "HTTP_X_FORWARDED_PROTO" not in environ
    assert environ["HTTP_ACCEPT"] == "text/html"


def test_a_long_answer_is_sent_piece_by_piece_and_closed() -> None:
    class Long:
        closed = 0

        def __iter__(self) -> Iterator[bytes]:
            return iter([b"one ", b"two ", b"three"])

        def close(self) -> None:
            Long.closed += 1

    def long(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        start("200 OK", [])
        return Long()

    assert ask(long)[2] == b"one two three"
    assert Long.closed == 1


def test_many_requests_at_once_share_a_few_threads() -> None:
    seen: set[int] = set()

    def slow(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        seen.add(threading.get_ident())
        time.sleep(0.01)
        start("204 No Content", [])
        return []

    async def story() -> None:
        bridge = Bridge(slow, Open(3))
        await asyncio.gather(*(_ask(bridge, [b""], "/", ()) for _ in range(60)))

    asyncio.run(story())
    assert len(seen) <= 3


def test_a_visitor_who_leaves_before_the_body_is_whole_is_not_answered() -> None:
    def never(environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        pytest.fail("the application saw half a request")

    async def story() -> None:
        messages = iter([{"type": "http.request", "body": b"half", "more_body": True}, {"type": "http.disconnect"}])

        async def receive() -> Any:
            return next(messages)

        async def send(message: Any) -> None:
            pytest.fail("half a request was answered")

        scope = {"method": "POST", "path": "/", "headers": [(b"content-length", b"9")]}
        await Bridge(never, Open(1))(scope, receive, send)

    asyncio.run(story())
