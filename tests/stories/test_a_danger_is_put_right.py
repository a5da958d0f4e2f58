"""A danger is put right: five duties and a day, another pair of eyes, and a ladder when it is grave and late.

A grid worker finds it and follows it. The street lays down who answers for it and until when, is given a week more, and
lets that day pass too: the supervisor, a leader of the district and in the end the street's own head have it on their
desks. Experts are drawn by lot; they find it still dangerous, and others look again. An ordinary danger takes a shorter
way.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.days import BY_ITSELF, Days
from tests.support.parties import (
    People,
    act,
    ledger_of,
    mend,
    offered,
    open_new,
    picture,
    read,
    refused,
    said,
    seen,
    stage,
    waiting,
    waits,
)
from tests.support.passwords import environment_of

pytestmark = pytest.mark.browser
DEMO = Path(__file__).parents[2] / "packs" / "demo"


def heads() -> dict[str, str]:
    """name -> account of everybody in the demo district who heads a unit."""
    posts = {row["code"] for row in rows_of_csv("posts.csv") if row["role"] == "head"}
    return {row["name"]: row["username"] for row in rows_of_csv("people.csv") if row["post"] in posts}


def rows_of_csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DEMO / name).read_text("utf-8").splitlines()))


DISPATCHER, SUPERVISOR, LEADER, ELSEWHERE = "shijing", "liangyunqi", "yansongnian", "maowanqing"
GRID, CLERK, OWN_HEAD = "weisiqi", "jinchunyan", "zhutianyou"
HEADS = heads()  # any of them may be drawn as an expert
EXCUSED = ["孟立夏", "华松年", "鲁春燕"]
WHERE = {"address": "清河路 88 号", "street": "street-qinghe"}
PARTIES = (LEADER, *HEADS.values())  # beside those of the demo's sign-ins


def duties(days: Days, *, within: int) -> dict[str, str]:
    """What is laid down of a hazard, to be done in so many days."""
    return {
        "answers_for_it": "物业经理",
        "measures": "拆除楼道隔断，恢复通道",
        "money_for_it": "20000",
        "finish_by": f"{days.now() + timedelta(days=within):%Y-%m-%d}",
        "precaution": "夜间专人值守",
    }


def until(page: Any, number: str, clock: str) -> str:
    """What the page says of a clock."""
    read(page, number)
    return str(page.locator(".clock-line", has_text=clock).first.inner_text())


def test_a_major_danger_is_put_right(who: People, days: Days) -> None:
    who.go_home()
    days.morning()
    grid, dispatcher, clerk = who(GRID), who(DISPATCHER), who(CLERK)
    text = {"title": "88 号楼道被隔断占用", "text": "一至三层楼道砌了隔断，着火时出不来"}
    number, _ = open_new(grid, "hazard", **text, **WHERE, hazard_level="major", casualties_possible="40",
                         photos_before=picture("整改前.jpg"))  # fmt: skip
    assert seen(grid, number)  # who found it can follow it
    assert waits(dispatcher, number)
    assert not seen(who(ELSEWHERE), number)

    # the order to put it right is a letter, which the street takes from the page of the matter
    assert "派单建议" in read(dispatcher, number)
    act(dispatcher, number, "order_mending", unit="street-qinghe")
    assert "派单建议" not in read(clerk, number)  # who gives it to nobody is not told to whom to give it
    assert number in waiting(clerk, "hazard")
    assert "砌了隔断" in letter(clerk, number)
    assert who(ELSEWHERE).request.get(address_of_letter(clerk, number)).status == 404

    # five duties, and a day that lies ahead
    refused(clerk, number, "lay_down", **duties(days, within=-1))
    assert "不能早于发现之日" in said(clerk)
    mend(clerk, "lay_down", finish_by=duties(days, within=7)["finish_by"])
    assert stage(clerk) == "整改中"
    supervisor = who(SUPERVISOR)
    act(supervisor, number, "list_it")
    assert waits(who(OWN_HEAD), number)

    # a week more is asked for, and granted once
    assert "give_time" not in offered_at(supervisor, number)
    act(clerk, number, "ask_time", days_more="5", reason="钢制防火门要订货")
    act(supervisor, number, "give_time")
    assert "ask_time" not in offered_at(clerk, number)
    assert not waits(who(LEADER), number)

    # that day passes too: those who must know have it on their desks, and the leader has seen it
    who.go_home()
    days.morning(days=24)
    leader = who(LEADER)
    assert waits(leader, number)
    assert "重大隐患逾期上报" in read(leader, number)
    assert waits(who(SUPERVISOR), number)
    act(leader, number, "know")
    assert not waits(leader, number)
    who.go_home()
    days.morning(days=12)
    clerk = who(CLERK)
    assert "逾期通报" in read(clerk, number)

    # photos of before and after, side by side; without them it is not done
    refused(clerk, number, "finish", what_was_done="隔断已拆除，通道恢复")
    assert clerk.locator("#finish-photos_after-wrong").is_visible()
    mend(clerk, "finish", photos_after=picture("整改后.jpg"))
    assert clerk.locator("[data-pair]").count() == 1
    assert "look_at_it" not in offered(clerk)

    # three heads from elsewhere look at it as experts, drawn by lot; the street's own cannot be, nor who steps aside
    supervisor = who(SUPERVISOR)
    act(supervisor, number, "call_experts", lot_words="七号球 二十三号球", experts_excused=EXCUSED)
    first = drawn(supervisor, number)
    assert len(first) == 3
    assert not {"祝天佑", *EXCUSED} & {*first}
    assert redrawn(days, number)
    answer(who, number, first, still_there=2)
    days.work(BY_ITSELF)
    assert stage_of(clerk, number) == "整改中"
    assert "再次整改" in said(clerk)

    # it is done again, and this time all of them agree; the supervisor strikes it off
    act(clerk, number, "finish", what_was_done="门也装了，通道净宽一米四", photos_after=picture("再次整改后.jpg"))
    act(supervisor, number, "call_experts", lot_words="一号球 九号球")
    answer(who, number, drawn(supervisor, number), still_there=0)
    days.work(BY_ITSELF)
    assert stage_of(supervisor, number) == "待复查"
    act(supervisor, number, "look_at_it", check_passed="true")
    assert stage(supervisor) == "已销号"
    for desk in (GRID, CLERK, SUPERVISOR, OWN_HEAD, LEADER):
        assert not waits(who(desk), number), desk
    assert not seen(who(ELSEWHERE), number)
    assert ledger_of(days.site, number) == {number: ""}


def drawn(page: Any, number: str) -> list[str]:
    """Who sits on the panel, as the page of the matter says."""
    read(page, number)
    return [name.strip() for name in page.locator("[data-panel] .seat > span:first-child").all_inner_texts()]


def redrawn(days: Days, number: str) -> bool:
    """Whether the command draws the same again from the entry."""
    environment = {**os.environ, **environment_of(days.site)}
    yiwang = Path(sys.executable).with_name("yiwang")
    return subprocess.run([yiwang, "matters", "redraw", number], env=environment, check=False).returncode == 0


def answer(who: People, number: str, experts: list[str], *, still_there: int) -> None:
    """The experts give their findings, each once; so many of them say that it is still dangerous."""
    for n, expert in enumerate(experts):
        page = who(HEADS[expert])
        assert waits(page, number)
        act(page, number, "say_finding", expert_finding="still_there" if n < still_there else "danger_gone")
        assert "say_finding" not in offered(page)


def test_an_ordinary_danger_is_put_right(who: People, days: Days) -> None:
    who.go_home()
    days.morning()
    clerk, supervisor = who(CLERK), who(SUPERVISOR)
    text = {"title": "配电箱没有门", "text": "箱门缺失，线路裸露"}
    number, _ = open_new(clerk, "hazard", **text, **WHERE, hazard_level="general")
    act(who(DISPATCHER), number, "order_mending", unit="street-qinghe")
    refused(clerk, number, "lay_down", **duties(days, within=120))
    assert "不超过 60 个工作日" in said(clerk)
    mend(clerk, "lay_down", finish_by=duties(days, within=5)["finish_by"])
    assert "list_it" not in offered_at(supervisor, number)

    # its day passes: the supervisor is told, and nobody above
    who.go_home()
    days.morning(days=7)
    clerk, supervisor = who(CLERK), who(SUPERVISOR)
    assert "逾期报告" in read(supervisor, number)
    assert waits(supervisor, number)
    assert not waits(who(LEADER), number)

    # nobody took a photo when it was found: one of before is asked for beside that of after
    page = refused(clerk, number, "finish", what_was_done="换了新箱门，加了锁", photos_after=picture("整改后.jpg"))
    assert "请一并上传“整改前照片”" in page
    mend(clerk, "finish", photos_before=picture("整改前.jpg"))
    assert "call_experts" not in offered_at(supervisor, number)
    assert "只有重大隐患组织专家验收" in said(supervisor)

    # the first look finds a lock that does not lock; the second finds all well
    act(supervisor, number, "look_at_it", check_passed="false", reason="锁扣对不上")
    assert "锁扣对不上" in read(clerk, number)
    act(clerk, number, "finish", what_was_done="锁扣已调整", photos_after=picture())
    act(supervisor, number, "look_at_it", check_passed="true")
    assert stage(supervisor) == "已销号"
    assert ledger_of(days.site, number) == {number: ""}


def letter(page: Any, number: str) -> str:
    """The text of the letter of a matter, as a word processor reads it."""
    answer = page.request.get(address_of_letter(page, number))
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body())) as whole:
        return whole.read("word/document.xml").decode()


def address_of_letter(page: Any, number: str) -> str:
    read(page, number)
    return str(page.locator("[data-letter]").first.get_attribute("href"))


def offered_at(page: Any, number: str) -> set[str]:
    read(page, number)
    return offered(page)


def stage_of(page: Any, number: str) -> str:
    read(page, number)
    return stage(page)
