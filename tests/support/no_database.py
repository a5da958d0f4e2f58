"""Without the tests that need a database, and so without those of servers and browsers.

`pytest -p tests.support.no_database -p tests.support.reversed` takes what is left in the other order: within minutes
it shows whether a test stands on what another left behind.
"""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    needing = [item for item in items if "postgres_server" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=needing)
    items[:] = [item for item in items if item not in set(needing)]
