"""The tables of the wall that the ledger holds, row by row (ledger.rooms)."""

from .models import ModeSwitch

KEPT = (ModeSwitch,)
