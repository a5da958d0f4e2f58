"""A browser as small as it gets: one connection, cookies, forms with files; and what it saw goes into a diary."""

from __future__ import annotations

import http.client
import json
import re
import secrets
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

CSRF = "k" * 32
PATIENCE = 45.0  # seconds that a person waits for an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """Status 0: there was no answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


@dataclass
class Diary:
    """What everybody saw. `acts`: key -> (number, action) that was acknowledged; `reports`: numbers that were given."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[tuple[float, str, int, str]] = field(default_factory=list)
    silences: list[tuple[float, str]] = field(default_factory=list)
    acts: dict[str, tuple[str, str]] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    shown: dict[str, set[str]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def saw(self, path: str, status: int, seconds: float, body: bytes) -> None:
        with self.lock:
            self.statuses[status] += 1
            self.seconds.append(seconds)
            if status == 0:
                self.silences.append((time.monotonic(), path))
            elif status in (500, 502, 504):
                said = re.sub(r"<[^>]+>|\s+", " ", body.decode("utf-8", "replace"))[:200]
                self.faults.append((time.monotonic(), path, status, said))

    def acted(self, key: str, number: str, action: str) -> None:
        with self.lock:
            self.acts[key] = (number, action)
            self.done[action] += 1

    def reported(self, number: str) -> None:
        with self.lock:
            self.reports.append(number)
            self.done["report"] += 1

    def saw_numbers(self, username: str, numbers: set[str]) -> None:
        with self.lock:
            self.shown.setdefault(username, set()).update(numbers)


@dataclass
class Client:
    """Somebody at a device with an address of their own (any of 127.0.0.0/8 is this machine)."""

    port: int
    address: str
    diary: Diary
    cookies: dict[str, str] = field(default_factory=lambda: {"yiwang_csrf": CSRF})
    connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: dict[str, str], files: dict[str, tuple[str, str, bytes]] | None = None) -> Answer:
        """A form; with files as multipart."""
        if not files:
            kind, body = "application/x-www-form-urlencoded", urllib.parse.urlencode(form).encode()
        else:
            kind, body = _multipart(form, files)
        return self._ask("POST", path, body, {"Content-Type": kind})

    def post_json(self, path: str, data: Any) -> Answer:
        return self._ask("POST", path, json.dumps(data).encode(), {"Content-Type": "application/json"})

    def leave(self) -> None:
        """Close the connection, whatever was going on."""
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def open(self, timeout: float = PATIENCE) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=(self.address, 0))

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Cookie": cookies,
            "X-CSRFToken": self.cookies["yiwang_csrf"],
            "Referer": f"http://127.0.0.1:{self.port}/",
        }

    def _ask(self, method: str, path: str, body: bytes | None, more: dict[str, str]) -> Answer:
        began = time.monotonic()
        kept = self.connection is not None
        try:
            self.connection = self.connection or self.open()
            self.connection.request(method, path, body, self.headers() | more)
            got = self.connection.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        except (OSError, http.client.HTTPException):
            self.leave()
            if kept and method == "GET":  # a kept connection may have been closed meanwhile: ask once more
                return self._ask(method, path, body, more)
            answer = Answer(0, http.client.HTTPMessage(), b"")
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        self.diary.saw(f"{method} {path}", answer.status, time.monotonic() - began, answer.body)
        return answer


def _multipart(form: dict[str, str], files: dict[str, tuple[str, str, bytes]]) -> tuple[str, bytes]:
    mark = secrets.token_hex(12)
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in form.items()
    ]
    for name, (filename, kind, content) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + content + b"\r\n")
    return f"multipart/form-data; boundary={mark}", b"".join(parts) + f"--{mark}--\r\n".encode()
