"""The table of notices that the ledger holds, row by row (ledger.rooms)."""

from .models import Notice

KEPT = (Notice,)
