"""Hostile values at every address of the program, as several people and as nobody, through the real server.

A short walk over the pages teaches real numbers, codes and forms; then one place after another of an otherwise real
request becomes hostile. Wrong is a status of 500 or more, or a line of the log that says the net had to catch it.
"""

from __future__ import annotations

import random
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from .browser import Page, Visitor, encoded, segment
from .hostile import BYTES, FILES, QUOTED, TEXTS
from .routes import Route, all_routes

WHOLE = ("key", "year")  # what an address calls its numbers (look.addresses)
SLIPPED = "slipped through the door"
PAGES = 25  # that a visitor looks at before they become hostile
QUERY = (
    "q kind stage street lead category state group since until page at as_of by unit period lamp year row only order"
    " back next size scope channel"
).split()
FIELDS = (
    QUERY
    + (
        "key version number action files kept text title value note code name phone lon lat address purpose reason mode"
        " verdict goal picked do draft path nature indicator due username password language solved"
    ).split()
)


@dataclass
class Fuzzer:
    """`fuzzer.run(seconds or requests)`; `fuzzer.faults` tells what broke, as a request that can be repeated."""

    url: str
    visitors: list[Visitor]
    seed: int = 1
    routes: list[Route] = field(default_factory=all_routes)
    faults: list[str] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    routed: dict[str, str] = field(default_factory=dict)  # the route of each path, looked for once
    learnt: set[str] = field(default_factory=set)
    known: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[str, list[tuple[str, list[tuple[str, str]]]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        for visitor in self.visitors:
            self.walk(visitor)

    # --- learning ---

    def walk(self, visitor: Visitor) -> None:
        """Look at pages, one of each route first; keep what stands in their links and forms."""
        waiting, seen, routes_seen = ["/", "/portal/", "/wall/", "/desk/", "/board/", "/portal/report/"], set(), set()
        while waiting and len(seen) < PAGES:
            waiting.sort(key=lambda path: (self.route_of(path) in routes_seen, len(path)))
            path = waiting.pop(0)
            if path in seen:
                continue
            seen.add(path)
            routes_seen.add(self.route_of(path))
            status, headers, body = self.send(visitor, "GET", path)
            if "html" not in headers.get("Content-Type", "") or status != 200:
                if location := headers.get("Location"):
                    waiting.append(location)
                continue
            page = Page(body.decode())
            for link in page.links:
                plain = link.split("?")[0] or path.split("?")[0]
                if plain.startswith("/static/") or len(waiting) > 400:
                    continue
                waiting.append(link if link.startswith("/") else plain + link)
                self.learn(plain)
            for method, action, fields in page.forms:
                where = action.split("?")[0] or path.split("?")[0]
                self.learn(where)
                if method == "post" and (route := self.route_of(where)):
                    kept = self.forms[route]
                    if len(kept) < 12:
                        kept.append((where, [one for one in fields if one[0] != "csrfmiddlewaretoken"]))

    def route_of(self, path: str) -> str:
        plain = path.split("?")[0]
        if plain not in self.routed:
            self.routed[plain] = next((one.text for one in self.routes if one.match(plain) is not None), "")
        return self.routed[plain]

    def learn(self, path: str) -> None:
        if path in self.learnt:
            return
        self.learnt.add(path)
        for route in self.routes:
            found = route.match(path)
            if found and found not in self.known[route.text] and len(self.known[route.text]) < 30:
                self.known[route.text].append(found)

    # --- sending ---

    def send(
        self, visitor: Visitor, method: str, path: str, body: bytes = b"", content_type: str = "", **more: Any
    ) -> Any:
        visitor.address = (
            f"10.{self.random.randrange(256)}.{self.random.randrange(256)}.{self.random.randrange(1, 255)}"
        )
        answer = visitor.send(method, path, body, content_type, **more)
        self.statuses[answer[0]] += 1
        if answer[0] >= 500:
            self.faults.append(f"{answer[0]} {visitor.name or 'nobody'}: {method} {path[:300]} {body[:400]!r} {more}")
        return answer

    def path_of(self, route: Route, hostile: bool) -> str:
        """A real address of this route, or one with a hostile part."""
        real = self.random.choice(self.known[route.text]) if self.known[route.text] else {}
        values = {name: segment(value) for name, value in real.items()}
        for name, sort in route.parameters:
            if name not in values:
                others = [one[name] for known in self.known.values() for one in known if name in one]
                values[name] = segment(self.random.choice(others)) if others else "1" if sort in WHOLE else "x"
        if hostile and route.parameters:
            name, sort = self.random.choice(route.parameters)
            numbers = [text for text in TEXTS if text.isdigit()]
            values[name] = segment(
                self.random.choice(numbers if sort in WHOLE and self.random.random() < 0.7 else TEXTS)
            )
            if self.random.random() < 0.2:
                values[name] = self.random.choice(QUOTED)
        return route.filled(values)[:60_000]

    def get(self, visitor: Visitor, route: Route) -> None:
        """A GET with a hostile part in its path or its query."""
        in_path = bool(route.parameters) and self.random.random() < 0.4
        path = self.path_of(route, in_path)
        if not in_path or self.random.random() < 0.2:
            names = self.random.sample(QUERY, self.random.choice((1, 1, 2, 4)))
            pairs = [(name, self.random.choice(TEXTS)) for name in names]
            query = encoded(pairs).decode()[:60_000]
            if self.random.random() < 0.15:
                query += f"&{names[0]}={self.random.choice(QUOTED)}&{self.random.choice(QUOTED)}=1"
            path += f"?{query}"
        headers = self.random.choice(((), (), (("HX-Request", "true"),), self.odd_headers()))
        self.send(visitor, "GET", path, headers=headers)

    def odd_headers(self) -> tuple[tuple[str, str], ...]:
        odd = self.random.choice(["http://[", "\xff", "x" * 3000, "%00", '"\\000"', "²", ",,;q=²", "*;q=9e999"])
        name = self.random.choice(["Referer", "Accept", "Accept-Language", "HX-Current-URL", "If-Modified-Since",
                                   "If-None-Match", "Range", "Origin", "X-Forwarded-For", "User-Agent"])  # fmt: skip
        return ((name, odd),)

    def post(self, visitor: Visitor, route: Route) -> None:
        """A POST of a form of this address with one hostile field, or of a form that nobody made."""
        known = self.forms[route.text]
        if known and self.random.random() < 0.85:
            path, fields = self.random.choice(known)
            fields = list(fields)
        else:
            path = self.path_of(route, self.random.random() < 0.3)
            fields = [(name, self.random.choice(["", "1", "x"])) for name in self.random.sample(FIELDS, 8)]
        if fields:
            at = self.random.randrange(len(fields))
            name = fields[at][0] if self.random.random() < 0.95 else self.random.choice(TEXTS)
            fields[at] = (name, self.random.choice(TEXTS))
            for index, (name, value) in enumerate(fields):  # what a form leaves open is filled in, now and then oddly
                if not value and self.random.random() < 0.5:
                    fields[index] = (
                        name,
                        self.random.choice(["1", "2026-12-01", "一些文字", self.random.choice(TEXTS)]),
                    )
        if "sign-out" in path:
            return
        if not visitor.token:
            self.send(visitor, "GET", "/sign-in/")
        fields = [("csrfmiddlewaretoken", visitor.token), *fields]
        if self.random.random() < 0.3:
            self.send(visitor, "POST", path, *self.multipart(fields))
        else:
            body = encoded(fields)
            if self.random.random() < 0.1:
                body += b"&" + self.random.choice(BYTES) + b"=" + self.random.choice(BYTES)
            self.send(visitor, "POST", path, body, "application/x-www-form-urlencoded")

    def multipart(self, fields: list[tuple[str, str]]) -> tuple[bytes, str]:
        """The same as multipart, with an odd file."""
        lines = []
        for name, value in fields:
            plain = name.encode("utf-8", "surrogatepass").replace(b'"', b"").replace(b"\n", b"")
            lines += [b'--edge\r\nContent-Disposition: form-data; name="' + plain + b'"\r\n\r\n']
            lines += [value.encode("utf-8", "surrogatepass"), b"\r\n"]
        filename = self.random.choice([*TEXTS[:20], "a.csv", "a.xlsx", "plan.docx", "x.pdf", "a.png"])
        named = filename.encode("utf-8", "surrogatepass").replace(b'"', b"").replace(b"\n", b"")
        content = self.random.choice(FILES)
        field_name = self.random.choice([b"files", b"file", b"photo"])
        lines += [
            b'--edge\r\nContent-Disposition: form-data; name="' + field_name + b'"; filename="' + named + b'"\r\n'
        ]
        lines += [b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n--edge--\r\n"]
        return b"".join(lines), "multipart/form-data; boundary=edge"

    def run(self, *, requests: int, seconds: float) -> None:
        """Until so many requests are sent or the time is over."""
        ends = time.monotonic() + seconds
        with_forms = [route for route in self.routes if route.text in self.forms]
        pages = [route for route in self.routes if not route.text.startswith("/api/")]
        for _ in range(requests):
            if time.monotonic() > ends:
                return
            visitor = self.random.choice(self.visitors)
            if self.random.random() < 0.5:
                self.post(visitor, self.random.choice(with_forms if self.random.random() < 0.9 else pages))
            else:
                self.get(visitor, self.random.choice(pages))
            if visitor.name and not visitor.signed_in():
                visitor.sign_in()


def caught(log: str) -> list[str]:
    """What the program's log says of values that came through, or of errors."""
    return [line for line in log.splitlines() if SLIPPED in line or re.search(r" ERROR .*Internal Server Error", line)]
