"""What protects the tables of matters (org.declared): the database decides by the one predicate who sees a matter."""

from yiwang.files.protection import files_of
from yiwang.org.asker import IN_SIGHT, INVOLVED
from yiwang.org.declared import Policy, Protection, Table, append_only, sight
from yiwang.org.row_security import IN_DISTRICT

from .functions import FOLD, GRAMS, HOLDING, LOAD, MERGE, OF_NUMBER, SAY
from .rows import MOVABLE

# who knows a matter's number and code sees that one matter: its reporter, an outside party
TRACKED = (
    f"{{t}}.tracking <> '' AND {{t}}.tracking = {{tracking}} AND {IN_DISTRICT}"
    f" OR {{t}}.doors <> '{{{{}}}}' AND {{t}}.doors @> ARRAY[{{tracking}}]::varchar[] AND {IN_DISTRICT}"
)
OF_A_MATTER = f"{IN_DISTRICT} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {{t}}.matter_id)"
# who sees both ends of a link sees that they hang together
BOTH_ENDS = (
    f"{IN_DISTRICT} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {{t}}.from_matter_id)"
    " AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {t}.to_matter_id)"
)
# the person concerned shows only after a reading of this very matter was written down in this transaction (R9.3)
UNMASKED = f"{OF_A_MATTER} AND {{t}}.matter_id::text = {{subject}}"
# a digest is found by `matters_of_number` alone, and is taken away with the words that it was made of
REMOVED = f"{IN_DISTRICT} AND {{t}}.matter_id::text = {{subject}}"

PROTECTION = Protection(
    {
        # what a pack says: loaded by the owner
        "matters_kind": Table("SELECT", sight(IN_DISTRICT)),
        "matters_category": Table("SELECT", sight(IN_DISTRICT)),
        "matters_duty": Table("SELECT", sight(IN_DISTRICT)),
        "matters_listed": Table("SELECT", sight(IN_DISTRICT)),
        "matters_gate": Table("SELECT", sight(IN_DISTRICT)),
        # what was refused at a gate: shown to whose it was and to those above them
        "matters_attempt": Table("SELECT, INSERT", sight(INVOLVED), append_only("matters_attempt")),
        "matters_result": Table("SELECT", sight(IN_DISTRICT)),
        # a matter is opened and moved, and never taken away
        "matters_matter": Table(
            f"SELECT, INSERT, UPDATE ({', '.join([*MOVABLE, 'facts'])})", sight(f"({IN_SIGHT}) OR ({TRACKED})")
        ),
        "matters_entry": Table("SELECT, INSERT", sight(OF_A_MATTER), append_only("matters_entry")),
        "matters_link": Table("SELECT, INSERT, DELETE", (Policy("sight", BOTH_ENDS, BOTH_ENDS),)),
        "matters_counter": Table("SELECT, INSERT, UPDATE (last)", sight(IN_DISTRICT)),
        # who reported and what was said in plain words: kept, read for a purpose
        "matters_reporter": Table("SELECT, INSERT", sight(UNMASKED)),
        "matters_plain": Table("SELECT, INSERT", sight(UNMASKED)),
        "matters_number": Table(
            "SELECT, INSERT",
            (
                Policy("adding", check=IN_DISTRICT, command="INSERT"),
                Policy("removing", REMOVED, command="DELETE"),
                Policy("removed", REMOVED, command="SELECT"),
            ),
        ),
        # words are kept by `matters_say` and searched by `matters_holding`, both of the owner
        "matters_said": Table(),
        "matters_checkpoint": Table("SELECT", sight(IN_DISTRICT), append_only("matters_checkpoint")),
    },
    {"files_file": files_of("matter", "matters_matter", handed_over=True)},
    (FOLD, GRAMS, SAY, HOLDING, OF_NUMBER, LOAD, MERGE),
)
