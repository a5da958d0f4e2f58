"""Functions of the database for files: what belongs to something stays; the night tidies what it may not see. Pure."""

from __future__ import annotations

from yiwang.org.declared import Function

BELONGS = Function(
    "files_belongs",
    "",
    "trigger",
    """
BEGIN
  IF OLD.noun = '' THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'UPDATE' AND NEW.rules > OLD.rules
     AND (NEW.id, NEW.district_id, NEW.noun, NEW.subject, NEW.came, NEW.at, NEW.person_id)
         IS NOT DISTINCT FROM (OLD.id, OLD.district_id, OLD.noun, OLD.subject, OLD.came, OLD.at, OLD.person_id)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a file that belongs to something stays as it is';
END """,
    language="plpgsql",
)

# The nightly removal sees no file: it may ask for the removal of what is loose for a day, and which hashes are needed.
FORGET = Function(
    "files_forget",
    "",
    "TABLE(number bigint, district bigint)",
    """
  DELETE FROM files_file WHERE noun = '' AND at < now() - interval '1 day' RETURNING id, district_id
""",
    as_owner=True,
)
NEEDED = Function(
    "files_needed",
    "hashes text[]",
    "SETOF text",
    " SELECT DISTINCT sha256::text FROM files_file WHERE sha256 = ANY(hashes) ",
    manner="STABLE",
    as_owner=True,
)

# Both tell what the ledger then says of the rows.
# What was kept before there were rules of cleaning is cleaned by the nightly task, which itself sees no file.
UNCLEAN = Function(
    "files_unclean",
    "behind bigint",
    "TABLE(number bigint, digest text, called text)",
    """
  SELECT id, sha256::text, name::text FROM files_file
  WHERE rules = 0 AND noun NOT IN ('', 'plan') AND media_type <> 'application/octet-stream' AND id > behind
  ORDER BY id LIMIT 1
""",
    manner="STABLE",
    as_owner=True,
)
CLEANED = Function(
    "files_cleaned",
    "number bigint, to_sha256 text, to_size bigint, to_type text, to_name text, to_rules int,"
    " to_lon float8, to_lat float8, to_taken_at timestamptz",
    "TABLE(district bigint, said jsonb)",
    """
  UPDATE files_file SET sha256 = to_sha256, size = to_size, media_type = to_type, name = to_name, rules = to_rules,
    lon = coalesce(lon, to_lon), lat = coalesce(lat, to_lat), taken_at = coalesce(taken_at, to_taken_at)
  WHERE id = number AND rules = 0
  RETURNING district_id, jsonb_build_object('sha256', sha256, 'size', size, 'media_type', media_type, 'name', name,
    'rules', rules, 'lon', lon, 'lat', lat,
    'taken_at', to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'))
""",
    as_owner=True,
)
