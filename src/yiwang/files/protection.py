"""What protects files: one that belongs to nothing shows to its uploader alone; each noun adds who sees its own."""

from yiwang.org.declared import Policy, Protection, Table, Trigger
from yiwang.org.row_security import IN_DISTRICT

from .functions import BELONGS, CLEANED, FORGET, NEEDED, UNCLEAN

# the platform itself, which has no person, is 0; a passer-by is nobody
_UPLOADER = "coalesce({t}.person_id, 0) = {person}"
_LOOSE = f"{IN_DISTRICT} AND {{t}}.noun = '' AND {_UPLOADER}"


def files_of(noun: str, table: str, *, handed_over: bool = False) -> tuple[Policy, ...]:
    """Who sees the thing sees its files and may add own ones; nothing is ever taken away from it.

    handed_over  whether loose files of their own may be given to it later
    """
    ours = f"{IN_DISTRICT} AND {{t}}.noun = '{noun}' AND EXISTS (SELECT FROM {table} o WHERE o.id = {{t}}.subject)"
    own = f"{ours} AND {_UPLOADER}"
    policies = Policy(f"of_a_{noun}", ours, command="SELECT"), Policy(f"new_of_a_{noun}", check=own, command="INSERT")
    return (*policies, Policy(f"to_a_{noun}", "false", own, "UPDATE")) if handed_over else policies


PROTECTION = Protection(
    {
        "files_file": Table(
            "SELECT, INSERT, UPDATE (noun, subject), DELETE",
            (Policy("loose", _LOOSE, _LOOSE),),
            (Trigger("files_belongs", "BEFORE UPDATE OR DELETE", "ROW", "files_belongs"),),
        )
    },
    functions=(BELONGS, FORGET, NEEDED, UNCLEAN, CLEANED),
)
