"""A typhoon closes the offices, a year is published: the clocks that run move, each with a line in its ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.district import make_district
from tests.support.tickets import at, do, ticket
from yiwang.commands.line import main
from yiwang.matters import auditing, queries, rescheduling
from yiwang.matters.facts import fold
from yiwang.matters.models import Entry, Matter
from yiwang.org.session import acting_as
from yiwang.why import Conflict, Refusal
from yiwang.worktime import Calendar

CN = Calendar.load("cn")
TYPHOON = CN.amended([{"date": "2026-10-14", "kind": "off", "name": "台风停工"}], name="typhoon")
SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def district(database):
    return make_district()


@pytest.fixture(scope="module")
def shared_district(database):
    return make_district()


def assigned(district, when="2026-10-12T10:00", **more):
    one = ticket(district, when=when, **more)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, when)
    return one


def handled(district):
    """Contacted on the same day, so that only the clock of handling runs."""
    one = assigned(district)
    do(district, "water-1", one, "accept", when="2026-10-12T11:00")
    said = {"contact_way": "phone", "contact_result": "约明天上门"}
    do(district, "water-1", one, "contact", said, "2026-10-12T11:05")
    return one


def preview(district, calendar):
    return rescheduling.preview(district.system, calendar)


def reschedule(district, calendar, reason="台风停工一天"):
    return rescheduling.reschedule(district.system, calendar, reason)


def found(district, one):
    with acting_as(district.system) as asker:
        return queries.one(asker, pk=one.id)


def whole(district):
    """Every chain holds, and every row is the sum of its ledger."""

    with acting_as(district.system) as asker:
        for row in Matter.objects.filter(district=district.id):
            folded = fold(entry.delta for entry in Entry.objects.filter(matter=row).order_by("seq"))
            state = queries.state_of(asker, row)
            assert {k: v for k, v in folded.items() if v not in (None, "")} == {
                k: v for k, v in state.items() if v not in (None, "")
            }
        return auditing.verify(asker).whole


def test_a_day_off_moves_the_deadline_a_day_and_says_why(district):
    one = handled(district)
    (seen,) = preview(district, TYPHOON)
    assert (seen.matter, seen.number, seen.clock) == (one.id, one.number, "handling")
    assert (seen.before, seen.after, seen.by) == (at("2026-10-19T17:00"), at("2026-10-20T17:00"), timedelta(days=1))
    assert found(district, one).row.version == 4  # to look changes nothing

    assert reschedule(district, TYPHOON) == [seen]
    now = found(district, one)
    assert now.state["clock.handling.due"] == now.row.due_at == at("2026-10-20T17:00")
    entry = now.entries[-1]
    assert (entry.action, entry.role, entry.person_id) == ("reschedule", "system", None)
    assert entry.data == {"reason": "台风停工一天", "calendar": "typhoon"}
    assert set(entry.delta) == {"clock.handling.due", "clock.handling.provisional"}
    assert (now.row.version, now.row.last_action, now.row.stage) == (5, "reschedule", "handling")
    assert whole(district)


def test_a_second_run_changes_nothing_more(district):
    one = handled(district)
    assert len(reschedule(district, TYPHOON)) == 1
    assert reschedule(district, TYPHOON) == preview(district, TYPHOON) == []
    assert found(district, one).row.version == 5


def test_what_does_not_run_stays(district):
    """Answered is stopped, suspended stands, due before the day off is not touched."""
    answered, suspended, early = handled(district), handled(district), ticket(district, category="ask")
    do(district, "water-1", answered, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    do(district, "dispatcher-1", suspended, "suspend", {"reason": "等产权人回国"}, "2026-10-13T09:00")
    moved = {one.matter: one.clock for one in reschedule(district, TYPHOON)}
    assert moved.get(answered.id) != "handling"
    assert suspended.id not in moved
    assert early.id not in moved
    assert found(district, early).entries[-1].action != "reschedule"
    assert whole(district)


def test_a_published_year_takes_the_provision_away(district):
    one = assigned(district, when="2026-12-29T10:00")
    assert found(district, one).state["clock.handling.provisional"] is True
    published = CN.amended(years={2027: "国务院办公厅通知"})
    moved = {each.clock: each for each in reschedule(district, published, "2027 年日历已公布")}
    assert (moved["handling"].by, moved["handling"].provisional) == (timedelta(), False)
    assert found(district, one).state["clock.handling.provisional"] is False
    assert preview(district, published) == []


def test_who_may_and_that_it_needs_a_reason(district):
    one = handled(district)
    with pytest.raises(Refusal, match="为什么"):
        reschedule(district, TYPHOON, " ")
    with pytest.raises(Refusal, match="系统"):
        rescheduling.reschedule(district.as_("dispatcher-1"), TYPHOON, "台风")
    assert found(district, one).row.version == 4
    assert rescheduling.preview(district.as_("nan-1"), TYPHOON) == []  # a preview shows what one may see


def test_who_had_the_matter_open_is_told_what_moved_it(district):

    one = handled(district)
    reschedule(district, TYPHOON)
    with pytest.raises(Conflict, match="日历变更"):
        do(district, "water-1", one, "answer", {"result": "已疏通"}, "2026-10-13T15:00", version=4)
    assert do(district, "water-1", one, "answer", {"result": "已疏通"}, version=5).seq == 6


DAYS = st.dates(at("2026-10-12T00:00").date(), at("2026-11-30T00:00").date())
LIVES = st.lists(
    st.tuples(st.integers(0, 18), st.sampled_from(["drain.blocked", "litter.pile", "ask"]), st.booleans()),
    min_size=1,
    max_size=4,
)


def lived(district, day, category, paused):
    """A ticket received so many days after 12 October, accepted, and stood for two days or not."""

    def then(**later):
        return (at("2026-10-12T10:00") + timedelta(days=day) + timedelta(**later)).isoformat()[:16]

    one = ticket(district, category=category, when=then())
    do(district, "dispatcher-1", one, "assign", {"unit": "water"}, then())
    do(district, "water-1", one, "accept", when=then(hours=1))
    if paused:
        do(district, "dispatcher-1", one, "suspend", {"reason": "鉴定"}, then(days=1))
        do(district, "dispatcher-1", one, "resume", when=then(days=3))
    return one


@SLOW
@given(lives=LIVES, storms=st.lists(st.sets(DAYS, min_size=1, max_size=4), min_size=1, max_size=3))
def test_more_days_off_never_make_a_deadline_earlier(shared_district, lives, storms):
    """Every preview is what then happens, every row stays the sum of its ledger, and who is untouched has no entry."""
    district = shared_district
    tickets = [lived(district, *life) for life in lives]
    calendar = CN
    reschedule(district, calendar)  # earlier examples' tickets go back to where no storm has been
    for storm in storms:
        calendar = calendar.amended([{"date": day, "kind": "off", "name": "台风"} for day in storm])
        before = {one.id: found(district, one).row.version for one in tickets}
        seen = preview(district, calendar)
        assert reschedule(district, calendar) == seen
        assert all(one.by >= timedelta() for one in seen)
        assert preview(district, calendar) == []
        touched = {one.matter for one in seen}
        for one in tickets:
            assert found(district, one).row.version - before[one.id] == (one.id in touched)
    assert whole(district)


# --- the command line -------------------------------------------------------------------------------------------------

STORM = "calendar: typhoon\nextends: cn\ndays: [{date: 2026-10-14, kind: off, name: 台风停工}]\n"


def test_the_command_shows_first_and_moves_when_told(district, tmp_path, capsys):
    one = handled(district)
    file = tmp_path / "typhoon.yaml"
    file.write_text(STORM, "utf-8")
    words = ["matters", "reschedule", "--calendar", str(file), "--district", district.code, "--lang", "en"]

    assert main(words) == 0
    out = capsys.readouterr().out
    assert f"{one.number} handling: 2026-10-19 17:00 → 2026-10-20 17:00 (1 d later)" in out
    assert "1 clock of 1 matter would move" in out
    assert found(district, one).row.version == 4

    assert main([*words, "--apply"]) == 2
    assert "Say why" in capsys.readouterr().err
    assert main([*words, "--apply", "--reason", "台风停工"]) == 0
    told = capsys.readouterr()
    assert "moved, with a ledger entry" in told.out
    assert str(file) in told.err  # the pack does not know of it yet
    assert found(district, one).entries[-1].data["reason"] == "台风停工"
    assert main(words) == 0
    assert "0 clocks" in capsys.readouterr().out

    assert main(["matters", "reschedule", "--district", district.code, "--lang", "en"]) == 0
    assert "0 clocks" in capsys.readouterr().out  # by the district's own calendar, which is this one now
    later = handled(district)
    assert found(district, later).row.due_at == at("2026-10-20T17:00")

    assert main(["matters", "reschedule", "--calendar", "cn", "--district", district.code, "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "2026-10-20 17:00 → 2026-10-19 17:00 (1 d earlier)" in out
    assert "2 clocks of 2 matters" in out


def test_loading_a_pack_whose_calendar_has_changed_tells_what_would_move(district, capsys):
    handled(district)
    load = ["pack", "load", str(district.folder), "--lang", "en"]
    assert main(load) == 0
    assert "calendar" not in capsys.readouterr().out  # it is the same

    (district.folder / "storm.yaml").write_text(STORM, "utf-8")
    pack = district.folder / "pack.yaml"
    pack.write_text(
        pack.read_text("utf-8").replace("  demo: true\n", "  demo: true\n  calendar: storm.yaml\n"), "utf-8"
    )
    assert main(load) == 0
    assert "The calendar has changed: 1 clock of 1 matter would move" in capsys.readouterr().out
    move = ["matters", "reschedule", "--district", district.code, "--lang", "en", "--apply", "--reason", "台风停工"]
    assert main(move) == 0
    told = capsys.readouterr()
    assert "2026-10-19 17:00 → 2026-10-20 17:00" in told.out
    assert told.err == ""


@pytest.mark.parametrize(
    ("words", "sentence"), [(["--calendar", "nowhere"], "nowhere"), (["--district", "990000"], "990000")]
)
def test_what_cannot_be_done_gets_a_sentence(district, capsys, words, sentence):
    if "--district" not in words:
        words = [*words, "--district", district.code]
    assert main(["matters", "reschedule", *words]) == 2
    assert sentence in capsys.readouterr().err
