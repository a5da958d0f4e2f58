"""By which functions of the database the ledger is written, and how the pieces of a row add up. Pure.

The application writes through `ledger_tail` and `ledger_add` alone. The lock is taken before anything is read, in a
statement of its own: what the one before has committed meanwhile is seen then.
"""

from __future__ import annotations

from yiwang.org.declared import Aggregate, Function

_ENTRY = (
    "in_district bigint, in_stream text, in_subject text, in_seq int, in_at timestamptz, in_action text,"
    " in_person bigint, in_data jsonb, in_key text, in_prev bytea, in_hash bytea, in_seal bytea, in_head_seal bytea"
)

TAIL = Function(
    "ledger_tail",
    "in_district bigint, in_subject text, in_key text",
    "TABLE(seq int, hash bytea, repeated int)",
    """
#variable_conflict use_column
BEGIN
  INSERT INTO ledger_head (district_id, subject, seq, hash)
  VALUES (in_district, in_subject, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT (district_id, subject) DO NOTHING;
  PERFORM 1 FROM ledger_head h WHERE h.district_id = in_district AND h.subject = in_subject FOR UPDATE;
  RETURN QUERY SELECT h.seq, h.hash,
      (SELECT e.seq FROM ledger_entry e WHERE e.district_id = in_district AND e.key = in_key)
    FROM ledger_head h WHERE h.district_id = in_district AND h.subject = in_subject;
END """,
    language="plpgsql",
    as_owner=True,
)
ADD = Function(
    "ledger_add",
    _ENTRY,
    "void",
    """
BEGIN
  UPDATE ledger_head h SET seq = in_seq, hash = in_hash, seal = in_head_seal
  WHERE h.district_id = in_district AND h.subject = in_subject AND h.seq = in_seq - 1 AND h.hash = in_prev;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'entry % of % does not follow from the one before', in_seq, in_subject;
  END IF;
  INSERT INTO ledger_entry
    (district_id, stream, subject, seq, at, action, person_id, data, key, prev, hash, seal)
  VALUES (in_district, in_stream, in_subject, in_seq, in_at, in_action, in_person, in_data, in_key, in_prev, in_hash,
          in_seal);
END """,
    language="plpgsql",
    as_owner=True,
)
CHANGE_PASSWORD = Function(
    "ledger_change_password",
    f"in_account bigint, in_before text, in_after text, {_ENTRY}",
    "boolean",
    """
BEGIN
  IF in_subject <> 'account:' || in_account OR in_action NOT IN ('password', 'password rehashed', 'password set') THEN
    RAISE EXCEPTION 'a change of password is written into the chain of its own account';
  END IF;
  UPDATE auth_user SET password = in_after WHERE id = in_account AND password = in_before AND is_active;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM ledger_add(in_district, in_stream, in_subject, in_seq, in_at, in_action, in_person, in_data, in_key, in_prev,
                     in_hash, in_seal, in_head_seal);
  RETURN true;
END """,
    language="plpgsql",
    as_owner=True,
)
MERGE = Aggregate("ledger_merge", "jsonb", "jsonb_concat", "{}")
