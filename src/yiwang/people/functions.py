"""What a page may do with a one-time link: look at it, and set a password with it once. Pure.

The application's role has no right to the table. `people_link` tells whose link it is while it is open; `people_set`
ends it and sets the password in one statement, so that of two at once one comes too late, and says what the ledger then
says of it.
"""

from __future__ import annotations

from yiwang.org.declared import Function

LINK = Function(
    "people_link",
    "asked text",
    "TABLE(user_id bigint, district_id bigint, username text, name text, expires timestamptz, state text)",
    """
  SELECT i.user_id, i.district_id, u.username::text, p.name::text, i.expires,
    CASE WHEN i.ended IS NOT NULL THEN 'ended' WHEN NOT u.is_active THEN 'closed'
         WHEN i.expires <= now() THEN 'expired' ELSE 'open' END
  FROM people_invitation i JOIN auth_user u ON u.id = i.user_id
  JOIN org_person p ON p.user_id = u.id AND p.district_id = i.district_id
  WHERE i.hashed = asked AND asked <> ''
""",
    manner="STABLE",
    as_owner=True,
)
SET = Function(
    "people_set",
    "asked text, password text",
    "jsonb",
    """
DECLARE
  whose bigint;
  said jsonb;
BEGIN
  IF password IS NULL OR password = '' OR left(password, 1) = '!' THEN
    RETURN NULL;
  END IF;
  UPDATE people_invitation i SET ended = now() FROM auth_user u
  WHERE i.hashed = asked AND asked <> '' AND i.ended IS NULL AND i.expires > now() AND u.id = i.user_id AND u.is_active
  RETURNING i.user_id, jsonb_build_object('id', i.id, 'ended', to_char(i.ended AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.US')) INTO whose, said;
  IF whose IS NOT NULL THEN
    UPDATE auth_user u SET password = people_set.password WHERE u.id = whose;
  END IF;
  RETURN said;
END """,
    language="plpgsql",
    as_owner=True,
)
