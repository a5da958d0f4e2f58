"""What protects the tables of pages (org.declared): they are loaded by the owner."""

from yiwang.org.declared import Protection, Table, sight
from yiwang.org.row_security import IN_DISTRICT

PROTECTION = Protection({"pages_page": Table("SELECT", sight(IN_DISTRICT))})
