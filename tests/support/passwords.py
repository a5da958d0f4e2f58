"""Passwords for people of a served district who have none: the demo gives one to a few alone, real work to nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .site import Site

_GIVE = """
import django, sys
django.setup()
from django.contrib.auth.hashers import make_password
from yiwang.ledger import accounts
hashed = make_password(sys.argv[1])
for username in sys.argv[2:]:
    accounts.set_password(username, hashed)
"""


def give(site: Site, password: str, *usernames: str) -> None:
    """Each gets the password, as a command gives it."""
    environment = {**os.environ, **environment_of(site), "DJANGO_SETTINGS_MODULE": "yiwang.settings"}
    subprocess.run([sys.executable, "-c", _GIVE, password, *usernames], env=environment, check=True)


def environment_of(site: Site) -> dict[str, str]:
    """What a command reads to work on the site's tables."""
    return {"DATABASE_URL": site.owner, "DATABASE_APP_URL": site.app, "YIWANG_VAR": str(site.var)}
