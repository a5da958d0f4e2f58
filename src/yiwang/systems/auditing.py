"""The table of systems that the ledger holds, row by row (ledger.rooms)."""

from .models import Directory

DEFINITIONS = (Directory,)
