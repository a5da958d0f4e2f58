"""A real reverse proxy in front: each resident is one visitor, whatever headers say; only the proxy speaks of TLS."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.site import Site, free_port
from tests.support.web import Web, nginx, web

AS_IN_THE_MANUAL = """
location / {{
    proxy_pass http://127.0.0.1:{port};
    proxy_set_header Host city.example;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;
}}
"""
# a second proxy before it, as a city has one: it appends to what the visitor says
APPENDING = """
location / {{
    proxy_pass http://127.0.0.1:{port};
    proxy_bind {bind};
    proxy_set_header Host city.example;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto https;
}}
"""


def look_up(url: str, *headers: tuple[str, str], source: str = "127.0.0.1") -> int:
    """One look-up of a tracking code that fits nothing: 404, or 429 when there were too many."""
    browser = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30, source_address=(source, 0))
    host = () if any(name == "Host" for name, _ in headers) else (("Host", "city.example"),)
    try:
        browser.putrequest("GET", "/portal/track/", skip_host=True)
        for name, value in (*host, *headers):
            browser.putheader(name, value)
        browser.endheaders()
        page = browser.getresponse()
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', page.read())
        cookie = re.search(r"yiwang_csrf=[^;]+", page.headers["Set-Cookie"])
        assert token
        assert cookie
        form = f"csrfmiddlewaretoken={token[1].decode()}&number=X-1&code=AAAAAAAA"
        browser.putrequest("POST", "/portal/track/", skip_host=True)
        sent = (("Cookie", cookie[0]), ("Referer", "https://city.example/"), ("Content-Length", str(len(form))))
        for name, value in (*host, *headers, *sent, ("Content-Type", "application/x-www-form-urlencoded")):
            browser.putheader(name, value)
        browser.endheaders(form.encode())
        answer = browser.getresponse()
        answer.read()
        return answer.status
    finally:
        browser.close()


@pytest.fixture(scope="module")
def behind(site: Site) -> Iterator[Web]:
    with web(site, workers=2, YIWANG_HOSTS="city.example", YIWANG_PROXIES="127.0.0.1", YIWANG_LOG="INFO") as running:
        yield running


def test_each_resident_counts_alone_over_two_processes(behind: Web) -> None:
    """31 look-ups are one too many, whichever process counted them; a neighbour is not asked to wait for it."""
    with nginx(AS_IN_THE_MANUAL.format(port=behind.port)) as url:
        tried = [look_up(url, ("X-Forwarded-For", f"203.0.113.{n}"), source="127.0.0.21") for n in range(32)]
        assert tried == [404] * 30 + [429] * 2  # what they say of themselves changes nothing
        assert look_up(url, source="127.0.0.22") == 404


def test_two_proxies_in_a_row(site: Site) -> None:
    named = {"YIWANG_PROXIES": "127.0.0.1,127.0.0.31", "YIWANG_PROXY_HOPS": "2"}
    with (
        web(site, YIWANG_HOSTS="city.example", **named) as inside,
        nginx(APPENDING.format(port=inside.port, bind="127.0.0.1")) as near,
        nginx(APPENDING.format(port=near.rsplit(":", 1)[1], bind="127.0.0.31")) as far,
    ):
        lies = [look_up(far, ("X-Forwarded-For", f"198.51.100.{n}"), source="127.0.0.23") for n in range(32)]
        assert lies == [404] * 30 + [429] * 2
        assert look_up(far, source="127.0.0.24") == 404


def test_who_reaches_the_port_itself_is_believed_nothing(behind: Web) -> None:
    """Neither another address nor TLS: only the address that is named may say so."""
    forged = (("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.99"))
    browser = http.client.HTTPConnection("127.0.0.1", behind.port, source_address=("127.0.0.41", 0))
    browser.request("GET", "/portal/track/", headers={"Host": "city.example", **dict(forged)})
    answer = browser.getresponse()
    assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, None)
    browser.close()
    browser = http.client.HTTPConnection("127.0.0.1", behind.port, source_address=("127.0.0.1", 0))
    browser.request("GET", "/portal/track/", headers={"Host": "city.example", **dict(forged)})
    assert browser.getresponse().headers["Strict-Transport-Security"]
    browser.close()


def test_the_counters_outlive_a_restart(site: Site) -> None:
    for want in ([404] * 16, [404] * 14 + [429] * 2):
        with (
            web(site, YIWANG_HOSTS="city.example", YIWANG_PROXIES="127.0.0.1") as running,
            nginx(AS_IN_THE_MANUAL.format(port=running.port)) as url,
        ):
            assert [look_up(url, source="127.0.0.25") for _ in want] == want


def test_the_log_names_the_visitor(behind: Web) -> None:
    with nginx(AS_IN_THE_MANUAL.format(port=behind.port)) as url:
        browser = http.client.HTTPConnection(url.removeprefix("http://"), source_address=("127.0.0.26", 0))
        browser.request("GET", f"/nothing-{free_port()}/")
        assert browser.getresponse().status == 404
        browser.close()
    assert re.search(r"WARNING 127\.0\.0\.26 django\.request Not Found: /nothing-", behind.said())


def test_sizes_and_times_as_the_manual_gives_them(behind: Web, checkout: Path) -> None:
    manual = (checkout / "docs" / "operate.md").read_text("utf-8").split("### Sizes and times at the proxy")[1]
    lines = re.findall(r"^    (\w.*;)$", manual.split("###")[0], re.M)
    zone = re.search(r"`(limit_conn_zone .*?;)`", manual)
    assert zone
    assert "client_max_body_size 210m;" in lines
    server = "\n".join(lines) + AS_IN_THE_MANUAL.format(port=behind.port)
    with nginx(server, zone.group(1)) as url:
        browser = http.client.HTTPConnection(url.removeprefix("http://"), source_address=("127.0.0.27", 0))
        browser.request("POST", "/sign-in/", b"x" * 2_000_000, {"Host": "city.example", "Accept-Language": "en"})
        answer = browser.getresponse()
        assert answer.status == 413
        assert "What was sent is too large" in answer.read().decode()
        browser.request("GET", "/sign-in/", headers={"Host": "city.example"})
        assert browser.getresponse().status == 200
        browser.close()
