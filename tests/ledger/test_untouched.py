"""Nothing is reported where nobody wrote past the ledger: whatever an ordinary year does to a district."""

from __future__ import annotations

from tests.ledger.forging import checkpoint, reported_goal, told, verify
from tests.ledger.happened import imported, people, review
from tests.support.district import make_district
from tests.support.tickets import at, do, ticket


def test_a_year_of_work_is_whole(district):
    """Opened, answered, verified, reopened; a calendar moved, a plan reviewed, split, merged and undone."""
    from yiwang.matters import rescheduling
    from yiwang.worktime import Calendar

    before = verify(district).checkpoints
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
    assert verified.checkpoints == before + 2


def rated(district, matter, satisfaction, when):
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    with acting_as(district.system) as asker:
        data = {"solved": satisfaction == "satisfied", "satisfaction": satisfaction}
        store.act(asker, matter.id, "rate", data, at=at(when), role="reporter")


def test_what_ended_elsewhere_came_back_or_was_put_right_is_whole(district, tmp_path):
    """Imports, reopening, other categories, pauses, more time, a calendar, erasure, people and a pack loaded again."""
    from yiwang.matters import erasing, rescheduling
    from yiwang.packs import loading
    from yiwang.worktime import Calendar

    def whole(after):
        assert told(verify(district)) == [], after

    ended, going = imported(district, tmp_path)
    whole("an import")
    rated(district, ended, "dissatisfied", "2026-09-04T10:00")
    do(district, "dispatcher-1", ended, "assign_after_reply", {"unit": "water", "reason": "未解决"}, "2026-09-04T11:00")
    whole("what ended elsewhere comes back")
    one, two, *many = [ticket(district, category="ask", reporter=reporter()) for _ in range(6)]
    do(district, "dispatcher-1", one, "assign", {"unit": "green"}, "2026-10-12T10:20")
    do(district, "green-1", one, "refuse", {"basis": "不归我", "suggested_unit": "water"}, "2026-10-12T10:30")
    again = {"unit": "water", "category": "litter.pile"}
    do(district, "dispatcher-1", one, "assign", again, "2026-10-12T10:40")
    whole("another category")
    for matter in (going, two, *many):  # one act each under one key, as the page of many sends it
        do(district, "dispatcher-1", matter, "assign", {"unit": "water"}, "2026-10-12T11:00", key=f"bulk:{matter.id}")
    for matter in (one, two):
        do(district, "water-1", matter, "accept", when="2026-10-12T11:20")
    do(district, "dispatcher-1", one, "suspend", {"reason": "等产权人回国"}, "2026-10-12T13:00")
    do(district, "water-1", two, "ask_extension", {"workdays": 3, "reason": "要开挖"}, "2026-10-12T13:10")
    do(district, "dispatcher-1", two, "extend", {"workdays": 3}, "2026-10-12T13:20")
    whole("a clock stopped, and more time")
    days = [{"date": f"2026-10-{day}", "kind": "off", "name": "台风停工"} for day in (14, 15)]
    typhoon = Calendar.load("cn").amended(days, name="typhoon-2")
    assert rescheduling.reschedule(district.system, typhoon, "台风停工一天", at=at("2026-10-12T14:00"))
    do(district, "dispatcher-1", one, "resume", when="2026-10-13T09:00")
    whole("another calendar")
    for matter in (one, two):
        do(district, "water-1", matter, "answer", {"result": "已处理，致电10012345678"}, "2026-10-13T10:00")
        callback = {"reached": True, "solved": True, "satisfaction": "satisfied"}
        do(district, "dispatcher-2", matter, "verify", callback, "2026-10-13T11:00")
        rated(district, matter, "dissatisfied", "2026-10-14T09:00")
    do(district, "dispatcher-1", one, "rework", {"reason": "未解决"}, "2026-10-14T10:00")
    again = {"unit": "green", "reason": "未解决", "category": "litter.pile"}
    do(district, "dispatcher-1", two, "reassign", again, "2026-10-14T10:00")
    whole("reopened")
    erasing.correct(district.system, one.number, "text", "我叫王芳，电话10011112222，弄口路灯不亮", "本人更正")
    erasing.correct(district.system, one.number, "reporter.phone", "10011112222", "本人更正")
    erasing.erase(district.system, two.number, "本人要求删除")
    erasing.erase(district.system, ended.number, "本人要求删除")
    whole("put right and taken away")
    people(district)
    whole("people")
    loading.load(district.folder)
    checkpoint(district)
    whole("a pack loaded again")
    do(district, "water-1", one, "answer", {"result": "已处理"})
    erasing.erase(district.system, one.number, "本人要求删除")
    whole("and work after it")


def reporter():
    from yiwang.matters.reported import Reported

    return Reported("王小明", "13800138000", "幸福路1号")


def test_a_pack_loaded_again_and_changed_is_whole(district):
    """A unit moves under another one: who sees what follows, and the definitions are written down as they are now."""
    from yiwang.matters.models import Matter
    from yiwang.org.models import Unit
    from yiwang.org.session import as_owner
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


def test_what_was_forged_before_a_load_is_not_taken_for_its_work(database):
    import psycopg

    from yiwang.packs import loading

    district = make_district()
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
