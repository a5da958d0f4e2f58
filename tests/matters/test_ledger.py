"""A matter's ledger shows what was changed, removed or cut; tests/ledger/test_verify.py has the whole table."""

from __future__ import annotations

import hashlib

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.district import make_district
from tests.support.tampering import as_superuser
from tests.support.tickets import do, ticket
from yiwang.ledger.chain import GENESIS, digest, merkle_root
from yiwang.matters import auditing
from yiwang.org.session import acting_as


@pytest.fixture
def district(database):
    return make_district()


def audit(district, number=""):
    with acting_as(district.system) as asker:
        return auditing.verify(asker, number)


def two_tickets(district):
    one, two = ticket(district), ticket(district)
    for each in (one, two):
        do(district, "dispatcher-1", each, "assign", {"unit": "water"}, "2026-10-12T10:20")
        do(district, "water-1", each, "accept", when="2026-10-12T11:00")
    return one, two


def test_what_was_written_is_whole(district):
    two_tickets(district)
    two_tickets(district)
    found = audit(district)
    assert found.whole
    assert (found.matters, found.entries) == (4, 12)


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE matters_entry SET at = at - interval '1 day' WHERE matter_id = %s AND seq = 2", "第 2 条被改动过"),
        ("UPDATE matters_entry SET person_id = NULL WHERE matter_id = %s AND seq = 3", "第 3 条被改动过"),
        ("UPDATE matters_entry SET data = '{}' WHERE matter_id = %s AND seq = 2", "第 2 条被改动过"),
        ("DELETE FROM matters_entry WHERE matter_id = %s AND seq = 2", "第 2 条缺失"),
        ("DELETE FROM matters_entry WHERE matter_id = %s AND seq = 3", "台账止于第 2 条"),
    ],
)
def test_the_first_broken_entry_is_named(district, database, tampering, says):
    one, _ = two_tickets(district)
    as_superuser(database, tampering, one.id)
    (broken,) = audit(district).broken
    assert (broken.subject, says in broken.words.speak("zh")) == (one.number, True)


def test_nobody_changes_an_entry_not_even_the_owner(district, database):
    one, _ = two_tickets(district)
    with psycopg.connect(database) as owner, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        owner.execute("UPDATE matters_entry SET action = 'x' WHERE matter_id = %s", [one.id])


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=20), st.data())
def test_a_merkle_root_knows_every_head_and_their_order(heads, data):
    root = merkle_root(heads)
    assert root == merkle_root(list(heads))
    if not heads:
        assert root == GENESIS
        return
    at = data.draw(st.integers(0, len(heads) - 1))
    assert merkle_root(heads[:at] + heads[at + 1 :]) != root
    assert merkle_root([*heads[:at], digest(heads[at], "sha256"), *heads[at + 1 :]]) != root
    swapped = [*heads[1:], heads[0]]
    assert (merkle_root(swapped) == root) is (swapped == heads)


def test_sm3_where_openssl_has_it():
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this machine's OpenSSL has no SM3")
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert digest(b"abc", "sm3").hex() == expected  # GB/T 32905, example 1
