"""What was kept before there were rules of cleaning is cleaned by the nightly task, which itself sees no file."""

from django.db import migrations

AGAIN = """
CREATE FUNCTION files_unclean(behind bigint) RETURNS TABLE(number bigint, digest text, called text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT id, sha256::text, name::text FROM files_file
  WHERE rules = 0 AND noun NOT IN ('', 'plan') AND media_type <> 'application/octet-stream' AND id > behind
  ORDER BY id LIMIT 1
$$;
CREATE FUNCTION files_cleaned(
  number bigint, to_sha256 text, to_size bigint, to_type text, to_name text, to_rules int,
  to_lon float8, to_lat float8, to_taken_at timestamptz
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE files_file SET sha256 = to_sha256, size = to_size, media_type = to_type, name = to_name, rules = to_rules,
    lon = coalesce(lon, to_lon), lat = coalesce(lat, to_lat), taken_at = coalesce(taken_at, to_taken_at)
  WHERE id = number AND rules = 0
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [migrations.RunSQL(AGAIN, "DROP FUNCTION files_unclean; DROP FUNCTION files_cleaned")]
