"""Fingerprints that only this installation can make: whoever reads the database cannot try all inputs (R9.1).

The key is derived from the installation's secret (`YIWANG_SECRET_KEY` or `var/secret`), another one for each purpose.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterator

from django.conf import settings


def keyed(purpose: str, text: str, *, secret: str | None = None) -> str:
    """HMAC-SHA256 of `text` as 43 URL-safe signs; the same for all processes with one secret."""
    root = (settings.SECRET_KEY if secret is None else secret).encode()
    key = hmac.digest(root, f"yiwang {purpose}".encode(), "sha256")
    return urlsafe_b64encode(hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256")).decode().rstrip("=")


def all_keyed(purpose: str, text: str) -> Iterator[str]:
    """The fingerprint under today's secret, then under those before it."""
    for secret in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        yield keyed(purpose, text, secret=secret)
