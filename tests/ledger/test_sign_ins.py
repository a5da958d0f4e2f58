"""Who signs in, who signs out and who cannot stands in the ledger (R9.1); what was typed does not."""

from __future__ import annotations

import pytest

PASSWORD = "a-long-enough-one"


@pytest.fixture(scope="module")
def district(database):
    from django.contrib.auth.hashers import make_password

    from tests.support.district import make_district
    from yiwang.ledger import accounts

    town = make_district()
    accounts.set_password(town.username("water-1"), make_password(PASSWORD))
    return town


def entries(district, subject):
    from yiwang.ledger.models import Entry
    from yiwang.org.session import as_owner

    with as_owner():
        found = Entry.objects.filter(district=district.id, subject=subject, stream="sign-ins").order_by("seq")
        return [(one.stream, one.action, one.person_id, one.data) for one in found]


def test_sign_ins_and_sign_outs_stand_in_the_ledger(district, monkeypatch):
    from django.contrib.auth.models import User
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    name = district.username("water-1")
    account = User.objects.get(username=name).pk
    browser = Client(REMOTE_ADDR="203.0.113.7", HTTP_HOST="localhost")
    for password in ("wrong-one", PASSWORD):
        browser.post("/sign-in/", {"username": name, "password": password})
    browser.post("/sign-out/")
    person = district.as_("water-1").person
    assert entries(district, f"account:{account}") == [
        ("sign-ins", "sign-in failed", None, {"from": "203.0.113.7"}),
        ("sign-ins", "sign-in", person, {"from": "203.0.113.7"}),
        ("sign-ins", "sign-out", person, {"from": "203.0.113.7"}),
    ]


def test_a_name_that_nobody_has_is_not_kept(district, monkeypatch):
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Client(REMOTE_ADDR="203.0.113.8", HTTP_HOST="localhost").post(
        "/sign-in/", {"username": "my-password\x00", "password": "x"}
    )
    Client(REMOTE_ADDR="203.0.113.8", HTTP_HOST="localhost").post(
        "/sign-in/", {"username": "my-password", "password": "x"}
    )
    found = entries(district, "account:unknown")
    assert found
    assert {action for _, action, _, _ in found} == {"sign-in failed"}
    assert "my-password" not in str(found)


def test_what_is_refused_unlooked_at_is_not_written(district, monkeypatch):
    """Nobody fills the ledger from outside: after the limit has closed, tries are counted and not written."""
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    browser = Client(REMOTE_ADDR="203.0.113.9", HTTP_HOST="localhost")
    for n in range(40):
        browser.post("/sign-in/", {"username": f"nobody-{n}", "password": "x"})
    written = [one for one in entries(district, "account:unknown") if one[3]["from"] == "203.0.113.9"]
    assert 0 < len(written) <= 20
