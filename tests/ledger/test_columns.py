"""Every column of the database stands in the ledger, or beside its room is said why it does not; and each that stands
there is forged in turn.

The columns are asked of the live catalog, so a new one that nobody thought of fails here.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from tests.ledger.forging import checkpoint, looked_at, reported_goal, tickets, told, verify
from tests.ledger.happened import imported, people, review

CATALOG = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), (
  SELECT f.confrelid::regclass::text FROM pg_constraint f
  WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum])
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname, a.attnum
"""
# what a column may hold, where not everything of its type may stand there
LEGAL = {
    ("org_district", "time_zone"): "'Asia/Tokyo'",
    ("org_district", "calendar"): 'calendar || \'{"calendar": "none"}\'',
    ("org_district", "digest"): "'sm3'",
    ("matters_kind", "definition"): "definition || ' '",
    ("files_file", "noun"): "CASE noun WHEN 'report' THEN 'plan' ELSE 'report' END",
}


SHIFT = {"post": "dispatcher-1", "from": "00:00", "to": "24:00"}
ROSTER = {"title": {"zh": "值班"}, "lead": "dispatcher-1", "shifts": [SHIFT]}
# what one row alone may refer to: such a number is moved to one that is not there
ONCE = ("matters_matter", "auth_user", "goals_statement", "goals_report")
AN_EMPTY_DISTRICT = """
INSERT INTO org_district
  (code, title, languages, time_zone, calendar, demo, roles, offices, personal, digest, generation)
VALUES ('990000', '{}', 'zh', 'Asia/Shanghai', '{}', false, '{}', '{}', '{}', 'sha256', 1)
"""


def catalog():
    """table -> column -> (type, table that it refers to)."""
    from django.db import connection

    from yiwang.org.session import as_owner

    found: dict[str, dict[str, tuple[str, str | None]]] = {}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(CATALOG)
        for table, column, kind, refers in cursor.fetchall():
            found.setdefault(table, {})[column] = (kind, refers)
    return found


def standing(columns):
    """table -> column -> in which of the three ways it stands."""
    from yiwang.ledger import rooms
    from yiwang.ledger.rows import columns_of

    kept = {
        model._meta.db_table: {"id", *(field.column for field in columns_of(model))} for model in rooms.in_the_ledger()
    }
    found = {}
    for table, names in columns.items():
        aside = rooms.aside().get(table, {})
        for name in names:
            found.setdefault(table, {})[name] = [
                *(["kept"] if name in kept.get(table, ()) else []),
                *(["checked"] if name in rooms.checked().get(table, ()) else []),
                *(["aside"] if name in aside or rooms.EVERY in aside else []),
            ]
    return found


def test_every_column_is_held_or_set_aside_once(database):
    undecided = {
        f"{table}.{name}: {ways or 'nobody says whether it is evidence'}"
        for table, names in standing(catalog()).items()
        for name, ways in names.items()
        if len(ways) != 1
    }
    assert undecided == set()


def test_what_is_declared_is_there_and_has_a_reason(database):
    from yiwang.ledger import rooms

    columns = catalog()
    for said in (rooms.checked(), rooms.aside(), rooms.digested()):
        for table, names in said.items():
            strangers = {*names} - {*columns.get(table, ()), rooms.EVERY}
            assert table in columns, table
            assert strangers == set(), table
    assert all(len(why) > 20 for names in rooms.aside().values() for why in names.values())


def with_a_list_and_a_directory(pack):
    (pack / "lists").mkdir()
    (pack / "lists" / "wells.csv").write_text(
        "code,name_zh,name_en,unit\nW1,一号井,North Well,bei\nW2,二号井,South,\n", "utf-8"
    )
    (pack / "systems.yaml").write_text(
        "groups: {city: {zh: 城市, en: City}}\nwaiting: {more: {zh: 更多, en: more}}\nsystems:\n"
        "  - {number: 1, group: city, title: {zh: 热线, en: Calls}, kinds: [hotline], waits: more}\n",
        "utf-8",
    )


@pytest.fixture(scope="module")
def worked(database, tmp_path_factory):
    """A district in which something of everything has happened."""
    from django.contrib.auth.hashers import make_password

    from tests.support.district import make_district
    from yiwang.ledger import accounts, delegating, mode
    from yiwang.org.session import acting_as
    from yiwang.signals import store as signals

    made = make_district(with_a_list_and_a_directory)
    tickets(made)
    reported_goal(made)
    review(made)
    imported(made, tmp_path_factory.mktemp("letters"))
    people(made)
    accounts.set_password(made.username("water-1"), make_password("a-long-enough-one"))
    with acting_as(made.system) as asker:
        heard = [(f"rain.{n}", datetime(2026, 10, n + 1, 2, tzinfo=UTC), 1.25 + n) for n in range(3)]
        assert signals.record(asker, heard) == 3
    with acting_as(made.as_("head")) as asker:
        mode.switch(asker, "emergency", "台风来临", datetime(2026, 10, 12, 2, tzinfo=UTC))
        day, deputy = date(2026, 10, 13), made.as_("dispatcher-2").person
        delegating.delegate(asker, deputy, day, day, "外出培训", datetime(2026, 10, 12, 2, tzinfo=UTC))
    made_no_more(made)
    checkpoint(made)
    assert told(verify(made)) == []
    return made


def made_no_more(made):
    """Rows that this version does not make any more, or that the small pack has none of."""
    from yiwang.indicators.models import VitalSignVersion
    from yiwang.ledger import store as ledger
    from yiwang.matters.models import Attempt, Checkpoint, Gate
    from yiwang.org.models import DutyRoster, Landmark
    from yiwang.org.session import acting_as, as_owner

    at = datetime(2026, 1, 1, tzinfo=UTC)
    with as_owner(), acting_as(made.system) as asker:
        empty = {"root": bytes(32), "prev": bytes(32), "matters": 0, "last_matter": 0, "last_entry": 0}
        old = Checkpoint.objects.create(district_id=made.id, at=at, **empty)
        river = Landmark.objects.create(district_id=made.id, kind="water", name={"zh": "河"}, shape={"type": "Point"})
        sign = {"code": "rain", "version": date(2026, 1, 1), "definition": {"kind": "level"}, "dimension": {"zh": "水"}}
        vital = VitalSignVersion.objects.create(district_id=made.id, **sign)
        duty = DutyRoster.objects.create(district_id=made.id, code="duty", definition=ROSTER)
        gate = Gate.objects.create(
            district_id=made.id, unit_kind="street", definition={"reference": "清单", "kinds": {}}
        )
        unit = made.as_("water-1").posts[0].unit
        tried = Attempt.objects.create(
            district_id=made.id, at=at, unit_id=unit, to_id=unit, kind="lift", seen_by=[unit]
        )
        made_here = (
            (Checkpoint, old),
            (DutyRoster, duty),
            (Gate, gate),
            (Attempt, tried),
            (Landmark, river),
            (VitalSignVersion, vital),
        )
        rows = [ledger.Rows(model, [row.pk]) for model, row in made_here]
        ledger.append(asker, "ledger", "take-over", stream="ledger", rows=rows)


def held():
    """(table, its columns that the ledger holds) of every table that has some."""
    for table, names in standing(catalog()).items():
        if found := [name for name, ways in names.items() if ways != ["aside"]]:
            yield table, found


def belongs_to(table):
    """What picks the rows `t` of a district."""
    from yiwang.ledger import rooms
    from yiwang.ledger.rows import district_column

    for model in rooms.in_the_ledger():
        if model._meta.db_table == table:
            return f"{district_column(model)} = %(d)s"
    if table == "ledger_leaf":
        return "t.checkpoint_id IN (SELECT id FROM ledger_checkpoint WHERE district_id = %(d)s)"
    return "t.district_id = %(d)s"


def another(table, column, kind, refers):
    """SQL: another value that may stand in a column."""
    if (table, column) in LEGAL:
        return LEGAL[(table, column)]
    here = f'"{column}"'
    if column == "district_id":
        return "(SELECT max(o.id) FROM org_district o)"
    if refers is not None and refers not in ONCE:
        return f"coalesce((SELECT max(o.id) FROM {refers} o WHERE o.id IS DISTINCT FROM t.{here}), 1000000)"
    if kind.endswith("[]"):
        return f"coalesce({here}, '{{}}') || '{{7}}'::{kind}"
    if kind == "boolean":
        return f"NOT {here}"
    if kind in ("integer", "bigint"):
        return f"coalesce({here}, 0) + 1000000"
    if kind in ("smallint", "double precision") or kind.startswith("numeric"):
        return f"coalesce({here}, 0) + 1"
    if kind == "date":
        return f"coalesce({here}, '2026-01-01') + 1000"
    if kind.startswith("timestamp"):
        return f"coalesce({here}, '2026-01-01') + interval '1000 days'"
    if kind == "jsonb":
        more = f"WHEN 'array' THEN {here} || '[7]' WHEN 'object' THEN {here} || '{{\"forged\": 7}}'"
        return f"CASE jsonb_typeof({here}) {more} ELSE '{{\"forged\": 7}}' END"
    if kind == "bytea":
        return f"CASE WHEN {here} IS NULL THEN 'x' ELSE set_byte({here}, 0, (get_byte({here}, 0) + 1) %% 256) END"
    assert kind.startswith("character varying") or kind == "text", (table, column, kind)
    return f"coalesce(left({here}, -1), '') || CASE right({here}, 1) WHEN 'x' THEN 'y' ELSE 'x' END"


def names_of(table, row):
    """By which words a finding tells of a row: one of them must stand in it."""
    if table in ("matters_matter", "matters_entry", "matters_reporter", "matters_plain", "matters_link"):
        return [row["number"], f"matter:{row['matter']}"]
    if table == "matters_counter":
        return [f"{row['prefix']}-"]
    if table == "signals_reading":
        return [f"the reading of {row['series']} "]
    if table in ("ledger_entry", "ledger_head"):
        return [f"{row['subject']}: "]
    if table in ("ledger_checkpoint", "ledger_leaf"):
        return ["checkpoint:", f"{row.get('subject')}: "]
    return [f"row {row['id']} of {table}"]


def picked(forger, table, where, district):
    """The last row of a district's, with what a finding calls it."""
    import json

    more = {
        "matters_matter": ", t.number, t.id AS matter",
        "matters_entry": ", (SELECT m.number FROM matters_matter m WHERE m.id = t.matter_id), t.matter_id AS matter",
    }
    more["matters_link"] = more["matters_entry"].replace("t.matter_id", "t.from_matter_id")
    more["matters_reporter"] = more["matters_plain"] = more["matters_entry"]
    forger.execute(
        f"SELECT to_jsonb(said) FROM (SELECT t.*{more.get(table, '')} FROM {table} t WHERE {where}"
        " ORDER BY t.id DESC LIMIT 1) said",
        {"d": district},
    )
    row = forger.fetchone()
    assert row is not None, f"no row of {table} to forge: let something of it happen in `worked`"
    return json.loads(row[0]) if isinstance(row[0], str) else row[0]


def test_a_forged_column_and_a_removed_row_are_named(worked):
    """Each column that the ledger holds is given another legal value, each table loses a row: the row comes up.

    Tables that are compared row by row are forged together, one column of each at a time; the others one by one.
    """
    from yiwang.ledger import rooms

    tables = dict(held())
    kept = {model._meta.db_table for model in rooms.in_the_ledger()}
    unnamed: list[tuple[str, str, list[str]]] = []
    with every_guard_off(tables) as forger:
        forger.execute(AN_EMPTY_DISTRICT)  # to which a row may be moved
        last = {table: picked(forger, table, belongs_to(table), worked.id) for table in tables}
        todo = {table: [*names, GONE] for table, names in tables.items()}
        for table in sorted((tables.keys() - kept) | {"auth_user"}):  # whose account it is moves with its person
            for name in todo.pop(table):
                unnamed += forged(forger, worked, {table: name}, last)
        assert len(todo) > 25
        todo["org_district"].remove("id")
        todo["org_district"].remove(GONE)
        for nth in range(max(map(len, todo.values()))):
            unnamed += forged(
                forger, worked, {table: names[nth] for table, names in todo.items() if nth < len(names)}, last
            )
    assert not unnamed, "\n".join(map(str, unnamed))


GONE = "the row"


def forged(forger, district, columns, last):
    """(table, column, what was found) of each of these forgeries that nobody named; they are taken back."""
    catalog_ = catalog()
    forger.execute("SAVEPOINT forged")
    for table, name in columns.items():
        if name != GONE:
            value = another(table, name, *catalog_[table][name])
            forger.execute(f'UPDATE {table} t SET "{name}" = {value} WHERE t.id = %s', [last[table]["id"]])
        else:
            forger.execute(f"DELETE FROM {table} WHERE id = %s", [last[table]["id"]])
        assert forger.rowcount == 1, (table, name)
    found = told(looked_at(district))
    forger.execute("ROLLBACK TO SAVEPOINT forged")
    alone = len(columns) == 1
    return [
        (table, name, found[:3])
        for table, name in columns.items()
        if not any(names_it(line, table, name, last[table], alone=alone) for line in found)
    ]


def names_it(line, table, name, row, *, alone):
    """Whether a finding tells of a row; where several are forged at once, of its very column."""
    if not any(one in line for one in names_of(table, row)):
        return False
    return alone or name in ("id", "district_id", GONE) or f"{name} of row" in line


@pytest.mark.parametrize("done", ["DELETE FROM org_district", "UPDATE org_district SET id = id + 1000000"])
def test_a_district_that_was_taken_away_with_its_name_is_missed(worked, done):
    """Its row leads to all that is looked at: without it nobody would look."""
    from yiwang.ledger.verifying import lost

    assert lost() == []
    with every_guard_off(["org_district"]) as forger:
        forger.execute(f"{done} WHERE id = %s", [worked.id])
        assert [one.subject for one in lost()] == [f"district:{worked.id}"]


@contextmanager
def every_guard_off(tables):
    from django.db import connection, transaction

    from yiwang.org.session import as_owner

    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for table in tables:  # foreign keys are looked at when it is committed
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        transaction.set_rollback(True)


LATER = ("auth_user", "org_", "files_", "signals_", "people_")


def test_what_joins_the_ledger_later_is_taken_as_it_is_and_held_from_then_on(database, monkeypatch):
    """An installation whose earlier version did not hold accounts, files, imports and readings."""
    from tests.support.district import make_district
    from yiwang.ledger import beginning, rooms
    from yiwang.org.session import acting_as
    from yiwang.signals import store as signals

    with monkeypatch.context() as earlier:
        kept, of_packs = rooms.in_the_ledger(), rooms.definitions()
        earlier.setattr(
            rooms, "in_the_ledger", lambda: [one for one in kept if not one._meta.db_table.startswith(LATER)]
        )
        earlier.setattr(rooms, "definitions", lambda: [one for one in of_packs if one in rooms.in_the_ledger()])
        earlier.setattr(rooms, "begins", dict)
        made = make_district()
        people(made)
        reported_goal(made)
        assert told(verify(made)) == []
    with every_guard_off(["ledger_entry"]) as forger:  # such a version wrote nothing of these tables either
        forger.execute("UPDATE org_person SET name = '原名' WHERE district_id = %s", [made.id])
        assert told(looked_at(made)) == []
    with acting_as(made.system) as asker:
        assert signals.record(asker, [("rain.1", datetime(2026, 10, 1, 2, tzinfo=UTC), 1.5)]) == 1
    beginning.begin_everywhere()
    assert told(verify(made)) == []
    with every_guard_off(["ledger_entry"]) as forger:
        forger.execute("UPDATE org_person SET name = '他人' WHERE district_id = %s", [made.id])
        forger.execute("UPDATE signals_reading SET value = 9 WHERE district_id = %s", [made.id])
        lines = told(looked_at(made))
    assert any("name of row" in line for line in lines)
    assert any("the reading of rain.1" in line for line in lines)
