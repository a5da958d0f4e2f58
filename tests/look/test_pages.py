"""Signing in, the way home, the size of the text, and every refusal as a sentence."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client, RequestFactory
from django.utils import translation

from tests.support.district import make_district
from yiwang.ledger import accounts
from yiwang.look import views
from yiwang.look.errors import sentence

PASSWORD = "clear water and blue hills"


@pytest.fixture(scope="module")
def town(database: str) -> Any:
    town = make_district()
    for post in ("head", "dispatcher-1", "supervisor", "water-1", "bei-1", "nan-1", "auditor"):
        accounts.set_password(town.username(post), make_password(PASSWORD))
    return town


@pytest.fixture
def visitor(database: str, town: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("YIWANG_DISTRICT", town.code)
    return Client(SERVER_NAME="localhost", enforce_csrf_checks=False)


def body(answer: Any) -> str:
    return answer.content.decode()


def sign_in(visitor: Any, town: Any, post: str, password: str = PASSWORD, **more: str) -> Any:
    return visitor.post("/sign-in/", {"username": town.username(post), "password": password, **more})


@pytest.mark.parametrize(
    ("post", "begins_at"),
    [
        ("head", "/wall/"),
        ("dispatcher-1", "/desk/"),
        ("water-1", "/desk/"),
        ("bei-1", "/desk/"),
        ("supervisor", "/board/"),
        ("auditor", "/desk/matters/"),
    ],
)
def test_everybody_begins_where_the_days_work_is(visitor: Any, town: Any, post: str, begins_at: str) -> None:
    assert sign_in(visitor, town, post)["Location"] == "/"
    assert visitor.get("/")["Location"] == begins_at


def test_a_resident_begins_at_the_services(visitor: Any) -> None:
    assert visitor.get("/")["Location"] == "/portal/"


def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(visitor: Any, town: Any) -> None:
    answer = sign_in(visitor, town, "water-1", "wrong")
    assert "用户名或密码不对" in body(answer)
    assert f'value="{town.username("water-1")}"' in body(answer)


def test_after_five_wrong_passwords_the_door_is_closed_for_a_while(visitor: Any, town: Any) -> None:
    for _ in range(5):
        answer = sign_in(visitor, town, "nan-1", "wrong")
    assert answer.status_code == 429
    assert "15 分钟后再试" in body(answer)
    assert sign_in(visitor, town, "nan-1").status_code == 429


def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_elsewhere(visitor: Any, town: Any) -> None:
    assert sign_in(visitor, town, "head", next="/wall/?street=nan")["Location"] == "/wall/?street=nan"
    visitor.logout()
    assert sign_in(visitor, town, "head", next="https://elsewhere.example/")["Location"] == "/"


def test_signing_out_needs_a_press_and_leads_home(visitor: Any, town: Any) -> None:
    sign_in(visitor, town, "head")
    assert visitor.get("/sign-out/").status_code == 405
    assert visitor.post("/sign-out/")["Location"] == "/"
    assert visitor.get("/wall/").status_code == 302


def test_the_language_is_switched_and_kept(visitor: Any) -> None:
    visitor.post("/language/setlang/", {"language": "en", "next": "/sign-in/"})
    page = body(visitor.get("/sign-in/"))
    assert '<html lang="en"' in page
    assert "Staff sign-in" in page
    visitor.post("/language/setlang/", {"language": "zh-hans", "next": "/sign-in/"})
    assert '<html lang="zh-CN"' in body(visitor.get("/sign-in/"))


def test_larger_text_is_kept_in_a_cookie_and_leads_nowhere_else(visitor: Any) -> None:
    answer = visitor.post("/size/", {"size": "elder", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert 'data-size="elder"' in body(visitor.get("/sign-in/"))
    visitor.post("/size/", {"size": "enormous", "next": "/sign-in/"})
    assert 'data-size="elder"' in body(visitor.get("/sign-in/"))
    assert visitor.get("/size/").status_code == 405


def test_an_address_that_is_not_there(visitor: Any) -> None:
    answer = visitor.get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有这一页" in body(answer)
    spoken = visitor.get("/no/such/page/", headers={"Accept": "application/json"})
    assert spoken.json()["error"] == "没有这一页"


def test_a_form_that_was_open_too_long(visitor: Any) -> None:
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    answer = strict.post("/sign-in/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "页面放得太久" in body(answer)


def test_an_error_of_ours_is_a_sentence_without_inner_words(visitor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("the inner words")

    visitor.raise_request_exception = False
    monkeypatch.setattr(views, "page_of", breaks)
    monkeypatch.setattr("yiwang.look.gallery.page_of", breaks)
    monkeypatch.setattr("yiwang.look.gallery.settings", type("Demo", (), {"DEMO": True}))
    answer = visitor.get("/look/")
    assert answer.status_code == 500
    assert "系统出错了" in body(answer)
    assert "inner words" not in body(answer)


@pytest.mark.parametrize("status", ["400", "403", "404", "409", "413", "500", "csrf", "locked"])
def test_every_refusal_says_what_happened_and_what_to_do_in_both_languages(database: str, status: str) -> None:
    for tongue, lang in (("zh-hans", "zh-CN"), ("en", "en")):
        with translation.override(tongue):
            page = sentence(RequestFactory().get("/"), 400, status).content.decode()
            assert f'<html lang="{lang}">' in page
            assert re.search(r"<h1>.+</h1><p>.+</p>", page.replace("\n", ""))


def test_the_page_of_parts_is_for_the_demo_alone(visitor: Any, town: Any) -> None:
    sign_in(visitor, town, "head")
    assert visitor.get("/look/").status_code == 404


def test_the_page_of_parts_shows_them_in_both_languages(
    visitor: Any, town: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yiwang.look.gallery.settings", type("Demo", (), {"DEMO": True}))
    assert visitor.get("/look/").status_code == 404
    sign_in(visitor, town, "head")
    for language in ("zh-hans", "en"):
        visitor.post("/language/setlang/", {"language": language, "next": "/"})
        page = body(visitor.get("/look/"))
        for part in ("lamp", "chip", "receipt", "steps", "gbar", "spark", "map", "state err", "skel"):
            assert re.search(rf'class="[^"]*{part}', page), part


def test_pages_carry_a_policy_that_forbids_inline_scripts_and_other_hosts(visitor: Any) -> None:
    policy = visitor.get("/sign-in/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
