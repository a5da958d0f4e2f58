"""A form as a person fills it in, in a browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def fill_in(form: Locator, fields: Mapping[str, Any]) -> None:
    """Type into each field, choose in it, tick it, put files into it; the name of a field -> its value, or several."""
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        sort = field.first.evaluate("one => one.tagName === 'SELECT' ? 'select' : one.type")
        if sort == "select":
            field.select_option(value)
        elif sort in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                form.locator(f'[name="{name}"][value="{one}"]').check()
        elif sort == "file":
            field.set_input_files(value)
        else:
            field.fill(value)
