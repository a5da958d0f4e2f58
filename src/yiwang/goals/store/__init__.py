"""The only place that writes goals; one function per thing that can happen, one transaction each."""

from .goals import adopt, assign, bind, break_down, plan_path, see_anew, take_table
from .orders import supervise
from .plans import import_plan
from .reports import File, report, verify
from .review import add, confirm_all, confirm_sure, correct, drop, merge, restore, split, undo
from .settings import set_rules

__all__ = [
    "Conflict",
    "File",
    "add",
    "adopt",
    "assign",
    "bind",
    "break_down",
    "confirm_all",
    "confirm_sure",
    "correct",
    "drop",
    "import_plan",
    "merge",
    "plan_path",
    "report",
    "restore",
    "see_anew",
    "set_rules",
    "split",
    "supervise",
    "take_table",
    "undo",
    "verify",
]
