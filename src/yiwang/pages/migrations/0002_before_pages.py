"""Districts that were loaded before packs said their pages keep them: rates and published figures in their places, the
fewest that is published, and what the code itself said until now."""

from django.db import migrations

LISTED = """coalesce((
  SELECT jsonb_agg(i.code ORDER BY (i.definition->>'{place}')::int, i.code) FROM indicators_indicator i
  WHERE i.district_id = d.id AND i.current AND i.definition->>'{place}' IS NOT NULL), '[]'::jsonb)"""

WALL = f"""
INSERT INTO pages_page (district_id, name, definition)
SELECT d.id, 'wall', jsonb_build_object('rates', jsonb_build_object(
  'title', jsonb_build_object('zh', '热线四率', 'en', 'Hotline rates'), 'show', {LISTED.format(place="wall")}))
FROM org_district d;
"""

PORTAL = f"""
INSERT INTO pages_page (district_id, name, definition)
SELECT d.id, 'portal', jsonb_build_object(
  'published', {LISTED.format(place="published")},
  'fewest', greatest(d.fewest, 10),
  'phone', jsonb_build_object(
    'number', '12345',
    'title', jsonb_build_object('zh', '24 小时人工', 'en', 'people answer, day and night'),
    'note', jsonb_build_object(
      'zh', '紧急情况请直接拨打 110、119、120', 'en', 'in an emergency call 110, 119 or 120')))
FROM org_district d;
"""


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("indicators", "0002_sight"), ("org", "0008_mode")]

    operations = [migrations.RunSQL(WALL + PORTAL, migrations.RunSQL.noop)]
