"""Django made ready for a web process: a pool of connections, and the limits of one who waits for a page."""

from __future__ import annotations

import os

import django

from . import database
from .closed import UMASK


def setup() -> None:
    """Load settings and models; a second call does nothing."""
    os.umask(UMASK)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.settings")
    database.limits = database.PAGE
    django.setup()
