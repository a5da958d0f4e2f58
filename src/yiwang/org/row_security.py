"""The predicate of `asker` as a policy reads it: {district}, {units}, {kinds} and {clearance} from the session. Pure.

Rooms declare their policies with it (`declared`); migrations hold the text that they ran.
"""

from __future__ import annotations

# the role in which the application speaks: it owns no table, so every policy binds it
APPLICATION_ROLE = "yiwang_app"

# {t} is the table
IN_DISTRICT = "{t}.district_id = {district}"

# sub-selects make the planner read each setting once a query, not once a row
SETTINGS = {
    "district": "(SELECT nullif(current_setting('app.district', true), '')::bigint)",
    "units": "(SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])",
    "clearance": "(SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))",
    "kinds": "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]",
    "tracking": "(SELECT nullif(current_setting('app.tracking', true), ''))",
    "subject": "(SELECT nullif(current_setting('app.subject', true), ''))",
    "person": "(SELECT nullif(current_setting('app.person', true), '')::bigint)",
    "audits": "(SELECT coalesce(current_setting('app.audits', true), '') = '1')",
}


def in_session(predicate: str, table: str) -> str:
    """A predicate over {t} and the session's settings as a policy of `table` says it."""
    return predicate.format(t=table, **SETTINGS)
