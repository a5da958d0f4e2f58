"""What the application may do with the tables of matters (org.granting)."""

from .rows import MOVABLE

GRANTS = {
    # what a pack says: loaded by the owner
    "matters_kind": "SELECT",
    "matters_category": "SELECT",
    "matters_duty": "SELECT",
    # a matter is opened and moved, and never taken away
    "matters_matter": f"SELECT, INSERT, UPDATE ({', '.join([*MOVABLE, 'facts'])})",
    "matters_entry": "SELECT, INSERT",
    "matters_counter": "SELECT, INSERT, UPDATE (last)",
    # who reported and what was said in plain words: kept, read for a purpose
    "matters_reporter": "SELECT, INSERT",
    "matters_plain": "SELECT, INSERT",
    "matters_number": "SELECT, INSERT",
    # words are indexed by a trigger and searched by a function, both of the owner
    "matters_said": "",
    "matters_checkpoint": "SELECT",
}
