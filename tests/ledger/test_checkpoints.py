"""Checkpoints: taken while others write, holding everything once, signed, checkable against a line kept elsewhere."""

from __future__ import annotations

import threading

import psycopg
import pytest

from tests.ledger.appending import append
from tests.ledger.forging import MATTER_GONE, checkpoint, forging, last_line, looked_at, told, verify
from tests.support.tickets import do, ticket


@pytest.fixture
def district(database):
    from tests.support.district import make_district

    return make_district()


def test_each_chain_is_held_once_and_nothing_new_makes_no_checkpoint(district):
    one = ticket(district)
    first = checkpoint(district)
    assert (first.n, checkpoint(district)) == (1, None)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    append(district.system, "thing:1", "made")
    second = checkpoint(district)
    assert (second.n, second.leaves, bytes(second.prev)) == (2, 2, bytes(first.hash))
    assert told(verify(district)) == []


def test_who_commits_late_is_in_the_next_one(district, database):
    """An entry's number is drawn before it is committed: a checkpoint meanwhile must not pass it by for ever."""
    from django.db import connections

    from yiwang.ledger import store
    from yiwang.ledger.models import Leaf
    from yiwang.org.session import acting_as, as_owner

    written, go_on = threading.Event(), threading.Event()

    def slow():
        with acting_as(district.system) as asker:
            store.append(asker, "slow:1", "made", stream="tests")
            written.set()
            go_on.wait(30)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(30)
    append(district.system, "quick:1", "made")  # a higher number, committed first
    first = checkpoint(district)  # and nobody waited for the slow one
    go_on.set()
    thread.join()
    later = [first, checkpoint(district)]
    append(district.system, "quick:1", "painted")
    later.append(checkpoint(district))
    append(district.system, "quick:1", "sold")
    later.append(checkpoint(district))
    with as_owner():
        held = [set(Leaf.objects.filter(checkpoint=one).values_list("subject", "seq")) for one in later]
    assert ("slow:1", 1) not in held[0]
    assert ("slow:1", 1) in held[1]
    assert held[2] == {("quick:1", 2)}
    assert held[3] == {("quick:1", 3)}
    assert told(verify(district)) == []


def test_nobody_waits_for_a_checkpoint(district, database):
    """A writer with an open transaction on a matter, and a reader of all: neither keeps the checkpoint or is kept."""
    one = ticket(district)
    with psycopg.connect(database) as other:
        other.execute("SELECT 1 FROM matters_matter WHERE id = %s FOR UPDATE", [one.id])
        other.execute("LOCK TABLE matters_entry IN ROW EXCLUSIVE MODE")
        assert checkpoint(district).n == 1
        other.rollback()


def test_what_a_line_kept_elsewhere_finds(district):
    """Even when every trace of it in the database is gone, and its checkpoint too."""
    from yiwang.ledger.checkpoints import read_line

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    checkpoint(district)
    line = last_line(district)
    assert read_line(line.line()) == line
    assert told(verify(district, anchors=[line])) == []
    values = {"m": one.id, "d": district.id}
    counter_too = "UPDATE matters_counter SET last = 0 WHERE district_id = %(d)s"
    leaves = (
        "DELETE FROM ledger_leaf WHERE checkpoint_id IN (SELECT id FROM ledger_checkpoint WHERE district_id = %(d)s)"
    )
    last_checkpoint = "DELETE FROM ledger_checkpoint WHERE district_id = %(d)s"
    with forging(*CHECKPOINTS) as forger:
        for statement in (*MATTER_GONE, counter_too):
            forger.execute(statement, values)
        found = told(looked_at(district, anchors=[]))
        assert [line for line in found if one.number in line and "removed or rewritten" in line], found
        for statement in (leaves, last_checkpoint):
            forger.execute(statement, values)
        assert told(looked_at(district, anchors=[])) == []  # nothing in the database tells of it any more
        assert told(looked_at(district)) == told(looked_at(district, anchors=[line])), "kept beside the key as well"
        (found,) = told(looked_at(district, anchors=[line]))
        assert "checkpoint 1" in found
        assert "no longer in the database" in found


CHECKPOINTS = ("ledger_checkpoint", "ledger_leaf", "matters_counter")
FORGERIES = {
    "a leaf": ("DELETE FROM ledger_leaf WHERE checkpoint_id = %(c)s", "checkpoint 1 was changed"),
    "the root": ("UPDATE ledger_checkpoint SET root = prev WHERE id = %(c)s", "checkpoint 1 was changed"),
    "when": ("UPDATE ledger_checkpoint SET at = at - interval '1 day' WHERE id = %(c)s", "checkpoint 1 was changed"),
    "the signature": (
        "UPDATE ledger_checkpoint SET signature = decode(repeat('00', 64), 'hex') WHERE id = %(c)s",
        "signature of checkpoint 1",
    ),
    "whose key": ("UPDATE ledger_checkpoint SET signed_by = repeat('0', 16) WHERE id = %(c)s", "another key"),
    "the first of two": (
        "DELETE FROM ledger_leaf WHERE checkpoint_id = %(c)s; DELETE FROM ledger_checkpoint WHERE id = %(c)s",
        "checkpoint 1 is missing",
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_checkpoint_is_named(district, name):
    one = ticket(district)
    first = checkpoint(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    checkpoint(district)
    statement, says = FORGERIES[name]
    with forging(*CHECKPOINTS) as forger:
        forger.execute(statement, {"c": first.pk})
        found = told(looked_at(district, anchors=[]))
    assert any(says in line for line in found), found


def test_a_chain_written_anew_after_a_checkpoint_is_named(district):
    """With the right hashes and even with the right seals: the checkpoint holds the end that was."""
    from yiwang.ledger import chain, keys, reading

    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    checkpoint(district)
    append(district.system, "thing:1", "painted", {"colour": "red"})
    checkpoint(district)
    with forging(*CHECKPOINTS, "ledger_head") as forger:
        ((_, _, (kept,)),) = reading.chains(district.id, "thing:1")
        link = chain.Link("thing:1", 1, kept.link.stream, kept.link.at, "painted", None, {"colour": "gold"}, None)
        hashed = link.hash(chain.GENESIS, "sha256")
        seals = chain.entry_seal(keys.sealing(), hashed), chain.head_seal(keys.sealing(), 1, hashed)
        values = [hashed, *seals, district.id]
        forger.execute(
            'UPDATE ledger_entry SET data = \'{"colour": "gold"}\', hash = %s, seal = %s WHERE district_id = %s'
            " AND subject = 'thing:1'",
            [hashed, seals[0], district.id],
        )
        forger.execute(
            "UPDATE ledger_head SET hash = %s, seal = %s WHERE district_id = %s AND subject = 'thing:1'",
            [values[0], values[2], values[3]],
        )
        found = told(looked_at(district, anchors=[]))
    assert found == [line for line in found if line.startswith("thing:1: entry 1")], found
    assert len(found) == 1


def test_a_new_key_signs_from_now_on_and_the_old_ones_stay_valid(district):
    from yiwang.ledger import keys, signing

    one = ticket(district)
    first = checkpoint(district)
    keys.renew()
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    second = checkpoint(district)
    assert first.signed_by != second.signed_by == signing.fingerprint()
    assert told(verify(district)) == []
    assert keys.path().stat().st_mode & 0o777 == 0o600


def test_a_line_that_was_changed_proves_nothing(district):
    from dataclasses import replace

    from yiwang.ledger.checkpoints import NotALine, read_line

    ticket(district)
    checkpoint(district)
    line = last_line(district)
    (found,) = told(verify(district, anchors=[replace(line, leaves=line.leaves + 1)]))
    assert "the line was changed" in found
    for broken in ("", "yiwang-checkpoint-1", line.line()[:-30], line.line().replace(" sha256 ", " md5 ")):
        with pytest.raises(NotALine):
            read_line(broken)
