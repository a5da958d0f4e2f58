"""Functions of the database with which everything begins: who asks, and what stays as it was written. Pure."""

from __future__ import annotations

from .declared import Function
from .definition import SEES_FROM_ABOVE

REFUSE_CHANGE = Function(
    "org_refuse_change",
    "",
    "trigger",
    """
BEGIN
  RAISE EXCEPTION '% is append-only: correct by adding, not by changing', TG_TABLE_NAME;
END """,
    language="plpgsql",
)

_FROM_ABOVE = ", ".join(f"'{kind}'" for kind in SEES_FROM_ABOVE)

# the posts that person {p} holds today in district {d}
_POSTS = f"""coalesce((
      SELECT jsonb_agg(jsonb_build_object(
          'id', o.id, 'code', o.code, 'role', o.role, 'unit', u.id, 'unit_code', u.code,
          'sees', CASE WHEN u.kind IN ({_FROM_ABOVE}) THEN coalesce(u.parent_id, u.id) ELSE u.id END) ORDER BY o.id)
      FROM org_appointment a JOIN org_post o ON o.id = a.post_id JOIN org_unit u ON u.id = o.unit_id
      WHERE a.person_id = {{p}}.id
        AND a.since <= (now() AT TIME ZONE d.time_zone)::date
        AND (a.until IS NULL OR a.until > (now() AT TIME ZONE d.time_zone)::date)), '[]'::jsonb)"""

# Before anybody has entered a district these tell who asks; they work as the owner, so nothing blinds them.
ASKER = Function(
    "org_asker",
    "asked_user bigint",
    "jsonb",
    f"""
  SELECT jsonb_build_object(
    'district', d.id, 'district_code', d.code, 'generation', d.generation, 'roles', d.roles,
    'person', p.id, 'name', p.name,
    'posts', {_POSTS.format(p="p")})
  FROM org_person p JOIN org_district d ON d.id = p.district_id
  WHERE p.user_id = asked_user
""",
    manner="STABLE",
    as_owner=True,
)
# the person of an account in the posts of another, while these are handed over to them: nobody before or after
STAND_IN = Function(
    "org_stand_in",
    "asked_user bigint, asked_delegation bigint",
    "jsonb",
    f"""
  SELECT found.asker FROM org_delegation g
  JOIN org_person z ON z.id = g.deputy_id AND z.district_id = g.district_id
  JOIN org_person p ON p.id = g.person_id AND p.district_id = g.district_id
  JOIN org_district d ON d.id = g.district_id
  CROSS JOIN LATERAL (SELECT {_POSTS.format(p="z")} AS posts) own
  CROSS JOIN LATERAL (SELECT jsonb_build_object(
    'district', d.id, 'district_code', d.code, 'generation', d.generation, 'roles', d.roles,
    'person', z.id, 'name', z.name, 'posts', {_POSTS.format(p="p")},
    'for', jsonb_build_object('id', g.id, 'person', p.id, 'name', p.name, 'until', g.until, 'own', own.posts)
    ) AS asker) found
  WHERE g.id = asked_delegation AND z.user_id = asked_user AND g.ended IS NULL
    AND g.since <= now() AND now() < g.until
    AND jsonb_array_length(own.posts) > 0 AND jsonb_array_length(found.asker->'posts') > 0
""",
    manner="STABLE",
    as_owner=True,
)
SYSTEM = Function(
    "org_system",
    "asked_district bigint",
    "TABLE(code text, root bigint, generation int)",
    """
  SELECT d.code::text, u.id, d.generation FROM org_district d
  JOIN org_unit u ON u.district_id = d.id AND u.parent_id IS NULL WHERE d.id = asked_district
""",
    manner="STABLE",
    as_owner=True,
)
