"""The demo's plan: read, adopted by the supervision office, reported on by its units, checked by somebody else."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

PACK = Path(__file__).parents[2] / "packs" / "demo"
UNTIL = datetime(2026, 9, 10, 3, 0, tzinfo=UTC)


def test_the_plan_is_one_of_three_parts_with_some_sixty_numbers_and_an_owner_for_every_item() -> None:
    text = (PACK / "plan_2026.txt").read_text("utf-8")
    items = re.findall(r"^(\d+)\.", text, re.M)
    assert items == [str(n) for n in range(1, len(items) + 1)]
    assert len(items) >= 22
    assert len(re.findall(r"^[一二三]、", text, re.M)) == 3
    assert text.count("牵头单位") == len(items)
    body = text.partition("\n一、")[2]
    assert len(re.findall(r"\d[\d.]*(?:%|万|个|件|处|台|公里|套|张|家|户|所|项|条|座|株|场)", body)) >= 60


@pytest.fixture(scope="module")
def board(database):
    """The board of a district of its own, from the demo pack under another code."""
    import shutil
    import tempfile

    from yiwang.demo import promises
    from yiwang.org import session
    from yiwang.packs import loading

    folder = Path(tempfile.mkdtemp(dir=os.environ["YIWANG_VAR"])) / "pack"
    shutil.copytree(PACK, folder)
    said = (folder / "pack.yaml").read_text("utf-8").replace("990106", "990107")
    (folder / "pack.yaml").write_text(said, "utf-8")
    asker = session.system(loading.load(folder))
    goals, reports = promises.promise(folder, asker, 3, UNTIL)
    assert (goals > 60, reports > 120) == (True, True)
    assert promises.promise(folder, asker, 3, UNTIL) == (0, 0)
    return asker


def test_every_goal_has_a_lead_and_the_lamps_differ(board) -> None:
    from yiwang.demo import promises
    from yiwang.goals.queries import standing
    from yiwang.org import session

    with session.acting_as(board) as asker:
        assert not standing.goals_without_a_lead_unit(asker)
        colours = Counter(one.colour for one in standing.lamps(asker, now=UNTIL).goals)
    assert colours == promises.lamps(board, UNTIL)
    assert colours["ok"] > colours["watch"] > 0
    assert 0 < colours["alarm"] < sum(colours.values()) / 3


def test_measures_speak_for_the_goals_that_have_one(board) -> None:
    from yiwang.goals.models import Goal
    from yiwang.org import session

    with session.acting_as(board) as asker:
        bound = dict(
            Goal.objects.filter(district=asker.district).exclude(indicator="").values_list("indicator", "title")
        )
    assert bound["hotline_solved"] == "热线实际解决率"
    assert {"hotline_on_time", "hotline_first_contact", "hotline_satisfied", "grid_disposed_on_time"} <= set(bound)


def test_reports_never_go_back_and_nobody_checked_his_own(board) -> None:
    from yiwang.goals.models import Report
    from yiwang.org import session

    with session.acting_as(board) as asker:
        rows = Report.objects.filter(district=asker.district).select_related("goal", "verification")
        told: dict[int, list[tuple[str, object]]] = {}
        for row in rows.order_by("goal_id", "period"):
            assert row.at <= UNTIL
            if hasattr(row, "verification"):
                assert row.verification.person_id != row.person_id
            if row.goal.nature != "rate":
                told.setdefault(row.goal_id, []).append((row.period, row.value))
    assert told
    for listed in told.values():
        assert [value for _, value in listed] == sorted(value for _, value in listed)


def test_what_is_red_has_its_supervision_order(board) -> None:
    from yiwang.goals.queries import standing
    from yiwang.matters.models import Matter
    from yiwang.org import session

    with session.acting_as(board) as asker:
        red = {f"goal:{one.goal.pk}" for one in standing.lamps(asker, now=UNTIL).goals if one.colour == "alarm"}
        orders = set(
            Matter.objects.filter(district=asker.district, kind="supervision").values_list("source", flat=True)
        )
    assert orders == red
