"""What an address may cost: written beside it in a face's `urls.py`, read by the server before anything is spent.

    path("matters/export.csv", door(lists.export, lane=HEAVY), name="export")
    path("report/", door(report.report, most_bytes=64 * MB), name="report")

Without a word an address reads with the pages' threads, writes with the acts' and takes a plain form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

MB = 1024 * 1024
PLAIN = MB  # bytes of a form without files, or of a JSON text
HEAVY = "heavy"  # counts or writes out a district: seconds, so it has a few threads of its own
SIGN_IN = "sign_in"  # checks passwords, which costs a third of a second of a processor by design


def door(view: Callable[..., Any], *, lane: str = "", most_bytes: int = PLAIN) -> Callable[..., Any]:
    """The view itself, with its lane and the most bytes that may be sent to it."""
    view.lane, view.most_bytes = lane, most_bytes  # type: ignore[attr-defined]
    return view
