"""A writer of the simulated year: a process of its own, which is made ready before it learns what to write.

Nothing is imported here that needs Django's models: a new process imports this file to be made ready by it.
"""

from __future__ import annotations

import os

import django


def begin() -> None:
    """One connection, and the models of this process."""
    os.environ.setdefault("YIWANG_POOL", "0")
    django.setup()
