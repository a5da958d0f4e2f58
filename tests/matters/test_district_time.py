"""A district's own calendar counts its clocks, and its rules may ask for working days, amounts and dates of a form."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.district import make_district
from tests.support.tickets import at, do, ticket
from yiwang.indicators import queries as indicators_queries
from yiwang.matters import queries
from yiwang.matters.fields.shown import shown
from yiwang.matters.kinds import world
from yiwang.org.queries import facts
from yiwang.org.session import acting_as
from yiwang.why import Refusal

CALENDAR = """
calendar: flood
title: {zh: 防汛日历, en: Flood calendar}
extends: season.yaml
hours: "09:00-12:00 13:30-17:30"
days:
  - {date: 2026-10-14, kind: off, name: {zh: 台风停工, en: Typhoon}}
"""
SEASON = "calendar: season\nextends: cn\ndays: [{date: 2026-10-17, kind: work, name: 防汛值守}]\n"
ASKS = """\
asks:
  amount: {type: number, title: {zh: 金额, en: Amount}}
  seen_on: {type: date, title: {zh: 发现日, en: Seen on}}
  seen_at: {type: instant, title: {zh: 发现时刻, en: Seen at}}
"""
# an action for each question; it may be done when the answer is yes
QUESTIONS = {
    "by_days": "workdays_between(created_at, now) = 3",
    "by_amount": "form.amount > 3.4 and form.amount * 2 = 7",
    "by_day": "workdays_between(form.seen_on, now) = 4 and form.seen_on < date(created_at)",
    "by_instant": "form.seen_at + interval '1 hour' = created_at",
}
ACTION = "  {name}:\n    title: {{zh: 试 {name}, en: Try {name}}}\n    from: handling\n    by: unit\n    when: {when}\n"


def flooded(pack: Path) -> None:
    (pack / "times").mkdir()
    (pack / "times" / "flood.yaml").write_text(CALENDAR, "utf-8")
    (pack / "times" / "season.yaml").write_text(SEASON, "utf-8")
    file = pack / "pack.yaml"
    file.write_text(file.read_text("utf-8").replace("  demo: true\n", "  demo: true\n  calendar: times/flood.yaml\n"))
    file = pack / "matters" / "hotline.yaml"
    asked = "".join(ACTION.format(name=name, when=when) for name, when in QUESTIONS.items())
    text = file.read_text("utf-8").replace("asks:\n", ASKS, 1).replace("actions:\n", "actions:\n" + asked, 1)
    file.write_text(text.replace("    needs: [contact_way, contact_result]\n", "    may: [amount, seen_on, seen_at]\n"))


@pytest.fixture(scope="module")
def district(database):
    return make_district(flooded)


@pytest.fixture(scope="module")
def handled(district):
    """Received on a Monday; what it is about was said on the same day."""
    one = ticket(district, when="2026-10-12T10:00")
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    said = {"amount": "3.5", "seen_on": "2026-10-10", "seen_at": "2026-10-12T09:00"}
    do(district, "water-1", one, "contact", said, "2026-10-12T11:05")
    return one


def test_its_clocks_know_the_typhoon_the_saturday_and_the_lunch(district, handled):
    with acting_as(district.system) as asker:
        state = queries.one(asker, pk=handled.id).state
    # Tue 13, Thu 15, Fri 16, Sat 17 (worked), Mon 19
    assert state["clock.handling.due"] == at("2026-10-19T17:30")


@pytest.mark.parametrize("question", QUESTIONS)
def test_its_rules_count_and_compare(district, handled, question):
    # from Monday 12 to Friday 16 there are three working days: the 14th is none
    done = do(district, "water-1", handled, question, when="2026-10-16T09:00")
    assert done.state[f"count.{question}"] == 1


def test_a_refusal_tells_the_days_that_were_counted(district, handled):

    with pytest.raises(Refusal) as refused:
        do(district, "water-1", handled, "by_days", when="2026-10-19T09:00")
    told = refused.value.receipt.text("zh")
    assert "受理时刻：2026-10-12 10:00" in told
    assert "工作日数：5" in told


def test_its_indicators_count_the_same_days(district, handled):
    def stuck(now: str):
        found = indicators_queries.measure(district.system, "hotline_stuck", now=at(now))
        return found.value

    assert stuck("2026-11-02T10:00") == 0  # 13 15 16 17 19 20 21 22 23 26 27 28 29 30 2: fifteen
    assert stuck("2026-11-03T10:00") == 1


def test_what_was_kept_is_the_calendar_and_not_its_path(district):
    shutil.rmtree(district.folder / "times")
    anew = replace(district.system, generation=district.system.generation + 1)
    with acting_as(anew) as asker:
        calendar = facts(asker).calendar
    assert (calendar.name, calendar.day(at("2026-10-14T09:00").date()).kind) == ("flood", "holiday")


def test_an_instant_is_read_on_the_districts_clock(district, handled):
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=handled.id)
        said = shown(found.kind.fields["seen_at"], found.state["form.seen_at"], world(asker))
    assert said.speak("zh") == "2026-10-12 09:00"
