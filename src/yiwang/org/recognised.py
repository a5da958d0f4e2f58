"""What a district's pack adds to what is recognised as personal, read once a load."""

from __future__ import annotations

import json

from django.db import connection

from .asker import Asker
from .per_load import per_load
from .personal.forms import NONE, Forms
from .titles import convert


@per_load
def forms_of(asker: Asker) -> Forms:
    """The forms of the asker's district. Call inside `acting_as`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT personal -> 'numbers', personal -> 'names_after' FROM org_district WHERE id = %s", [asker.district]
        )
        found = cursor.fetchone()
    if found is None:
        return NONE
    numbers, tells = (json.loads(one) if isinstance(one, str) else one for one in found)
    return convert({"numbers": numbers or [], "tells": tells or []}, Forms)
