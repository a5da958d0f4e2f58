from __future__ import annotations

from yiwang import why


class Unreadable(why.Unreadable):
    """A file that cannot be read as a table, or not further."""
