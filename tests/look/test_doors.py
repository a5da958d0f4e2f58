"""What each address may cost is known before it is asked for, and what costs much has threads of its own."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="module")
def doors(database: str) -> Any:
    from yiwang.run.doors import Doors

    return Doors(8)


@pytest.mark.parametrize(
    ("method", "path", "lane", "takes"),
    [
        ("GET", "/portal/", "pages", False),
        ("GET", "/sign-in/", "pages", False),
        ("POST", "/sign-in/", "sign-in", True),
        ("GET", "/wall/", "heavy", False),
        ("GET", "/wall/live/matters/", "heavy", False),
        ("GET", "/board/", "heavy", False),
        ("GET", "/board/2026/report/", "heavy", False),
        ("POST", "/board/2026/report/", "heavy", True),
        ("GET", "/desk/matters/export.csv", "heavy", False),
        ("GET", "/desk/matters/export.xlsx", "heavy", False),
        ("GET", "/board/2026/table.xlsx", "heavy", False),
        ("POST", "/desk/matters/RX-20261126-0001/do/assign/", "acts", True),
        ("POST", "/portal/report/", "acts", True),
        ("POST", "/api/v1/matters/RX-20261126-0001/actions", "acts", True),
        ("GET", "/static/look/base.css", "pages", False),
        ("POST", "/no/such/page/", "acts", False),
        ("PUT", "/no/such/page/", "acts", False),
        ("GET", "/" + "a/" * 3000, "pages", False),
        ("POST", "/\udcff/", "acts", False),
    ],
)
def test_the_lane_of_an_address_and_whether_anything_may_be_sent_to_it(
    doors: Any, method: str, path: str, lane: str, takes: bool
) -> None:
    scope = {"method": method, "path": path, "headers": []}
    assert doors.lane(scope).name == lane
    assert (doors.most_bytes(scope) > 0) is takes


def test_whatever_writes_out_or_lists_files_is_declared(database: str) -> None:
    """A view with a word of its own about cost is found by the server under each of its addresses."""
    from django.urls import get_resolver

    from yiwang.look.doors import HEAVY, SIGN_IN

    def views(patterns: Any) -> Any:
        for one in patterns:
            if hasattr(one, "url_patterns"):
                yield from views(one.url_patterns)
            else:
                yield str(one.pattern), one.callback

    declared = dict(views(get_resolver().url_patterns))
    exports = [view for route, view in declared.items() if route.endswith((".csv", ".xlsx", ".docx"))]
    assert exports
    assert all(getattr(view, "lane", "") == HEAVY for view in exports)
    assert {getattr(view, "lane", "") for view in declared.values()} <= {"", HEAVY, SIGN_IN}
    assert all("password" not in route or getattr(v, "lane", "") == SIGN_IN for route, v in declared.items())
