"""Pages reach invitations through two functions alone: whoever reads the table gains nothing (org.declared)."""

from yiwang.org.declared import Policy, Protection, Table
from yiwang.org.row_security import IN_DISTRICT

from .functions import LINK, SET

PROTECTION = Protection({"people_invitation": Table("", (Policy("sight", IN_DISTRICT),))}, functions=(LINK, SET))
