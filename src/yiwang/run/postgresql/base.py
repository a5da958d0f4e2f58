"""The engine that DATABASES names (Django looks for a module `base` in it)."""

from __future__ import annotations

from threading import Lock
from typing import Any

from django.db.backends.postgresql import base

_LOOKING_UP = Lock()  # all threads share one entry


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection; `LOOK_UP` of its entry gives the rest of the entry, once."""

    def get_connection_params(self) -> dict[str, Any]:
        """What the driver is called with."""
        with _LOOKING_UP:
            if not self.settings_dict["NAME"]:
                self.settings_dict.update(self.settings_dict["LOOK_UP"]())
        return super().get_connection_params()
