"""0 × 5xx: hostile paths, queries, headers, forms and files at every address, as everybody."""

from __future__ import annotations

from tests.support.web import Web

from .browser import Visitor
from .conftest import REQUESTS, SECONDS
from .fuzzer import Fuzzer, caught


def test_nothing_that_is_sent_breaks_a_page(door: Web, visitors: list[Visitor]) -> None:
    fuzzer = Fuzzer(door.url, visitors, seed=20261126)
    fuzzer.run(requests=REQUESTS, seconds=SECONDS)
    print(dict(sorted(fuzzer.statuses.items())))
    assert fuzzer.faults == []
    assert caught(door.said()) == []
    assert sum(fuzzer.statuses.values()) > 200


def test_every_address_of_the_program_is_known_to_the_fuzzer() -> None:
    from .routes import all_routes

    found = {route.text for route in all_routes()}
    assert {"/portal/report/", "/desk/matters/<str:number>/do/<str:action>/", "/sign-in/"} <= found
