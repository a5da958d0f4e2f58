"""Static files without those that only tell how the program was built: names that begin with a dot stay here."""

from __future__ import annotations

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise that serves no `.built` and no `.vite/manifest.json`."""

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        if not any(part.startswith(".") for part in url.split("/")):
            super().add_file_to_dictionary(url, path, stat_cache=stat_cache)
