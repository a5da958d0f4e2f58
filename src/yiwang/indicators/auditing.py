"""The tables of indicators that the ledger holds, row by row (ledger.rooms)."""

from .models import IndicatorVersion, VitalSignVersion

DEFINITIONS = (IndicatorVersion, VitalSignVersion)
