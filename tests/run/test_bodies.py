"""What is sent is refused before it is read, in the form its sender can read; nobody holds the door open for ever."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.site import Site
from yiwang.run import bodies

HUGE = 800 * 1024 * 1024
PLAIN = 1024 * 1024


def send(site: Site, head: str, *pieces: bytes, pause: float = 0.0, seconds: float = 40.0) -> tuple[int, str, float]:
    """(status, text, seconds) of a request written byte by byte; status 0 when the server closed without a word."""
    at, begun = urlsplit(site.url), time.monotonic()
    with socket.create_connection((str(at.hostname), at.port or 80), timeout=seconds) as connection:
        connection.sendall(head.replace("HOST", at.netloc).encode())
        answer = b""
        try:
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(pause)
            while chunk := connection.recv(65_536):
                answer += chunk
                if b"\r\n\r\n" in answer and complete(answer):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
    status = int(answer.split()[1]) if answer else 0
    return status, answer.partition(b"\r\n\r\n")[2].decode(), time.monotonic() - begun


def complete(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    lengths = [int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
    return bool(lengths) and len(body) >= lengths[0]


def head(method: str, path: str, *more: str) -> str:
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: HOST", *more, "", ""])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/portal/report/"),
        ("POST", "/sign-in/"),
        ("GET", "/"),
        ("GET", "/portal/"),
        ("HEAD", "/portal/"),
        ("PUT", "/nothing"),
        ("POST", "/no/such/page/"),
        ("PATCH", "/api/v1/matters/RX-20261126-0001/actions"),
        ("POST", "/desk/matters/RX-20261126-0001/do/answer/"),
        ("POST", "/board/plans/"),
    ],
)
def test_a_huge_body_is_refused_by_its_announced_length_before_a_byte_of_it(site: Site, method: str, path: str) -> None:
    status, text, _ = send(site, head(method, path, f"Content-Length: {HUGE}"))
    assert status == 413
    if method == "HEAD":
        assert text == ""
    elif path.startswith("/api/"):
        assert set(json.loads(text)["error"]) == {"zh", "en"}
    else:
        assert "太大" in text


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        (["Accept: text/html", "Accept-Language: en"], "<title>What was sent is too large"),
        (["Accept: text/html", "Cookie: yiwang_language=en"], "<title>What was sent is too large"),
        (["Accept: text/html", "Accept-Language: zh-CN"], "<title>传来的内容太大"),
        (["HX-Request: true", "Accept-Language: en"], '<p class="error-line" role="alert">'),
        (["Accept: application/json", "Accept-Language: en"], '{"error": "What was sent is too large"'),
    ],
)
def test_the_refusal_comes_in_the_form_and_language_of_its_reader(site: Site, headers: list[str], says: str) -> None:
    status, text, _ = send(site, head("POST", "/portal/track/", f"Content-Length: {HUGE}", *headers))
    assert status == 413
    assert says in text


@pytest.mark.parametrize(("path", "most"), [("/sign-in/", PLAIN), ("/nothing", 0), ("/portal/track/", PLAIN)])
def test_a_body_of_unknown_length_is_counted_while_it_comes(site: Site, path: str, most: int) -> None:
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    pieces = [chunk] * (most // 65_536 + 40)
    status, text, _ = send(site, head("POST", path, "Transfer-Encoding: chunked"), *pieces)
    assert status in (413, 0)  # 0: the answer was overtaken by the closing of the connection
    assert "太大" in text or not status


def test_a_chunked_body_within_the_limit_is_taken(site: Site) -> None:
    form = b"username=nobody&password=x"
    piece = f"{len(form):x}\r\n".encode() + form + b"\r\n0\r\n\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded"
    status, _, _ = send(site, head("POST", "/sign-in/", "Transfer-Encoding: chunked", kind), piece)
    assert status == 403  # read, and refused for want of the form's token


@pytest.mark.slow
def test_half_a_head_half_a_body_and_a_dripping_body_are_let_go_and_pages_answer_meanwhile(site: Site) -> None:
    half_head = (f"POST /portal/report/ HTTP/1.1\r\nHost: {urlsplit(site.url).netloc}\r\nContent-Le", [], 0.0)
    half_body = (head("POST", "/portal/report/", "Content-Length: 900"), [b"x" * 100], 0.0)
    chunked = (head("POST", "/portal/report/", "Transfer-Encoding: chunked"), [b"5\r\nabcde\r\n"], 0.0)
    dripping = (head("POST", "/portal/report/", "Content-Length: 900"), [b"x"] * 12, 2.0)
    cases = [half_head] * 10 + [half_body] * 10 + [chunked] * 10 + [dripping] * 10
    with ThreadPoolExecutor(len(cases)) as pool:
        slow = [pool.submit(send, site, start, *pieces, pause=pause) for start, pieces, pause in cases]
        for _ in range(10):
            assert send(site, head("GET", "/sign-in/"))[0] == 200
        ended = [one.result() for one in slow]
    assert {status for status, _, _ in ended[:10]} <= {0, 408}
    assert {status for status, _, _ in ended[10:30]} == {408}
    assert {status for status, _, _ in ended[30:]} <= {408, 0}
    assert all("没有收全" in text for status, text, _ in ended if status == 408 and text)


async def sent(incoming: bodies.Incoming, pieces: list[bytes], *, pause: float = 0.0, most: int = 10_000) -> bytes:
    left = list(pieces)

    async def receive() -> Any:
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    with incoming.body() as body:
        await body.receive(receive, most=most)
        return body.file.read()


def test_a_slow_line_is_given_the_time_that_its_bytes_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE", 0.2)
    monkeypatch.setattr(bodies, "SLOWEST", 1000)
    pieces = [b"x" * 100] * 10
    assert asyncio.run(sent(bodies.Incoming(), pieces, pause=0.05)) == b"x" * 1000
    with pytest.raises(bodies.TooSlow):
        asyncio.run(sent(bodies.Incoming(), pieces, pause=0.3))


def test_not_even_a_steady_line_may_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LONGEST", 0.3)
    with pytest.raises(bodies.TooSlow):
        asyncio.run(sent(bodies.Incoming(), [b"x" * 100] * 90, pause=0.02))


def test_all_bodies_together_take_so_much_of_the_disk_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "TOGETHER", 1000)
    incoming = bodies.Incoming()

    async def story() -> list[Any]:
        one = [b"x" * 100] * 4
        return await asyncio.gather(*(sent(incoming, one, pause=0.01) for _ in range(4)), return_exceptions=True)

    ended = asyncio.run(story())
    assert {type(one) for one in ended} == {bytes, bodies.TooMany}
    assert incoming.held == 0
    assert asyncio.run(sent(incoming, [b"x" * 900])) == b"x" * 900
