"""A browser without a face: keeps cookies, sends what it is told byte by byte, and lets nothing be repaired."""

from __future__ import annotations

import http.client
import re
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import quote, quote_plus, urlsplit

FORM = "application/x-www-form-urlencoded"


class Visitor:
    """Somebody's browser at an address of their own; `name` "" is a passer-by."""

    def __init__(self, url: str, name: str = "", password: str = "", address: str = "203.0.113.1") -> None:
        self.host = urlsplit(url).netloc
        self.name, self._password, self.address = name, password, address
        self.cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None
        if name:
            self.sign_in()

    def sign_in(self) -> None:
        self.send("GET", "/sign-in/")
        status, headers, _ = self.post("/sign-in/", [("username", self.name), ("password", self._password)])
        assert status == 302, (status, self.name, headers)

    @property
    def token(self) -> str:
        return self.cookies.get("yiwang_csrf", "")

    def post(self, path: str, fields: list[tuple[str, str]]) -> tuple[int, http.client.HTTPMessage, bytes]:
        if not self.token:
            self.send("GET", "/sign-in/")
        pairs = [("csrfmiddlewaretoken", self.token), *fields]
        return self.send("POST", path, encoded(pairs), FORM)

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        content_type: str = "",
        headers: tuple[tuple[str, str], ...] = (),
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request; the path is sent as it is. A connection that the server closed is opened again once."""
        for again in (False, True):
            if self._line is None:
                self._line = http.client.HTTPConnection(self.host, timeout=60)
                self._line._validate_path = lambda url: None  # type: ignore[attr-defined,method-assign]
            try:
                self._line.putrequest(method, path, skip_accept_encoding=True)
                self._line.putheader("X-Forwarded-For", self.address)
                if self.cookies:
                    self._line.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
                for name, value in headers:
                    self._line.putheader(name, value)
                if content_type:
                    self._line.putheader("Content-Type", content_type)
                if body or method != "GET":
                    self._line.putheader("Content-Length", str(len(body)))
                self._line.endheaders(body or None)
                answer = self._line.getresponse()
                read = answer.read()
            except (http.client.HTTPException, OSError):
                self._line.close()
                self._line = None
                if again:
                    raise
                continue
            for said in answer.headers.get_all("Set-Cookie") or ():
                for name, morsel in SimpleCookie(said).items():
                    if morsel.value and morsel["max-age"] != "0":
                        self.cookies[name] = morsel.value
                    else:
                        self.cookies.pop(name, None)
            return answer.status, answer.headers, read
        raise AssertionError("unreachable")

    def signed_in(self) -> bool:
        return "yiwang_session" in self.cookies


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def segment(text: str) -> str:
    """As one segment of a path."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


class Page(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, str, list[tuple[str, str]]]] = []  # method, action, fields
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "src"):
            if given.get(name, "").startswith(("/", "?")):
                self.links.append(given[name])
        if tag == "form":
            self.forms.append((given.get("method", "get").lower(), given.get("action", ""), []))
        if self.forms and tag in ("input", "textarea", "select", "button") and given.get("name"):
            self.forms[-1][2].append((given["name"], given.get("value", "")))
        if self.forms and tag == "option" and given.get("value") and self.forms[-1][2]:
            name, value = self.forms[-1][2][-1]
            if not value:
                self.forms[-1][2][-1] = (name, given["value"])


def links_of(html: str) -> list[str]:
    return [re.sub(r"#.*", "", link) for link in Page(html).links]
