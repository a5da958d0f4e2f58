"""Functions of the database for matters: how words are kept and found, and how a ledger adds up to a state. Pure.

An index on words may not be walked under row security (its operator could tell what it saw), so the searches run as the
owner: the words first, then the one predicate; what they return passes row security once more.
"""

from __future__ import annotations

from yiwang.org.asker import IN_SIGHT
from yiwang.org.declared import Aggregate, Function
from yiwang.org.row_security import SETTINGS, in_session

_DISTRICT = SETTINGS["district"]
_SEEN = in_session(IN_SIGHT, "m")

# One spelling for what people read as the same: width and case of letters, and no blanks, seen or unseen.
FOLD = Function(
    "matters_fold",
    "words text",
    "text",
    r"""
  SELECT lower(translate(
    regexp_replace(normalize(words, NFKC), '\s+', '', 'g'), U&'\00AD\200B\200C\200D\200E\200F\2060\FEFF', ''
  ))
""",
    manner="IMMUTABLE PARALLEL SAFE",
)
GRAMS = Function(
    "matters_grams",
    "folded text",
    "text[]",
    """
  SELECT coalesce(array_agg(DISTINCT sign || next), '{}')
  FROM (SELECT sign, lead(sign) OVER (ORDER BY n) AS next
    FROM unnest(string_to_array(folded, NULL)) WITH ORDINALITY AS signs(sign, n)) AS pairs
  WHERE next IS NOT NULL
""",
    manner="IMMUTABLE PARALLEL SAFE",
)

# Fields are folded one by one and kept apart by a character that nobody types, so no word is found across two of them.
SAY = Function(
    "matters_say",
    "matters bigint[], seqs integer[], texts text[]",
    "void",
    f"""
  INSERT INTO matters_said (matter_id, seq, district_id, said, grams)
  SELECT one.matter, one.seq, {_DISTRICT}, one.said, matters_grams(one.said)
  FROM (
    SELECT given.matter, given.seq,
      (SELECT string_agg(matters_fold(part), chr(31)) FROM unnest(string_to_array(given.words, chr(31))) AS part)
        AS said
    FROM unnest(matters, seqs, texts) AS given(matter, seq, words)
  ) AS one
  WHERE one.said IS NOT NULL
    AND EXISTS (SELECT FROM matters_matter m WHERE m.id = one.matter AND m.district_id = {_DISTRICT})
  ON CONFLICT (matter_id, seq) DO UPDATE SET said = excluded.said, grams = excluded.grams
""",
    as_owner=True,
)

# a reporter's name in a complaint is not found by whom it is about
_SHOWN = f"""{_SEEN}
      AND NOT (hits.hidden AND m.sensitivity >= 2 AND coalesce(m.lead_id = ANY(complained_of), false))"""

HOLDING = Function(
    "matters_holding",
    "word text, units bigint[], categories text[], complained_of bigint[]",
    "SETOF bigint",
    rf"""
DECLARE
  folded text := matters_fold(word);
  begins text := replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%';
BEGIN
  IF length(folded) > 1 THEN
    RETURN QUERY
    WITH hits AS MATERIALIZED (
      SELECT s.matter_id, bool_and(s.seq = 0) AS hidden FROM matters_said s
      WHERE s.grams @> matters_grams(folded) AND position(folded IN s.said) > 0 AND s.district_id = {_DISTRICT}
      GROUP BY s.matter_id
    )
    SELECT m.id FROM hits JOIN matters_matter m ON m.id = hits.matter_id
    WHERE {_SHOWN};
  ELSE
    RETURN QUERY
    WITH hits AS MATERIALIZED (
      SELECT s.matter_id, bool_and(s.seq = 0) AS hidden FROM matters_said s
      WHERE position(folded IN s.said) > 0 AND s.district_id = {_DISTRICT}
      GROUP BY s.matter_id
    )
    SELECT m.id FROM hits JOIN matters_matter m ON m.id = hits.matter_id
    WHERE {_SHOWN};
  END IF;
  IF word ~ '^[A-Za-z0-9-]+$' THEN
    -- planned with the pattern itself, so that a number walks its index
    RETURN QUERY EXECUTE format(
      $pattern$SELECT m.id FROM matters_matter m WHERE (m.number LIKE %L OR m.number LIKE %L) AND {_SEEN}$pattern$,
      upper(begins), begins
    );
  END IF;
  IF units <> '{{}}' OR categories <> '{{}}' THEN
    RETURN QUERY SELECT m.id FROM matters_matter m
    WHERE (m.street_id = ANY(units) OR m.neighbourhood_id = ANY(units) OR m.lead_id = ANY(units)
        OR m.category = ANY(categories))
      AND {_SEEN};
  END IF;
END """,
    language="plpgsql",
    manner="STABLE",
    as_owner=True,
)

# The digests are read by nobody; this answers with matters in the asker's sight alone.
OF_NUMBER = Function(
    "matters_of_number",
    "digests text[]",
    "SETOF bigint",
    f"""
  SELECT m.id FROM matters_number n JOIN matters_matter m ON m.id = n.matter_id
  WHERE n.digest = ANY(digests)
    AND n.district_id = {_DISTRICT}
    AND {_SEEN}
  ORDER BY m.created_at DESC
""",
    manner="STABLE",
    as_owner=True,
)
# How busy units are, as numbers alone: a route by load must not depend on what its asker happens to see.
LOAD = Function(
    "matters_load",
    "units bigint[]",
    "TABLE(unit bigint, n bigint)",
    f"""
  SELECT m.lead_id, count(*) FROM matters_matter m
  WHERE m.lead_id = ANY(units) AND m.closed_at IS NULL AND m.district_id = {_DISTRICT} GROUP BY m.lead_id
""",
    manner="STABLE",
    as_owner=True,
)
MERGE = Aggregate("matters_merge", "jsonb", "jsonb_concat", "{}")
