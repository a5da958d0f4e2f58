"""What the application may do with the tables of org, and with those of the packages that bring some (granting.py)."""

READ = "SELECT"
ADD = "SELECT, INSERT"
ALL = "SELECT, INSERT, UPDATE, DELETE"

GRANTS = {
    # what a pack says: loaded by the owner
    "org_district": READ,
    "org_unit": READ,
    "org_post": READ,
    "org_person": READ,
    "org_appointment": READ,
    "org_cell": READ,
    "org_landmark": READ,
    # what happens
    "org_reading": ADD,
    "wall_mode": ADD,
    "org_try": ALL,
    # accounts: made and closed by the owner; a password changes by `ledger_change_password` alone
    "auth_user": "SELECT, UPDATE (last_login)",
    "auth_group": READ,
    "auth_permission": READ,
    "auth_group_permissions": READ,
    "auth_user_groups": READ,
    "auth_user_user_permissions": READ,
    # sign-ins: Axes forgets tries that have ended well, the log stays
    "axes_accessattempt": ALL,
    "axes_accessattemptexpiration": ALL,
    "axes_accessfailurelog": ADD,
    "axes_accesslog": "SELECT, INSERT, UPDATE (logout_time)",
    # what comes and goes
    "django_session": ALL,
    "django_content_type": READ,
    "django_migrations": READ,
    "procrastinate_events": ALL,
    "procrastinate_jobs": ALL,
    "procrastinate_periodic_defers": ALL,
    "procrastinate_workers": ALL,
}
