"""Who asks on the command line: a person by the name of their account, or the platform itself."""

from __future__ import annotations

from django.contrib.auth.models import User

from yiwang.why import NotThere, say

from .asker import Asker
from .models import District
from .queries import NoDistrict, home_district
from .session import asker_of_user, system


class NoSuchUser(NotThere):
    """No account of that name, or its person holds no post today."""


def asker_named(username: str | None, district: str | None = None) -> Asker:
    """The asker behind an account, else the platform in a district named by its code, else in the home district.

    Raises NoSuchUser, NoDistrict.
    """
    if username:
        account = User.objects.filter(username=username).first()
        asker = asker_of_user(account.pk) if account else None
        if asker is None or (district and asker.district_code != district):
            raise NoSuchUser(say("org.no_such_user", name=username[:60]))
        return asker
    if district:
        row = District.objects.filter(code=district).values_list("pk", flat=True).first()
        if row is None:
            raise NoDistrict(say("org.no_such_district", code=district[:20]))
        return system(row)
    return system(home_district()[0])
