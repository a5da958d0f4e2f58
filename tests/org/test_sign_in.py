"""Wrong passwords: one address, one name, many of both; and nobody is shut out by what others do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from yiwang.org.networks import read_networks
from yiwang.org.proxies import Proxies

PASSWORD = "a-long-one-for-tests"
AGENT = "Mozilla/5.0"


@pytest.fixture(scope="module")
def district(database):
    from django.contrib.auth.models import User

    from tests.support.district import make_district
    from yiwang.org.session import as_owner

    made = make_district()
    with quick_passwords():
        with as_owner():
            for user in User.objects.filter(username__endswith=f".{made.code}"):
                user.set_password(PASSWORD)
                user.save()
        yield made


def quick_passwords():
    """What a check costs is no part of these rules."""
    from django.test import override_settings

    return override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])


@pytest.fixture
def visitors(district, monkeypatch, settings_behind_a_proxy):
    """A fresh browser at an address, as the proxy at 10.9.9.9 tells it; nobody has tried anything yet."""
    from axes.models import AccessAttempt
    from django.test import Client

    from yiwang.org.models import Try

    Try.objects.all().delete()
    AccessAttempt.objects.all().delete()
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)

    def at(address: str) -> Client:
        return Client(
            SERVER_NAME="127.0.0.1", REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=address, HTTP_USER_AGENT=AGENT
        )

    return at


@pytest.fixture
def settings_behind_a_proxy(database):
    from django.test import override_settings

    with override_settings(YIWANG_PROXIES=Proxies(read_networks("10.9.9.9"))):
        yield


def sign_in(client, username: str, password: str) -> int:
    """The status: 302 when signed in, 200 when the password is wrong, 429 when one must wait."""
    return client.post("/sign-in/", {"username": username, "password": password}).status_code


def test_five_wrong_ones_close_this_name_from_there_and_from_nowhere_else(district, visitors):
    name = district.username("head")
    bad = visitors("203.0.113.1")
    assert [sign_in(bad, name, f"wrong {n}") for n in range(6)] == [200, 200, 200, 200, 429, 429]
    assert sign_in(bad, name, PASSWORD) == 429
    assert sign_in(visitors("203.0.113.2"), name, PASSWORD) == 302


def test_one_address_cannot_spray(district, visitors):
    posts = ["head", "dispatcher-1", "dispatcher-2", "auditor", "supervisor", "water-1", "water-2", "green-1"]
    bad = visitors("203.0.113.3")
    tried = [sign_in(bad, district.username(post), f"wrong {n}") for n in range(4) for post in posts]
    tried += [sign_in(bad, f"nobody-{n}", "wrong") for n in range(70)]
    assert tried.count(200) == 20
    assert set(tried[20:]) == {429}
    assert sign_in(visitors("203.0.113.4"), district.username("water-1"), PASSWORD) == 302


def test_a_hundred_at_once_are_no_way_around(district, visitors):
    with ThreadPoolExecutor(8) as several:
        tried = list(several.map(lambda n: sign_in(visitors("203.0.113.5"), f"nobody-{n}", "wrong"), range(40)))
    assert tried.count(200) == 20


def test_many_addresses_are_slowed_at_one_name_and_its_own_browser_is_not(district, visitors):
    name = district.username("green-1")
    own = visitors("203.0.113.10")
    assert sign_in(own, name, PASSWORD) == 302
    own.post("/sign-out/")
    tried = [sign_in(visitors(f"198.51.100.{n}"), name, "wrong") for n in range(1, 41)]
    assert tried.count(200) == 11  # ten, and then one a minute
    refused = visitors("198.51.100.99").post("/sign-in/", {"username": name, "password": "wrong"})
    assert 0 < int(refused["Retry-After"]) <= 60
    assert sign_in(own, name, PASSWORD) == 302


def test_a_minute_later_the_name_is_open_again_from_anywhere(district, visitors):
    from datetime import timedelta

    from django.utils import timezone

    from yiwang.org.models import Try

    name = district.username("nan-1")
    tried = [sign_in(visitors(f"198.51.100.{n}"), name, "wrong") for n in range(1, 20)]
    assert tried.count(200) == 11
    Try.objects.filter(key__startswith="sign-in-slowed").update(until=timezone.now() - timedelta(seconds=1))
    assert sign_in(visitors("203.0.113.77"), name, PASSWORD) == 302


def test_a_cookie_of_an_old_password_opens_nothing(district, visitors):
    from django.contrib.auth.hashers import make_password

    from yiwang.ledger import accounts

    name = district.username("bei-1")
    own = visitors("203.0.113.11")
    assert sign_in(own, name, PASSWORD) == 302
    own.post("/sign-out/")
    accounts.set_password(name, make_password("another-long-one"))
    assert [sign_in(visitors(f"198.51.100.{n}"), name, "wrong") for n in range(1, 20)].count(429) == 8
    assert sign_in(own, name, "another-long-one") == 429


def test_right_ones_are_no_tries(district, visitors):
    from yiwang.org.models import Try

    assert {sign_in(visitors("203.0.113.12"), district.username("water-2"), PASSWORD) for _ in range(25)} == {302}
    assert set(Try.objects.values_list("n", flat=True)) == {0}


def test_the_log_names_who_came_and_when_he_went(district, visitors):
    from axes.models import AccessLog

    client = visitors("203.0.113.13")
    sign_in(client, district.username("auditor"), PASSWORD)
    logged = AccessLog.objects.filter(username=district.username("auditor")).latest("id")
    assert (logged.ip_address, logged.logout_time) == ("203.0.113.13", None)
    client.post("/sign-out/")
    logged.refresh_from_db()
    assert logged.logout_time is not None


def test_counters_are_kept_though_the_request_is_taken_back_and_hold_no_address(district, visitors):
    from django.db import transaction

    from yiwang.org.limits import Limit, count
    from yiwang.org.models import Try

    with transaction.atomic():
        count("something", "203.0.113.20", Limit(5, 60))
        transaction.set_rollback(True)
    assert count("something", "203.0.113.20", Limit(5, 60)).n == 2
    assert not any("203" in key for key in Try.objects.values_list("key", flat=True))


def test_counters_are_bounded_and_swept(district, visitors, monkeypatch):
    from datetime import timedelta

    from django.test import RequestFactory
    from django.utils import timezone

    from yiwang.org.limits import sweep
    from yiwang.org.models import Try
    from yiwang.portal import throttle

    monkeypatch.setattr(throttle, "ALL_TOGETHER", 5)
    for n in range(60):
        request = RequestFactory().post("/", REMOTE_ADDR="10.9.9.9", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}")
        refused = throttle.too_often(request, "anything", at_most=2, seconds=60)
        assert refused == (n >= 10)
    assert Try.objects.filter(key__startswith="anything").count() == 11
    Try.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert sweep() >= 11
    assert Try.objects.count() == 0


def test_twenty_one_residents_behind_the_proxy(district, visitors):
    from django.test import RequestFactory

    from yiwang.portal.throttle import too_often

    def tries(peer: str, address: str) -> bool:
        request = RequestFactory().post("/portal/report/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=address)
        return too_often(request, "report", at_most=20, seconds=3600)

    assert not any(tries("10.9.9.9", f"203.0.113.{n}") for n in range(1, 60))
    assert [tries("198.51.100.1", f"203.0.113.{n}") for n in range(1, 26)] == [False] * 20 + [True] * 5
