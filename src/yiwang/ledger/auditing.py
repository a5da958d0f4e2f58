"""What lies below the ledger and is held by it: who read what, the units and the district itself (rooms.py)."""

from yiwang.org.models import District, Reading, Unit

KEPT = (Reading,)
DEFINITIONS = (District, Unit)
