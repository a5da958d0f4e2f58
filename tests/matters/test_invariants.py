"""What holds for every matter, whatever is done to it (design §10)."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.tickets import do, ticket
from yiwang.matters import capacity, clocks, disclosure, forms, overview, queries, rules, store
from yiwang.matters.act import Act
from yiwang.matters.facts import fold
from yiwang.matters.kinds import world
from yiwang.matters.models import Entry, Matter
from yiwang.matters.queries import Filter
from yiwang.matters.reported import Reported
from yiwang.org.queries import readings_of
from yiwang.org.session import acting_as
from yiwang.packs import loading
from yiwang.why import Conflict, Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 10, 12, 9, 30, tzinfo=SHANGHAI)
PEOPLE = "head dispatcher-1 auditor water-1 green-1 bei-1 nan-1 bei-grid nb-bei-1-1 supervisor".split()
KINDS = ("hotline", "grid_event", "supervision")
SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def opened(district, kind="hotline", **more):
    data = {"title": "试验", "text": "试验", "category": "drain.blocked", "colour": "red", "unit": "water"}
    with acting_as(district.system) as asker:
        return store.open_matter(asker, kind, data, at=START, place=(121.91, 31.03), **more)


def everything_asked(kind, action, draw):
    """Some valid answer to everything that an action asks for."""

    answers = {
        "text": st.text("字ab", min_size=1, max_size=5),
        "number": st.integers(1, 15),
        "bool": st.booleans(),
        "unit": st.sampled_from(["water", "green", "bei", "nan"]),
        "category": st.sampled_from(["drain.blocked", "litter.pile", "ask"]),
    }
    given_ = {}
    for name, spec in forms.specs_of(kind, action).items():
        if spec.type == "files":
            continue
        choice = st.sampled_from(sorted(spec.values)) if spec.type == "enum" else answers[spec.type]
        given_[name] = draw(choice)
    return given_


@SLOW
@given(data=st.data(), code=st.sampled_from(KINDS))
def test_a_random_walk_keeps_every_promise_of_a_life(district, data, code):
    """§10.5 owner and clock at every stage · §10.7 state == fold(ledger) · §10.12 who handled never verifies."""

    one = opened(district, code)
    at = START
    people = ["dispatcher-1", "dispatcher-2", "water-1", "water-2", "green-1", "bei-1", "nan-1", "supervisor",
              "supervisor-2", "bei-grid"]  # fmt: skip
    for step in range(data.draw(st.integers(1, 10))):
        at += timedelta(minutes=data.draw(st.integers(0, 3000)))
        who = district.as_(data.draw(st.sampled_from(people)))
        with acting_as(district.system) as asker:
            found = queries.one(asker, pk=one.id)
        open_to = [
            c.name
            for c in rules.choices(found.kind, found.state, Act("", at, {}, who.person, who.posts), _world(district))
            if c.allowed
        ]
        if not open_to:
            continue
        name = data.draw(st.sampled_from(open_to))
        given_ = everything_asked(found.kind, found.kind.actions[name], data.draw)
        with acting_as(who) as asker, suppress(Refusal):  # what would change nothing
            store.act(asker, one.id, name, given_, at=at, key=f"walk:{one.id}:{step}")
    with acting_as(district.system) as asker:
        found = queries.one(asker, pk=one.id)
        stage = found.kind.stages[found.row.stage]
        assert (found.row.closed_at is not None) is stage.final
        if not stage.final:
            assert found.row.holder_id is not None
            paused = any(found.state.clock(name).paused for name in found.kind.clocks)
            assert list(clocks.running(found.state)) or paused
        folded = fold(entry.delta for entry in Entry.objects.filter(matter=one.id).order_by("seq"))
        state = queries.state_of(asker, Matter.objects.get(pk=one.id))
        assert {k: v for k, v in folded.items() if v not in (None, "")} == {
            k: v for k, v in state.items() if v not in (None, "")
        }
        handlers: set[int] = set()
        for entry in found.entries:
            action = found.kind.actions.get(entry.action)
            if action and action.handles:
                handlers.add(entry.person_id)
            if action and action.verifies:
                assert entry.person_id not in handlers


def _said(state):
    return {name: value for name, value in state.items() if value not in (None, "")}


def _world(district):
    with acting_as(district.system) as asker:
        return world(asker)


@SLOW
@given(
    post=st.sampled_from(PEOPLE),
    q=st.sampled_from(["", "试验", "下水", "RX-20261012-0001"]),
    state=st.sampled_from(["", "open", "closed", "overdue"]),
    street=st.sampled_from(["", "bei", "nan"]),
    scope=st.sampled_from(["", "mine", "unit"]),
)
def test_every_way_to_ask_shows_the_same(district, post, q, state, street, scope):
    """§10.4: list == {x : get(x)}, and counts, groups, search, map, wall and export say the same."""

    _populate(district)
    now = START + timedelta(days=9)
    wanted = Filter(q=q, state=state, street=street, scope=scope)
    with acting_as(district.system) as asker:
        everything = list(Matter.objects.filter(district=district.id).values_list("pk", "number"))
        fitting = set(queries.matters(asker, wanted.but(scope=""), now=now).values_list("pk", flat=True))
    who = district.as_(post)
    with acting_as(who) as asker:
        listed = set(queries.matters(asker, wanted, now=now).values_list("pk", flat=True))
        gettable = {pk for pk, number in everything if queries.one(asker, pk=pk) and queries.one(asker, number=number)}
        assert listed <= gettable
        if not scope:
            assert listed == gettable & fitting
        assert queries.matters(asker, wanted, now=now).count() == len(listed)
        assert sum(queries.counts(queries.matters(asker, wanted, now=now), "stage").values()) == len(listed)
        assert sum(queries.group_counts(asker, wanted, now=now).values()) == len(listed)
        assert len(list(queries.export(asker, wanted, now=now))) == len(listed)
        assert set(queries.matters(asker, Filter(q="试验")).values_list("pk", flat=True)) <= gettable
        mapped, visible = overview.counts_by_street(asker, now), queries.matters(asker, Filter(state="open"), now=now)
        assert sum(one["open"] for one in mapped.values()) == visible.exclude(street=None).count()
        for name, n in overview.counts(asker, now).items():
            cases = overview.cases(asker, now, name, size=10_000)
            assert len(cases) == n
            assert {row.pk for row in cases} <= gettable
        assert {row.pk for row in overview.pressing(asker, now, most=10_000)} <= gettable


def test_the_inbox_holds_what_the_rules_say_is_ones_turn(district):
    """Whose move it is stands twice, as a filter of rows and as a rule about one state: they say the same."""

    _populate(district)
    seen = 0
    for post in PEOPLE:
        with acting_as(district.as_(post)) as asker:
            mine = set(queries.matters(asker, Filter(scope="mine")).values_list("pk", flat=True))
            for row in Matter.objects.filter(district=district.id, closed_at=None):
                state = queries.state_of(asker, row)
                turn = any(capacity.fits(state["holder_role"], held, state["holder"]) for held in asker.posts)
                assert (row.pk in mine) == turn, (post, state["holder_role"], state["holder"])
                seen += turn
    assert seen


_populated: set[int] = set()


def _populate(district):
    if district.id in _populated:
        return
    _populated.add(district.id)
    for n, category in enumerate(["drain.blocked", "litter.pile", "ask", "drain.cover"] * 3):
        one = ticket(district, category=category, place=(121.905 + 0.003 * n, 31.005 + 0.0028 * n))
        if n % 2:
            unit = ("water", "green", "nan", "bei")[n % 4]
            do(district, "dispatcher-1", one, "assign", {"unit": unit}, "2026-10-12T10:20")
        if n % 3 == 0 and not n % 2:
            do(district, "dispatcher-1", one, "decline", {"reason": "已转 110"}, "2026-10-12T10:20")


def test_creates_at_once_share_no_number_and_never_fail(district):
    """§10.6"""

    numbers, errors = [], []

    def create():
        try:
            numbers.extend(opened(district).number for _ in range(8))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not errors
    assert len(set(numbers)) == 48


def test_the_same_action_by_two_at_once_happens_once(district):
    """§6: one wins, the other is told; and a retry under one key, at the same moment, is one."""

    one = opened(district)
    asker, results = district.as_("dispatcher-1"), []
    gate = threading.Barrier(4)

    def assign(key):
        try:
            gate.wait()
            with acting_as(asker):
                results.append(store.act(asker, one.id, "assign", {"unit": "water"}, key=key, version=1))
        except Conflict as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=assign, args=(key,)) for key in ("same", "same", "same", "other")]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    done = [result for result in results if not isinstance(result, Conflict)]
    assert len(results) == 4
    with acting_as(district.system):
        assert Entry.objects.filter(matter=one.id, action="assign").count() == 1
    assert sum(not result.repeated for result in done) == 1


def test_a_matter_keeps_the_version_of_its_kind(district):
    """Design §4: running matters keep the version they began with."""

    one = opened(district)
    path = Path(district.folder) / "matters" / "hotline.yaml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("version: 2026-01-01", "version: 2026-11-01").replace("request: 5 workdays", "request: 2 workdays")
    )
    try:
        loading.load(district.folder)
        with acting_as(district.system) as asker:
            found = queries.one(asker, pk=one.id)
            assert found.kind.version.isoformat() == "2026-01-01"
            assert found.kind.clocks["handling"].limit["request"] == "5 workdays"
        assert opened(district).state["kind"] == "hotline"
    finally:
        path.write_text(text)
        loading.load(district.folder)


def test_the_reporter_is_hidden_from_the_unit_complained_about(district):
    """R2.15"""

    one = ticket(district, category="litter.pile", reporter=Reported("王小明", "13800138000"))
    do(district, "dispatcher-1", one, "assign", {"unit": "bei"}, "2026-10-12T10:20")
    with acting_as(district.as_("bei-1")) as asker, pytest.raises(Refusal, match="不能查看"):
        disclosure.unmask(asker, one.id, "call_back", "想知道是谁")
    with acting_as(district.as_("dispatcher-1")) as asker:
        with pytest.raises(Refusal, match="事由"):
            disclosure.unmask(asker, one.id, "call_back", "  ")
        assert disclosure.unmask(asker, one.id, "call_back", "回访核实").reporter.name == "王小明"
        kept = [(r.purpose, r.reason, r.nth) for r in readings_of(asker, f"matter:{one.number}")]
        assert kept == [("call_back", "回访核实", 1)]
