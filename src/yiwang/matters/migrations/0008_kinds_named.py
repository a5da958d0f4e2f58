"""A setting that nobody made must not mean "every kind": the two searches that run as the owner say so too."""

from django.db import migrations

DISTRICT = "(SELECT nullif(current_setting('app.district', true), '')::bigint)"
KINDS = "(SELECT string_to_array(current_setting('app.kinds', true), ','))::text[]"
IN_SIGHT = f"""m.district_id = {DISTRICT}
      AND m.seen_by && (SELECT string_to_array(nullif(current_setting('app.units', true), ''), ',')::bigint[])
      AND m.sensitivity <= (SELECT coalesce(nullif(current_setting('app.clearance', true), '')::int, -1))
      AND ('*' = ANY({KINDS}) OR m.kind = ANY({KINDS}))"""

OF_NUMBER = f"""
CREATE OR REPLACE FUNCTION matters_of_number(digests text[]) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT m.id FROM matters_number n JOIN matters_matter m ON m.id = n.matter_id
  WHERE n.digest = ANY(digests)
    AND n.district_id = {DISTRICT}
    AND {IN_SIGHT}
  ORDER BY m.created_at DESC
$$;
"""

HOLDING = f"""
CREATE OR REPLACE FUNCTION matters_holding(word text, units bigint[], categories text[], complained_of bigint[])
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


class Migration(migrations.Migration):
    dependencies = [("matters", "0007_tracking")]

    operations = [
        migrations.RunSQL(OF_NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(HOLDING, migrations.RunSQL.noop),
    ]
