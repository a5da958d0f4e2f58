"""The text with which the first migrations switched on row security. Frozen: later changes are later migrations.

Nothing here follows the code (`org/asker.py`, `org/row_security.py`): a fresh database and one that is upgraded get the
same policies. `tests/org/test_policies.py` holds that what stands in the database is still what the code says.
"""

from __future__ import annotations

APPLICATION_ROLE = "yiwang_app"

# {t} is the table; {district}, {units}, {kinds}, {clearance} come from the session
IN_DISTRICT = "{t}.district_id = {district}"
IN_SIGHT = (
    "{t}.district_id = {district} AND {t}.seen_by && {units}"
    " AND {t}.sensitivity <= {clearance} AND ('*' = ANY({kinds}) OR {t}.kind = ANY({kinds}))"
)

SETTINGS = {
    "district": "(SELECT nullif(current_setting('app.district', true), '')::bigint)",
    "units": "(SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])",
    "clearance": "(SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))",
    "kinds": "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]",
    "tracking": "(SELECT nullif(current_setting('app.tracking', true), ''))",
    "subject": "(SELECT nullif(current_setting('app.subject', true), ''))",
}


def row_security(table: str, predicate: str) -> str:
    """SQL that switches row security on for `table` with `predicate` over {t} and the session's settings."""
    using = predicate.format(t=table, **SETTINGS)
    written = IN_DISTRICT.format(t=table, **SETTINGS)
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY sight ON {table} USING ({using}) WITH CHECK ({written});"
    )


def append_only(table: str) -> str:
    """SQL that lets nobody change or remove a row of `table`, whatever their role (R9.1)."""
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION org_refuse_change();"
    )
