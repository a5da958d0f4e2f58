"""`yiwang why goal:ID`: a lamp computed again, for every day of its year, and what the pages say to ask."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

from django.utils import timezone

from tests.nouns.asking import why
from tests.support.clients import client
from yiwang.goals import queries, store
from yiwang.goals.table import Line
from yiwang.org.session import acting_as
from yiwang.why import say


def test_a_goals_lamp(district, capsys):
    plan = "试验区2026年重点工作安排\n\n1.加装电梯。完成加装电梯240台。（责任单位：区水务局）\n"
    with acting_as(district.as_("supervisor")) as asker:
        kept = store.import_plan(asker, plan.encode(), "plan.txt")
        store.confirm_all(asker, kept.pk)
        store.adopt(asker, kept.pk)
        (goal,) = queries.lamps(asker, year=2026).goals
    before = goal.colour
    code, out, _ = why(capsys, district, f"goal:{goal.goal.pk}")
    assert (code, f"still holds: {say(f'look.lamp.goal.{before}').speak('en')}" in out) == (0, True)
    for said in (before, say(f"look.lamp.goal.{before}").speak("zh")):
        assert why(capsys, district, f"goal:{goal.goal.pk}={said}")[0] == 0
    assert "cannot be compared with a goal's lamp" in why(capsys, district, f"goal:{goal.goal.pk}=purple")[2]
    with acting_as(district.as_("water-1")) as asker:
        file = store.File("验收单.pdf", b"%PDF-1.4 evidence")
        store.report(asker, goal.goal.pk, "2026-06", Decimal(240), at=datetime(2026, 7, 6, tzinfo=UTC), files=[file])
    other = "done"
    code, out, _ = why(capsys, district, f"goal:{goal.goal.pk}#2026-07-01={other}")
    assert code == 1
    assert re.search(r"changes, reports and verifications of the goal since 2026-07-01 00:00: [23]\n", out)
    assert "2026-07-06 08:00 report of 2026-06: 240 台: water-1人" in out
    code, out, _ = why(capsys, district, f"goal:{goal.goal.pk}={other}", "--as", district.username("water-1"))
    assert (code, "the time it was said" in out) == (1, True)


JANUARY, NOVEMBER = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)
YEAR = [
    # month and day, what happens to the goal, the lamp from then on
    ("02-01", "adopt", "stale"),
    ("03-02", "report 5", "alarm"),  # 61 of 365 days are over: 40 of 240
    ("03-05", "return", "watch"),  # nothing stands that was reported, and the report of February is late
    ("03-06", "report 60", "ok"),
    ("03-09", "assign 480", "watch"),
    ("03-12", "path", "alarm"),
    ("03-20", "assign 60", "ok"),  # reached, not verified
    ("03-21", "accept", "done"),
]


def test_the_lamp_as_it_was_on_every_day_of_a_year(district, capsys):
    plan = "试验区2026年重点工作安排\n\n1.加装电梯。完成加装电梯240台。（责任单位：区水务局）\n"
    days = {day: datetime.fromisoformat(f"2026-{day}T10:00+08:00") for day, _, _ in YEAR}
    reported = None
    for day, act, lamp in YEAR:
        what, _, value = act.partition(" ")
        with acting_as(district.as_("water-1" if what == "report" else "supervisor")) as asker:
            if what == "adopt":
                kept = store.import_plan(asker, plan.encode(), "plan.txt", at=days[day])
                store.confirm_all(asker, kept.pk, at=days[day])
                (number,) = store.adopt(asker, kept.pk, at=days[day])
            elif what == "report":
                file = store.File("验收单.pdf", b"%PDF-1.4 evidence")
                reported = store.report(asker, number, "2026-02", Decimal(value), at=days[day], files=[file])
            elif what in ("return", "accept"):
                store.verify(asker, reported.pk, accepted=what == "accept", note="不是本年的", at=days[day])
            elif what == "path":
                store.plan_path(asker, number, [Decimal(480)] * 12, at=days[day])
            else:
                line = Line(number, queries.goal(asker, number).goal.version, "", 1, (), {"value": value})
                store.take_table(asker, [line], at=days[day])
            assert queries.goal(asker, number, now=days[day]).colour == lamp, day
    for day, _, lamp in YEAR:  # none of it is changed by what came later
        code, out, err = why(capsys, district, f"goal:{number}#2026-{day}T10:00")
        was, word = say(f"look.lamp.goal.{lamp}").speak("en"), say("look.lamp.goal.done").speak("en")
        assert (code, err) == (int(lamp != "done"), ""), day
        assert (f"no longer holds: was {was}, is {word}" if code else f"still holds: {word}") in out
    code, out, _ = why(capsys, district, f"goal:{number}#2026-03-10")
    assert "the lamp then: 3.7% behind the plan, within 10%: yellow" in out
    told = [line.strip().partition(" [")[0] for line in out.splitlines() if line.startswith("    2026-")]
    assert told == [
        "2026-03-12 10:00 changed the monthly plan: supervisor人",
        "2026-03-20 10:00 changed it by the table: supervisor人",
        "2026-03-21 10:00 report of 2026-02 accepted: supervisor人",
    ]
    code, out, _ = why(capsys, district, f"goal:{number}#2026-03-10=alarm")
    assert (code, "up to 2026-03-10 00:00 give yellow, not what was said" in out) == (1, True)
    code, out, err = why(capsys, district, f"goal:{number}#2026-01-31")
    assert (code, out, err) == (2, "", f"There was no goal {number} at 2026-01-31 00:00 yet.\n")
    code, out, _ = why(capsys, district, f"goal:{number}#2026-01-31=stale")
    assert (code, "There was no goal" in out) == (1, True)


def test_every_id_that_a_page_shows_can_be_asked(work, capsys):
    district, head = work.district, client(work.district, "head")
    plan = "试验区2026年重点工作安排\n\n1.加装电梯。完成加装电梯240台。（责任单位：区水务局）\n"
    with acting_as(district.as_("supervisor")) as asker:
        kept = store.import_plan(asker, plan.encode(), "plan.txt", at=JANUARY)
        store.confirm_all(asker, kept.pk, at=JANUARY)
        (goal,) = store.adopt(asker, kept.pk, at=JANUARY)
        assert queries.goal(asker, goal) is not None
    number = "RX-20260302-0001"
    pages = {
        f"/desk/matters/{number}/why/handling/": "clock",
        "/wall/rates/hotline_on_time/?period=2026-03": "indicator",
        "/wall/rates/hotline_on_time/?period=2026-03&unit=water": "indicator",
        "/wall/rates/hotline_open/": "indicator",
        "/wall/rates/hotline_open/?period=": "indicator",
        f"/wall/goals/{goal}/": "goal",
        f"/board/goals/{goal}/why/lamp/": "goal",
    }
    for page, noun in pages.items():
        html = head.get(page, headers={"HX-Request": "true"}).content.decode()
        text = unescape(re.search(r"yiwang why '([^']+)'", unescape(html))[1])
        assert text.startswith(f"{noun}:"), page
        code, out, err = why(capsys, district, text)
        assert (code, err) == (0, ""), (text, out)


def test_a_goal_that_an_indicator_measures_names_the_work_behind_it(work, capsys, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOVEMBER)  # once the year is over, what was green is reached
    district = work.district
    plan = "试验区2026年重点工作安排\n\n1.办好诉求。12345热线实际解决率不低于85%。（责任单位：区城运中心）\n"
    with acting_as(district.as_("supervisor")) as asker:
        kept = store.import_plan(asker, plan.encode(), "plan.txt", at=JANUARY)
        store.confirm_all(asker, kept.pk, at=JANUARY)
        store.adopt(asker, kept.pk, at=JANUARY)
        (goal,) = queries.lamps(asker, year=2026).goals
        store.bind(asker, goal.goal.pk, "hotline_solved", at=JANUARY)
    code, out, _ = why(capsys, district, f"goal:{goal.goal.pk}#2026-03-14T00:00=alarm")
    assert code == 1
    assert "no longer holds: was red, is " in out
    assert "up to 2026-03-14 00:00 give green, not what was said" in out
    # the second ticket: answered on the 14th, then called back
    assert "written since 2026-03-14 00:00 into the ledgers of the matters concerned: 2" in out
    assert why(capsys, district, f"goal:{goal.goal.pk}#2026-03-14T00:00")[0] == 0
    work.handled("路灯不亮", days=14.0, solved=False)
    code, out, _ = why(capsys, district, f"goal:{goal.goal.pk}#2026-03-14T00:00")
    assert (code, "no longer holds: was green, is red" in out) == (1, True)
    assert "the lamp then: The target is met: green" in out
    assert "changes, reports and verifications of the goal since 2026-03-14 00:00: 0" in out
