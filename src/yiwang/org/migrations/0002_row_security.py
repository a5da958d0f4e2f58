"""Row security from the first table on: a district's rows show only to who has entered that district."""

from django.db import migrations

from yiwang.org.migrations._as_first_run import APPLICATION_ROLE, IN_DISTRICT, append_only, row_security

ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}') THEN
    CREATE ROLE {APPLICATION_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;
  END IF;
END $$;
"""

REFUSE_CHANGE = """
CREATE FUNCTION org_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: correct by adding, not by changing', TG_TABLE_NAME;
END $$;
"""

# Before anybody has entered a district these two tell who asks; owned by the owner, so row security does not blind them.
ASKER = """
CREATE FUNCTION org_asker(asked_user bigint) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public AS $$
  SELECT jsonb_build_object(
    'district', d.id, 'district_code', d.code, 'generation', d.generation, 'roles', d.roles, 'person', p.id, 'name', p.name,
    'posts', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
          'id', o.id, 'code', o.code, 'role', o.role, 'unit', u.id, 'unit_code', u.code,
          'sees', CASE WHEN u.kind IN ('centre', 'office') THEN coalesce(u.parent_id, u.id) ELSE u.id END) ORDER BY o.id)
      FROM org_appointment a JOIN org_post o ON o.id = a.post_id JOIN org_unit u ON u.id = o.unit_id
      WHERE a.person_id = p.id
        AND a.since <= (now() AT TIME ZONE d.time_zone)::date
        AND (a.until IS NULL OR a.until > (now() AT TIME ZONE d.time_zone)::date)), '[]'::jsonb))
  FROM org_person p JOIN org_district d ON d.id = p.district_id
  WHERE p.user_id = asked_user
$$;
CREATE FUNCTION org_system(asked_district bigint) RETURNS TABLE(code text, root bigint, generation int) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public AS $$
  SELECT d.code::text, u.id, d.generation FROM org_district d
  JOIN org_unit u ON u.district_id = d.id AND u.parent_id IS NULL WHERE d.id = asked_district
$$;
"""

TABLES = ("org_unit", "org_post", "org_person", "org_appointment", "org_cell", "org_landmark", "org_reading")


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION org_refuse_change CASCADE"),
        migrations.RunSQL(ASKER, "DROP FUNCTION org_asker; DROP FUNCTION org_system"),
        *(migrations.RunSQL(row_security(table, IN_DISTRICT), migrations.RunSQL.noop) for table in TABLES),
        migrations.RunSQL(append_only("org_reading"), migrations.RunSQL.noop),
    ]
