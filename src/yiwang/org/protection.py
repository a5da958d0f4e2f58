"""What protects the tables of org, and those of the packages that bring some (declared)."""

from .declared import Policy, Protection, Table, append_only, of_a_package, sight
from .functions import ASKER, REFUSE_CHANGE, STAND_IN, SYSTEM
from .row_security import IN_DISTRICT

READ = "SELECT"
ADD = "SELECT, INSERT"
ALL = "SELECT, INSERT, UPDATE, DELETE"

# who hands over, and to whom: they and who audits; nobody hands over what is another's, or opens it again
_OF_THEIRS = f"{IN_DISTRICT} AND ({{audits}} OR {{t}}.person_id = {{person}} OR {{t}}.deputy_id = {{person}})"
_DELEGATIONS = (
    Policy("sight", _OF_THEIRS, command="SELECT"),
    Policy("delegating", check=f"{IN_DISTRICT} AND {{t}}.person_id = {{person}}", command="INSERT"),
    Policy("ending", f"{_OF_THEIRS} AND {{t}}.ended IS NULL", f"{IN_DISTRICT} AND {{t}}.ended IS NOT NULL", "UPDATE"),
)

PROTECTION = Protection(
    {
        # what a pack says: loaded by the owner; which districts there are everybody may know
        "org_district": Table(READ, None),
        "org_unit": Table(READ, sight(IN_DISTRICT)),
        "org_post": Table(READ, sight(IN_DISTRICT)),
        "org_person": Table(READ, sight(IN_DISTRICT)),
        "org_appointment": Table(READ, sight(IN_DISTRICT)),
        "org_cell": Table(READ, sight(IN_DISTRICT)),
        "org_roster": Table(READ, sight(IN_DISTRICT)),
        "org_landmark": Table(READ, sight(IN_DISTRICT)),
        # what happens
        "org_reading": Table(ADD, sight(IN_DISTRICT), append_only("org_reading")),
        "org_delegation": Table("SELECT, INSERT, UPDATE (ended)", _DELEGATIONS),
        "wall_mode": Table(ADD, sight(IN_DISTRICT), append_only("wall_mode")),
        "org_try": Table(ALL, None),
        # accounts: made and closed by the owner; a password changes by `ledger_change_password` alone
        "auth_user": of_a_package("SELECT, UPDATE (last_login)"),
        "auth_group": of_a_package(READ),
        "auth_permission": of_a_package(READ),
        "auth_group_permissions": of_a_package(READ),
        "auth_user_groups": of_a_package(READ),
        "auth_user_user_permissions": of_a_package(READ),
        # sign-ins: Axes forgets tries that have ended well, the log stays
        "axes_accessattempt": of_a_package(ALL),
        "axes_accessattemptexpiration": of_a_package(ALL),
        "axes_accessfailurelog": of_a_package(ADD),
        "axes_accesslog": of_a_package("SELECT, INSERT, UPDATE (logout_time)"),
        # what comes and goes
        "django_session": of_a_package(ALL),
        "django_content_type": of_a_package(READ),
        "django_migrations": of_a_package(READ),
        "procrastinate_events": of_a_package(ALL),
        "procrastinate_jobs": of_a_package(ALL),
        "procrastinate_periodic_defers": of_a_package(ALL),
        "procrastinate_workers": of_a_package(ALL),
    },
    functions=(REFUSE_CHANGE, ASKER, STAND_IN, SYSTEM),
)
