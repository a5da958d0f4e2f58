"""Django made ready for a command of the command line."""

from __future__ import annotations

import os


def setup(*, pooled: bool = False) -> None:
    """Load settings and models; a second call does nothing. Pure commands never call it: it takes half a second.

    pooled  keep a pool of connections, as servers do; a command has one and learns at once when there is none
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.settings")
    if not pooled:
        os.environ.setdefault("YIWANG_POOL", "0")
    import django

    django.setup()
