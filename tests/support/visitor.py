"""Somebody at a browser without a screen: cookies, the form's token, and the served site alone."""

from __future__ import annotations

import http.client
import re
import socket
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from .site import Site

PASSWORD = "clear river demo"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Visitor:
    """One person's browser; each request takes a connection of its own, so visitors may be used by many threads."""

    site: Site
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, method: str = "GET", body: Any = None, *, seconds: float = 60.0, **headers: str) -> Answer:
        """One request. Headers are given as Accept_Language="en"."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection(urlsplit(self.site.url).netloc, timeout=seconds)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            whole = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, rest = value.split(";")[0].partition("=")
                self.cookies[cookie.strip()] = rest
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, whole)

    def post(self, path: str, form: dict[str, str], **more: Any) -> Answer:
        """Send a form with its token."""
        token = self.cookies.get("yiwang_csrf") or TOKEN.search(self.ask("/sign-in/").text).group(1)  # type: ignore[union-attr]
        headers = {"Content_Type": "application/x-www-form-urlencoded", "X_CSRFToken": token, "Referer": self.site.url}
        return self.ask(path, "POST", urlencode(form), **headers, **more)

    def sign_in(self, name: str, password: str = PASSWORD) -> Visitor:
        answer = self.post("/sign-in/", {"username": name, "password": password})
        assert answer.status == 302, answer.text[:500]
        return self

    def open(self, path: str, *, buffer: int = 4096) -> socket.socket:
        """Ask and leave the answer in the network: a client that reads what it likes."""
        at = urlsplit(self.site.url)
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        made.connect((at.hostname, at.port))
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        made.sendall(f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\nCookie: {cookies}\r\n\r\n".encode())
        return made
