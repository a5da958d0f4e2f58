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

# Before anybody has entered a district these two tell who asks; they work as the owner, so nothing blinds them.
ASKER = Function(
    "org_asker",
    "asked_user bigint",
    "jsonb",
    f"""
  SELECT jsonb_build_object(
    'district', d.id, 'district_code', d.code, 'generation', d.generation, 'roles', d.roles,
    'person', p.id, 'name', p.name,
    'posts', coalesce((
      SELECT jsonb_agg(jsonb_build_object(
          'id', o.id, 'code', o.code, 'role', o.role, 'unit', u.id, 'unit_code', u.code,
          'sees', CASE WHEN u.kind IN ({_FROM_ABOVE}) THEN coalesce(u.parent_id, u.id) ELSE u.id END) ORDER BY o.id)
      FROM org_appointment a JOIN org_post o ON o.id = a.post_id JOIN org_unit u ON u.id = o.unit_id
      WHERE a.person_id = p.id
        AND a.since <= (now() AT TIME ZONE d.time_zone)::date
        AND (a.until IS NULL OR a.until > (now() AT TIME ZONE d.time_zone)::date)), '[]'::jsonb))
  FROM org_person p JOIN org_district d ON d.id = p.district_id
  WHERE p.user_id = asked_user
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
