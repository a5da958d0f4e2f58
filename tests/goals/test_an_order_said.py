"""A red lamp's order speaks the plan's words, says why in its reader's, and is linked to its goal once (R5.9)."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import Any

import pytest

from tests.goals.reporting import JULY, PLAN, as_, report
from tests.support.clients import client
from tests.support.district import make_district
from tests.support.tampering import as_superuser
from yiwang.goals import queries, store
from yiwang.matters import auditing
from yiwang.matters import queries as matters
from yiwang.matters.models import KindVersion
from yiwang.matters.opened_because import because_of
from yiwang.org.session import acting_as

pytestmark = pytest.mark.usefixtures("database")


def red_goal(district: Any) -> int:
    with as_(district, "supervisor") as asker:
        plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
        store.confirm_all(asker, plan.pk)
        store.adopt(asker, plan.pk)
        lifts: int = next(one.goal.pk for one in queries.lamps(asker, year=2026).goals if "240台" in one.goal.quote)
    report(district, "water-1", lifts, "2026-06", 10)
    return lifts


def ordered(district: Any, goal: int) -> Any:
    """The matter that the goal's order is."""
    with as_(district, "supervisor") as asker:
        (number,) = store.supervise(asker, JULY, goal=goal)
        return matters.one(asker, number=number)


def test_an_order_is_linked_once_and_says_nothing_in_a_language_of_its_own() -> None:
    district = make_district()
    goal = red_goal(district)
    order = ordered(district, goal)
    with as_(district, "supervisor") as asker:
        promise = queries.goal(asker, goal, now=JULY)
    assert promise is not None
    assert (order.row.title, order.row.text) == (promise.goal.title, promise.goal.quote)
    assert order.row.source == f"goal:{goal}"
    assert str(goal) not in [str(value) for name, value in order.state.items() if name.startswith("form.")]
    assert because_of(order.state) == promise.lamp.receipt.claim
    with as_(district, "supervisor") as asker:
        assert auditing.verify(asker, order.row.number).whole


@pytest.mark.parametrize(("language", "said_behind"), [("zh-hans", "落后"), ("en", "behind")])
def test_its_reader_is_told_why_in_their_language(language: str, said_behind: str) -> None:
    district = make_district()
    goal = red_goal(district)
    order = ordered(district, goal).row
    with as_(district, "supervisor") as asker:
        standing = queries.goal(asker, goal, now=JULY)
    assert standing is not None
    why = standing.lamp.receipt.claim
    said = why if isinstance(why, str) else why.speak(language[:2])
    assert said_behind in said
    for post in ("water-1", "supervisor"):
        browser = client(district, post)
        browser.cookies["yiwang_language"] = language
        page = html.unescape(browser.get(f"/desk/matters/{order.number}/").content.decode())
        assert said in page
        assert f'href="/board/goals/{goal}/"' in page
        assert f"<h1>{order.title}</h1>" in page
        answer = browser.get("/desk/matters/export.csv")
        listed = b"".join(answer).decode("utf-8-sig")
        assert [row for row in csv.reader(io.StringIO(listed)) if order.number in row and order.title in row]
        (one,) = browser.get("/api/v1/matters?kind=supervision").json()["results"]
        assert (one["number"], one["title"]) == (order.number, standing.goal.title)


def test_an_order_of_a_kind_from_before_is_linked_once_too(database: str) -> None:
    """As a database holds it that was filled before: its kind names a field for the goal, and asks nobody for it."""
    district = make_district()
    with acting_as(district.system):
        before = json.loads(KindVersion.objects.get(district=district.id, code="supervision").definition)
    before["form"]["goal"] = {"type": "text", "title": {"zh": "所督目标", "en": "Goal"}, "at_most": 40}
    before["opens"]["goal"]["fields"].append("goal")
    before["orders"]["goal"] = "goal"
    change = "UPDATE matters_kind SET definition = %s WHERE district_id = %s AND code = 'supervision'"
    as_superuser(database, change, json.dumps(before), district.id)
    goal = red_goal(district)
    order = ordered(district, goal)
    assert order.kind.ordering.goal == "goal"
    assert "form.goal" not in {name for name, value in order.state.items() if value}
    with as_(district, "supervisor") as asker:
        assert [one.goal for one in queries.orders_of(asker, [goal])[goal]] == [goal]
