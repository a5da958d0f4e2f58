"""What of people the ledger holds, row by row: links, of which each sets a password."""

from .models import Invitation

KEPT = (Invitation,)
