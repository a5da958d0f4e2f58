"""A clock that runs ahead is refused, one that is behind is told the database's time; the past can be imported."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.moved_clock import moved
from tests.support.tickets import do, ticket


@pytest.fixture
def shifted(monkeypatch):
    """Let this machine's clock be wrong by some seconds; the database's stays right."""
    from django.utils import timezone

    from yiwang.ledger import clock

    real_time, real_now = time.time, timezone.now

    def shift(seconds):
        monkeypatch.setattr(clock.time, "time", lambda: real_time() + seconds)
        monkeypatch.setattr(timezone, "now", lambda: real_now() + timedelta(seconds=seconds))

    yield shift
    monkeypatch.undo()
    clock._measured = None


def test_who_is_ahead_by_more_than_a_minute_is_refused_everywhere(district, shifted):
    from yiwang.goals import store as goals
    from yiwang.ledger import store as ledger
    from yiwang.ledger.clock import ClockAhead
    from yiwang.matters import store
    from yiwang.matters.models import Entry
    from yiwang.org.session import acting_as

    one = ticket(district)
    shifted(5000 * 86400)
    with acting_as(district.as_("dispatcher-1")) as asker:
        with pytest.raises(ClockAhead) as refused:
            store.act(asker, one.id, "assign", {"unit": "water"})
        with pytest.raises(ClockAhead):
            store.open_matter(asker, "hotline", {"category": "ask", "text": "几点开门？"})
        with pytest.raises(ClockAhead):
            ledger.append(asker, "thing:1", "made", stream="tests")
        assert Entry.objects.filter(matter=one.id).count() == 1
    with acting_as(district.as_("supervisor")) as asker, pytest.raises(ClockAhead):
        goals.import_plan(asker, "一、完成加装电梯240台。".encode(), "plan.txt", year=2026)
    assert "ahead" in str(refused.value)


def test_less_than_a_minute_passes_and_a_jump_is_noticed_at_once(district, shifted):
    from yiwang.ledger import clock

    clock.now()
    shifted(40)
    assert clock.now() > datetime.now(UTC) + timedelta(seconds=30)
    shifted(90)
    with pytest.raises(clock.ClockAhead):
        clock.now()
    shifted(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=10)


def test_who_is_behind_is_told_the_databases_time(district, shifted):
    from yiwang.ledger import clock

    shifted(-2 * 86400)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=10)


def test_what_happened_in_the_past_can_be_written(district):
    one = ticket(district)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, "2026-10-12T10:20")


def test_a_page_says_so_with_503(district, shifted, monkeypatch):
    from django.test import Client

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    shifted(86400)
    browser = Client(raise_request_exception=False, HTTP_HOST="localhost")
    answer = browser.post(
        "/portal/report/", {"text": "路灯不亮，已经三天了，请来看看", "street": "bei", "key": "k" * 20}
    )
    assert answer.status_code in (503,), answer.content.decode()[:500]
    assert "时钟" in answer.content.decode()


@pytest.mark.parametrize(("days", "says"), [(5000, "ahead"), (0.0003, "fine"), (-2, "fine")])
def test_a_process_whose_clock_is_wrong(database, days, says):
    """Another process than the database's: the same answers as with a clock set by hand."""
    code = (
        "import django; django.setup()\n"
        "from yiwang.ledger import clock\n"
        "try: clock.now(); print('fine')\n"
        "except clock.ClockAhead as refused: print(refused)\n"
    )
    environment = moved(round(days * 86400))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert says in done.stdout, done.stdout + done.stderr
