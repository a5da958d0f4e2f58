"""What protects the ledger: the application reads it, and writes through `ledger_tail` and `ledger_add` alone."""

from yiwang.org.declared import Policy, Protection, Table, append_only
from yiwang.org.row_security import IN_DISTRICT

from .functions import ADD, CHANGE_PASSWORD, MERGE, TAIL

# an entry shows to who may read the whole ledger of the district, and to the person who made it
OWN = f"{IN_DISTRICT} AND ({{audits}} OR {{t}}.person_id = {{person}})"
AUDITED = f"{IN_DISTRICT} AND {{audits}}"


def _shown(using: str) -> tuple[Policy, ...]:
    return (Policy("sight", using, command="SELECT"),)


PROTECTION = Protection(
    {
        "ledger_entry": Table("SELECT", _shown(OWN), append_only("ledger_entry")),
        "ledger_head": Table("SELECT", _shown(AUDITED)),
        "ledger_checkpoint": Table("SELECT", _shown(IN_DISTRICT), append_only("ledger_checkpoint")),
        "ledger_leaf": Table("", (), append_only("ledger_leaf")),
    },
    functions=(TAIL, ADD, CHANGE_PASSWORD, MERGE),
)
