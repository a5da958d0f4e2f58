"""What lies below the ledger and is held by it: who read what, the mode, who is who, the land, the district (rooms.py);
and what of the packages' tables, and of its own, is no evidence.
"""

from django.contrib.auth.models import User

from yiwang.org.models import (
    Appointment,
    Cell,
    Delegation,
    District,
    DutyRoster,
    Landmark,
    ModeSwitch,
    Person,
    Post,
    Reading,
    Unit,
)

from .rooms import EVERY, OWN_NUMBER

KEPT = (Reading, ModeSwitch, Delegation)
DEFINITIONS = (District, Unit, Post, User, Person, Appointment, Cell, Landmark, DutyRoster)

# an account belongs to the district of its person; one without a person to the first, so that it is looked at too
DISTRICT_OF = {
    "auth_user": "coalesce((SELECT p.district_id FROM org_person p WHERE p.user_id = t.id),"
    " (SELECT min(d.id) FROM org_district d))"
}
DIGESTED = {"auth_user": "password"}

CHECKED = {
    # each is hashed into the chain, or is the chain (chain.broken)
    "ledger_entry": "district_id stream subject seq at action person_id data key prev hash seal",
    "ledger_head": "district_id subject seq hash seal",
    # what a checkpoint's line says, and what its leaves must add up to
    "ledger_checkpoint": "district_id n at leaves root prev hash signed_by signature",
    "ledger_leaf": "checkpoint_id source subject seq hash",
}

_NOT_ASKED = "Django's own permissions, of which nothing is ever asked: org.asker decides"
_TRIES = "counts of tries, which pass; the ledger keeps who signed in, and who could not (sign_ins)"
_JOBS = "what is to be done by itself, and what has been tried of it"
ASIDE = {
    "org_district": {"generation": "raised by every load so that caches begin anew"},
    "auth_user": {"last_login": "moved by every sign-in, which is an entry of its own"},
    "ledger_entry": {"id": "the order in which entries came; that of a chain is its seq"},
    "ledger_head": {"id": OWN_NUMBER},
    "ledger_checkpoint": {
        "id": "what its leaves refer to; it is known by n",
        **dict.fromkeys("marks reached snapshot".split(), "from where the next checkpoint looks for what is new"),
    },
    "ledger_leaf": {"id": OWN_NUMBER},
    "org_try": {EVERY: _TRIES},
    "axes_accessattempt": {EVERY: _TRIES},
    "axes_accessattemptexpiration": {EVERY: _TRIES},
    "axes_accessfailurelog": {EVERY: _TRIES},
    "axes_accesslog": {EVERY: _TRIES},
    "auth_group": {EVERY: _NOT_ASKED},
    "auth_group_permissions": {EVERY: _NOT_ASKED},
    "auth_permission": {EVERY: _NOT_ASKED},
    "auth_user_groups": {EVERY: _NOT_ASKED},
    "auth_user_user_permissions": {EVERY: _NOT_ASKED},
    "django_content_type": {EVERY: _NOT_ASKED},
    "django_migrations": {EVERY: "how far the tables have come; it is said of the tables and of nothing in them"},
    "django_session": {EVERY: "who is signed in at the moment: signed by the installation's secret, gone with time"},
    "procrastinate_events": {EVERY: _JOBS},
    "procrastinate_jobs": {EVERY: _JOBS},
    "procrastinate_periodic_defers": {EVERY: _JOBS},
    "procrastinate_workers": {EVERY: _JOBS},
}
