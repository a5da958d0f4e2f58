"""Work whose ledger is forged in the database, and what verification then tells."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from tests.support.tickets import do, ticket

PLAN = """试验区2026年重点工作安排

一、改善居住条件
1.加装电梯。完成加装电梯240台。（责任单位：区水务局）
2.多种树。新建绿地36公顷。（责任单位：区绿化市容局）
"""

JULY = datetime(2026, 7, 6, 2, tzinfo=UTC)


def verify(district, subject="", **more):
    from yiwang.ledger.verifying import verify

    return verify(district.id, subject, **more)


def checkpoint(district):
    from yiwang.ledger import checkpoints

    return checkpoints.take(district.id)


def last_line(district):
    """The last checkpoint's line, as an anchor elsewhere would keep it."""
    from yiwang.ledger import checkpoints
    from yiwang.ledger.models import Checkpoint
    from yiwang.org.session import as_owner

    with as_owner():
        row = Checkpoint.objects.select_related("district").filter(district=district.id).order_by("-n").first()
        return checkpoints.read_line(checkpoints.anchor_of(row, row.district).line())


def told(verified):
    """What was found, as people read it: ["RX-…: title differs …"]."""
    return [f"{one.subject}: {one.words.speak('en')}" for one in verified.broken]


def tickets(district):
    from yiwang.matters import disclosure, store
    from yiwang.matters.reported import Reported
    from yiwang.org.session import acting_as

    with acting_as(district.system) as asker:
        one = store.open_matter(
            asker,
            "hotline",
            {"title": "井盖松动", "text": "我叫王小明，电话13800138000，每天经过都响", "category": "drain.blocked"},
            at=datetime(2026, 10, 12, 2, tzinfo=UTC),
            place=(121.91, 31.03),
            reporter=Reported("王小明", "13800138000", "幸福路1号"),
        )
    two = ticket(district)
    for each in (one, two):
        do(district, "dispatcher-1", each, "assign", {"unit": "water"}, "2026-10-12T10:20")
        do(district, "water-1", each, "accept", when="2026-10-12T11:00")
    with acting_as(district.as_("dispatcher-1")) as asker:
        disclosure.unmask(asker, one.id, "call_back", "回访核实")
    return one, two


def reported_goal(district):
    """A goal of the office, adopted and reported by its unit: (plan, goal, report)."""
    from yiwang.files.store import Came
    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

    with acting_as(district.as_("supervisor")) as asker:
        plan = store.import_plan(asker, f"{PLAN}\n（{district.code}）".encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        goal = next(one.goal.pk for one in queries.lamps(asker, year=2026).goals if "240台" in one.goal.quote)
    with acting_as(district.as_("water-1")) as asker:
        files = [Came("验收单.txt", "已验收".encode())]
        report = store.report(asker, goal, "2026-06", Decimal(100), files=files, at=JULY)
    with acting_as(district.as_("supervisor")) as asker:
        store.verify(asker, report.pk, accepted=True, at=JULY)
    return plan.pk, goal, report.pk


MATTER_GONE = (
    "DELETE FROM matters_entry WHERE matter_id = %(m)s",
    "DELETE FROM matters_said WHERE matter_id = %(m)s",
    "DELETE FROM matters_reporter WHERE matter_id = %(m)s",
    "DELETE FROM matters_matter WHERE id = %(m)s",
)

TABLES = (
    "matters_matter matters_entry matters_reporter matters_plain org_reading org_unit org_district goals_goal"
    " goals_change goals_report goals_verification files_file goals_plan goals_statement goals_correction ledger_entry"
    " indicators_indicator matters_kind matters_category"
).split()


@contextmanager
def forging(*more):
    """The owner's connection with all guards off; what is done is taken back in the end."""
    from django.db import connection, transaction

    from yiwang.org.session import as_owner

    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for table in (*TABLES, *more):  # foreign keys are looked at when it is committed
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        transaction.set_rollback(True)


def looked_at(district, **more):
    """What a verification finds in the transaction that is open."""
    from yiwang.ledger.verifying import looked_at

    return looked_at(district.id, **more)
