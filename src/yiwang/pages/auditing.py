"""The tables of pages that the ledger holds, row by row (ledger.rooms)."""

from .models import Page

DEFINITIONS = (Page,)
