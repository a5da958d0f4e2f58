"""The last test first: no test may stand on what another left behind. `pytest -p tests.support.reversed …`"""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Turn the order round; what shares a fixture stays together."""
    items.reverse()
