"""What protects the tables of indicators (org.declared): definitions are loaded by the owner."""

from yiwang.org.declared import Protection, Table, sight
from yiwang.org.row_security import IN_DISTRICT

PROTECTION = Protection(
    {
        "indicators_indicator": Table("SELECT", sight(IN_DISTRICT)),
        "indicators_vital": Table("SELECT", sight(IN_DISTRICT)),
    }
)
