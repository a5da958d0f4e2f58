"""An open stream ends with what allowed it, within seconds: through the real server."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.support.site import Site
from tests.support.visitor import Visitor
from yiwang.run.live import CHECK

WHO = "huapeide"


def ended_post(site: Site, _: Visitor) -> Callable[[], Any]:
    _write(site, "UPDATE org_appointment SET until = since WHERE until IS NULL AND person_id = " + PERSON)
    return lambda: _write(site, "UPDATE org_appointment SET until = NULL WHERE until = since AND person_id = " + PERSON)


def closed_account(site: Site, _: Visitor) -> Callable[[], Any]:
    _write(site, f"UPDATE auth_user SET is_active = false WHERE username = '{WHO}'")
    return lambda: _write(site, f"UPDATE auth_user SET is_active = true WHERE username = '{WHO}'")


def signed_out(_: Site, visitor: Visitor) -> Callable[[], Any]:
    assert visitor.post("/sign-out/", {}).status == 302
    return lambda: None


PERSON = f"(SELECT p.id FROM org_person p JOIN auth_user u ON u.id = p.user_id WHERE u.username = '{WHO}')"


def _write(site: Site, statement: str) -> None:
    with psycopg.connect(site.owner, autocommit=True) as connection:
        assert connection.execute(statement).rowcount > 0  # type: ignore[arg-type]


@contextmanager
def listening(site: Site, visitor: Visitor) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=3 * CHECK)
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    connection.request("GET", "/live/", headers={"Cookie": cookies})
    try:
        yield connection.getresponse()
    finally:
        connection.close()


@pytest.mark.parametrize("ending", [ended_post, closed_account, signed_out])
def test_a_stream_ends_with_what_allowed_it(site: Site, ending: Callable[[Site, Visitor], Callable[[], Any]]) -> None:
    visitor, colleague = Visitor(site).sign_in(WHO), Visitor(site).sign_in("shijing")
    with listening(site, visitor) as stream, listening(site, colleague) as other:
        assert (stream.status, other.status) == (200, 200)
        begun = time.monotonic()
        undo = ending(site, visitor)
        try:
            stream.read()  # to the end: the stream is closed, and not broken off
        finally:
            undo()
        assert time.monotonic() - begun < 2 * CHECK
        assert other.read1(10) != b""  # a colleague's goes on
