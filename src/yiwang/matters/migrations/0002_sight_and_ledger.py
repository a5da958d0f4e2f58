"""Who sees a matter is decided here, by the database, with the one predicate."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import IN_DISTRICT, IN_SIGHT, SETTINGS, append_only, row_security

# who knows a matter's number and code sees that one matter
TRACKED = "({t}.tracking <> '' AND {t}.tracking = {tracking} AND {t}.district_id = {district})"
OF_A_MATTER = "{t}.district_id = {district} AND EXISTS (SELECT FROM matters_matter m WHERE m.id = {t}.matter_id)"
# the person concerned shows only after their reading was traced for this very matter (R9.3)
UNMASKED = OF_A_MATTER + " AND {t}.matter_id::text = {subject}"

BIGRAMS = """
CREATE FUNCTION matters_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(w, i, 2)), '{}')
  FROM (SELECT lower(regexp_replace(words, '\\s+', '', 'g')) AS w) AS folded, generate_series(1, length(w) - 1) AS i
$$;
"""

# The words of a matter lie apart from its state, so that an action, which changes the state, need not index them anew.
# Nobody reads them but `matters_found`: the application's role may only add.
WORDS = f"""
CREATE TABLE matters_words (
  matter_id bigint PRIMARY KEY REFERENCES matters_matter ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  district_id bigint NOT NULL, grams text[] NOT NULL
);
CREATE INDEX matters_words_grams ON matters_words USING gin (grams);
ALTER TABLE matters_words ENABLE ROW LEVEL SECURITY;
CREATE POLICY adding ON matters_words FOR INSERT WITH CHECK ({IN_DISTRICT.format(t="matters_words", **SETTINGS)});
CREATE FUNCTION matters_keep_words() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  INSERT INTO matters_words SELECT id, district_id, matters_bigrams(title || ' ' || left(text, 120)) FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER matters_keep_words AFTER INSERT ON matters_matter
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION matters_keep_words();
"""

# An index on words may not be walked under row security (the operator could tell what it saw), so the search itself
# runs as the owner and asks the one predicate; what it returns passes row security once more.
FOUND = f"""
CREATE FUNCTION matters_found(words text, at_most int) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT m.id FROM matters_matter m JOIN matters_words w ON w.matter_id = m.id
  WHERE w.grams @> matters_bigrams(words)
    AND (m.title || ' ' || m.text) ILIKE '%' || replace(replace(words, '\\', '\\\\'), '%', '\\%') || '%'
    AND {IN_SIGHT.format(t="m", **SETTINGS)}
  ORDER BY m.created_at DESC LIMIT at_most
$$;
"""

# Indicators look into `facts` several times a row: kept beside the row uncompressed, a look costs no unpacking.
PLAIN_FACTS = "ALTER TABLE matters_matter SET (toast_tuple_target = 8160)"

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
        migrations.RunSQL(PLAIN_FACTS, migrations.RunSQL.noop),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION matters_bigrams CASCADE"),
        migrations.RunSQL(WORDS, "DROP FUNCTION matters_keep_words CASCADE; DROP TABLE matters_words"),
        migrations.RunSQL(FOUND, "DROP FUNCTION matters_found"),
        migrations.RunSQL(MERGE, "DROP AGGREGATE matters_merge(jsonb)"),
    ]
