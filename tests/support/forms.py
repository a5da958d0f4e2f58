"""A form as a person fills it in, in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def fill_in(form: Locator, fields: Mapping[str, str]) -> None:
    """Type into each field, or choose in it; the name of a field -> its value."""
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
