"""After each act the page that follows is one that the person may see, or one that says where it went."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.browser import Page
from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.tickets import ticket

PEOPLE = ["head", "dispatcher-1", "water-1", "green-1", "bei-1", "nan-1", "bei-grid", "nb-bei-1-1", "supervisor"]
WORDS, NUMBER = "现场看过，情况属实，已经安排。", "3"


def opened_by(asking: Any, kind: str, key: str, **more: str) -> Any:
    """What follows when somebody sends the form of a new matter."""
    said = {"kind": kind, "key": key, "title": "井盖响", "text": WORDS, "category": "drain.blocked", **more}
    return asking.post("/desk/new/", said, follow=True)


def numbers_in(answer: Any) -> set[str]:
    told = re.findall(r'<div class="notice[^>]*>(.*?)</div>', answer.content.decode(), re.S)
    return set(re.findall(r"[A-Z]{2}-\d{8}-\d+", "".join(told)))


@pytest.mark.parametrize("place", [{}, {"lon": "121.91", "lat": "31.03"}, {"lon": "121.91", "lat": "31.01"}])
@pytest.mark.parametrize("post", PEOPLE)
def test_whoever_opens_a_matter_is_led_on_and_told_its_number(
    district: TestDistrict, post: str, place: dict[str, str]
) -> None:
    """Also where it lies in a street that is none of theirs, or in none; and when the form is sent twice."""
    asking = client(district, post)
    shown = asking.get("/desk/new/")
    kinds = set(re.findall(r'href="\?kind=(\w+)"', shown.content.decode())) if shown.status_code == 200 else set()
    for kind in kinds:
        key = f"{post}-{kind}-{len(place)}-{place.get('lat', '')}"
        for _ in range(2):
            answer = opened_by(asking, kind, key, **place)
            assert answer.redirect_chain, answer.content.decode()[:2000]
            assert answer.status_code == 200, answer.redirect_chain
            assert numbers_in(answer), answer.redirect_chain
        (number,) = numbers_in(answer)
        assert asking.get(f"/desk/matters/{number}/").status_code in (200, 404)


def taken_in_by_grid_workers(pack: Path) -> None:
    """They may report what their clearance does not let them see afterwards."""
    file = pack / "matters" / "hotline.yaml"
    file.write_text(file.read_text("utf-8").replace("by: [dispatcher]", "by: [dispatcher, grid_worker]", 1), "utf-8")


def test_what_its_opener_does_not_see_is_said_to_lie_elsewhere(database: str) -> None:
    asking = client(make_district(taken_in_by_grid_workers), "bei-grid", headers={"Accept-Language": "en"})
    opened = opened_by(asking, "hotline", "complaint", category="litter.pile")
    (number,) = numbers_in(opened)
    assert asking.get(f"/desk/matters/{number}/").status_code == 404
    assert f"{number} is with Operations Centre now" in opened.content.decode()


@pytest.fixture(scope="module")
def guarded(database: str) -> TestDistrict:
    """A district whose dispatchers see no complaints."""

    def change(pack: Path) -> None:
        text = (pack / "roles.yaml").read_text("utf-8")
        before = "dispatcher: {title: {zh: 派单员, en: Dispatcher}, clearance: 2"
        assert before in text
        (pack / "roles.yaml").write_text(text.replace(before, before.replace("clearance: 2", "clearance: 1")), "utf-8")

    return make_district(change)


@pytest.mark.parametrize("back", ["", "/desk/", "/desk/matters/?state=open", "the matter"])
def test_an_act_may_lead_a_matter_out_of_its_actors_sight(guarded: TestDistrict, back: str) -> None:
    """It is done, its entry kept; and who did it is told where it lies now."""
    from yiwang.matters import queries
    from yiwang.org.session import acting_as

    number = ticket(guarded).number
    asking = client(guarded, "dispatcher-1", headers={"Accept-Language": "en"})
    page = f"/desk/matters/{number}/"
    said = {"unit": "green", "category": "litter.pile", "back": page if back == "the matter" else back}
    answer = asking.post(f"{page}do/assign/", said, follow=True)
    assert answer.redirect_chain, answer.content.decode()[:2000]
    assert answer.status_code == 200, answer.redirect_chain
    assert numbers_in(answer) == {number}
    assert "is with Greening Bureau now" in answer.content.decode()
    assert asking.get(page).status_code == 404
    with acting_as(guarded.system) as asker:
        found = queries.one(asker, number=number)
        assert found is not None
        assert (found.state["lead"], found.state["sensitivity"]) == ("green", 2)
        assert found.entries[-1].action == "assign"


@pytest.mark.parametrize("seed", range(3))
def test_wherever_a_day_at_the_desk_leads_there_is_a_page(district: TestDistrict, seed: int) -> None:
    """Forms as the pages offer them, filled in somehow and sent by somebody: whatever leads on leads to a page."""
    chance = random.Random(seed)
    for n in range(4):
        ticket(district, place=chance.choice([(121.91, 31.03), (121.91, 31.01), None]), key=f"walk-{seed}-{n}")
    led = tried = 0
    while led < 5 or tried < 60:
        tried += 1
        assert tried < 300, "hardly anything that the pages offer can be done"
        asking = client(district, chance.choice(PEOPLE))
        listed = asking.get("/desk/matters/?state=open").content.decode()
        numbers = sorted(set(re.findall(r"/desk/matters/([A-Z]{2}-\d{8}-\d+)/", listed)))
        if not numbers:
            continue
        forms = Page(asking.get(f"/desk/matters/{chance.choice(numbers)}/").content.decode()).forms
        acts = [(action, fields) for method, action, fields in forms if "/do/" in action and method == "post"]
        if not acts:
            continue
        action, fields = chance.choice(acts)
        for filled in (WORDS, NUMBER):
            written = {name: value or filled for name, value in fields if name != "files"}
            written |= {"back": chance.choice(["", "/desk/", "/desk/matters/", action.partition("do/")[0]])}
            answer = asking.post(action, written, follow=True)
            assert answer.status_code in (200, 403, 409, 422), (action, answer.status_code)
            if answer.redirect_chain:
                assert answer.status_code == 200, (action, answer.redirect_chain)
                assert numbers_in(answer), action
                led += 1
                break


def test_the_rows_own_sight_is_the_databases(district: TestDistrict) -> None:
    """`Asker.sees` says of each matter what row security says of it."""
    from yiwang.matters import queries
    from yiwang.org.session import acting_as

    for place in ((121.91, 31.03), (121.91, 31.01), None):
        for category in ("drain.blocked", "litter.pile", "ask"):
            ticket(district, category=category, place=place)
    with acting_as(district.system) as asker:
        every = list(queries.matters(asker))
    for post in PEOPLE:
        with acting_as(district.as_(post)) as asker:
            shown = set(queries.matters(asker).values_list("pk", flat=True))
            assert {row.pk for row in every if asker.sees(row.seen_by, row.sensitivity, row.kind)} == shown, post
