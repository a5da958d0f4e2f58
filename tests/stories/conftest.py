"""What stories share: a district in which days pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.days import Days, days_pass
from tests.support.parties import People, people

if TYPE_CHECKING:
    from .plain import Town


@pytest.fixture(scope="session")
def days() -> Iterator[Days]:
    """The demo district on a clock of its own: `days.site`, `days.go_by(days=10)`."""
    with days_pass("--matters", "200", "--no-live", "--workers", "1") as made:
        yield made


@pytest.fixture(scope="module")
def who(request: pytest.FixtureRequest, browser: Any, days: Days) -> Iterator[People]:
    """`who(username)`: a page of a party of the story; its module names in PARTIES who need a password for it."""
    with people(browser, days.site, *request.module.PARTIES) as made:
        yield made


@pytest.fixture(scope="session")
def town(database: str) -> Town:
    """The demo's pack without its year, for stories in plain steps: `town.at("2026-09-01 09:30").opens(…)`."""
    from .plain import load_town

    return load_town()
