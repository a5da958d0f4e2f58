"""Every count equals its list, its parts add up to it, and a street sees its street (design §10.4, §10.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from yiwang.why import NotThere

ASKERS = ["head", "dispatcher-1", "bei-1", "nan-1", "water-1", "auditor"]
SCOPES = [("", "", ""), ("bei", "", ""), ("nan", "hotline", ""), ("", "", "drain.blocked")]


def selections() -> list[str]:
    return ["open", "overdue", "soon", "opened_today", "closed_today", "recent", "orders", "lately"]


def listed(asker: Any, now: datetime, selection: str, scope: Any) -> list[Any]:
    from yiwang.matters import overview

    found, page = [], 1
    while rows := overview.cases(asker, now, selection, scope, page, size=2):
        found += rows
        page += 1
    return found


@pytest.mark.parametrize("post", ASKERS)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_count_is_as_long_as_its_list_and_as_its_parts(town: Any, now: datetime, post: str, scope: tuple) -> None:
    from yiwang.matters import overview
    from yiwang.org.session import acting_as
    from yiwang.wall.receipts import receipt_of_count

    where = overview.Scope(*scope)
    with acting_as(town.as_(post)) as asker:
        counted = overview.counts(asker, now, where)
        for selection in selections():
            rows = listed(asker, now, selection, where)
            receipt = receipt_of_count(asker, now, selection, where)
            assert len({row.pk for row in rows}) == len(rows) == receipt.value
            assert sum(kind.value for kind in receipt.because) == receipt.value
            assert all(sum(stage.value for stage in kind.because) == kind.value for kind in receipt.because)
            assert sum(overview.counts_by_kind(asker, now, selection, where).values()) == receipt.value
            if selection in counted:
                assert counted[selection] == receipt.value


@pytest.mark.parametrize("post", ASKERS)
def test_the_streets_of_the_map_count_what_their_lists_hold(town: Any, now: datetime, post: str) -> None:
    from yiwang.matters import overview
    from yiwang.org.queries import facts
    from yiwang.org.session import acting_as

    with acting_as(town.as_(post)) as asker:
        units = facts(asker).units
        for street, counted in overview.counts_by_street(asker, now).items():
            assert overview.counts(asker, now, overview.Scope(street=units[street].code)) == counted


def test_what_is_there(town: Any, now: datetime) -> None:
    from yiwang.matters import overview
    from yiwang.org.session import acting_as

    with acting_as(town.as_("head")) as asker:
        counted = overview.counts(asker, now)
        assert counted["open"] == 9
        assert counted["recent"] == 4
        assert counted["overdue"] >= 4
        assert len(listed(asker, now, "lately", overview.EVERYWHERE)) == 7


def test_a_streets_clerk_sees_the_street_alone(town: Any, now: datetime) -> None:
    from yiwang.matters import overview
    from yiwang.org.session import acting_as
    from yiwang.wall.standing import Standing

    with acting_as(town.as_("nan-1")) as asker:
        south = asker.posts[0].unit
        seen = listed(asker, now, "open", overview.EVERYWHERE)
        assert seen
        assert all(south in row.seen_by for row in seen)
        standing = Standing(asker, now)
        shown = {row.matter.pk for row in standing.feed} | {one.pk for one in standing.pressing}
        shown |= {int(dot.id) for dot in standing.drawing.dots}
        assert shown <= {row.pk for row in listed(asker, now, "lately", overview.EVERYWHERE) + seen}
        assert set(overview.counts_by_street(asker, now)) <= {south}


def test_hot_spots_compare_a_month_with_the_one_before_and_open_their_list(town: Any, now: datetime) -> None:
    from yiwang.matters import overview
    from yiwang.org.queries import facts
    from yiwang.org.session import acting_as

    with acting_as(town.as_("head")) as asker:
        spots = overview.hot_spots(asker, now)
        units = facts(asker).units
        first = spots[0]
        assert (first.category, units[first.street].code, first.n, first.before) == ("drain.blocked", "bei", 3, 0)
        assert any(s.category == "litter.pile" and (s.n, s.before) == (0, 1) for s in spots)
        for spot in spots:
            scope = overview.Scope(units[spot.street].code, "", spot.category)
            assert len(listed(asker, now, "lately", scope)) == spot.n


def test_an_unknown_figure_is_no_figure(town: Any, now: datetime) -> None:
    from yiwang.matters import overview
    from yiwang.org.session import acting_as

    with acting_as(town.as_("head")) as asker, pytest.raises(NotThere):
        overview.cases(asker, now, "pg_sleep(1)")
