"""Tracking codes: nobody who reads the database can try them out, and every code ever given keeps working."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client, override_settings

from yiwang.matters import store
from yiwang.matters.tracking import LENGTH, MARK, SIGNS, new_code, plain_hash, tracking_of
from yiwang.org.models import Try
from yiwang.org.session import acting_as


@pytest.fixture
def opened(district: Any) -> Any:
    """A matter with its number and its code."""

    said = {
        "title": "井盖松动",
        "text": "弄口井盖松动",
        "category": "drain.cover",
        "channel": "portal",
        "address": "一弄",
    }
    with acting_as(district.system) as platform:
        return store.open_matter(platform, "hotline", said)


@pytest.fixture
def resident(district: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    return Client(SERVER_NAME="127.0.0.1")


def kept(opened: Any, tracking: str | None = None) -> str:
    """What the row holds, as its owner sees it; or, made so."""

    with connections["owner"].cursor() as cursor:
        if tracking is not None:
            cursor.execute("UPDATE matters_matter SET tracking = %s WHERE id = %s", [tracking, opened.id])
        cursor.execute("SELECT tracking FROM matters_matter WHERE id = %s", [opened.id])
        return str(cursor.fetchone()[0])


def looks_up(resident: Any, opened: Any) -> int:
    sent = resident.post("/portal/track/", {"number": opened.number, "code": opened.code.lower()})
    return int(resident.get(sent["Location"]).status_code) if sent.status_code == 302 else int(sent.status_code)


def test_a_code_has_eight_signs_without_look_alikes() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(SIGNS) for code in codes)


def test_without_the_secret_a_code_cannot_be_tried_out(opened: Any) -> None:
    assert kept(opened) == tracking_of(opened.number, opened.code)
    assert plain_hash(opened.number, opened.code) not in kept(opened)
    with override_settings(SECRET_KEY="another"):
        assert tracking_of(opened.number, opened.code) != kept(opened)


def test_a_code_of_before_keeps_working(opened: Any, resident: Any) -> None:
    kept(opened, plain_hash(opened.number, opened.code))
    assert looks_up(resident, opened) == 200


def test_a_code_goes_on_under_a_new_secret_that_names_the_one_before(opened: Any, resident: Any) -> None:
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert looks_up(resident, opened) == 200
    with override_settings(SECRET_KEY="new"):
        assert looks_up(resident, opened) == 404


def test_the_migration_seals_what_was_plain_and_a_browser_that_knew_it_still_does(
    opened: Any, resident: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = plain_hash(opened.number, opened.code)
    kept(opened, plain)
    resident.get("/portal/report/")
    session = resident.session
    session["portal"] = {opened.number: plain}
    session.save()
    migration = import_module("yiwang.matters.migrations.0007_tracking")
    monkeypatch.setattr(migration, "NOTED", "SELECT false")

    class Editor:
        connection = connections["owner"]

    for _ in range(2):  # a second run changes nothing
        migration.seal_all(None, Editor)
        assert kept(opened) == tracking_of(opened.number, opened.code)
    assert kept(opened).startswith(MARK)
    assert resident.get(f"/portal/track/{opened.number}/").status_code == 200
    assert resident.get("/portal/track/").status_code == 200
    assert looks_up(resident, opened) == 200


def test_half_a_pair_in_a_code_is_a_wrong_code() -> None:
    assert len(plain_hash("X", "\ud800")) == 64
