from __future__ import annotations

from yiwang import why


class Unreadable(why.Unreadable):
    """A file that cannot be read as a table, or not further."""


class BrokenArchive(Unreadable):
    """A compressed file that is broken or breaks off; what came before may have been read."""


class TooLarge(Unreadable):
    """A workbook that would unpack to more than anybody reads."""
