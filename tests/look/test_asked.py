"""One reader of what was sent: each sort of value with its bounds, and nobody who reads it past that."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from tests.fuzz.routes import all_routes
from tests.support.clients import client
from tests.support.tickets import ticket
from yiwang.look.asked import Asked

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yiwang"
BY_HAND = {
    "look/asked.py": "the reader itself",
    "look/door.py": "the gate, which puts clean fields in their place before anybody reads them",
    "org/addresses.py": "masks a whole address, whatever stands in it, and lies below the reader",
}


def asked(query: str) -> Asked:
    return Asked(QueryDict(query, encoding="utf-8"))


LONG = "x" * 5000
CASES: list[tuple[str, Any, Any]] = [
    # (what was sent, how it is asked for, what is read)
    ("a=1&a=2", lambda form: form.written("a"), "2"),  # of a name that was sent twice the last counts
    ("a=1&a=2", lambda form: form.every("a"), ["1", "2"]),
    ("", lambda form: form.written("a"), ""),
    ("", lambda form: form.every("a"), []),
    ("a=+b+", lambda form: form.written("a"), " b "),
    ("a=+b+", lambda form: form.text("a"), "b"),
    (f"a={LONG}", lambda form: form.written("a"), LONG),
    (f"a={LONG}", lambda form: form.text("a"), ""),
    ("a=1&b=2&csrfmiddlewaretoken=t", lambda form: form.all_fields(), {"a": "1", "b": "2"}),
    ("a=1&b=2", lambda form: form.fields("a", "c"), {"a": "1", "c": ""}),
    ("a=", lambda form: (form.ticked("a"), "a" in form, bool(form)), (False, True, True)),
    ("a=on", lambda form: form.ticked("a"), True),
    ("", lambda form: (form.ticked("a"), "a" in form, bool(form)), (False, False, False)),
    ("a=12", lambda form: form.whole("a", most=20), 12),
    ("a=%C2%B2", lambda form: form.whole("a"), None),
    (f"a={'9' * 5000}", lambda form: form.whole("a"), None),
    ("a=21", lambda form: form.whole("a", most=20), None),
    ("a=1&a=x&a=3", lambda form: form.wholes("a"), [1, 3]),
    ("a=2026-02-28", lambda form: form.day("a"), date(2026, 2, 28)),
    ("a=2026-02-30", lambda form: form.day("a"), None),
    ("a=2026-02-28T09:00", lambda form: form.moment("a", UTC), datetime(2026, 2, 28, 9, tzinfo=UTC)),
    ("a=2026", lambda form: form.year("a"), 2026),
    ("a=b", lambda form: form.choice("a", ("b", "c")), "b"),
    ("a=d", lambda form: form.choice("a", ("b", "c"), "c"), "c"),
    ("", lambda form: form.choice("a", ("b", "c"), "c"), "c"),
    ("key=k", lambda form: form.retry("web:7"), "web:7:k"),
    ("key=", lambda form: form.retry("web:7"), None),
    ("", lambda form: form.retry("web:7"), None),
    ("", lambda form: form.version(), None),
    ("version=3", lambda form: form.version(), 3),
    ("a=1&page=2", lambda form: form.query(page="", at="x"), "a=1&at=x"),
    ("a=1&a=2", lambda form: form.query(page=""), "a=1&a=2"),
]


@pytest.mark.parametrize(("sent", "question", "read"), CASES, ids=range(len(CASES)))
def test_each_sort_of_value_is_read_in_one_way(sent: str, question: Any, read: Any) -> None:
    assert question(asked(sent)) == read


@pytest.mark.parametrize("sent", ["version=", "version=x", "version=-1", f"version={2**31}"])
def test_a_version_that_is_none_is_refused(sent: str) -> None:
    with pytest.raises(BadRequest):
        asked(sent).version()


# --- nobody reads past it -------------------------------------------------------------------------------------------


def raw_reads(tree: ast.AST) -> Iterator[int]:
    """Lines at which the fields of a request are touched, whatever the request is called there; or at which somebody
    takes single values out of `everything`."""
    handed = {"everything"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.value, "attr", "") == "everything":
            handed |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("GET", "POST"):
            yield node.lineno
        if isinstance(node, ast.Attribute | ast.Subscript):
            inside = node.value
            if getattr(inside, "attr", getattr(inside, "id", "")) in handed:
                yield node.lineno


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("request.GET.get('a')", 1),
        ("self.request.POST['a']", 1),
        ("given = asked.POST", 1),
        ("form.everything.get('a')", 1),
        ("form.everything['a']", 1),
        ("all_ = form.everything\nall_.getlist('a')", 1),
        ("Filter.of(form.everything)", 0),
        ("all_ = form.everything\nFilter.of(all_)", 0),
        ("request.method == 'POST'", 0),
    ],
)
def test_a_read_by_hand_is_seen(text: str, n: int) -> None:
    assert len(list(raw_reads(ast.parse(text)))) == n


def test_nobody_reads_a_request_by_hand() -> None:
    by_hand = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.py")
        if any(raw_reads(ast.parse(file.read_text("utf-8"))))
    }
    assert by_hand == set(BY_HAND)


# --- and no door breaks on what it was not sent ---------------------------------------------------------------------


def asked_names() -> list[str]:
    """Every name that some door asks for."""
    calls = (
        node
        for file in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in set(dir(Asked)) - set(dir(dict))
    )
    return sorted({each.value for call in calls for each in call.args if isinstance(each, ast.Constant) and each.value})


def doors(number: str) -> list[str]:
    """Every address of the program, about something that is there where that can be said for all."""
    samples = {"number": number, "code": "hotline", "action": "assign", "selection": "open"}
    return [
        route.filled(
            {name: samples.get(name, "1") if sort in ("str", "slug") else "2026" for name, sort in route.parameters}
        )
        for route in all_routes()
        if route.text != "/sign-out/" and "<path" not in route.text
    ]


@pytest.mark.parametrize("value", [None, "²\x00"])
@pytest.mark.parametrize("post", ["dispatcher-1", "supervisor"])
def test_no_door_breaks_on_a_form_that_it_does_not_know(district: Any, post: str, value: str | None) -> None:
    """Nothing of what is asked for; or all of it, twice, and as a form very long. What is raised here would be a fault
    of the server."""
    number, asking, names = ticket(district).number, client(district, post), asked_names()
    assert len(names) > 40
    form = {} if value is None else {name: [value, value * 2500] for name in names if name != "version"}
    query = {} if value is None else {name: [value, value] for name in names}
    for address in doors(number):
        assert asking.post(address, form).status_code < 500, address
        assert asking.get(address, query).status_code < 500, address
