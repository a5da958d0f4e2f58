"""The tables of goals that the ledger holds, row by row (ledger.rooms)."""

from .models import Change, Correction, Goal, Plan, Report, Settings, Statement, Verification

KEPT = (Plan, Statement, Correction, Goal, Change, Report, Verification)
DEFINITIONS = (Settings,)
