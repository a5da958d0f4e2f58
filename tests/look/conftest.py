"""Pages speak Chinese unless a test asks for English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def chinese(request: pytest.FixtureRequest) -> Iterator[None]:
    if "database" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("database")
    from django.utils import translation

    with translation.override("zh-hans"):
        yield
