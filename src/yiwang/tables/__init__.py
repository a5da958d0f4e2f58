"""Tables as they come: CSV, TSV and XLSX, also gzipped, in the encodings that are met; row by row in little memory."""

from .errors import BrokenArchive, TooLarge, Unreadable
from .table import Row, Table, open_table, sound_rows

__all__ = ["BrokenArchive", "Row", "Table", "TooLarge", "Unreadable", "open_table", "sound_rows"]
