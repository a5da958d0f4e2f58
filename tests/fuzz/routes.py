"""Every address of the program as Django's resolver knows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver

PARAMETER = re.compile(r"<(?:(?P<sort>\w+):)?(?P<name>\w+)>")


@dataclass(frozen=True)
class Route:
    """`/desk/matters/<str:number>/`"""

    text: str

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """(name, converter)"""
        return [(found["name"], found["sort"] or "str") for found in PARAMETER.finditer(self.text)]

    def match(self, path: str) -> dict[str, str] | None:
        """The parameters of a path of this route."""
        pattern, last = "", 0
        for found in PARAMETER.finditer(self.text):
            pattern += re.escape(self.text[last : found.start()]) + f"(?P<{found['name']}>[^/]+)"
            last = found.end()
        matched = re.fullmatch(pattern + re.escape(self.text[last:]), path)
        return matched.groupdict() if matched else None

    def filled(self, values: dict[str, str]) -> str:
        return PARAMETER.sub(lambda found: values[found["name"]], self.text)


def all_routes() -> list[Route]:
    return [Route(text) for text in sorted({f"/{route}" for route in _walk(get_resolver().url_patterns, "")})]


def _walk(patterns: Any, before: str) -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route
