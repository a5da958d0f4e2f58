"""The demo's sign-ins, from the pack that is loaded, for the sign-in page of the demo."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings

from yiwang.why.yaml_text import data_of


@lru_cache(maxsize=1)
def demo_sign_ins() -> tuple[list[dict[str, Any]], str]:
    """([{username, who {zh, en}, …}], the demo password); nothing where there is no demo pack."""
    source = settings.HOME / "packs" / "demo" / "sign_ins.yaml"
    if not source.is_file():
        return [], ""
    found = data_of(source.read_text("utf-8"))
    return found["sign_ins"], str(found["password"])
