"""The API against its own description: every operation, as several people, with what fits the schema and what does not.

The OpenAPI is read from the running server. A generator of our own on Hypothesis takes the place of schemathesis, which
would bring fifteen more packages (GraphQL, a Rust validator, a web framework) into the lock for five operations.
What is asked of each answer: no 5xx, a status that the description names, JSON, and for a fault its two sentences.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.web import Web

from .browser import Visitor, encoded, segment
from .fuzzer import caught
from .hostile import JSON, TEXTS, deep

PER_OPERATION = 60
FIELDS = ("unit", "note", "files", "result", "reason", "x")
WORDS = ("assign", "accept", "answer", "month", "2026-10")


@pytest.fixture(scope="module")
def description(visitors: list[Visitor]) -> dict[str, Any]:
    staff = visitors[1]
    status, _, body = staff.send("GET", "/api/v1/openapi.json")
    assert status == 200
    found: dict[str, Any] = json.loads(body)
    return found


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation)"""
    return [
        (method.upper(), path, operation)
        for path, item in description["paths"].items()
        for method, operation in item.items()
    ]


def resolved(schema: dict[str, Any], description: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def fitting(schema: dict[str, Any], description: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that the schema allows."""
    schema = resolved(schema, description)
    if "anyOf" in schema:
        return st.one_of([fitting(one, description) for one in schema["anyOf"]])
    match schema.get("type"):
        case "integer":
            return st.integers(schema.get("minimum", -(2**40)), schema.get("maximum", 2**40))
        case "number":
            return st.floats(allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "array":
            return st.lists(fitting(schema.get("items", {}), description), max_size=4)
        case "object" if "properties" in schema:
            parts = {name: fitting(one, description) for name, one in schema["properties"].items()}
            needed = {name: parts.pop(name) for name in schema.get("required", ()) if name in parts}
            return st.fixed_dictionaries(needed, optional=parts)
        case "object":
            return st.dictionaries(
                st.sampled_from(["unit", "note", "files", "result", "x"]), st.sampled_from(JSON), max_size=4
            )
        case "string":
            return st.text(max_size=schema.get("maxLength", 60)) | st.sampled_from(
                ["assign", "accept", "answer", "month"]
            )
    return st.sampled_from(JSON)


def hostile(fit: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return fit | st.sampled_from(JSON) | st.just(deep(40))


def test_every_answer_is_one_that_the_description_names(
    door: Web, visitors: list[Visitor], description: dict[str, Any]
) -> None:
    numbers = _numbers(visitors[1])
    for operation in operations(description):
        content = operation[2].get("requestBody", {}).get("content", {})
        if content and "application/json" not in content:
            continue  # files are sent to their own door in tests/files
        asked: list[int] = []

        @settings(
            max_examples=PER_OPERATION, deadline=timedelta(seconds=60), database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(st.data())
        def one(data: st.DataObject) -> None:
            asked.append(_ask(data, operation, description, visitors, numbers))  # noqa: B023 (called in this turn)

        one()
        assert len(asked) >= PER_OPERATION // 2
    assert caught(door.said()) == []


def _ask(
    data: st.DataObject,
    of: tuple[str, str, dict[str, Any]],
    description: dict[str, Any],
    visitors: list[Visitor],
    numbers: list[str],
) -> int:
    """One request that somebody makes, and what must hold of its answer; returns its status."""
    method, url, operation = of
    visitor = data.draw(st.sampled_from(visitors))
    query = []
    for parameter in operation.get("parameters", ()):
        value = data.draw(hostile(fitting(parameter["schema"], description)) | st.sampled_from(TEXTS))
        text = value if isinstance(value, str) else json.dumps(value)
        if parameter["in"] == "path":
            real = data.draw(st.sampled_from([*numbers, "hotline_on_time"]) | st.just(text))
            url = url.replace("{" + parameter["name"] + "}", segment(real)[:500] or "x")
        elif data.draw(st.booleans()):
            query.append((parameter["name"], text[:500]))
    if query:
        url += "?" + encoded(query).decode()
    body = _body(data, operation, description)
    visitor.address = f"198.51.100.{data.draw(st.integers(1, 254))}"
    headers = (("X-CSRFToken", visitor.token),) if visitor.token else ()
    status, head, answered = visitor.send(method, url, body, "application/json" if body else "", headers=headers)
    told = f"{method} {url[:200]} {body[:200]!r} as {visitor.name or 'nobody'}: {status} {answered[:200]!r}"
    assert status < 500, told
    if any(sign in url for sign in ("%2F", "%2f")) or url.endswith("/"):
        return status  # a stroke in a number makes another address of it, of which the description says nothing
    assert str(status) in operation["responses"], told
    assert "json" in head["Content-Type"], told
    if status >= 400:
        assert set(json.loads(answered)["error"]) == {"zh", "en"}, told
    return status


def _body(data: st.DataObject, operation: dict[str, Any], description: dict[str, Any]) -> bytes:
    if "requestBody" not in operation:
        return b""
    fit = fitting(operation["requestBody"]["content"]["application/json"]["schema"], description)
    value = data.draw(fit | hostile(fit))
    if isinstance(value, dict) and value and data.draw(st.booleans()):
        value = {**value, data.draw(st.sampled_from(sorted(value))): data.draw(st.sampled_from(JSON))}
    return json.dumps(value).encode() if data.draw(st.integers(0, 9)) else data.draw(st.binary(max_size=40))


def _numbers(staff: Visitor) -> list[str]:
    _, _, body = staff.send("GET", "/api/v1/matters")
    return [one["number"] for one in json.loads(body)["results"]][:20]
