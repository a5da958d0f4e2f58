"""Nothing is reported where nobody wrote past the ledger: whatever an ordinary year does to a district."""

from __future__ import annotations

import pytest

from tests.ledger.test_verify import checkpoint, reported_goal, told, verify
from tests.matters.test_loop import at, do, ticket


@pytest.fixture(scope="module")
def district(database):
    from tests.support.district import make_district

    return make_district()


def test_a_year_of_work_is_whole(district):
    """Opened, answered, verified, reopened; a calendar moved, a plan reviewed, split, merged and undone."""
    from yiwang.matters import rescheduling
    from yiwang.worktime import Calendar

    tickets = [ticket(district) for _ in range(3)]
    for one in tickets:
        do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", tickets[0], "refuse", {"basis": "不属职责", "suggested_unit": "green"}, "2026-10-12T11:00")
    do(district, "water-1", tickets[1], "accept", when="2026-10-12T11:00")
    do(district, "water-1", tickets[1], "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    checkpoint(district)
    typhoon = Calendar.load("cn").amended([{"date": "2026-10-14", "kind": "off", "name": "台风停工"}], name="typhoon")
    rescheduling.reschedule(district.system, typhoon, "台风停工一天", at=at("2026-10-13T16:00"))
    reported_goal(district)
    review(district)
    checkpoint(district)
    verified = verify(district)
    assert told(verified) == []
    assert verified.checkpoints == 2


def review(district):
    from yiwang.goals import store
    from yiwang.goals.models import Statement
    from yiwang.org.access import acting_as

    text = f"试验区2026年工作\n\n1.完成加装电梯100台。新建绿地3公顷。（责任单位：区水务局）\n{district.code}"
    with acting_as(district.as_("supervisor")) as asker:
        plan = store.import_plan(asker, text.encode(), "second.txt", year=2026)
        rows = list(Statement.objects.filter(plan=plan.pk).order_by("position"))
        assert len(rows) >= 2
        store.split(asker, rows[0].pk)
        store.merge(asker, [row.pk for row in rows[:2]])
        store.undo(asker, plan.pk)
        store.drop(asker, rows[1].pk)
        store.restore(asker, rows[1].pk)


def test_a_pack_loaded_again_and_changed_is_whole(district):
    """A unit moves under another one: who sees what follows, and the definitions are written down as they are now."""
    from yiwang.matters.models import Matter
    from yiwang.org.access import as_owner
    from yiwang.org.models import Unit
    from yiwang.packs import loading

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "green"}, "2026-10-12T10:20")
    units = district.folder / "units.csv"
    units.write_text(units.read_text("utf-8").replace("green,qu,bureau", "green,water,bureau"), "utf-8")
    loading.load(district.folder)
    with as_owner():
        tree = {unit.code: unit for unit in Unit.objects.filter(district=district.id)}
        assert tree["water"].pk in tree["green"].path
        assert tree["water"].pk in Matter.objects.get(pk=one.id).seen_by
    assert told(verify(district)) == []


def test_what_was_forged_before_a_load_is_not_taken_for_its_work(district, database):
    import psycopg

    from yiwang.packs import loading

    with psycopg.connect(database) as owner:
        owner.execute("UPDATE matters_duty SET clause = 'x' WHERE district_id = %s", [district.id])
        owner.execute("UPDATE org_unit SET gb_code = '1' WHERE district_id = %s AND code = 'water'", [district.id])
        owner.execute(
            "INSERT INTO matters_kind (district_id, code, version, definition, current)"
            " SELECT district_id, 'forged', version, definition, false FROM matters_kind WHERE district_id = %s"
            " LIMIT 1",
            [district.id],
        )
    loading.load(district.folder)
    found = told(verify(district))
    assert len(found) == 1, found  # the load made units and duties what the pack says; the forged kind stays found
    assert "matters_kind was not written through the ledger" in found[0]


def test_a_district_that_is_older_than_the_ledger_is_taken_over_once(database):
    """Rows without seals, entries or salts: noted once, and held from then on."""
    import psycopg

    from tests.support.district import make_district
    from yiwang.ledger import beginning

    district = make_district()
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    with psycopg.connect(database) as owner:
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        owner.execute("ALTER TABLE matters_entry DISABLE TRIGGER USER")
        owner.execute("DELETE FROM ledger_entry WHERE district_id = %s", [district.id])
        owner.execute("DELETE FROM ledger_head WHERE district_id = %s", [district.id])
        owner.execute("UPDATE matters_matter SET seal = NULL WHERE district_id = %s", [district.id])
        owner.execute("UPDATE matters_entry SET seal = NULL WHERE district_id = %s", [district.id])
        owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")
        owner.execute("ALTER TABLE matters_entry ENABLE TRIGGER USER")
    assert told(verify(district)) != []
    beginning.begin_everywhere()
    assert told(verify(district)) == []
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    assert told(verify(district)) == []
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE matters_matter SET source = 'x' WHERE id = %s", [one.id])
    beginning.begin_everywhere()  # a second time takes nothing over
    assert [line.split(": ")[1] for line in told(verify(district))] == ["source differs from what the ledger says"]
    with psycopg.connect(database) as owner:
        owner.execute("UPDATE matters_matter SET source = '' WHERE id = %s", [one.id])
