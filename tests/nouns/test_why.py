"""`yiwang why ID`: every receipt is computed again, and what no longer holds says since when and by whom."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.indicators.casework import Casework
from tests.matters.test_loop import do, ticket
from tests.support.district import make_district
from yiwang.commands.line import main
from yiwang.nouns.ids import Id, Unanswerable
from yiwang.nouns.register import asked
from yiwang.why import Receipt, say
from yiwang.worktime import Calendar

EXAMPLES = {noun: one.example for noun, one in asked().items()}


@pytest.fixture
def district(database):
    return make_district()


def why(capsys, district, text, *more):
    code = main(["why", text, "--district", district.code, "--lang", "en", *more])
    told = capsys.readouterr()
    return code, told.out, told.err


def handled(district):
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    return one


# --- clocks -----------------------------------------------------------------------------------------------------------


def test_a_deadline_holds_day_by_day(district, capsys):
    one = handled(district)
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling")
    assert code == 0
    assert out.splitlines()[-1] == "still holds: 2026-10-19 17:00"
    assert "2026-10-13 Tue workday: 1" in out
    for said in ("2026-10-19T17:00", "2026-10-19 17:00", "2026-10-19T09:00+00:00"):
        assert why(capsys, district, f"clock:{one.number}/handling={said}")[0] == 0


def test_a_deadline_that_was_moved_says_what_moved_it(district, capsys):
    from yiwang.matters import rescheduling

    one = handled(district)
    storm = Calendar.load("cn").amended([{"date": "2026-10-14", "kind": "off", "name": "台风"}], name="typhoon")
    rescheduling.reschedule(district.system, storm, "台风停工")
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling#2026-10-12T12:00=2026-10-19T17:00")
    assert code == 1
    assert "no longer holds: was 2026-10-19 17:00, is 2026-10-20 17:00" in out
    assert "written since 2026-10-12 12:00 into the ledgers of the matters concerned: 1" in out
    assert "Deadlines moved with the calendar, the platform" in out
    # the same without a value: as the ledger has it for that moment
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling#2026-10-12T12:00")
    assert (code, "was 2026-10-19 17:00, is 2026-10-20 17:00" in out) == (1, True)
    # the calendar that moved it is the district's own from then on
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling")
    assert (code, "still holds: 2026-10-20 17:00" in out) == (0, True)


def test_a_clock_that_stands_has_no_deadline(district, capsys):
    one = handled(district)
    do(district, "dispatcher-1", one, "suspend", {"reason": "鉴定"}, "2026-10-13T09:00")
    assert why(capsys, district, f"clock:{one.number}/handling")[:2][0] == 0
    code, out, _ = why(capsys, district, f"clock:{one.number}/handling=2026-10-19T17:00")
    assert (code, "was 2026-10-19 17:00, is —" in out) == (1, True)


# --- matters ----------------------------------------------------------------------------------------------------------


def test_where_a_matter_stands(district, capsys):
    one = handled(district)
    code, out, _ = why(capsys, district, f"matter:{one.number}")
    assert code == 0
    assert "every entry of the ledger follows from the one before: yes" in out
    assert "the entries add up to the present state: yes" in out
    assert why(capsys, district, f"matter:{one.number}=handling")[0] == 0
    code, out, _ = why(capsys, district, f"matter:{one.number}#2026-10-12T10:30=assigned")
    assert (code, "entry 3: " in out) == (1, True)
    assert why(capsys, district, f"matter:{one.number}#2026-10-12T10:30")[0] == 1
    assert why(capsys, district, f"matter:{one.number}#2026-10-12T11:00")[0] == 0


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (
            'UPDATE matters_entry SET delta = delta || \'{"stage": "closed"}\' WHERE matter_id = %s AND seq = 3',
            "closed",
        ),
        (
            'UPDATE matters_entry SET delta = delta || \'{"reporter.name": "沈*"}\' WHERE matter_id = %s AND seq = 3',
            "reporter.name: the ledger gives not shown to you",
        ),
        ("UPDATE matters_entry SET person_id = NULL WHERE matter_id = %s AND seq = 2", "entry 2 was changed"),
    ],
)
def test_a_ledger_that_was_tampered_with_no_longer_holds(district, database, capsys, tampering, says):
    from tests.matters.test_ledger import as_superuser

    one = handled(district)
    as_superuser(database, tampering, one.id)
    code, out, _ = why(capsys, district, f"matter:{one.number}")
    assert code == 1
    assert "was a whole ledger, is a broken ledger" in out
    assert says in out
    assert "沈" not in out


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def work(district):
    work = Casework(district)
    work.handled("井盖松动")
    work.handled("污水冒溢", answer=12.0)
    return work


def test_a_figure_of_a_report_still_holds(work, capsys):
    name = "indicator:hotline_on_time@2026-03"
    for text in (name, f"{name}=50%", f"{name}/water=50.0 %", f"{name}#2026-03-31T00:00", f"{name}#2026-03-31=50"):
        code, out, err = why(capsys, work.district, text)
        assert (code, err) == (0, ""), text
        assert "still holds: 50.0%" in out


def test_a_figure_that_changed_names_the_entries_that_changed_it(work, capsys):
    work.handled("路灯不亮", days=10.0, answer=4.0)  # in by 12 March, answered on the 16th, called back the same day
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-15T12:00")
    assert code == 1
    assert "no longer holds: was 50.0%, is 66.7%" in out
    assert "written since 2026-03-15 12:00 into the ledgers of the matters concerned: 2" in out
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-15T12:00=60%")
    assert (code, "up to 2026-03-15 12:00 give 50.0%, not what was said" in out) == (1, True)
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03=50%")
    assert (code, "the time it was said" in out) == (1, True)


def test_for_machines_it_is_a_receipt(work, capsys):
    code, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03#2026-03-31=49%", "--json")
    said = json.loads(out)
    assert code == 1
    assert (said["holds"], said["was"]["en"], said["is"]["en"]) == (False, "49%", "50.0%")
    assert Receipt.from_json(said["receipt"]).because[0].value == 1
    assert Receipt.from_json(said["since"]).value == 0
    assert Receipt.from_json(said["note"]).sentence("en").endswith("not what was said")
    assert said["verdict"]["zh"] == "不再成立：原为 49%，现为 50.0%"


def test_the_first_ten_entries_are_told_and_all_are_counted(district, capsys):
    one = handled(district)
    for n in range(6):
        do(district, "dispatcher-1", one, "suspend", {"reason": "鉴定"}, f"2026-10-{13 + n}T09:00")
        do(district, "dispatcher-1", one, "resume", when=f"2026-10-{13 + n}T10:00")
    _, out, _ = why(capsys, district, f"matter:{one.number}#2026-10-12T12:00=assigned")
    assert "concerned: 12" in out
    assert sum(f"{one.number} entry" in line for line in out.splitlines()) == 10
    assert "2 more" in out


def test_everybody_sees_his_own_sight_only(district, capsys):
    one = handled(district)
    assert why(capsys, district, f"matter:{one.number}", "--as", district.username("bei-1"))[0] == 0
    code, out, err = why(capsys, district, f"matter:{one.number}", "--as", district.username("nan-1"))
    assert (code, out) == (2, "")
    assert "you may not see it" in err


# --- lamps ------------------------------------------------------------------------------------------------------------


def test_a_goals_lamp(district, capsys):
    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

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


JANUARY = datetime(2026, 1, 5, tzinfo=UTC)
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
    from yiwang.goals import queries, store
    from yiwang.goals.table import Line
    from yiwang.org.session import acting_as

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
    from django.contrib.auth.models import User
    from django.test import Client

    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

    district, client = work.district, Client(HTTP_HOST="localhost")
    head = User.objects.get(username=district.username("head"))
    client.force_login(head, "django.contrib.auth.backends.ModelBackend")
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
        html = client.get(page, headers={"HX-Request": "true"}).content.decode()
        text = unescape(re.search(r"yiwang why '([^']+)'", unescape(html))[1])
        assert text.startswith(f"{noun}:"), page
        code, out, err = why(capsys, district, text)
        assert (code, err) == (0, ""), (text, out)


def test_the_references_in_a_receipt_are_ids_too(work, capsys):
    _, out, _ = why(capsys, work.district, "indicator:hotline_on_time@2026-03/water")
    found = set(re.findall(r"\[((?:matter|indicator):[^]]+)\]", out))
    assert {one.partition(":")[0] for one in found} == {"matter", "indicator"}
    for one in found:
        code, again, err = why(capsys, work.district, one)
        assert (code, err) == (0, ""), one
        assert "50.0%" in again or one.startswith("matter:")


def test_a_goal_that_an_indicator_measures_names_the_work_behind_it(work, capsys):
    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

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


def test_a_figure_that_nothing_was_counted_for(work, capsys):
    for text in ("indicator:hotline_on_time@2025-03", "indicator:hotline_on_time@2025-03=—"):
        code, out, _ = why(capsys, work.district, text)
        assert (code, out.splitlines()[-1]) == (0, "still holds: —")


# --- ids --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "matter:RX-20261012-0001"),
        ("nonsense", "clock:RX-20261012-0001/handling"),
        ("policy:12", "goal:12"),
        ("clock:RX-1", "clock:RX-20261012-0001/handling"),
        ("goal:twelve", "goal:12=watch"),
        ("matter:999999", "no matter 999999"),
        ("indicator:hotline_on_time?colour=red", "indicator:on_time@2026-10"),
        ("indicator:hotline_on_time?period=lately", "2026-10"),
        ("goal:999999", "no goal 999999"),
        ("matter:RX-1", "no matter RX-1"),
        ("matter:{number}=nowhere", "nowhere cannot be compared with a stage"),
        ("matter:{number}#lately", "2026-10-12T10:00"),
        ("clock:{number}/nonsense", "handling"),
        ("clock:{number}/handling=soon", "2026-10-12T10:00"),
        ("clock:{unassigned}/handling", "has not started"),
        ("indicator:nonsense@2026-03", "hotline_on_time"),
        ("indicator:hotline_on_time@lately", "2026-10"),
        ("indicator:hotline_on_time@2026-03/天宫", "天宫"),
        ("indicator:hotline_on_time@2026-03=many", "many cannot be compared with a figure"),
    ],
)
def test_an_id_that_cannot_be_answered_gets_one_sentence(shared, capsys, text, sentence):
    district, number, unassigned = shared
    code, out, err = why(capsys, district, text.format(number=number, unassigned=unassigned))
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


@pytest.fixture(scope="module")
def shared(database):
    district = make_district()
    return district, handled(district).number, ticket(district, category="ask").number


def test_who_asks_must_be_somebody(shared, capsys):
    district, number, _ = shared
    assert "No user nobody" in why(capsys, district, f"matter:{number}", "--as", "nobody")[2]
    code = main(["why", f"matter:{number}", "--district", "990000", "--lang", "en"])
    assert (code, "990000" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("noun", EXAMPLES)
def test_the_examples_are_ids(noun):
    assert Id.parse(EXAMPLES[noun]).noun == noun


def test_a_span_of_days_is_told_from_a_unit():
    found = Id.parse("indicator:hotline_on_time@2026-10-01/2026-10-12/water")
    assert (found.period, found.unit, found.said) == ("2026-10-01/2026-10-12", "water", None)
    assert Id.parse("indicator:open_matters/water").unit == "water"


@given(st.text(max_size=40) | st.builds("{}:{}".format, st.sampled_from(sorted(EXAMPLES)), st.text(max_size=40)))
def test_whatever_is_typed_is_an_id_or_gets_a_sentence(text):
    refused = None
    try:
        assert Id.parse(text).noun in EXAMPLES
    except Unanswerable as wrong:
        refused = wrong.words.speak("zh")
    assert refused is None or any(example in refused for example in EXAMPLES.values())
