"""What a clock is told to have been outside and on the desk: fulfilled, late, or at an end with its matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.support.clients import client
from tests.support.district import make_district
from tests.support.said import said
from tests.support.tickets import do, ticket
from yiwang.matters import queries, store
from yiwang.matters.reported import Reported
from yiwang.org.models import Try
from yiwang.org.session import acting_as

WORK = """
matter: small_work
title: {zh: 小修, en: Small work}
version: 2026-01-01
reference: 试验规则
prefix: XX
opens: {desk: {by: [dispatcher], fields: [title, text]}}
form: {text: {type: text, title: {zh: 内容, en: Text}}}
asks: {well: {type: bool, title: {zh: 合格, en: Well done}}}
stages:
  to_do: {title: {zh: 待修, en: To do}, owner: dispatcher}
  to_see: {title: {zh: 待验收, en: To be seen}, owner: supervisor}
  seen: {title: {zh: 已验收, en: Seen}, final: true}
actions:
  do_it: {title: {zh: 修好, en: Do it}, from: to_do, to: to_see, by: dispatcher}
  see_it: {title: {zh: 验收, en: See it}, from: to_see, to: seen, by: supervisor, needs: [well], outcomes: [{when: not form.well, to: to_do}]}
clocks:
  doing: {title: {zh: 修理, en: Doing}, starts: to_do, resumes: see_it, stops: to_see, limit: 2 workdays}
  seeing: {title: {zh: 验收, en: Seeing}, starts: to_see, restarts: to_see, stops: [seen, to_do], limit: 2 workdays, internal: true}
"""  # noqa: E501


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    def write(pack: Path) -> None:
        (pack / "matters" / "small_work.yaml").write_text(WORK, "utf-8")

    return make_district(write)


def clocks(district: Any, matter: Any) -> Any:
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=matter.id)
    assert found is not None
    return found.state


def line(page: str, clock: str) -> str:
    """What the page says of a clock."""
    lines = said(page).splitlines()
    where = next(i for i, text in enumerate(lines) if text.strip() == clock)
    return " ".join(lines[where + 1 : where + 8])


def test_what_ended_with_its_matter_is_not_told_as_done(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    Try.objects.all().delete()
    opened = ticket(district, reporter=Reported("李女士", "13800138000"))
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:10")
    do(district, "water-1", opened, "accept", {}, "2026-10-12T10:20")
    do(district, "water-1", opened, "answer", {"result": "已换"}, "2026-10-12T11:00")
    state = do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True}, "2026-10-12T12:00").state
    contact, handling = state.clock("first_contact"), state.clock("handling")
    assert (contact.ended, handling.ended, contact.was_late) == (True, False, False)
    resident = Client(SERVER_NAME="127.0.0.1")
    page = resident.post("/portal/track/", {"number": opened.number, "code": opened.code}, follow=True).content.decode()
    assert "随办结终止" in line(page, "先行联系")
    assert "完成" not in line(page, "先行联系").partition("办理")[0]
    assert page.count("随办结终止") == 1
    desk = client(district, "dispatcher-2").get(f"/desk/matters/{opened.number}/").content.decode()
    assert "随办结终止" in desk


def test_what_was_answered_at_once_after_a_hand_back_is_done(district: Any) -> None:
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:10")
    back = {"basis": "不属本单位职责", "suggested_unit": "green"}
    do(district, "water-1", opened, "refuse", back, "2026-10-12T10:20")
    do(district, "dispatcher-1", opened, "reply", {"result": "已电话说明"}, "2026-10-12T10:30")
    state = do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True}, "2026-10-12T12:00").state
    assert (state.clock("handling").ended, f"{state.clock('handling').stopped:%M}") == (False, "30")


def test_what_is_accepted_at_an_end_stopped_when_it_was_done(district: Any) -> None:
    with acting_as(district.as_("dispatcher-1")) as asker:
        opened = store.open_matter(asker, "small_work", {"title": "修门", "text": "门坏"})
        done = store.act(asker, opened.id, "do_it", {}).state["clock.doing.stopped"]
    with acting_as(district.as_("supervisor")) as asker:
        again = store.act(asker, opened.id, "see_it", {"well": False}).state
    assert again.clock("doing").runs, "what is sent back goes on"
    with acting_as(district.as_("dispatcher-1")) as asker:
        done = store.act(asker, opened.id, "do_it", {}).state["clock.doing.stopped"]
    with acting_as(district.as_("supervisor")) as asker:
        store.act(asker, opened.id, "see_it", {"well": True})
    doing = clocks(district, opened).clock("doing")
    assert (doing.stopped, doing.ended) == (done, False)
