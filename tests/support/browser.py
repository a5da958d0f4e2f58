"""Debian's Chromium for tests that drive a real browser."""

from __future__ import annotations

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # tests may run as root
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str:
    """The browser's path; a missing one is an error that names the package."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    pytest.fail("No browser found: on Debian run `apt install chromium fonts-noto-cjk`.", pytrace=False)
