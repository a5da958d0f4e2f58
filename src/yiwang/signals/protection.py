"""What protects the tables of signals (org.declared)."""

from yiwang.org.asker import IN_SIGHT
from yiwang.org.declared import Protection, Table, sight
from yiwang.org.row_security import IN_DISTRICT

OF_ITS_MATTER = f"{IN_DISTRICT} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {{t}}.matter_id)"

PROTECTION = Protection(
    {
        # a signal shows to whom its matter shows, a reading to everybody in the district
        "signals_signal": Table("SELECT, INSERT", sight(OF_ITS_MATTER)),
        "signals_quarantine": Table("SELECT, INSERT, DELETE", sight(IN_SIGHT)),
        "signals_reading": Table("SELECT, INSERT", sight(IN_DISTRICT)),
    }
)
