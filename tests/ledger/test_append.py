"""Writing into the ledger: chained per subject, once per key, in the caller's transaction, whoever writes at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import psycopg
import pytest

from tests.ledger.appending import append


def chain_of(district, subject):
    """The break of one subject's chain, read as the auditor of the platform reads it."""
    from yiwang.ledger import reading
    from yiwang.org.session import acting_as

    with acting_as(district.system):
        return reading.broken(district.id, subject)


def test_what_is_appended_is_a_whole_chain(district):
    assert append(district.system, "thing:1", "made", {"of": "wood", "at": datetime(2026, 1, 2, tzinfo=UTC)}) == 1
    assert append(district.system, "thing:1", "painted", {"colour": "红\x00", "half": "\ud800"}) == 2
    assert append(district.system, "thing:2", "made") == 1
    assert chain_of(district, "thing:1") is None
    assert chain_of(district, "thing:2") is None


def test_under_one_key_it_happens_once(district):
    assert append(district.system, "thing:3", "made", key="k1") == 1
    assert append(district.system, "thing:3", "painted") == 2
    assert append(district.system, "thing:3", "made", key="k1") == 1
    assert append(district.system, "thing:3", "sold") == 3
    assert chain_of(district, "thing:3") is None


def test_what_the_caller_takes_back_was_never_written(district):
    from yiwang.ledger import store
    from yiwang.org.session import acting_as

    def write_and_fail():
        with acting_as(district.system) as asker:
            store.append(asker, "thing:4", "made", stream="tests")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert append(district.system, "thing:4", "made") == 1


def test_many_at_once_follow_each_other(district):
    from django.db import connections

    numbers, wrong = [], []

    def write(name):
        try:
            for n in range(10):
                numbers.append(append(district.system, "thing:5", "made", {"by": name}, key=f"{name}:{n // 2}"))
        except BaseException as trouble:
            wrong.append(trouble)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert sorted(set(numbers)) == list(range(1, 31))
    assert chain_of(district, "thing:5") is None


@pytest.mark.parametrize(
    ("forged", "says"),
    [
        ("UPDATE ledger_entry SET data = '{}' WHERE {s} AND seq = 2", "entry 2 was changed"),
        ("UPDATE ledger_entry SET at = at - interval '1 day' WHERE {s} AND seq = 1", "entry 1 was changed"),
        ("UPDATE ledger_entry SET stream = 'other' WHERE {s} AND seq = 3", "entry 3 was changed"),
        ("DELETE FROM ledger_entry WHERE {s} AND seq = 2", "entry 2 is missing"),
        ("DELETE FROM ledger_entry WHERE {s} AND seq = 3", "ends at entry 2"),
        (
            "DELETE FROM ledger_entry WHERE {s} AND seq = 3;"
            "UPDATE ledger_head h SET seq = 2, hash = (SELECT hash FROM ledger_entry WHERE {s} AND seq = 2) WHERE {s}",
            "entry 2 was not the last one",
        ),
    ],
)
def test_every_forgery_is_named(district, database, forged, says):
    subject = f"forged:{abs(hash(forged))}"
    for colour in ("red", "green", "blue"):
        append(district.system, subject, "painted", {"colour": colour})
    assert chain_of(district, subject) is None
    with psycopg.connect(database) as owner:
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only")
        owner.execute(forged.replace("{s}", f"district_id = {district.id} AND subject = '{subject}'"))
        owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only")
    assert says in chain_of(district, subject).words.speak("en")


def test_a_chain_written_anew_in_the_database_bears_no_seal(district, database):
    """Who may write in the database can work out every hash, but has not the key."""
    from yiwang.ledger import chain

    subject = "forged:anew"
    append(district.system, subject, "painted", {"colour": "red"})
    with psycopg.connect(database) as owner:
        at, prev = owner.execute(
            "SELECT at, prev FROM ledger_entry WHERE district_id = %s AND subject = %s", [district.id, subject]
        ).fetchone()
        link = chain.Link(subject, 1, "tests", at, "painted", None, {"colour": "gold"}, None)
        hashed = link.hash(prev, "sha256")
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only")
        owner.execute(
            'UPDATE ledger_entry SET data = \'{"colour": "gold"}\', hash = %s WHERE district_id = %s AND subject = %s',
            [hashed, district.id, subject],
        )
        owner.execute(
            "UPDATE ledger_head SET hash = %s WHERE district_id = %s AND subject = %s", [hashed, district.id, subject]
        )
        owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only")
    assert "does not bear this system's seal" in chain_of(district, subject).words.speak("en")


def test_only_who_audits_reads_it_and_nobody_but_the_two_functions_writes_it(district):
    from django.db import connection

    from yiwang.ledger.models import Entry
    from yiwang.org.session import acting_as

    append(district.as_("water-1"), "thing:6", "made")
    append(district.as_("green-1"), "thing:6", "painted")

    def seen(post):
        with acting_as(district.as_(post)):
            return list(Entry.objects.filter(subject="thing:6").order_by("seq").values_list("action", flat=True))

    assert seen("auditor") == ["made", "painted"]
    assert seen("water-1") == ["made"]
    assert seen("dispatcher-1") == []
    with (
        pytest.raises(Exception, match=r"row-level security|permission denied"),
        acting_as(district.as_("auditor")),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO ledger_entry (district_id, stream, subject, seq, at, action, data, prev, hash)"
            " VALUES (%s, 't', 'thing:7', 1, now(), 'x', '{}', '', '')",
            [district.id],
        )


def test_an_entry_holds_what_the_rows_say(district):
    from yiwang.ledger.models import Entry
    from yiwang.ledger.store import Rows
    from yiwang.org.models import Post
    from yiwang.org.session import acting_as

    with acting_as(district.system):
        post = Post.objects.get(district=district.id, code="water-1")
    append(district.system, "post:1", "looked", rows=[Rows(Post, [post.pk, 0], ["code", "role"])])
    with acting_as(district.system):
        (entry,) = Entry.objects.filter(subject="post:1")
    assert entry.data == {
        "rows": [
            {"table": "org_post", "id": 0, "gone": True},
            {"table": "org_post", "id": post.pk, "set": {"code": "water-1", "role": "clerk"}},
        ]
    }
    assert chain_of(district, "post:1") is None
