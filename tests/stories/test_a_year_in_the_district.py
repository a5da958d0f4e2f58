"""A year in the district: from the words of the plan to the sentence of the report, and back from it to the ledger.

January    the plan is read, confirmed and adopted; its goals have owners
October    residents' letters come in; they are assigned, one is handed back, one is done again, one runs late
November   the rates are computed; "solved" stays behind its goal, the lamp turns red, an order goes out
December   the order is answered and verified; the year's sentence is written, and every figure in it opens
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

SHANGHAI = ZoneInfo("Asia/Shanghai")

PLAN = """试验区2026年重点工作安排

一、办好群众的事
1.提高热线办理质量。12345热线实际解决率不低于85%。（牵头单位：区城运中心）
2.治理积水点。完成易积水路段改造12处。（牵头单位：区水务局；配合单位：各街道）
"""
LETTERS = """编号,来信人,主题,时间,内容
1,赵一,弄口下水道堵了,2026/10/12 09:12:05,下雨就返水
2,钱二,绿化带积水,2026-10-12 09:40:00,花坛边上积水半个月
3,孙三,井盖松动,2026/10/12 10:03:00,车一过就响
4,李四,下水道异味,2026/10/12 10:20,一楼没法开窗
5,周五,路面塌了一块,2026-10-12 11:00:00,老人差点摔倒
6,吴六,时间没写对,2026年十月,这一行读不懂时间
"""
MAP = """map: letters
title: {zh: 来信, en: Letters}
version: 2026-01-01
source: letters
id: 编号
time: {column: 时间, formats: ["%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M"]}
fields:
  title: {column: 主题, others: [内容], at_most: 200}
  text: {column: 内容, others: [主题]}
reporter: {name: 来信人}
defaults: {channel: 来信}
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Story:
    """What the people of the district do, in their words."""

    def __init__(self, district: Any, folder: Path) -> None:
        self.district, self.folder = district, folder

    def plan_becomes_goals(self) -> dict[str, int]:
        from yiwang.goals import queries, store
        from yiwang.org.session import acting_as

        with acting_as(self.district.as_("supervisor")) as office:
            plan = store.import_plan(office, PLAN.encode(), "plan.txt", at=at("2026-01-12T09:00"))
            store.confirm_all(office, plan.pk, at=at("2026-01-12T09:30"))
            store.adopt(office, plan.pk, at=at("2026-01-12T10:00"))
            board = queries.lamps(office, now=at("2026-01-13T09:00"), year=2026).goals
            return {("solved" if one.goal.indicator else "drains"): one.goal.pk for one in board}

    def letters_come_in(self) -> tuple[Any, list[Any]]:
        from yiwang.matters.models import Matter
        from yiwang.org.session import acting_as
        from yiwang.signals.importing import bring_in
        from yiwang.signals.maps import read_map

        file, mapping = self.folder / "letters.csv", self.folder / "letters.yaml"
        file.write_text(LETTERS, "utf-8")
        mapping.write_text(MAP, "utf-8")
        tally = bring_in(self.district.system, file, read_map(mapping)[0], "hotline")
        again = bring_in(self.district.system, file, read_map(mapping)[0], "hotline")
        assert (again.opened, again.there) == (0, tally.opened)
        with acting_as(self.district.system):
            return tally, list(Matter.objects.filter(district=self.district.id, kind="hotline").order_by("created_at"))

    def does(self, post: str, matter: Any, action: str, when: str, **data: Any) -> Any:
        from yiwang.matters import store
        from yiwang.org.session import acting_as

        with acting_as(self.district.as_(post)) as asker:
            return store.act(asker, matter.pk, action, data, at=at(when))

    def handles(self, matter: Any, unit: str, clerk: str, day: str, *, solved: bool) -> Any:
        """The usual way of a ticket, from the dispatcher's desk to the callback."""
        self.does("dispatcher-1", matter, "assign", "2026-10-12T11:30", unit=unit)
        self.does(clerk, matter, "accept", "2026-10-12T13:30")
        self.does(clerk, matter, "contact", "2026-10-12T13:40", contact_way="phone", contact_result="约好上门")
        self.does(clerk, matter, "answer", f"{day}T10:00", result="已到现场处理")
        return self.calls_back(matter, f"{day}T16:00", solved=solved)

    def calls_back(self, matter: Any, when: str, *, solved: bool) -> Any:
        mood = "satisfied" if solved else "dissatisfied"
        return self.does("dispatcher-2", matter, "verify", when, reached=True, solved=solved, satisfaction=mood)


@pytest.fixture(scope="module")
def story(district: Any, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(district, tmp_path_factory.mktemp("story"))


def test_a_year_in_the_district(story: Story) -> None:
    # --- January ---------------------------------------------------------------------------------------------------
    goals = story.plan_becomes_goals()
    assert set(goals) == {"solved", "drains"}

    # --- October ---------------------------------------------------------------------------------------------------
    tally, letters = story.letters_come_in()
    assert (tally.rows, tally.opened, tally.quarantined) == (6, 5, 1)
    usual, handed_back, again, late, unsolved = letters

    story.handles(usual, "water", "water-1", "2026-10-14", solved=True)
    called = story.handles(unsolved, "water", "water-1", "2026-10-15", solved=False)
    assert (called.state["stage"], called.state["closed_at"]) == ("unsolved", None)
    assert called.state.clock("redo").runs
    told = story.does("dispatcher-2", unsolved, "explain", "2026-10-16T10:00", reason="须待管线改迁，已告知计划")
    assert told.state["stage"] == "closed"

    # handed back: it went to the wrong bureau, which says whose it is and why
    story.does("dispatcher-1", handed_back, "assign", "2026-10-12T11:30", unit="green")
    story.does("green-1", handed_back, "refuse", "2026-10-12T14:00", basis="三定方案 2.4", suggested_unit="water")
    story.does("dispatcher-1", handed_back, "assign", "2026-10-12T14:20", unit="water")
    story.does("water-1", handed_back, "accept", "2026-10-12T14:30")
    story.does("water-1", handed_back, "answer", "2026-10-13T10:00", result="已清疏")
    story.calls_back(handed_back, "2026-10-13T15:00", solved=True)

    # done again: the verifier was not content, the number and the deadline stay
    story.does("dispatcher-1", again, "assign", "2026-10-12T11:30", unit="water")
    due = story.does("water-1", again, "accept", "2026-10-12T13:30").state["clock.handling.due"]
    story.does("water-1", again, "answer", "2026-10-13T10:00", result="已派人")
    story.does("dispatcher-2", again, "rework", "2026-10-13T11:00", reason="没有修好")
    done = story.does("water-1", again, "answer", "2026-10-15T10:00", result="已更换井盖")
    assert done.state["clock.handling.due"] == due
    story.calls_back(again, "2026-10-15T16:00", solved=False)
    story.does("dispatcher-2", again, "explain", "2026-10-16T10:00", reason="须更换整圈井座，已告知计划")

    # late: nobody answered in time; the platform reminded the unit, and it counts as late for good
    story.does("dispatcher-1", late, "assign", "2026-10-12T11:30", unit="water")
    story.does("water-1", late, "accept", "2026-10-12T13:30")
    assert _urged(story, at("2026-10-26T09:00")) == 1
    story.does("water-1", late, "answer", "2026-10-26T15:00", result="已处理")
    story.calls_back(late, "2026-10-27T10:00", solved=True)

    # --- November --------------------------------------------------------------------------------------------------
    november = at("2026-11-02T09:00")
    rates = _rates(story, november)
    assert rates["hotline_solved"] == (3, 5)  # two of five say it is not solved
    assert rates["hotline_on_time"] == (4, 5)  # one ran late
    lamp, order = _order_for(story, goals["solved"], november)
    assert lamp == "alarm"

    # --- December --------------------------------------------------------------------------------------------------
    story.does("dispatcher-1", order, "accept", "2026-11-03T10:00")
    story.does("dispatcher-1", order, "answer", "2026-11-04T10:00", measures="逐件回访，建立疑难清单")
    closed = story.does("supervisor-2", order, "approve", "2026-11-05T10:00", conclusion="措施到位")
    assert closed.state["stage"] == "closed"

    sentence, numbers = _sentence(story, goals["solved"], at("2026-12-28T09:00"))
    assert sentence.value == 60
    assert "60" in sentence.words.speak("zh")
    # from the figure in the report back to the letters, and from each letter to its unbroken ledger
    assert numbers == {one.number for one in letters}
    assert _whole(story, numbers)


def _urged(story: Story, now: datetime) -> int:
    from yiwang.matters import by_itself

    return by_itself.urge_overdue(story.district.system, now=now)


def _rates(story: Story, now: datetime) -> dict[str, tuple[int, int]]:
    from yiwang.indicators import queries
    from yiwang.org.session import acting_as

    codes = ["hotline_solved", "hotline_on_time"]
    with acting_as(story.district.as_("head")) as head:
        found = queries.measures(head, codes, period="2026-10", now=now)
    return {code: (one.numerator, one.denominator) for code, one in found.items()}


def _order_for(story: Story, goal: int, now: datetime) -> tuple[str, Any]:
    """The goal's lamp, and the supervision order that a red lamp opens — once."""
    from yiwang.goals import queries, store
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    with acting_as(story.district.as_("supervisor")) as office:
        standing = queries.goal(office, goal, now=now)
        numbers = store.supervise(office, now, goal=goal)
        assert store.supervise(office, now, goal=goal) == []
        return standing.lamp.colour, Matter.objects.get(district=story.district.id, number=numbers[0])


def _sentence(story: Story, goal: int, now: datetime) -> tuple[Any, set[str]]:
    """The sentence for the report, and the numbers of the matters that its receipt leads to."""
    from yiwang.goals import queries
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    with acting_as(story.district.as_("supervisor")) as office:
        sentence = queries.report_sentence(office, goal, now=now)
        sources = {one.source for _, one in sentence.receipt.walk() if one.source}
        ids = [source.partition(":")[2] for source in sources if source.startswith("matter:")]
        return sentence, set(Matter.objects.filter(pk__in=ids).values_list("number", flat=True))


def _whole(story: Story, numbers: set[str]) -> bool:
    from yiwang.matters import auditing
    from yiwang.org.session import acting_as

    with acting_as(story.district.system) as platform:
        return all(auditing.verify(platform, number).whole for number in numbers)
