"""A grave danger that experts judge, each in person; and a task for which two units answer, each for its own part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.parties import (
    People,
    act,
    ledger_of,
    offered,
    open_new,
    people,
    picture,
    read,
    refused,
    stage,
    waits,
)

pytestmark = pytest.mark.browser

DISPATCHER, SUPERVISOR = "shijing", "liangyunqi"
WATER, WATER_HEAD, FIRE, FIRE_HEAD = "qiruolan", "zhenglihua", "xiangwenbo", "huasongnian"
EXPERTS = {"华松年": FIRE_HEAD, "孟立夏": "menglixia", "贺若川": "heruochuan"}


@pytest.fixture(scope="module")
def who(browser: Any, site: Any) -> Iterator[People]:
    everybody = (DISPATCHER, SUPERVISOR, WATER, WATER_HEAD, FIRE, *EXPERTS.values())
    with people(browser, site, *everybody) as made:
        yield made


def in_days(n: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=n):%Y-%m-%d}"


def test_experts_judge_a_grave_danger(who: People, site: Any) -> None:
    said = {"title": "泵站配电房渗水", "text": "配电柜下方积水，遇雨有触电危险", "hazard_level": "major"}
    number, _ = open_new(who(DISPATCHER), "hazard", **said)
    act(who(DISPATCHER), number, "order_mending", unit="bureau-water")
    five = {
        "answers_for_it": "站长",
        "measures": "重做防水并抬高柜基",
        "money_for_it": "120000",
        "precaution": "停用并值守",
    }
    act(who(WATER), number, "lay_down", **five, finish_by=in_days(20))
    act(who(WATER), number, "finish", what_was_done="防水和柜基已完成", files=picture())
    assert not waits(who(FIRE_HEAD), number)
    # who mended it is no judge of it
    with_own = ["华松年", "孟立夏", "郑丽华"]
    assert "办理过这件事" in refused(who(SUPERVISOR), number, "call_experts", experts=with_own)
    act(who(SUPERVISOR), number, "call_experts", experts=list(EXPERTS))
    assert stage(who(SUPERVISOR)) == "专家验收"
    page = read(who(SUPERVISOR), number)
    assert "3 人中 0 人已表态，未达法定人数（3）" in page
    assert page.count("待表态，截止") == 3

    # each answers in person and once; nobody else does
    read(who(WATER_HEAD), number)
    assert "say_finding" not in offered(who(WATER_HEAD)) | offered(who(SUPERVISOR))
    findings = ("danger_gone", "cannot_say", "danger_gone")
    for head, finding in zip(EXPERTS.values(), findings, strict=True):
        assert waits(who(head), number)
        act(who(head), number, "say_finding", expert_finding=finding, expert_view="现场查看后的意见")
        assert not waits(who(head), number)
    page = read(who(SUPERVISOR), number)
    assert stage(who(SUPERVISOR)) == "待复查"
    assert "赞成 2，反对 0，弃权 1" in page
    assert "隐患已消除" in page
    assert ledger_of(site, number) == {number: ""}


def test_two_units_answer_for_one_task(who: People, site: Any) -> None:
    supervisor = who(SUPERVISOR)
    said = {"title": "内涝点改造", "text": "三处内涝点汛前改造", "answered_for": "each_for_itself"}
    units = ["bureau-water", "bureau-fire"]
    number, _ = open_new(supervisor, "shared_task", **said, answering_units=units, finish_by=in_days(40))
    act(supervisor, number, "hand_to_each")
    assert stage(supervisor) == "各自办理"
    numbers = re.findall(r"FG-\d{8}-\d{4}", supervisor.locator("[data-parts]").inner_text())
    assert len(numbers) == 2
    for clerk, head in ((WATER, WATER_HEAD), (FIRE, FIRE_HEAD)):
        (mine,) = (one for one in numbers if waits(who(clerk), one))
        act(who(clerk), mine, "give_account", account="本单位分工已完成")
        act(who(head), mine, "sign_account")
    assert "待销账" in read(supervisor, number)
    act(supervisor, number, "strike_off")
    assert stage(supervisor) == "已完成"
    assert ledger_of(site, number) == {number: ""}
