"""What protects the table of systems (org.declared): it is loaded by the owner."""

from yiwang.org.declared import Protection, Table, sight
from yiwang.org.row_security import IN_DISTRICT

PROTECTION = Protection({"systems_directory": Table("SELECT", sight(IN_DISTRICT))})
