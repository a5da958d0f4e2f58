"""Numbers in an address: `<key:plan>` is the key of a row, `<year:year>` a year; any other number is none of ours.

Django's own `<int:…>` takes a number of any length, which no column holds and no function of the database knows.
"""

from __future__ import annotations

from django.urls.converters import IntConverter, register_converter


class Key(IntConverter):
    """The key of a row, or a place in a row of them: below 10 to the 18th, so that a bigint holds it."""

    regex = "[0-9]{1,18}"


class Year(IntConverter):
    """A year of four digits."""

    regex = "[0-9]{4}"


def register() -> None:
    """Make them known to every `urls.py`."""
    register_converter(Key, "key")
    register_converter(Year, "year")
