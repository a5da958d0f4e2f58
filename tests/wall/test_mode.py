"""Normal and emergency: who switches it, why, and that it stays written."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from yiwang.why import Refusal


@pytest.fixture
def village(database: str) -> Any:
    from tests.support.district import make_district

    return make_district()


def test_an_emergency_is_switched_on_with_its_reason_and_off_again(village: Any, now: datetime) -> None:
    from yiwang.org.session import acting_as
    from yiwang.wall import mode

    with acting_as(village.as_("dispatcher-1")) as asker:
        assert mode.mode_of(asker).name == "normal"
        on = mode.switch(asker, "emergency", "暴雨红色预警", now)
        assert (on.emergency, on.by, on.reason) == (True, "dispatcher-1人", "暴雨红色预警")
    with acting_as(village.as_("nan-1")) as other:
        assert mode.mode_of(other).emergency
    with acting_as(village.as_("head")) as asker:
        assert not mode.switch(asker, "normal", "", now).emergency


@pytest.mark.parametrize(
    ("post", "wanted", "reason", "said"),
    [
        ("nan-1", "emergency", "暴雨", "只有区领导和城运中心派单席"),
        ("supervisor", "emergency", "暴雨", "只有区领导和城运中心派单席"),
        ("dispatcher-1", "emergency", "  ", "须写明事由"),
        ("dispatcher-1", "panic", "暴雨", "没有这样的运行模式"),
    ],
)
def test_it_stays_as_it_was_and_says_why(
    village: Any, now: datetime, post: str, wanted: str, reason: str, said: str
) -> None:
    from yiwang.org.session import acting_as
    from yiwang.wall import mode

    with acting_as(village.as_(post)) as asker:
        with pytest.raises(Refusal, match=said):
            mode.switch(asker, wanted, reason, now)
        assert not mode.mode_of(asker).emergency


def test_what_was_switched_cannot_be_rewritten(village: Any, now: datetime) -> None:
    from django.db import DatabaseError

    from yiwang.org.session import acting_as
    from yiwang.wall import mode
    from yiwang.wall.models import ModeSwitch

    with acting_as(village.as_("dispatcher-1")) as asker:
        mode.switch(asker, "emergency", "演练", now)
    with pytest.raises(DatabaseError), acting_as(village.as_("dispatcher-1")):
        ModeSwitch.objects.update(reason="别的")


def test_in_an_emergency_what_is_off_stands_first(database: str) -> None:
    from types import SimpleNamespace as Sign

    from yiwang.wall import vitals

    signs = [Sign(lamp=lamp) for lamp in ("ok", "watch", "stale", "ok", "alarm")]
    ordered = sorted(signs, key=lambda sign: vitals.WORST_FIRST.index(sign.lamp))
    assert [sign.lamp for sign in ordered] == ["alarm", "stale", "watch", "ok", "ok"]
