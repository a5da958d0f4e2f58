"""How often one visitor may try: reports and tracking codes are open to everybody, so they are counted."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def too_often(request: HttpRequest, what: str, *, at_most: int, seconds: int) -> bool:
    """Count one try of this visitor's address; True when there were more than `at_most` within `seconds`.

    The address is kept as a hash and forgotten with the window.
    """
    who = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:24]
    key = f"tries:{what}:{who}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > at_most
    except ValueError:  # the window ended between the two
        return False
