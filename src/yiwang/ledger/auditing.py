"""What lies below the ledger and is held by it: who read what, the mode, the units and the district (rooms.py)."""

from yiwang.org.models import District, ModeSwitch, Reading, Unit

KEPT = (Reading, ModeSwitch)
DEFINITIONS = (District, Unit)
