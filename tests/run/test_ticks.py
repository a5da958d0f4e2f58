"""A worker whose wall clock jumps does once what it missed, and a clock that is set back stops nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from procrastinate import periodic
from procrastinate.contrib.django import app

from yiwang.run.ticks import LastTick

FROM, TO = 1_577_836_800, 2_208_988_800  # 2020 and 2040
THE_PACKAGES_OWN = LastTick.__bases__[0]
moments = st.floats(FROM, TO, allow_nan=False)


def deferrer() -> periodic.PeriodicDeferrer:
    """As a worker of ours makes it."""
    app.perform_import_paths()
    return periodic.PeriodicDeferrer(registry=app.periodic_registry, **app.periodic_defaults)


def asked(of: periodic.PeriodicDeferrer, at: float) -> list[tuple[str, int]]:
    return [(task.task.name, moment) for task, moment in of.get_previous_tasks(at=at)]


def test_every_worker_keeps_its_timetable_so() -> None:
    assert isinstance(deferrer(), LastTick)


@given(st.lists(moments, min_size=2, max_size=6))
def test_each_task_is_asked_for_once_however_far_the_clock_went(visits: list[float]) -> None:
    worker = deferrer()
    for at in visits:
        said = asked(worker, at)
        assert len({name for name, _ in said}) == len(said)
        assert all(moment <= at for _, moment in said)
        if any(name == "yiwang.matters.tasks.act_by_itself" for name, _ in said):
            continue
        assert any(0 <= at - other < 60 for other in visits), "the minute's task was left out"


@given(st.integers(FROM, TO), st.integers(1, 90))
def test_no_tick_is_left_out_where_the_clock_runs_as_it_should(begin: int, minutes: int) -> None:
    """Minute by minute, half a second late as it wakes, it asks for what the package asks for."""
    ours = deferrer()
    plain = THE_PACKAGES_OWN(registry=app.periodic_registry)
    for minute in range(minutes):
        at = begin - begin % 60 + 60 * minute + periodic.MARGIN
        assert asked(ours, at) == asked(plain, at)
