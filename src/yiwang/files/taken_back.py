"""What was taken back leaves nothing on the shelf: bytes are there before their row is, and a row may never be kept.

A report is refused after its first photo, a page fails after it wrote, the disk fills: the transaction goes, and with
it the row. Its bytes go when the request has ended, instead of lying there until `tidy` comes by.
"""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import Any

from django.core.signals import request_finished
from django.db import DatabaseError, transaction

from . import tidy

log = logging.getLogger(__name__)

_here = threading.local()


def noted(digest: str) -> None:
    """New bytes lie on the shelf, for a row of this transaction."""
    waiting: set[str] = _here.__dict__.setdefault("waiting", set())
    waiting.add(digest)
    transaction.on_commit(partial(waiting.discard, digest))


def clear(**_: Any) -> None:
    """Remove the bytes of rows that this thread's transactions took back, unless somebody else needs them."""
    waiting: set[str] = _here.__dict__.pop("waiting", set())
    try:
        for digest in waiting:
            tidy.clear_away(digest)
    except DatabaseError as trouble:  # it was the reason; `tidy` comes by
        log.warning("bytes that were taken back stay for now: %s", type(trouble).__name__)


def listen() -> None:
    """Called once when the programs start."""
    request_finished.connect(clear, dispatch_uid="yiwang.files.taken_back")
