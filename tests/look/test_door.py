"""The one gate: what comes in is text, bounded, at every door; faults of the API are JSON, whoever found them."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture
def visitor(district: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)


def as_post(district: Any, post: str) -> Any:
    from tests.support.clients import client

    found = client(district, post)
    found.raise_request_exception = False
    return found


@pytest.mark.parametrize("path", ["/portal/%00/", "/desk/matters/a%07/", "/portal/track/x%00y/", "/api/v1/matters/%00"])
def test_no_control_characters_in_an_address(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [("/portal/" + "x" * 2000, 414), ("/portal/?q=" + "x" * 9000, 414), ("/portal/?q=%00%0B%ED%A0%80%FF", 200)],
)
def test_addresses_are_bounded(visitor: Any, path: str, status: int) -> None:
    assert visitor.get(path).status_code == status


def test_fields_arrive_clean(visitor: Any) -> None:
    sent = {"text": "井盖\x00松动\x0b老人\x07走不稳", "phone": "x", "key": "k"}
    page = visitor.post("/portal/report/", sent).content.decode()
    assert "井盖松动\n老人走不稳" in page


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"x" * 500: "1"}, 413), ({"text": "x" * 1_500_000}, 413), ({"username": "x" * 100_000, "password": "y"}, 200)],
)
def test_fields_are_bounded(visitor: Any, fields: dict[str, str], status: int) -> None:
    assert visitor.post("/sign-in/", fields).status_code == status


def test_another_charset_is_no_way_around(visitor: Any) -> None:
    sent = b"username=%00&password=x"
    for charset in ("utf-16", "utf-7", "idna", "nothing"):
        answer = visitor.generic("POST", "/sign-in/", sent, f"application/x-www-form-urlencoded; charset={charset}")
        assert answer.status_code == 400


def test_a_cookie_that_is_no_text_is_none(visitor: Any) -> None:
    assert (
        visitor.get(
            "/portal/", headers={"Cookie": 'yiwang_session="\\000abcdefgh"; yiwang_language="\\001"'}
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"action": "assign", "data": {"unit": "\\ud800"}}', 400),
        ('{"action": "assign", "data": {"\\ud800": 1}}', 400),
        ('{"action": "assign", "action": "fly"}', 400),
        ('{"action": "assign", "data": {"unit": ' + "[" * 5000 + "]" * 5000 + "}}", 400),
        ('{"action": "assign", "data": {"unit": ' + "9" * 5000 + "}}", 400),
        ('{"action": "assign", "data": {"unit": NaN}}', 400),
        ('{"action": "assign", "version": 99999999999}', 422),
        ('{"action": "assign", "version": -1}', 422),
        ('{"action": {}, "data": []}', 422),
        ('{"action": "assign", "data": {"unit": {}}}', 422),
        ('{"action": "assign", "data": {"unit": ["water"]}}', 422),
        ('{"action": "assign", "data": {"unit": "water", "note": {}}}', 422),
    ],
)
def test_json_has_one_meaning(district: Any, body: str, status: int) -> None:
    from tests.support.tickets import ticket

    asking = as_post(district, "dispatcher-1")
    number = ticket(district).number
    answer = asking.post(f"/api/v1/matters/{number}/actions", body, content_type="application/json")
    assert (answer.status_code, sorted(answer.json()["error"])) == (status, ["en", "zh"])
    assert asking.get(f"/api/v1/matters/{number}").json()["version"] == 1


def test_a_form_where_json_is_asked_for_is_answered_with_a_sentence(district: Any) -> None:
    asking = as_post(district, "dispatcher-1")
    for fields in ({}, {"kind": "hotline"}):  # both as a form with files, which can be read only once
        answer = asking.post("/api/v1/matters", fields)
        assert (answer.status_code, sorted(answer.json()["error"])) == (400, ["en", "zh"])


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/api/v1/nothing", "get", 404),
        ("/api/v1/matters/NONE-1", "get", 404),
        ("/api/v1/matters?page=0", "get", 422),
        ("/api/v1/matters?page=²", "get", 422),
        ("/api/v1/matters", "delete", 405),
        ("/api/v1/matters/%00", "get", 400),
        ("/api/v1/" + "x" * 2000, "get", 414),
    ],
)
def test_faults_of_the_api_are_json(district: Any, path: str, method: str, status: int) -> None:
    answer = getattr(as_post(district, "dispatcher-1"), method)(path)
    assert (answer.status_code, sorted(answer.json()["error"])) == (status, ["en", "zh"])


def test_also_without_a_sign_in_without_a_token_and_when_something_breaks(
    district: Any, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import Client

    from yiwang.matters import queries

    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    unsigned = visitor.get("/api/v1/matters")
    tokenless = strict.post("/api/v1/matters/X/actions", "{}", content_type="application/json")
    monkeypatch.setattr(queries, "one", lambda *_, **__: 1 / 0)
    broken = as_post(district, "head").get("/api/v1/matters/X")
    monkeypatch.setenv("YIWANG_DISTRICT", "000000")
    empty = visitor.get("/api/v1/matters")
    found = [unsigned, tokenless, broken, empty]
    assert [one.status_code for one in found] == [401, 403, 500, 503]
    assert all(set(one.json()["error"]) == {"zh", "en"} for one in found)


def test_the_openapi_is_for_staff_and_names_every_fault(district: Any, visitor: Any) -> None:
    assert visitor.get("/api/v1/openapi.json").status_code == 401
    said = as_post(district, "head").get("/api/v1/openapi.json").json()
    for path in said["paths"].values():
        for operation in path.values():
            assert {"400", "401", "403", "404", "413", "422", "429", "500", "503"} <= set(operation["responses"])


def test_a_value_that_slips_through_is_told_as_a_bad_request_and_leaves_nothing(
    district: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import DataError

    from yiwang.matters import queries

    def overflows(*_: Any, **__: Any) -> None:
        raise DataError("bigint out of range")

    monkeypatch.setattr(queries, "one", overflows)
    answer = as_post(district, "head").get("/api/v1/matters/X")
    assert (answer.status_code, json.loads(answer.content)["error"]["en"] != "") == (400, True)
    assert "slipped through the door" in caplog.text


def test_whatever_refuses_for_now_says_when_to_come_again(
    district: Any, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from yiwang.files import store
    from yiwang.files.definition import NotKept
    from yiwang.why import say

    def busy(*_: Any, **__: Any) -> Any:
        raise NotKept(say("files.no_room"), 503)

    monkeypatch.setattr(store, "prepare", busy)
    file = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff", "image/jpeg")
    said = {"text": "井盖松动，老人走不稳", "address": "南街", "key": "busy-1", "photo": file}
    in_the_form = visitor.post("/portal/report/", said)
    for_a_program = as_post(district, "water-1").post("/api/v1/files", {"file": file})
    for answer in (in_the_form, for_a_program):
        assert answer.status_code == 503
        assert 0 < int(answer["Retry-After"]) <= 60


def test_a_static_file_that_has_gone_is_not_there_and_no_fault(database: str) -> None:
    from types import SimpleNamespace

    from django.test import RequestFactory

    from yiwang.look.static import StaticFiles

    def gone(*_: Any) -> Any:
        raise FileNotFoundError("main-1234.js")

    answer = StaticFiles.serve(SimpleNamespace(get_response=gone), RequestFactory().get("/static/assets/main-1234.js"))
    assert answer.status_code == 404
