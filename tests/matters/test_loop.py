"""A hotline ticket's whole way, by the people who would do it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.tickets import at, do, ticket
from yiwang.matters import disclosure, store
from yiwang.matters.act import Act
from yiwang.matters.models import Entry, Matter, Reporter
from yiwang.matters.opening import Opening
from yiwang.matters.reported import Reported
from yiwang.org.session import acting_as
from yiwang.why import Conflict, Incomplete, NotThere, Refusal


def test_from_call_to_closed(district):
    opened = ticket(district)
    assert opened.number.startswith("RX-20261012-")
    assert opened.state["suggested"] == "water"  # 权责清单
    assert opened.state["street"] == "bei"
    done = do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20")
    # 5 working days from Monday, the day of receipt not counted, until offices close on the next Monday
    assert done.state["clock.handling.due"] == at("2026-10-19T17:00")
    do(district, "water-1", opened, "accept", when="2026-10-12T11:00")
    do(
        district,
        "water-1",
        opened,
        "contact",
        {"contact_way": "phone", "contact_result": "约明天上门"},
        "2026-10-12T11:05",
    )
    do(district, "water-1", opened, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    callback = {"reached": True, "solved": True, "satisfaction": "satisfied"}
    done = do(district, "dispatcher-2", opened, "verify", callback, "2026-10-14T09:00")
    assert done.state["stage"] == "closed"
    assert done.state["clock.handling.stopped"] == at("2026-10-13T15:00")
    assert done.state["form.solved"] is True


NOT_SOLVED = [
    {"reached": True, "solved": False},
    {"reached": True, "solved": False, "satisfaction": "satisfied"},
    {"reached": True, "solved": True, "satisfaction": "dissatisfied"},
    {"reached": True, "satisfaction": "dissatisfied"},
]


@pytest.mark.parametrize("said", NOT_SOLVED)
def test_a_verification_that_finds_it_unsolved_leads_back_to_work(district, said):
    """R2.1: with a clock that runs, until it is answered again or somebody says why not."""
    opened = answered(district)
    back = do(district, "dispatcher-2", opened, "verify", said, "2026-10-14T09:00")
    assert (back.state["stage"], back.state["closed_at"]) == ("unsolved", None)
    assert (back.state.clock("redo").runs, back.state.clock("redo").due) == (True, at("2026-10-19T17:00"))
    assert back.state["clock.verifying.stopped"] == at("2026-10-14T09:00")
    do(district, "dispatcher-2", opened, "rework", {"reason": "仍在返水"}, "2026-10-14T09:10")
    do(district, "water-1", opened, "answer", {"result": "再次疏通"}, "2026-10-15T10:00")
    done = do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True}, "2026-10-15T11:00")
    assert (done.state["stage"], done.state["form.solved"]) == ("closed", True)


def test_a_verification_of_now_is_not_led_back_by_what_was_said_before(district):
    """Nobody was reached the second time: the answer of the first call decides nothing any more."""
    opened = answered(district)
    do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": False}, "2026-10-14T09:00")
    do(district, "dispatcher-2", opened, "rework", {"reason": "仍在返水"}, "2026-10-14T09:10")
    do(district, "water-1", opened, "answer", {"result": "再次疏通"}, "2026-10-15T10:00")
    done = do(district, "dispatcher-2", opened, "verify", {"reached": False}, "2026-10-15T11:00")
    assert (done.state["stage"], done.state["form.solved"]) == ("closed", False)


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"reached": False, "solved": True}, {"solved"}),
        ({"reached": False, "solved": False}, {"solved"}),
        ({"reached": False, "solved": True, "satisfaction": "satisfied"}, {"solved", "satisfaction"}),
        ({"reached": False, "satisfaction": "fair"}, {"satisfaction"}),
    ],
)
def test_who_was_not_reached_has_said_nothing(district, said, wrong):
    opened = answered(district)
    with pytest.raises(Incomplete) as refused:
        do(district, "dispatcher-2", opened, "verify", said, "2026-10-14T09:00")
    assert set(refused.value.fields) == wrong
    assert "没有接通" in refused.value.fields[min(wrong)].speak("zh")
    done = do(district, "dispatcher-2", opened, "verify", {"reached": False}, "2026-10-14T09:00")
    assert (done.state["stage"], done.state.get("form.solved")) == ("closed", None)


def test_it_leads_back_as_often_as_the_kind_says_and_then_is_explained(district):
    opened = answered(district)
    for day in ("14", "15", "16", "19", "20", "21"):
        do(district, "dispatcher-2", opened, "verify", NOT_SOLVED[0], f"2026-10-{day}T09:00")
        if day != "21":
            do(district, "dispatcher-2", opened, "rework", {"reason": "仍在返水"}, f"2026-10-{day}T09:10")
            do(district, "water-1", opened, "answer", {"result": "再次疏通"}, f"2026-10-{day}T10:00")
    with pytest.raises(Refusal):
        do(district, "dispatcher-2", opened, "rework", {"reason": "仍在返水"}, "2026-10-21T09:10")
    reason = {"reason": "须待管线改迁，已告知计划"}
    done = do(district, "dispatcher-2", opened, "explain", reason, "2026-10-21T09:20")
    assert (done.state["stage"], done.state["form.solved"]) == ("closed", False)


def answered(district):
    """A ticket that the unit in charge has answered."""
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", opened, "accept", when="2026-10-12T11:00")
    do(district, "water-1", opened, "answer", {"result": "已疏通"}, "2026-10-13T15:00")
    return opened


def test_who_handled_it_does_not_verify_it(district):

    opened = ticket(district)
    do(district, "dispatcher-1", opened, "reply", {"result": "办事指南第 3 页"}, "2026-10-12T10:20")
    with pytest.raises(Refusal, match="须由其他人员核查"):
        do(district, "dispatcher-1", opened, "verify", {"reached": True}, "2026-10-12T10:30")
    # another person of the same desk may: nobody else could
    done = do(district, "dispatcher-2", opened, "verify", {"reached": True, "solved": True}, "2026-10-12T10:40")
    assert done.state["stage"] == "closed"


def test_nobody_of_the_unit_that_handled_it_verifies_it(district):

    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "bei"}, "2026-10-12T10:20")
    do(district, "bei-1", opened, "accept", when="2026-10-12T10:30")
    do(district, "bei-1", opened, "answer", {"result": "已处理"}, "2026-10-12T11:30")
    with pytest.raises(Refusal):
        do(district, "bei-1", opened, "verify", {"reached": True}, "2026-10-12T12:30")


def test_handing_back_needs_a_basis_and_has_a_window(district):

    opened = ticket(district, when="2026-10-16T15:30")
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-16T16:00")
    with pytest.raises(Incomplete) as wrong:
        do(district, "water-1", opened, "refuse", {}, "2026-10-16T16:30")
    assert set(wrong.value.fields) == {"basis", "suggested_unit"}
    with pytest.raises(Refusal, match="截止"):
        do(district, "water-1", opened, "refuse", {"basis": "不归我", "suggested_unit": "green"}, "2026-10-20T16:30")


def test_two_at_once_one_wins_and_the_other_is_told(district):

    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20", version=1)
    with pytest.raises(Conflict, match="派单"):
        do(district, "dispatcher-2", opened, "assign", {"unit": "green"}, "2026-10-12T10:21", version=1)


def test_a_retry_happens_once(district):
    opened = ticket(district)
    first = do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20", key=f"k{opened.id}")
    again = do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:25", key=f"k{opened.id}")
    assert (first.seq, again.seq, again.repeated) == (2, 2, True)


def test_a_street_sees_its_own_only(district):
    opened = ticket(district)
    for post, sees in (("bei-1", True), ("nan-1", False), ("green-1", False), ("nb-bei-1-1", True), ("head", True)):
        with acting_as(district.as_(post)):
            assert Matter.objects.filter(pk=opened.id).exists() is sees, post
    with pytest.raises(NotThere):
        do(district, "nan-1", opened, "accept")


def test_the_clock_is_suspended_and_goes_on(district):
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"}, "2026-10-12T10:20")
    do(district, "water-1", opened, "accept", when="2026-10-12T11:00")
    do(district, "dispatcher-1", opened, "suspend", {"reason": "等产权人回国"}, "2026-10-13T09:00")
    done = do(district, "dispatcher-1", opened, "resume", when="2026-10-15T09:00")
    assert done.state["clock.handling.due"] - at("2026-10-19T17:00") == timedelta(days=2)


def test_many_at_once_are_written_as_one_by_one(district):
    by = district.as_("dispatcher-1")
    acts = [Act("assign", at("2026-10-12T10:30"), {"unit": "water"}, by.person, by.posts)]
    openings = [
        Opening(
            {"title": f"第 {n} 件", "text": "积水", "category": "drain.blocked"},
            at("2026-10-12T10:00"),
            place=(121.93, 31.01),
            reporter=Reported("张三", "13800138000"),
            key=f"bulk:{n}",
            acts=acts,
        )
        for n in range(25)
    ]
    with acting_as(district.system) as asker:
        opened = store.open_many(asker, "hotline", openings)
        again = store.open_many(asker, "hotline", openings)
        one = Matter.objects.get(pk=opened[7].id)
        assert (one.stage, one.lead.code, one.street.code, one.version) == ("assigned", "water", "nan", 2)
        assert one.facts["reporter.name"] == "张*"
        assert Entry.objects.filter(matter=one).count() == 2
        assert not Reporter.objects.exists()  # nobody reads it without a purpose
    assert again == [None] * 25
    assert len({each.number for each in opened}) == 25
    with acting_as(district.as_("dispatcher-2")) as asker:
        assert disclosure.unmask(asker, one.pk, "identity", "核实地址").reporter.phone == "13800138000"
