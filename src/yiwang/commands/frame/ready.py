"""Django made ready for a command: only for those that need it, since it takes half a second."""

from __future__ import annotations

import os

from yiwang.run.closed import UMASK


def django_ready() -> None:
    """Load settings and models; a second time does nothing. A command has one connection, and learns at once when
    there is none."""
    os.umask(UMASK)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.settings")
    os.environ.setdefault("YIWANG_POOL", "0")
    import django

    django.setup()
