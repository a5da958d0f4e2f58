"""Tables as they come: CSV, TSV and XLSX, also gzipped, in the encodings that are met; row by row in little memory."""

from .errors import Unreadable
from .table import Row, Table, open_table

__all__ = ["Row", "Table", "Unreadable", "open_table"]
