"""Django made ready for a command of the command line."""

from __future__ import annotations

import os


def setup() -> None:
    """Load settings and models; a second call does nothing. Pure commands never call it: it takes half a second."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.settings")
    import django

    django.setup()
