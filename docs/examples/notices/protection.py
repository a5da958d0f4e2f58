"""What protects the table of notices (org.declared): a notice shows in its district to the units that it names."""

from yiwang.org.declared import Protection, Table, sight
from yiwang.org.row_security import IN_DISTRICT

SEEN = f"{IN_DISTRICT} AND {{t}}.seen_by && {{units}}"

PROTECTION = Protection({"notices_notice": Table("SELECT, INSERT", sight(SEEN))})
