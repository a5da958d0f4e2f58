"""What protects the tables of org, and those of the packages that bring some (declared)."""

from .declared import Protection, Table, append_only, of_a_package, sight
from .functions import ASKER, REFUSE_CHANGE, SYSTEM
from .row_security import IN_DISTRICT

READ = "SELECT"
ADD = "SELECT, INSERT"
ALL = "SELECT, INSERT, UPDATE, DELETE"

PROTECTION = Protection(
    {
        # what a pack says: loaded by the owner; which districts there are everybody may know
        "org_district": Table(READ, None),
        "org_unit": Table(READ, sight(IN_DISTRICT)),
        "org_post": Table(READ, sight(IN_DISTRICT)),
        "org_person": Table(READ, sight(IN_DISTRICT)),
        "org_appointment": Table(READ, sight(IN_DISTRICT)),
        "org_cell": Table(READ, sight(IN_DISTRICT)),
        "org_landmark": Table(READ, sight(IN_DISTRICT)),
        # what happens
        "org_reading": Table(ADD, sight(IN_DISTRICT), append_only("org_reading")),
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
    functions=(REFUSE_CHANGE, ASKER, SYSTEM),
)
