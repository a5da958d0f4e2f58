"""What `yiwang ledger verify` finds, and what it does not find: one table of forgeries, each done in the database."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from tests.ledger.forging import (
    MATTER_GONE,
    checkpoint,
    forging,
    looked_at,
    reported_goal,
    tickets,
    told,
    verify,
)


@dataclass
class Names:
    """What a forgery is about: `values` fill its SQL, `number` is the matter whose name must come up."""

    values: dict
    number: str


@pytest.fixture(scope="module")
def names(district):
    checkpoint(district)
    one, _ = tickets(district)
    plan, goal, report = reported_goal(district)
    values = {"d": district.id, "m": one.id, "n": one.number, "plan": plan, "goal": goal, "report": report}
    assert told(verify(district)) == []
    return Names(values, one.number)


LAST = "(SELECT max(seq) FROM matters_entry WHERE matter_id = %(m)s)"
CUT = f"DELETE FROM matters_entry WHERE matter_id = %(m)s AND seq = {LAST}"
SET_BACK = (
    CUT,
    "UPDATE matters_matter m SET version = e.seq, head = e.hash, last_action = e.action, moved_at = e.at,"
    " stage = e.to_stage FROM matters_entry e WHERE m.id = %(m)s AND e.matter_id = m.id"
    f" AND e.seq = {LAST}",
)


def row(columns):
    return f"UPDATE matters_matter SET {columns} WHERE id = %(m)s"


def entry(columns, seq=2):
    return f"UPDATE matters_entry SET {columns} WHERE matter_id = %(m)s AND seq = {seq}"


# what is done in the database, and what the verification must say of it; {n} is the matter's number
FORGERIES = {
    "hash of an entry": ([entry("hash = decode(repeat('ab', 32), 'hex')")], "{n}: entry 2 was changed"),
    "text in a delta": ([entry('delta = delta || \'{"lead": "green"}\'')], "{n}: entry 2 was changed"),
    "who did it": ([entry("person_id = NULL", 3)], "{n}: entry 3 was changed"),
    "when": ([entry("at = at - interval '1 day'")], "{n}: entry 2 was changed"),
    "an entry in the middle": (["DELETE FROM matters_entry WHERE matter_id = %(m)s AND seq = 2"], "entry 2 is missing"),
    "the last entry": ([CUT], "{n}: the ledger ends at entry 2"),
    "the last entry, and the head set back": (SET_BACK, "{n}: entry 2 was not the last one"),
    "title": ([row("title = '一切正常'")], "{n}: title differs"),
    "text": ([row("text = text || '。'")], "{n}: text differs"),
    "stage": ([row("stage = 'closed'")], "{n}: stage differs"),
    "closed_at": ([row("closed_at = now()")], "{n}: closed_at differs"),
    "lead": ([row("lead_id = street_id")], "{n}: lead_id differs"),
    "solved": ([row("facts = facts || '{\"form.solved\": true}'")], "{n}: facts.form.solved differs"),
    "satisfaction": ([row("facts = facts || '{\"form.satisfaction\": 5}'")], "{n}: facts.form.satisfaction differs"),
    "a fact taken away": ([row("facts = facts - 'first.assign'")], "{n}: facts.first.assign differs"),
    "a clock": (
        [row("facts = jsonb_set(facts, '{clock.handling.due}', '\"2027-01-01T00:00:00.000000+00:00\"')")],
        "{n}: facts.clock.handling.due differs",
    ),
    "sensitivity": ([row("sensitivity = 3")], "{n}: sensitivity differs"),
    "seen_by": ([row("seen_by = seen_by[2:]")], "{n}: seen_by differs"),
    "due": ([row("due_at = due_at + interval '30 days'")], "{n}: due_at differs"),
    "the clock that is due": ([row("due_clock = 'other'")], "{n}: due_clock differs"),
    "category": ([row("category = 'ask'")], "{n}: category differs"),
    "urgency": ([row("urgency = 'low'")], "{n}: urgency differs"),
    "channel": ([row("channel = 'x'")], "{n}: channel differs"),
    "kind": ([row("kind = 'x'")], "{n}: kind differs"),
    "version of the kind": ([row("kind_version = '2020-01-01'")], "{n}: kind_version differs"),
    "when it came": ([row("created_at = created_at + interval '9 days'")], "{n}: created_at differs"),
    "where": ([row("lon = 121.0")], "{n}: lon differs"),
    "street": ([row("street_id = NULL")], "{n}: street_id differs"),
    "simulated": ([row("simulated = true")], "{n}: simulated differs"),
    "the code that tracks it": ([row("tracking = repeat('0', 64)")], "{n}: tracking differs"),
    "where it came from": ([row("source = 'signal:x:1'")], "{n}: source differs"),
    "last action": ([row("last_action = 'close'")], "{n}: last_action differs"),
    "moved": ([row("moved_at = moved_at + interval '1 day'")], "{n}: moved_at differs"),
    "who reported": (["UPDATE matters_reporter SET phone = '139' WHERE matter_id = %(m)s"], "{n}: reporter differs"),
    "that somebody reported": (["DELETE FROM matters_reporter WHERE matter_id = %(m)s"], "{n}: reporter differs"),
    "plain words": (["UPDATE matters_plain SET text = '无' WHERE matter_id = %(m)s"], "{n}: text (1) differs"),
    "plain words taken away": (["DELETE FROM matters_plain WHERE matter_id = %(m)s"], "{n}: text (1) differs"),
    "another district's entry": (
        [entry("district_id = (SELECT min(id) - 1 FROM org_district)", 3)],
        "{n}: district_id differs",
    ),
    "a whole matter": (MATTER_GONE, "{n}: this number was drawn and is not there"),
    "a matter's row alone": (["DELETE FROM matters_matter WHERE id = %(m)s"], "the record itself was removed"),
    "a matter that nobody opened": (
        [
            "INSERT INTO matters_matter SELECT (jsonb_populate_record(m, jsonb_build_object("
            "'id', 900000000, 'number', regexp_replace(number, '[0-9]+$', '9999')))).* FROM matters_matter m"
            " WHERE id = %(m)s"
        ],
        "9999: the ledger ends at entry 0",
    ),
    "who read": (["DELETE FROM org_reading WHERE subject = 'matter:' || %(n)s"], "of org_reading was removed"),
    "what it was read for": (
        ["UPDATE org_reading SET purpose = '检查' WHERE subject = 'matter:' || %(n)s"],
        "purpose of row",
    ),
    "a reading that was none": (
        [
            "INSERT INTO org_reading (district_id, person_id, subject, purpose, reason, nth, at)"
            " SELECT district_id, person_id, subject, 'x', 'x', 1, now() FROM org_reading"
            " WHERE subject = 'matter:' || %(n)s"
        ],
        "of org_reading was not written through the ledger",
    ),
    "a goal's value": (["UPDATE goals_goal SET value = 24 WHERE id = %(goal)s"], "goal:{goal}: value of row"),
    "a goal's unit": (["UPDATE goals_goal SET lead_id = NULL WHERE id = %(goal)s"], "goal:{goal}: lead_id of row"),
    "a goal's due": (["UPDATE goals_goal SET due = '2030-01-01' WHERE id = %(goal)s"], "goal:{goal}: due of row"),
    "a goal's change": (["DELETE FROM goals_change WHERE goal_id = %(goal)s"], "goals_change was removed"),
    "a report's value": (
        ["UPDATE goals_report SET value = 240 WHERE id = %(report)s"],
        "goal:{goal}: value of row {report} of goals_report differs",
    ),
    "a report": (
        ["DELETE FROM goals_report WHERE id = %(report)s"],
        "goal:{goal}: row {report} of goals_report was removed",
    ),
    "a report that nobody made": (
        [
            "INSERT INTO goals_report (district_id, goal_id, period, value, note, explanation, unit_id, person_id, at)"
            " SELECT district_id, goal_id, '2026-07', 240, '', '', unit_id, person_id, now() FROM goals_report"
            " WHERE id = %(report)s"
        ],
        "goals_report was not written through the ledger",
    ),
    "a verification": (
        ["UPDATE goals_verification SET accepted = NOT accepted WHERE report_id = %(report)s"],
        "goal:{goal}: accepted of row",
    ),
    "a plan's words": (["UPDATE goals_plan SET text = text || ' ' WHERE id = %(plan)s"], "plan:{plan}: text of row"),
    "a statement": (
        ["UPDATE goals_statement SET value = 1 WHERE plan_id = %(plan)s AND value = 36"],
        "plan:{plan}: value of row",
    ),
    "a correction": (["DELETE FROM goals_correction WHERE plan_id = %(plan)s"], "goals_correction was removed"),
    "an entry of a goal": (
        ["DELETE FROM ledger_entry WHERE district_id = %(d)s AND subject = 'goal:' || %(goal)s AND action = 'report'"],
        "goal:{goal}: entry 2 is missing",
    ),
    "the order of entries": (
        ["UPDATE ledger_entry SET id = -id WHERE district_id = %(d)s AND subject = 'goal:' || %(goal)s AND seq = 2"],
        "goal:{goal}: the row of entry 2 bears a lower number",
    ),
    "how an indicator is counted": (
        ["UPDATE indicators_indicator SET definition = replace(definition::text, '2', '3')::{type}"],
        "of indicators_indicator differs",
    ),
    "a kind's rules": (
        ["UPDATE matters_kind SET definition = replace(definition, 'dispatcher', 'clerk') WHERE district_id = %(d)s"],
        "definition of row",
    ),
    "a category": (
        ["UPDATE matters_category SET class_name = 'praise' WHERE district_id = %(d)s"],
        "class_name of row",
    ),
    "what a role may see": (
        ["UPDATE org_district SET roles = jsonb_set(roles, '{clerk,clearance}', '3') WHERE id = %(d)s"],
        "roles of row",
    ),
    "the calendar": (
        ['UPDATE org_district SET calendar = calendar || \'{"calendar": "none"}\' WHERE id = %(d)s'],
        "calendar of row",
    ),
    "the tree of units": (["UPDATE org_unit SET path = path[2:] WHERE district_id = %(d)s"], "path of row"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_named(district, names, name):
    """Each is done in a transaction that is looked at, and then taken back."""
    statements, says = FORGERIES[name]
    with forging() as forger:
        kind = "text" if is_text(forger) else "jsonb"
        changed = 0
        for one in statements:
            forger.execute(one.replace("{type}", kind), names.values)
            changed += forger.rowcount
        assert changed > 0, "the forgery did nothing"
        found = looked_at(district)
        alone = [told(looked_at(district, subject=one.subject)) for one in found.broken if has_chain(forger, one)]
    broken = told(found)
    expected = says.replace("{n}", names.number)
    for key in ("goal", "report", "plan"):
        expected = expected.replace(f"{{{key}}}", str(names.values[key]))
    assert any(expected in line for line in broken), broken
    assert all(lines and set(lines) <= set(broken) for lines in alone), "looked at by itself it is broken as well"


UNREADABLE = {
    "calendar": ("UPDATE org_district SET calendar = '[1]' WHERE id = %(d)s", "calendar of row"),
    "roles": ("UPDATE org_district SET roles = '{\"clerk\": 7}' WHERE id = %(d)s", "roles of row"),
    "personal": ("UPDATE org_district SET personal = '\"no\"' WHERE id = %(d)s", "personal of row"),
    "roster": ("INSERT INTO org_roster (district_id, code, definition) VALUES (%(d)s, 'night', '[]')", "org_roster"),
    "kind": ("UPDATE matters_kind SET definition = '}' WHERE district_id = %(d)s", "definition of row"),
    "map": ("UPDATE org_cell SET boundary = '[]' WHERE district_id = %(d)s", "boundary of row"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_definition_that_nothing_can_read_is_named(district, names, name):
    """Whoever made it unreadable does not keep the verification from saying so."""
    statement, says = UNREADABLE[name]
    with forging() as forger:
        forger.execute(statement, names.values)
        changed = forger.rowcount
        forger.execute("UPDATE org_district SET generation = generation + 1 WHERE id = %(d)s", names.values)
        found = looked_at(district)
    assert changed > 0, "the forgery did nothing"
    assert any(says in line for line in told(found)), told(found)


def has_chain(forger, broken):
    forger.execute("SELECT EXISTS (SELECT FROM ledger_head WHERE subject = %s)", [broken.subject])
    return forger.fetchone()[0]


def is_text(forger):
    forger.execute(
        "SELECT data_type = 'text' FROM information_schema.columns"
        " WHERE table_name = 'indicators_indicator' AND column_name = 'definition'"
    )
    return forger.fetchone()[0]


def test_a_matters_ledger_written_anew_bears_no_seal(district, names):
    """Every hash worked out again, head and row made to fit, and no checkpoint that held it: the key is missing."""
    from yiwang.ledger import chain
    from yiwang.matters.ledger import Link

    with forging() as forger:
        forger.execute(
            "SELECT id, seq, at, action, person_id, post_id, role, from_stage, to_stage, data, delta, key"
            " FROM matters_entry WHERE matter_id = %s ORDER BY seq",
            [names.values["m"]],
        )
        entries = [
            (row[0], Link(names.number, *row[1:9], json.loads(row[9]), json.loads(row[10]), row[11]))
            for row in forger.fetchall()
        ]
        prev = chain.GENESIS
        for pk, link in entries:
            if link.seq == 1:
                link = replace(link, delta={**link.delta, "title": "一切正常"})
            hashed = link.hash(prev)
            forger.execute(
                "UPDATE matters_entry SET delta = %s, prev = %s, hash = %s WHERE id = %s",
                [json.dumps(dict(link.delta)), prev, hashed, pk],
            )
            prev = hashed
        forger.execute(
            "UPDATE matters_matter SET title = '一切正常', head = %s WHERE id = %s", [prev, names.values["m"]]
        )
        found = told(looked_at(district))
    assert len(found) == 1
    assert f"{names.number}: entry 1 does not bear this system's seal" in found[0]
