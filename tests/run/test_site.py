"""The served site as a visitor meets it: reachable, closed where it must be, live, and polite about nonsense."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.support.site import Site
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIGN_IN = "/sign-in/"


def ask(
    site: Site, path: str, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def test_it_says_that_it_is_well(site: Site) -> None:
    assert site.answers()
    assert site.process("web")
    assert site.process("worker")


def test_every_page_forbids_scripts_and_frames_from_elsewhere(site: Site) -> None:
    _, headers, _ = ask(site, SIGN_IN)
    rules = dict(rule.strip().split(" ", 1) for rule in headers["content-security-policy"].split(";"))
    assert rules["default-src"] == rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "method", "body", "headers"),
    [
        ("/no/such/page", "GET", b"", {}),
        ("/%00", "GET", b"", {}),
        ("/%ff%fe/", "GET", b"", {}),
        (SIGN_IN, "POST", b"username=a&password=b", {"Content_Type": "application/x-www-form-urlencoded"}),
        (SIGN_IN, "POST", b"\x00\xff" * 5000, {"Content_Type": "multipart/form-data; boundary=x"}),
        (SIGN_IN, "DELETE", b"", {}),
        (SIGN_IN, "GET", b"", {"Host": "elsewhere.example"}),
        (SIGN_IN, "GET", b"", {"Cookie": "yiwang_session=\xff; yiwang_csrf=" + "x" * 4000}),
        ("/?" + "a=1&" * 3000, "GET", b"", {}),
        ("/live/", "POST", b"", {}),
    ],
)
def test_nonsense_gets_a_sentence_and_never_a_500(
    site: Site, path: str, method: str, body: bytes, headers: dict[str, str]
) -> None:
    assert ask(site, path, method, body, **headers)[0] < 500


def test_the_live_stream_tells_within_a_second_that_a_matter_changed(site: Site) -> None:
    assert ask(site, "/live/")[0] == 401  # a passer-by hears nothing
    cookies = Visitor(site).sign_in("shijing").cookies
    asked = urllib.request.Request(
        f"{site.url}/live/", headers={"Cookie": f"yiwang_session={cookies['yiwang_session']}"}
    )
    with urllib.request.urlopen(asked, timeout=30) as stream:
        heard = (line.decode().strip() for line in stream)
        assert next(line for line in heard if line.startswith("event")) == "event: all"
        with psycopg.connect(site.app) as connection:
            district = connection.execute("SELECT id FROM org_district").fetchone()
            assert district
            connection.execute("SELECT pg_notify('yiwang_live', %s)", [f"{district[0]}:matters"])
        begun = time.monotonic()
        assert next(line for line in heard if line.startswith("event")) == "event: matters"
        assert time.monotonic() - begun < 1.0


def test_a_second_one_on_the_same_port_or_folder_is_refused_with_the_mend(site: Site, tmp_path: Path) -> None:
    port = str(urlsplit(site.url).port)
    busy, runs = f"Port {port} is in use by another program", "already runs from this folder"
    for var, sentence in ((tmp_path, busy), (site.var, runs)):
        done = subprocess.run(
            [sys.executable, "-m", "yiwang.run", "up", "--port", port],
            env={**os.environ, "YIWANG_VAR": str(var)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 1
        assert sentence in done.stderr
    assert site.answers()


@pytest.mark.browser
def test_a_dispatcher_signs_in_reads_english_and_leaves(site: Site, page: Page) -> None:
    page.goto(SIGN_IN)
    page.fill("input[name=username]", "shijing")
    page.fill("input[name=password]", "clear river demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: SIGN_IN not in url)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.click("button[name=language][value=en]")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("form[action='/sign-out/'] button")
    page.goto("/desk/")
    assert SIGN_IN in page.url
