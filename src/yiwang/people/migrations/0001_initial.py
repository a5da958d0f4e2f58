"""One-time links, and what a page may do with one: look at it, and set a password with it once.

The application's role has no right to the table. `people_link` tells whose link it is while it is open; `people_set`
ends it and sets the password in one statement, so that of two at once one comes too late. The text is frozen here.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION people_link(asked text) RETURNS TABLE(user_id bigint, district_id bigint, username text, name text,
  expires timestamptz, state text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.user_id, i.district_id, u.username::text, p.name::text, i.expires,
    CASE WHEN i.ended IS NOT NULL THEN 'ended' WHEN NOT u.is_active THEN 'closed'
         WHEN i.expires <= now() THEN 'expired' ELSE 'open' END
  FROM people_invitation i JOIN auth_user u ON u.id = i.user_id
  JOIN org_person p ON p.user_id = u.id AND p.district_id = i.district_id
  WHERE i.hashed = asked AND asked <> ''
$$;
CREATE FUNCTION people_set(asked text, password text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE whose bigint;
BEGIN
  IF password IS NULL OR password = '' OR left(password, 1) = '!' THEN
    RETURN NULL;
  END IF;
  UPDATE people_invitation i SET ended = now() FROM auth_user u
  WHERE i.hashed = asked AND asked <> '' AND i.ended IS NULL AND i.expires > now() AND u.id = i.user_id AND u.is_active
  RETURNING i.user_id INTO whose;
  IF whose IS NOT NULL THEN
    UPDATE auth_user u SET password = people_set.password WHERE u.id = whose;
  END IF;
  RETURN whose;
END $$;
"""
GONE = "DROP FUNCTION people_link(text); DROP FUNCTION people_set(text, text)"
SIGHT = """
ALTER TABLE people_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY sight ON people_invitation
  USING (district_id = (SELECT nullif(current_setting('app.district', true), '')::bigint));
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("org", "0002_row_security"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hashed", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                (
                    "district",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="org.district"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "people_invitation",
                "indexes": [models.Index(fields=["user"], name="people_invitation_user")],
            },
        ),
        migrations.RunSQL(FUNCTIONS, GONE),
        migrations.RunSQL(SIGHT, migrations.RunSQL.noop),
    ]
