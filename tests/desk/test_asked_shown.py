"""What a matter's page tells of what was asked for, given and refused, in the words of the kind."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.photo import photo
from tests.support.tickets import TO_BE_EXCLUDED, closed, do, in_hand

TIME = {"workdays": 5, "reason": "备件未到"}


@pytest.fixture(scope="module")
def town(database: str) -> TestDistrict:
    return make_district()


def page(town: TestDistrict, post: str, one: Any) -> str:
    """The words of the page, without its tags."""
    shown = client(town, post).get(f"/desk/matters/{one.number}/").content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def facts(town: TestDistrict, post: str, one: Any) -> str:
    """What stands among the facts of the matter."""
    shown = client(town, post).get(f"/desk/matters/{one.number}/").content.decode()
    (found,) = re.findall(r'<dl class="facts">(.*?)</dl>', shown, re.S)
    return str(found)


def test_a_clock_tells_what_was_added_to_its_limit(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "ask_extension", TIME, "2026-10-12T14:00")
    assert "延长5个工作日" not in page(town, "water-1", one)
    do(town, "dispatcher-1", one, "extend", {}, "2026-10-12T15:00")
    assert "5个工作日＋延长5个工作日" in page(town, "water-1", one)


def test_who_grants_reads_what_was_asked_for_beside_it(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "ask_extension", TIME, "2026-10-12T14:00")
    assert "延长工作日数：5 · 理由：备件未到" in page(town, "dispatcher-1", one)


def test_what_was_refused_is_no_fact_of_the_matter(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "ask_extension", TIME, "2026-10-12T14:00")
    assert "延长工作日数" in facts(town, "dispatcher-1", one)
    do(town, "dispatcher-1", one, "deny_extension", {"reason": "不必"}, "2026-10-12T15:00")
    assert "延长工作日数" not in facts(town, "dispatcher-1", one)
    assert "延长工作日数：5" in page(town, "dispatcher-1", one)  # the ledger keeps what was asked


def test_the_ledger_names_each_value_but_the_one_text_of_an_act(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "contact", {"contact_way": "phone", "contact_result": "已说明"}, "2026-10-12T13:00")
    said = page(town, "water-1", one)
    assert "联系方式：电话 · 已说明" in said


def test_what_is_left_out_of_the_rates_says_so_and_why(town: TestDistrict) -> None:
    one = closed(town)
    do(town, "dispatcher-1", one, "propose_exclusion", TO_BE_EXCLUDED, "2026-10-13T14:00")
    assert "不计入比率" not in page(town, "supervisor", one)
    do(town, "supervisor", one, "exclude", {}, "2026-10-13T15:00")
    assert "不计入比率 诉求不合理" in page(town, "supervisor", one)


def test_an_exclusion_that_was_refused_leaves_no_reason_standing(town: TestDistrict) -> None:
    one = closed(town)
    do(town, "dispatcher-1", one, "propose_exclusion", TO_BE_EXCLUDED, "2026-10-13T14:00")
    assert "剔除事由" in facts(town, "supervisor", one)
    do(town, "supervisor", one, "keep_counted", {"reason": "照计"}, "2026-10-13T15:00")
    assert "剔除事由" not in facts(town, "supervisor", one)
    assert "不计入比率" not in page(town, "supervisor", one)


def test_photos_that_stand_in_a_pair_are_evidence(town: TestDistrict) -> None:
    one = in_hand(town)
    assert "还没有证据" in page(town, "water-1", one)
    files = {"photos_before": photo(), "photos_after": photo()}
    address = f"/desk/matters/{one.number}/do/answer/"
    sent = client(town, "water-1").post(address, {"result": "已疏通", "key": "pair", **files}, follow=True)
    assert sent.status_code == 200
    said = page(town, "water-1", one)
    assert "处置前" in said
    assert "还没有证据" not in said


def test_what_was_sent_back_is_gone_on_with(town: TestDistrict) -> None:
    """The draft stands in its form again; a remark that others make too does not."""
    one, draft = in_hand(town), "管道已清淤，井盖已更换，并已回访周边三户居民"
    do(town, "water-1", one, "answer", {"result": draft}, "2026-10-12T12:00")
    do(town, "dispatcher-1", one, "rework", {"reason": "井盖仍响"}, "2026-10-12T13:00")
    shown = client(town, "water-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert re.search(rf"<textarea[^>]*>\s*{draft}</textarea>", shown)
    do(town, "water-1", one, "answer", {"result": draft}, "2026-10-12T14:00")
    again = client(town, "dispatcher-1").get(f"/desk/matters/{one.number}/").content.decode()
    assert not re.search(r"<textarea[^>]*>\s*井盖仍响</textarea>", again)


def test_a_queue_calls_a_stage_by_its_title(town: TestDistrict) -> None:
    one = in_hand(town)
    do(town, "water-1", one, "answer", {"result": "已疏通"}, "2026-10-12T12:00")
    why = client(town, "dispatcher-1").get(f"/desk/matters/{one.number}/queue/to_call_back/").content.decode()
    assert "待核查" in why
    assert "verifying" not in re.sub(r"<[^>]+>", " ", why)
