"""A day that has passed is entered for no clock that runs until it: said at the form, before anything is written."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.support.clients import client
from tests.support.district import make_district
from yiwang.matters import store
from yiwang.matters.models import Entry, Matter
from yiwang.org.session import acting_as

WORKS = """
matter: works
title: {zh: 施工, en: Works}
version: 2026-01-01
reference: 试验规则
prefix: SG
opens:
  api: {by: [dispatcher], fields: [title, text, ready_by]}
form:
  text: {type: text, title: {zh: 内容, en: Text}}
  ready_by: {type: date, title: {zh: 备好日期, en: Ready by}}
asks:
  done_by: {type: date, title: {zh: 完工日期, en: Done by}}
stages:
  got: {title: {zh: 待备, en: Got}, owner: dispatcher}
  dug: {title: {zh: 施工中, en: Dug}, owner: unit}
  over: {title: {zh: 完工, en: Over}, final: true}
actions:
  dig: {title: {zh: 开工, en: Dig}, from: got, to: dug, by: dispatcher, needs: [unit, done_by]}
  close: {title: {zh: 回填, en: Close}, from: dug, to: over, by: unit}
clocks:
  readying: {title: {zh: 备料, en: Readying}, starts: got, stops: dug, limit: {until: form.ready_by, default: 9 days}}
  digging: {title: {zh: 挖掘, en: Digging}, starts: dug, stops: over, limit: {until: form.done_by, default: 9 days}}
"""


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    def write(pack: Path) -> None:
        (pack / "matters" / "works.yaml").write_text(WORKS, "utf-8")

    return make_district(write)


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def opened(district: Any, day: str) -> Any:
    body = {"kind": "works", "data": {"title": "挖沟", "text": "学府路", "ready_by": day}}
    return client(district, "dispatcher-1").post("/api/v1/matters", json.dumps(body), content_type="application/json")


def test_a_day_that_has_passed_is_refused_and_today_is_none(district: Any) -> None:
    past = opened(district, (today() - timedelta(days=1)).isoformat())
    words = past.json()["fields"]["ready_by"]
    assert (past.status_code, "已经过去" in words["zh"], "Readying" in words["en"]) == (422, True, True)
    assert opened(district, today().isoformat()).status_code == 201


def test_an_act_that_names_a_day_that_has_passed_writes_nothing(district: Any) -> None:
    number = opened(district, "2099-01-01").json()["number"]

    def dug(day: date) -> Any:
        body = {"action": "dig", "data": {"unit": "water", "done_by": day.isoformat()}}
        address = f"/api/v1/matters/{number}/actions"
        return client(district, "dispatcher-1").post(address, json.dumps(body), content_type="application/json")

    past = dug(today() - timedelta(days=1))
    assert (past.status_code, list(past.json()["fields"])) == (422, ["done_by"])
    with acting_as(district.system):
        assert Entry.objects.filter(matter__number=number).count() == 1
    assert dug(today()).status_code == 200


def test_a_message_of_another_system_keeps_the_day_that_it_names(district: Any) -> None:
    """Nobody types it now, and what runs late there runs late here."""
    with acting_as(district.system) as platform:
        made = store.open_matter(platform, "works", {"title": "挖沟", "text": "学府路", "ready_by": "2026-01-05"})
    with acting_as(district.system):
        assert Matter.objects.get(pk=made.id).due_at < datetime.now(UTC)
