"""Where things lie: the checkout (or the working folder of an installed package) and its `var`."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The checkout; for an installed package the folder named by YIWANG_HOME, else the working folder."""
    named = os.environ.get("YIWANG_HOME")
    if named:
        return Path(named).resolve()
    checkout = Path(__file__).resolve().parents[3]
    return checkout if (checkout / "pyproject.toml").exists() else Path.cwd()


def var() -> Path:
    """Everything that is made while running: database, uploads, secret, logs. Never in the repository."""
    named = os.environ.get("YIWANG_VAR")
    return Path(named).resolve() if named else home() / "var"


def front_end() -> Path:
    """The built front end: in the package when it was installed from a wheel, else where Vite left it."""
    packaged = Path(__file__).resolve().parents[1] / "dist"
    return packaged if packaged.is_dir() else home() / "frontend" / "dist"
