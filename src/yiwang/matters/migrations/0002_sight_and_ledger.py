"""Who sees a matter is decided here, by the database, with the predicate of `org/access.py`."""

from django.db import migrations

from yiwang.org.access import _SESSION, IN_DISTRICT, IN_SIGHT, append_only, row_security

# who knows a matter's number and code sees that one matter
TRACKED = "({t}.tracking <> '' AND {t}.tracking = {tracking} AND {t}.district_id = {district})"
OF_A_MATTER = "{t}.district_id = {district} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {t}.matter_id)"
# the person concerned shows only after his reading was traced for this very matter (R9.3)
UNMASKED = OF_A_MATTER + " AND {t}.matter_id::text = {subject}"

BIGRAMS = """
CREATE FUNCTION matters_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(w, i, 2)), '{}')
  FROM (SELECT lower(regexp_replace(words, '\\s+', '', 'g')) AS w) AS folded, generate_series(1, length(w) - 1) AS i
$$;
CREATE INDEX matters_bigrams ON matters_matter USING gin (matters_bigrams(title || ' ' || left(text, 120)));
"""

# An index on words may not be walked under row security (the operator could tell what it saw), so the search itself
# runs as the owner and asks the one predicate; what it returns passes row security once more.
FOUND = f"""
CREATE FUNCTION matters_found(words text, at_most int) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT m.id FROM matters_matter m
  WHERE matters_bigrams(m.title || ' ' || left(m.text, 120)) @> matters_bigrams(words)
    AND (m.title || ' ' || m.text) ILIKE '%' || replace(replace(words, '\\', '\\\\'), '%', '\\%') || '%'
    AND {IN_SIGHT.format(t="m", **_SESSION)}
  ORDER BY m.created_at DESC LIMIT at_most
$$;
"""

MERGE = """
CREATE AGGREGATE matters_merge(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}');
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial"), ("org", "0002_row_security")]

    operations = [
        migrations.RunSQL(row_security("matters_matter", f"({IN_SIGHT}) OR {TRACKED}"), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("matters_entry", OF_A_MATTER), migrations.RunSQL.noop),
        migrations.RunSQL(row_security("matters_reporter", UNMASKED), migrations.RunSQL.noop),
        migrations.RunSQL(
            row_security(
                "matters_evidence",
                "{t}.district_id = {district} AND ({t}.matter_id IS NULL OR EXISTS"
                " (SELECT FROM matters_matter m WHERE m.id = {t}.matter_id))",
            ),
            migrations.RunSQL.noop,
        ),
        *(
            migrations.RunSQL(row_security(table, IN_DISTRICT), migrations.RunSQL.noop)
            for table in ("matters_kind", "matters_category", "matters_duty", "matters_checkpoint", "matters_counter")
        ),
        migrations.RunSQL(append_only("matters_entry"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("matters_checkpoint"), migrations.RunSQL.noop),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION matters_bigrams CASCADE"),
        migrations.RunSQL(FOUND, "DROP FUNCTION matters_found"),
        migrations.RunSQL(MERGE, "DROP AGGREGATE matters_merge(jsonb)"),
    ]
