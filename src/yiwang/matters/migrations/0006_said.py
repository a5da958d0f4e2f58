"""What can be found by words: every word that a matter's page shows, in one table that only the search reads.

`matters_words` held the title and 120 characters of the text. `matters_said` holds all that was written: in row 0 who
reported, as everybody may see it; in row 1 what the matter began with; in every other row the words of that entry.
"""

from django.db import migrations

DISTRICT = "(SELECT nullif(current_setting('app.district', true), '')::bigint)"
IN_SIGHT = f"""m.district_id = {DISTRICT}
      AND m.seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])
      AND m.sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))
      AND ((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[] IS NULL
        OR m.kind = ANY((SELECT string_to_array(nullif(current_setting('app.kinds', true), '*'), ','))::text[]))"""

# One spelling for what people read as the same: width and case of signs, and no blanks, seen or unseen.
FOLD = """
CREATE FUNCTION matters_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(translate(
    regexp_replace(normalize(words, NFKC), '\\s+', '', 'g'), U&'\\00AD\\200B\\200C\\200D\\200E\\200F\\2060\\FEFF', ''
  ))
$$;
CREATE FUNCTION matters_grams(folded text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(folded, i, 2)), '{}') FROM generate_series(1, length(folded) - 1) AS i
$$;
"""

# Row security without a policy: nobody reads or writes it but the two functions, which run as its owner.
SAID = """
CREATE TABLE matters_said (
  matter_id bigint NOT NULL REFERENCES matters_matter ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  seq integer NOT NULL, district_id bigint NOT NULL, said text NOT NULL, grams text[] NOT NULL,
  PRIMARY KEY (matter_id, seq)
);
CREATE INDEX matters_said_grams ON matters_said USING gin (grams);
ALTER TABLE matters_said ENABLE ROW LEVEL SECURITY;
"""

# Fields are folded one by one and kept apart by a sign that nobody types, so no word is found across two of them.
KEEP = f"""
CREATE FUNCTION matters_say(matters bigint[], seqs integer[], texts text[]) RETURNS void LANGUAGE sql
SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO matters_said (matter_id, seq, district_id, said, grams)
  SELECT one.matter, one.seq, {DISTRICT}, one.said, matters_grams(one.said)
  FROM (
    SELECT given.matter, given.seq,
      (SELECT string_agg(matters_fold(part), chr(31)) FROM unnest(string_to_array(given.words, chr(31))) AS part) AS said
    FROM unnest(matters, seqs, texts) AS given(matter, seq, words)
  ) AS one
  WHERE one.said IS NOT NULL
    AND EXISTS (SELECT FROM matters_matter m WHERE m.id = one.matter AND m.district_id = {DISTRICT})
  ON CONFLICT (matter_id, seq) DO UPDATE SET said = excluded.said, grams = excluded.grams
$$;
"""

# An index on words may not be walked under row security (the operator could tell what it saw), so the search itself
# runs as the owner: the words first, then the one predicate; what it returns passes row security once more.
FOUND = f"""
CREATE FUNCTION matters_holding(word text, units bigint[], categories text[], complained_of bigint[])
RETURNS SETOF bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  folded text := matters_fold(word);
  begins text := replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
BEGIN
  IF length(folded) > 1 THEN
    RETURN QUERY
    WITH hits AS MATERIALIZED (
      SELECT s.matter_id, bool_and(s.seq = 0) AS hidden FROM matters_said s
      WHERE s.grams @> matters_grams(folded) AND position(folded IN s.said) > 0 AND s.district_id = {DISTRICT}
      GROUP BY s.matter_id
    )
    SELECT m.id FROM hits JOIN matters_matter m ON m.id = hits.matter_id
    WHERE {IN_SIGHT}
      AND NOT (hits.hidden AND m.sensitivity >= 2 AND coalesce(m.lead_id = ANY(complained_of), false));
  ELSE
    RETURN QUERY
    WITH hits AS MATERIALIZED (
      SELECT s.matter_id, bool_and(s.seq = 0) AS hidden FROM matters_said s
      WHERE position(folded IN s.said) > 0 AND s.district_id = {DISTRICT}
      GROUP BY s.matter_id
    )
    SELECT m.id FROM hits JOIN matters_matter m ON m.id = hits.matter_id
    WHERE {IN_SIGHT}
      AND NOT (hits.hidden AND m.sensitivity >= 2 AND coalesce(m.lead_id = ANY(complained_of), false));
  END IF;
  IF word ~ '^[A-Za-z0-9-]+$' THEN
    -- planned with the pattern itself, so that a number walks its index
    RETURN QUERY EXECUTE format(
      'SELECT m.id FROM matters_matter m WHERE (m.number LIKE %L OR m.number LIKE %L) AND {IN_SIGHT.replace("'", "''")}',
      upper(begins), begins
    );
  END IF;
  IF units <> '{{}}' OR categories <> '{{}}' THEN
    RETURN QUERY SELECT m.id FROM matters_matter m
    WHERE (m.street_id = ANY(units) OR m.neighbourhood_id = ANY(units) OR m.lead_id = ANY(units)
        OR m.category = ANY(categories))
      AND {IN_SIGHT};
  END IF;
END $$;
"""

# What was written before: the form's and the actions' fields, as each matter's own kind and version call them.
FIELDS = """
WITH field AS (
  SELECT k.district_id, k.code, k.version, part.whence, one.key AS name FROM matters_kind k
  CROSS JOIN LATERAL (VALUES ('form', k.definition::jsonb->'form'), ('asks', k.definition::jsonb->'asks'))
    AS part(whence, fields)
  CROSS JOIN LATERAL jsonb_each(CASE jsonb_typeof(part.fields) WHEN 'object' THEN part.fields ELSE '{}'::jsonb END) AS one
  WHERE coalesce(one.value->>'type', 'text') IN ('text', 'number', 'date', 'person')
    AND NOT coalesce((one.value->>'personal')::boolean, false)
), words AS (
  SELECT m.id AS matter_id, 1 AS seq, m.district_id, concat_ws(chr(31), matters_fold(m.title), matters_fold(m.text),
    matters_fold(m.channel), (
      SELECT string_agg(matters_fold(m.facts->>('form.' || f.name)), chr(31)) FROM field f
      WHERE f.district_id = m.district_id AND f.code = m.kind AND f.version = m.kind_version AND f.whence = 'form'
    )) AS said
  FROM matters_matter m
  UNION ALL
  SELECT m.id, 0, m.district_id,
    concat_ws(chr(31), matters_fold(m.facts->>'reporter.name'), matters_fold(m.facts->>'reporter.phone'))
  FROM matters_matter m WHERE m.facts ?| ARRAY['reporter.name', 'reporter.phone']
  UNION ALL
  SELECT e.matter_id, e.seq, e.district_id, (
      SELECT string_agg(matters_fold(e.data->>f.name), chr(31)) FROM field f
      WHERE f.district_id = m.district_id AND f.code = m.kind AND f.version = m.kind_version AND e.data ? f.name
    )
  FROM matters_entry e JOIN matters_matter m ON m.id = e.matter_id WHERE e.seq > 1 AND e.data <> '{}'
)
INSERT INTO matters_said (matter_id, seq, district_id, said, grams)
SELECT matter_id, seq, district_id, said, matters_grams(said) FROM words WHERE said IS NOT NULL
"""

NO_MORE = """
DROP TRIGGER matters_keep_words ON matters_matter;
DROP FUNCTION matters_keep_words();
DROP FUNCTION matters_found(text, int);
DROP TABLE matters_words;
DROP FUNCTION matters_bigrams(text);
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_sealed")]

    operations = [
        migrations.RunSQL(FOLD, "DROP FUNCTION matters_grams(text); DROP FUNCTION matters_fold(text)"),
        migrations.RunSQL(SAID, "DROP TABLE matters_said"),
        migrations.RunSQL(KEEP, "DROP FUNCTION matters_say(bigint[], integer[], text[])"),
        migrations.RunSQL(FOUND, "DROP FUNCTION matters_holding(text, bigint[], text[], bigint[])"),
        migrations.RunSQL(FIELDS, migrations.RunSQL.noop),
        migrations.RunSQL(NO_MORE, migrations.RunSQL.noop),
    ]
