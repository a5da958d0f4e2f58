"""A person changes their own password on a page; nothing else of an account changes there, and it leaves an entry."""

from __future__ import annotations

import pytest

OLD, NEW = "a-long-enough-one", "another-long-one"


@pytest.fixture
def account(database):
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    from tests.support.district import make_district
    from yiwang.ledger import accounts

    district = make_district()
    accounts.set_password(district.username("water-1"), make_password(OLD))
    return district, User.objects.get(username=district.username("water-1"))


def entries(district, user):
    from yiwang.ledger.models import Entry
    from yiwang.org.session import as_owner

    with as_owner():
        rows = Entry.objects.filter(district=district.id, subject=f"account:{user.pk}").order_by("seq")
        return [(one.stream, one.action, one.person_id) for one in rows]


def test_a_new_password_holds_and_stands_in_the_ledger(account):
    from django.contrib.auth.hashers import check_password, make_password

    from tests.ledger.forging import told, verify
    from yiwang.ledger.accounts import Account, change_password

    district, user = account
    asker = district.as_("water-1")
    kept = Account(user.pk, user.password)
    assert change_password(asker, kept, make_password(NEW))
    user.refresh_from_db()
    assert check_password(NEW, user.password)
    assert not change_password(asker, kept, make_password("x" * 12)), "it has been changed meanwhile"
    user.refresh_from_db()
    assert check_password(NEW, user.password)
    assert entries(district, user) == [("people", "password set", None), ("people", "password", asker.person)]
    assert told(verify(district)) == []


def test_no_password_changes_without_its_entry(account):
    from django.db import ProgrammingError, connection

    district, user = account
    with pytest.raises(ProgrammingError, match="its own account"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_change_password(%s, %s, 'x', %s, 'people', 'account:0', 1, now(), 'password', NULL, '{}',"
            " NULL, '', '', '', '')",
            [user.pk, user.password, district.id],
        )


def test_an_old_hash_is_made_anew_at_the_next_sign_in(account):
    from django.contrib.auth import authenticate
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.http import HttpRequest

    from yiwang.ledger import accounts

    district, user = account
    accounts.set_password(user.username, PBKDF2PasswordHasher().encode(OLD, "s" * 16, iterations=1000))
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "203.0.113.20"
    assert authenticate(request, username=user.username, password="wrong") is None
    found = authenticate(request, username=user.username, password=OLD)
    assert found is not None
    user.refresh_from_db()
    assert "$1000$" not in user.password
    assert ("people", "password rehashed", district.as_("water-1").person) in entries(district, user)
