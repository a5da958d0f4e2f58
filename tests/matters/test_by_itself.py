"""What nobody asks for happens to every matter whose time it is, whatever stands in the way of another."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.district import make_district
from tests.support.tickets import at
from yiwang.matters import by_itself, rows, store
from yiwang.matters.models import Matter
from yiwang.org.session import acting_as

CHORE = """
matter: chore
title: {zh: 琐事, en: Chore}
version: 2026-01-01
reference: 试验规则
prefix: SS
opens: {desk: {by: [dispatcher], fields: [title, text]}}
form: {text: {type: text, title: {zh: 内容, en: Text}, required: true}}
stages:
  got: {title: {zh: 待办, en: Got}, owner: dispatcher}
  parked: {title: {zh: 搁置, en: Parked}, owner: dispatcher}
  over: {title: {zh: 办结, en: Over}, final: true}
actions:
  park: {title: {zh: 搁置, en: Park}, from: got, to: parked, by: dispatcher}
  end: {title: {zh: 办结, en: End}, from: [got, parked], to: over, by: dispatcher}
  hint: {title: {zh: 催办, en: Hint}, from: got, by: system, reminds: true}
  lapse: {title: {zh: 自动办结, en: Lapse}, from: got, to: over, by: system, does: {after: 30 days}}
clocks: {ending: {title: {zh: 办, en: Ending}, starts: got, stops: over, limit: 1 workdays}}
"""
LATE = at("2026-10-15T10:00")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    return make_district(lambda pack: (pack / "matters" / "chore.yaml").write_text(CHORE, "utf-8"))


@pytest.fixture
def chores(district: Any) -> list[int]:
    """Four that came one after the other; the first two take no reminder."""
    with acting_as(district.as_("dispatcher-1")) as asker:
        ids = [
            store.open_matter(
                asker,
                "chore",
                {"title": f"第{n}件", "text": "擦窗"},
                at=at("2026-10-12T10:00") + n * timedelta(minutes=1),
            ).id
            for n in range(4)
        ]
        for one in ids[:2]:
            store.act(asker, one, "park", at=at("2026-10-12T11:00"))
    return ids


def last(district: Any, chores: list[int]) -> list[str]:
    """The last action of each."""
    with acting_as(district.system):
        found = dict(Matter.objects.filter(pk__in=chores).values_list("pk", "last_action"))
    return [found[one] for one in chores]


def remind(district: Any) -> int:
    return by_itself.urge_overdue(district.system, now=LATE, page=1)


def test_what_takes_no_reminder_hides_nothing_that_lies_behind_it(district: Any, chores: list[int]) -> None:
    """The two that were late first are in the way at every look; a page holds one."""
    assert remind(district) == 2
    assert last(district, chores) == ["park", "park", "hint", "hint"]
    assert remind(district) == 0


def test_a_reminder_that_breaks_keeps_no_other_waiting(
    district: Any, chores: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    act = by_itself.act

    def not_this(asker: Any, matter: int, *args: Any, **how: Any) -> Any:
        if matter == chores[2]:
            raise KeyError(matter)
        return act(asker, matter, *args, **how)

    monkeypatch.setattr(by_itself, "act", not_this)
    with pytest.raises(ExceptionGroup):
        remind(district)
    assert last(district, chores) == ["park", "park", "create", "hint"]
    monkeypatch.undo()
    assert remind(district) == 1


def test_what_time_brings_comes_to_all_whatever_breaks_at_one(
    district: Any, chores: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, when = rows.hold, LATE + timedelta(days=60)

    def not_this(asker: Any, matter: int, *args: Any) -> Any:
        if matter == chores[2]:
            raise KeyError(matter)
        return hold(asker, matter, *args)

    monkeypatch.setattr(rows, "hold", not_this)
    with pytest.raises(ExceptionGroup):
        by_itself.act_by_itself(district.system, now=when, page=1)
    assert last(district, chores) == ["park", "park", "create", "lapse"]
    monkeypatch.undo()
    assert by_itself.act_by_itself(district.system, now=when, page=1) == 1
    assert last(district, chores) == ["park", "park", "lapse", "lapse"]
