"""0 × 5xx: hostile paths, queries, headers, forms and files at every address, as everybody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_it_starts_by_hand(door: Web, checkout: Path) -> None:
    """As docs/quality.md says: nobody has set up Django for it."""
    command = [sys.executable, "-m", "tests.fuzz", door.url, "--requests", "0", "--seed", "7"]
    ran = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    assert ran.stdout.startswith("seed 7: "), ran.stdout


def test_every_address_of_the_program_is_known_to_the_fuzzer() -> None:
    from .routes import all_routes

    found = {route.text for route in all_routes()}
    assert {"/portal/report/", "/desk/matters/<str:number>/do/<str:action>/", "/sign-in/"} <= found
