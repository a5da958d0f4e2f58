"""The browser of tests that drive a real one; `run.py test` sees to it that there is one."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # tests may run as root
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of the machine's browser; None where there is only the one that Playwright fetched for itself."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
