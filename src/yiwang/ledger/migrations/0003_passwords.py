"""A page changes a password through this function and in no other way; each change leaves an entry."""

from django.db import migrations

CHANGE = """
CREATE FUNCTION ledger_change_password(
  in_account bigint, in_before text, in_after text,
  in_district bigint, in_stream text, in_subject text, in_seq int, in_at timestamptz, in_action text, in_person bigint,
  in_data jsonb, in_key text, in_prev bytea, in_hash bytea, in_seal bytea, in_head_seal bytea
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF in_subject <> 'account:' || in_account OR in_action NOT IN ('password', 'password rehashed') THEN
    RAISE EXCEPTION 'a change of password is written into the chain of its own account';
  END IF;
  UPDATE auth_user SET password = in_after WHERE id = in_account AND password = in_before AND is_active;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM ledger_add(in_district, in_stream, in_subject, in_seq, in_at, in_action, in_person, in_data, in_key, in_prev,
                     in_hash, in_seal, in_head_seal);
  RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_checkpoints"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        migrations.RunSQL(
            CHANGE,
            "DROP FUNCTION ledger_change_password(bigint, text, text, bigint, text, text, int, timestamptz, text, bigint,"
            " jsonb, text, bytea, bytea, bytea, bytea)",
        )
    ]
