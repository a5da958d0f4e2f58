"""Django made ready for a command of the command line."""

from __future__ import annotations

import os

from . import database
from .closed import UMASK


def setup(*, serves: bool = False) -> None:
    """Load settings and models; a second call does nothing. Pure commands never call it: it takes half a second.

    serves  for a web process: a pool of connections and the limits of one who waits for a page
            (`yiwang.serve.database`); a command has one connection and learns at once when there is none
    """
    os.umask(UMASK)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.settings")
    if serves:
        database.limits = database.PAGE
    else:
        os.environ.setdefault("YIWANG_POOL", "0")
    import django

    django.setup()
