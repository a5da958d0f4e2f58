"""A demo of the fuzzers' own: they do to it whatever a form can do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.conftest import as_application, empty_database
from tests.support.site import Site, served
from tests.support.web import Web, web

from .browser import Visitor

REQUESTS = int(os.environ.get("YIWANG_FUZZ", "2500"))
SECONDS = float(os.environ.get("YIWANG_FUZZ_SECONDS", "25"))


@pytest.fixture(scope="session")
def fuzzed(postgres_server: str) -> Iterator[Site]:
    with empty_database(postgres_server) as owner:
        small = ("--matters", "300", "--no-live", "--workers", "1")
        with served(owner, as_application(owner), *small) as running:
            yield running


@pytest.fixture(scope="session")
def door(fuzzed: Site) -> Iterator[Web]:
    """A web server that believes where its visitors say they come from, so that no limit ends the run."""
    with web(fuzzed, YIWANG_PROXIES="127.0.0.1", YIWANG_DEMO="1") as running:
        yield running


@pytest.fixture(scope="session")
def visitors(door: Web, checkout: Path) -> list[Visitor]:
    """Nobody, and one of each role that the demo has."""
    said = yaml.safe_load((checkout / "packs" / "demo" / "sign_ins.yaml").read_text("utf-8"))
    names = [one["username"] for one in said["sign_ins"]]
    people = [Visitor(door.url, name, str(said["password"]), f"198.51.100.{n}") for n, name in enumerate(names, 1)]
    return [Visitor(door.url), *people]
