"""What stories share: a district in which days pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.days import Days, days_pass


@pytest.fixture(scope="session")
def days() -> Iterator[Days]:
    """The demo district on a clock of its own: `days.site`, `days.go_by(days=10)`."""
    with days_pass("--matters", "200", "--no-live", "--workers", "1") as made:
        yield made
