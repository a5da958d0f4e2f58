"""A small year of the demo district, written by two processes and lived on, by the rules of real work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import Q

from yiwang.demo import loops
from yiwang.demo.loop_words import Said
from yiwang.matters.definition import DESK, PORTAL
from yiwang.matters.kinds import current_kinds
from yiwang.matters.models import Matter

PACK = Path(__file__).parents[2] / "packs" / "demo"
UNTIL = datetime(2026, 11, 19, 3, 30, tzinfo=UTC)  # a Thursday before noon
SEED = 5
MATTERS = 700


@pytest.fixture(scope="module")
def district(database):
    """The demo district with a year in it."""
    from yiwang.demo import year
    from yiwang.matters.models import Entry
    from yiwang.org import session
    from yiwang.packs import loading

    found = loading.load(PACK)
    written = year.simulate(year.Year(PACK, found, MATTERS, SEED, UNTIL), 2)
    assert written.known == 0
    assert written.new >= MATTERS
    with session.acting_as(session.system(found)) as asker:
        assert not Entry.objects.filter(matter__in=ours(asker), at__gt=UNTIL).exists(), "none lies in the future"
        assert not Matter.objects.filter(district=found, created_at__gt=UNTIL).exists()
    return found


@pytest.fixture
def asker(district):
    from yiwang.org import session

    with session.acting_as(session.system(district)) as asker:
        yield asker


def ours(asker):
    """What the year was written with: the days after it are lived by other tests, in whatever order."""
    return simulated(asker).filter(created_at__lte=UNTIL)


def simulated(asker):
    return Matter.objects.filter(district=asker.district, source__startswith=f"demo:{SEED}:")


def test_all_that_was_simulated_says_so(asker) -> None:
    assert set(ours(asker).values_list("simulated", flat=True)) == {True}
    assert ours(asker).count() >= MATTERS


def test_a_second_run_writes_nothing(district) -> None:
    from yiwang.demo import year

    again = year.simulate(year.Year(PACK, district, MATTERS, SEED, UNTIL), 1)
    assert again.new == 0
    assert again.known >= MATTERS


def test_the_ledger_of_the_year_is_whole(asker) -> None:
    from yiwang.matters import auditing

    audit = auditing.verify(asker)
    assert audit.whole
    assert audit.entries > 4 * MATTERS


def test_the_year_has_what_years_have(asker) -> None:
    """Some matters are refused, reworked, urged, extended; most are closed, some are open; none lies in the future."""
    from yiwang.matters.models import Entry

    done = Counter(Entry.objects.filter(matter__in=ours(asker)).values_list("action", flat=True))
    for action in (
        "assign",
        "accept",
        "contact",
        "answer",
        "verify",
        "refuse",
        "rework",
        "urge",
        "dispatch",
        "approve",
    ):
        assert done[action], action
    open_then = ours(asker).filter(Q(closed_at=None) | Q(closed_at__gt=UNTIL))
    assert 3 < open_then.count() < MATTERS / 10
    assert ours(asker).filter(created_at__lt=UNTIL - timedelta(days=367)).count() == 0


def test_whatever_people_begin_has_begun_often_and_is_under_way(asker) -> None:
    """A visitor opens any kind that somebody begins and finds work in hand, in the smallest year, too."""
    begun = {kind.matter for kind in current_kinds(asker) if {DESK, PORTAL} & kind.opens.keys()} - loops.WRITTEN
    every = Matter.objects.filter(district=asker.district, kind__in=begun)
    assert min(Counter(every.values_list("kind", flat=True)).values()) >= Said().at_least
    open_then = every.filter(Q(closed_at=None) | Q(closed_at__gt=UNTIL), created_at__lte=UNTIL)
    assert {*open_then.values_list("kind", flat=True)} == begun


def rows_of(asker, kind: str):
    return Matter.objects.filter(district=asker.district, kind=kind, simulated=True, created_at__lte=UNTIL)


def ended_in(rows) -> Counter:
    """How many had ended in each stage when the year was over; "" for those that had not."""
    return Counter(
        row.stage if row.closed_at is not None and row.closed_at <= UNTIL else ""
        for row in rows.only("stage", "closed_at")
    )


def test_rounds_are_gone_by_every_object_and_some_are_missed(asker) -> None:
    gone = rows_of(asker, "building_patrol").filter(source="round")
    by_turn = Counter(gone.values_list("facts__round.period", "facts__form.which_building"))
    assert set(by_turn.values()) == {1}
    days = {period for period, _ in by_turn}
    assert len(days) >= loops.ROUNDS_AT_LEAST - 3, "without the days on which nobody works"
    assert len(by_turn) == len(days) * len({building for _, building in by_turn})
    how = ended_in(gone)
    assert how["patrolled"] > 4 * how["struck_out"] > 0
    assert ended_in(rows_of(asker, "river_patrol").filter(source="round"))["walked"] > 0
    assert all(one.facts["form.list_gone_through"] for one in gone.filter(stage="patrolled"))


def test_what_was_found_on_a_round_has_become_a_matter_under_it(asker) -> None:
    rounds = Matter.objects.filter(district=asker.district, kind__in=["building_patrol", "river_patrol"])
    wrong = {one.pk: sum(not item["ok"] for item in one.facts.get("form.list_gone_through") or ()) for one in rounds}
    assert any(wrong.values())
    for round_, many in wrong.items():
        assert Matter.objects.filter(whole=round_).count() == many


def test_nobody_forgets_what_a_matter_has_opened(asker) -> None:
    """What stands under one, and what one has led to: somebody has done something with it within a month or two."""
    opened = Matter.objects.filter(district=asker.district, simulated=True, source__startswith="matter:")
    assert opened.filter(whole=None).exists()
    assert not opened.filter(version=1, closed_at=None, created_at__lt=UNTIL - timedelta(days=60)).exists()


def test_call_backs_are_done_and_due(asker) -> None:
    """What is due stands in its queue, which lists as many as it counts."""
    from yiwang.matters import queries
    from yiwang.matters.models import Entry

    done = Counter(
        Entry.objects.filter(matter__district=asker.district, at__lte=UNTIL).values_list("matter__kind", "action")
    )
    for act in (("hotline", "verify"), ("hotline", "call_in_vain"), ("demand", "call_firm")):
        assert done[act], act
    for queue in ("hotline/to_call_back", "demand/to_call_firm"):
        counted = queries.queue_counts(asker, [queue], now=UNTIL)[queue]
        assert counted == len(list(queries.matters(asker, queries.Filter(queue=queue), now=UNTIL)))
    waiting = rows_of(asker, "hotline").filter(Q(closed_at=None) | Q(closed_at__gt=UNTIL))
    verified = Q(entries__action="answer", entries__at__lte=UNTIL)
    assert waiting.filter(verified).exists()


def test_panels_have_voted(asker) -> None:
    """Each once whenever the panel is called, in person, as many as must, and the matter has gone on by it."""
    from yiwang.matters.models import Entry

    calls, answers, counts = {"call_review", "call_experts"}, {"cast_vote", "say_finding"}, {"votes_in", "experts_done"}
    acts = Entry.objects.filter(matter__district=asker.district, action__in=calls | answers | counts)
    sat: dict[int, set[int]] = {}
    counted = 0
    for matter, action, person, role in acts.order_by("matter", "seq").values_list(
        "matter", "action", "person", "role"
    ):
        if action in calls:
            sat[matter] = set()
        elif action in answers:
            assert person not in sat[matter]
            sat[matter].add(person)
        else:
            counted += 1
            assert (role, len(sat[matter]) >= 3) == ("system", True)
    assert counted > 0


def test_shared_tasks_have_parts_open_and_done(asker) -> None:
    parts = rows_of(asker, "shared_part")
    assert parts.filter(closed_at=None).exists()
    assert ended_in(parts)["accounted_for"] > 0
    tasks = rows_of(asker, "shared_task").exclude(stage="drawn_up")
    for task in tasks:
        under = parts.filter(whole=task)
        known = task.facts.get("children.helpers.open", 0) + task.facts.get("children.their_parts.open", 0)
        assert known == under.filter(closed_at=None).count()


def test_numbers_of_a_day_run_by_time(asker) -> None:
    by_day: dict[str, list[tuple[str, datetime]]] = {}
    for number, created in ours(asker).order_by("created_at", "number").values_list("number", "created_at"):
        by_day.setdefault(number.rpartition("-")[0], []).append((number, created))
    for listed in by_day.values():
        assert [number for number, _ in listed] == sorted(number for number, _ in listed)


def test_who_handled_a_matter_never_verified_it(asker) -> None:
    from yiwang.matters.models import Entry

    people: dict[int, dict[str, set[int]]] = {}
    for matter, action, person in Entry.objects.filter(matter__in=ours(asker)).values_list(
        "matter_id", "action", "person_id"
    ):
        people.setdefault(matter, {}).setdefault(action, set()).add(person)
    for acts in people.values():
        assert not (acts.get("answer", set()) | acts.get("feedback", set())) & acts.get("verify", set())


def test_every_matter_lies_in_the_street_whose_address_it_has(asker) -> None:
    placed = ours(asker).exclude(kind="supervision")
    assert placed.filter(street=None).count() == 0
    assert placed.exclude(cell__startswith="990106").count() == 0


@pytest.fixture
def live(district):
    from yiwang.demo import year
    from yiwang.demo.live import Live
    from yiwang.org import session

    with session.acting_as(session.system(district)) as asker:
        stage = year.stage_of(year.Year(PACK, district, 0, SEED, UNTIL), asker)
        company = year.company_of(stage, asker, UNTIL)
    return Live(company, asker, a_second=1000)


class Watch:
    """A clock that jumps ahead each time it is read, and stops the simulation at the end."""

    def __init__(self, start: datetime, step: timedelta, end: datetime, stop: threading.Event) -> None:
        self.at, self.step, self.end, self.stop = start, step, end, stop

    def __call__(self) -> datetime:
        self.at += self.step
        if self.at >= self.end:
            self.stop.set()
        return self.at


def test_the_live_part_takes_up_what_the_year_left_open_and_opens_new_matters(live, district) -> None:
    from yiwang.matters import auditing
    from yiwang.org import session

    with session.acting_as(live.asker) as asker:
        before = simulated(asker).count()
        open_before = set(simulated(asker).filter(closed_at=None).values_list("id", flat=True))
    stop = threading.Event()
    live.run(stop, Watch(UNTIL, timedelta(seconds=40), UNTIL + timedelta(hours=8), stop))
    with session.acting_as(live.asker) as asker:
        assert simulated(asker).count() == before + live.opened
        assert simulated(asker).filter(id__in=open_before, moved_at__gt=UNTIL).exists()
        assert auditing.verify(asker).whole
    assert live.opened >= 20
    assert live.acted >= 30
    assert live.read > 0
    assert live.refused <= live.acted / 20


def test_where_a_visitor_has_acted_the_course_goes_on_without_the_act(live) -> None:
    from yiwang.demo.staff import Staff
    from yiwang.matters import store
    from yiwang.org import session
    from yiwang.org.models import Person

    live.open_one(UNTIL + timedelta(hours=9))
    ahead = next(one for one in live.agenda if one.rest[0].action in ("assign", "file"))
    act = ahead.rest[0]
    with session.acting_as(live.asker) as asker:
        visitor = Staff(asker).of(live.company.stage.scene(1, UNTIL).rng, "csc", "dispatcher")
        user = Person.objects.get(pk=visitor.person).user_id
        person = session.asker_of_user(user)
    with session.acting_as(person):
        store.act(person, ahead.matter, act.action, act.data, at=UNTIL + timedelta(hours=9, minutes=1))
    live.agenda = [ahead]
    for minutes in range(2, 5):
        live.act_once(UNTIL + timedelta(days=4, hours=9, minutes=minutes))
    assert (live.refused, live.acted) == (1, 2)


def test_an_act_that_the_database_did_not_hear_is_tried_again_under_the_same_key(live, monkeypatch) -> None:
    import psycopg

    from yiwang.matters import store

    asked, act = [], store.act

    def deaf_at_first(*args, **more):
        asked.append(more["key"])
        if len(asked) == 1:
            raise psycopg.OperationalError("terminating connection")
        return act(*args, **more)

    monkeypatch.setattr(store, "act", deaf_at_first)
    stop = threading.Event()
    late = UNTIL + timedelta(days=5)
    live.run(stop, Watch(late, timedelta(seconds=1), late + timedelta(seconds=8), stop))
    assert asked[0] == asked[1]
    assert live.acted + live.refused == len(asked) - 1 > 0


def test_the_live_part_stops_cleanly_when_it_is_told_to(district) -> None:
    command = [sys.executable, "-m", "yiwang.commands", "demo", "live", "--seed", "6"]
    running = subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, text=True)
    assert "goes on" in running.stdout.readline()
    running.send_signal(signal.SIGTERM)
    said, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "new matters" in said


def test_sign_ins_work_and_their_passwords_are_set_once(district) -> None:
    from django.contrib.auth.models import User

    from yiwang.demo import accounts, sign_ins

    password, found = sign_ins.read(PACK)
    accounts.open_accounts(PACK)
    assert accounts.open_accounts(PACK) == 0
    assert User.objects.get(username=found[0].username).check_password(password)
    others = User.objects.filter(username__in=["liangyunqi", "huapeide"])
    assert all(user.has_usable_password() for user in others)


@pytest.mark.parametrize("action", ["simulate", "live"])
def test_nothing_is_simulated_where_the_pack_is_not_loaded(district, tmp_path, capsys, action: str) -> None:
    from yiwang.commands.line import main

    text = (PACK / "pack.yaml").read_text("utf-8").replace("990106", "990199")
    (tmp_path / "pack.yaml").write_text(text, "utf-8")
    assert main(["demo", action, "--pack", str(tmp_path)]) == 2
    assert "990199 is not loaded" in capsys.readouterr().err


def test_a_year_without_matters_is_refused_with_a_sentence(capsys) -> None:
    from yiwang.commands.line import main

    assert main(["demo", "simulate", "--matters", "0"]) == 2
    assert "at least one" in capsys.readouterr().err


def test_a_day_of_the_district_lies_in_one_part_of_the_work(district) -> None:
    """Parts are written side by side: a day in two of them would be numbered in the order in which they come."""
    from yiwang.demo import year as demo

    year = demo.Year(PACK, district, MATTERS, SEED, UNTIL)
    company, _, every = demo._prepared(year)
    zone = company.stage.calendar.zone
    parts: dict[object, set[int]] = {}
    for part in range(8):
        for kind, openings in demo._batches(year, company, every, part, 8):
            if kind != "supervision":
                for one in openings:
                    parts.setdefault(one.at.astimezone(zone).date(), set()).add(part)
    assert len(parts) > 300
    assert {day for day, found in parts.items() if len(found) > 1} == set()


def test_the_planner_knows_what_was_written(asker) -> None:
    """Until it does, an indicator as of the past takes minutes instead of a second."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relname IN ('matters_matter', 'matters_entry')")
        known = dict(cursor.fetchall())
    assert known["matters_matter"] >= MATTERS
    assert known["matters_entry"] > 3 * MATTERS
