"""An address that only takes forms leads to the page above it when it is asked for as a page, and a sign-in that ended
under a form says that nothing was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tests.support.clients import client
from tests.support.tickets import ticket

SAMPLES = {"str": "RX-1", "key": "7", "year": "2026", "slug": "one"}


def _addresses(found: Any, before: str = "/") -> Iterator[tuple[str, Any]]:
    for one in found.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _addresses(one, route)
        elif isinstance(one, URLPattern):
            yield route, one.callback


def _sent_only() -> list[str]:
    found = [route for route, view in _addresses(get_resolver()) if getattr(view, "only_sent", False)]
    for type_, sample in SAMPLES.items():
        found = ["".join(_filled(route, type_, sample)) for route in found]
    return found


def _filled(route: str, type_: str, sample: str) -> Iterator[str]:
    for part in route.split("<"):
        inside, closed, after = part.partition(">")
        if closed and inside.startswith(f"{type_}:"):
            yield f"{sample}{after}"
        else:
            yield f"<{part}" if closed else part


def test_there_are_such_addresses_in_every_face() -> None:
    assert {address.split("/")[1] for address in _sent_only()} == {"desk", "board", "wall", "portal"}


@pytest.mark.parametrize("address", _sent_only())
def test_asked_for_as_a_page_it_leads_to_the_page_above(district: Any, address: str) -> None:
    asking = client(district, "dispatcher-1")
    answer = asking.get(address)
    assert answer.status_code == 302
    assert address.startswith(answer["Location"])
    assert not getattr(resolve(answer["Location"]).func, "only_sent", False)
    assert asking.put(address).status_code == 405


def test_a_sign_in_that_ended_under_a_form_says_so_and_leads_to_a_page(
    district: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    number = ticket(district).number
    for address, page in (
        ("/desk/bulk/", "/desk/"),
        (f"/desk/matters/{number}/do/assign/", f"/desk/matters/{number}/"),
    ):
        left = Client(
            SERVER_NAME="127.0.0.1", headers={"Referer": f"http://127.0.0.1{address}", "Accept-Language": "zh"}
        )
        sent = left.post(address, {"unit": "water"})
        assert sent.status_code == 302
        signing_in = left.get(sent["Location"]).content.decode()
        assert "刚才提交的内容没有执行" in signing_in
        asking = client(district, "dispatcher-1")
        assert asking.get(address, follow=True).redirect_chain[-1][0] == page
