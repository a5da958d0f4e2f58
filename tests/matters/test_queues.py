"""A queue is a condition: its list, its count, the page of a matter and the rules agree on who stands in it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.district import TestDistrict, make_district
from tests.support.tickets import at, do, ticket
from yiwang.ledger import clock
from yiwang.matters import library, queries, queued
from yiwang.matters.kinds import kind_of
from yiwang.matters.library import Said
from yiwang.matters.models import Matter
from yiwang.matters.queries import Filter
from yiwang.org.session import acting_as
from yiwang.packs import loading

CALL, HARD = "hotline/to_call_back", "hotline/hard_cases"
REACHED = {"reached": True, "solved": True, "satisfaction": "satisfied"}
IN_VAIN = {"reached": False}


@pytest.fixture
def town(database: str) -> TestDistrict:
    return make_district()


def answered(
    town: TestDistrict, unit: str = "water", clerk: str = "water-1", result: str = "已疏通", **more: Any
) -> Any:
    one = ticket(town, **more)
    do(town, "dispatcher-1", one, "assign", {"unit": unit}, "2026-10-12T10:20")
    do(town, clerk, one, "accept", when="2026-10-12T11:00")
    do(town, clerk, one, "answer", {"result": result}, "2026-10-13T15:00")
    return one


def hard(town: TestDistrict, result: str, **more: Any) -> Any:
    """A ticket that was sent back twice before it was solved."""
    one = answered(town, **more)
    for day in (14, 16):
        do(town, "dispatcher-2", one, "rework", {"reason": "还在冒水"}, f"2026-10-{day}T09:00")
        do(town, "water-1", one, "answer", {"result": result}, f"2026-10-{day + 1}T09:00")
    do(town, "dispatcher-2", one, "verify", REACHED, "2026-10-19T09:00")
    return one


def standing(town: TestDistrict, queue: str, post: str = "dispatcher-1") -> set[int]:
    """Who stands in it for somebody: list, count and sections say the same."""
    with acting_as(town.as_(post)) as asker:
        now = clock.now()
        listed = set(queries.matters(asker, Filter(queue=queue), now=now).values_list("pk", flat=True))
        assert queries.queue_counts(asker, [queue], now=now) == {queue: len(listed)}
        assert sum(queries.group_counts(asker, Filter(queue=queue), now=now).values()) == len(listed)
        assert {one.pk for one in queries.waiting(asker, now=now, queue=queue)} == listed
    return listed


def test_who_was_reached_or_tried_often_enough_is_called_no_more(town: TestDistrict) -> None:
    tried, reached, never = (answered(town) for _ in range(3))
    assert standing(town, CALL) == {tried.id, reached.id, never.id}
    do(town, "dispatcher-2", reached, "verify", REACHED)
    for left in (2, 1, 0):
        do(town, "dispatcher-2", tried, "call_in_vain", {"note": "无人接听"})
        assert (tried.id in standing(town, CALL)) == (left > 0)
    assert standing(town, CALL) == {never.id}
    with pytest.raises(Exception, match="3"):
        do(town, "dispatcher-2", tried, "call_in_vain")
    do(town, "dispatcher-2", tried, "verify", IN_VAIN)  # and is closed as what it is
    assert standing(town, CALL) == {never.id}


def test_a_queue_shows_nobody_more_than_they_see(town: TestDistrict) -> None:
    mine, others = answered(town), answered(town, "green", "green-1", place=(121.91, 31.01))
    assert standing(town, CALL) == {mine.id, others.id}
    assert standing(town, CALL, "water-1") == {mine.id}
    assert standing(town, CALL, "green-1") == {others.id}
    complaint = answered(town, category="litter.pile")
    assert complaint.id not in standing(town, CALL, "bei-grid")
    for post in ("water-1", "green-1", "bei-grid"):
        page = client(town, post).get(f"/desk/?queue={CALL}").content.decode()
        assert f'data-n="{len(standing(town, CALL, post))}"' in page


@pytest.mark.parametrize(
    "queue", ["", "hotline", "hotline/", "/to_call_back", "hotline/no_such", "x/y", "a/b/c", "%s/%"]
)
def test_a_queue_that_is_none_holds_nothing(town: TestDistrict, queue: str) -> None:
    answered(town)
    with acting_as(town.as_("dispatcher-1")) as asker:
        assert queries.matters(asker, Filter(queue=queue)).count() == (0 if queue else 1)
    assert client(town, "dispatcher-1").get("/desk/", {"queue": queue}).status_code == 200
    assert client(town, "dispatcher-1").get("/desk/matters/", {"queue": queue}).status_code == 200


def test_the_desk_counts_what_it_lists_also_when_it_moves(town: TestDistrict) -> None:
    one, other = answered(town), answered(town)
    desk = client(town, "dispatcher-1")

    def shown(address: str, **more: Any) -> tuple[int, int]:
        page = desk.get(address, {"queue": CALL}, **more).content.decode()
        heading = re.search(r'data-n="(\d+)"', page)
        line = re.search(r'class="pick on".*?class="num">(\d+)<', page, re.DOTALL)
        assert heading is not None
        assert line is not None
        return int(heading[1]), int(line[1])

    assert shown("/desk/") == (2, 2)
    do(town, "dispatcher-2", one, "verify", REACHED)
    assert shown("/desk/list/", headers={"HX-Request": "true"}) == (1, 1)
    do(town, "dispatcher-2", other, "verify", REACHED)
    assert shown("/desk/list/", headers={"HX-Request": "true"}) == (0, 0)
    assert "to_call_back" not in desk.get("/desk/").content.decode()


def test_all_of_a_queue_is_no_more_than_the_queue(town: TestDistrict) -> None:
    """What is taken in bulk from a queue is what it lists, not what else waits."""
    waits, called = ticket(town), answered(town)
    desk = client(town, "dispatcher-1")
    page = desk.post("/desk/bulk/", {"all": "1", "back": f"/desk/?queue={CALL}"}).content.decode()
    with acting_as(town.as_("dispatcher-1")):
        numbers = {one.id: Matter.objects.get(pk=one.id).number for one in (waits, called)}
    assert numbers[called.id] in page
    assert numbers[waits.id] not in page


def test_rules_rows_and_pages_agree(town: TestDistrict) -> None:
    """Whatever is done to them: who stands in a queue by the rules is who is listed (design §10.4)."""
    rng, every = Random(7), []
    for n in range(14):
        one = (
            hard(town, "换管", category=rng.choice(["drain.blocked", "litter.pile"])) if n % 5 == 0 else answered(town)
        )
        every.append(one)
        for _ in range(rng.randrange(5)):
            action, data = rng.choice(
                [("call_in_vain", {}), ("verify", REACHED), ("verify", IN_VAIN), ("rework", {"reason": "再看"})]
            )
            try:
                do(town, "dispatcher-2", one, action, data)
            except Exception:
                continue
    with acting_as(town.as_("dispatcher-1")) as asker:
        kind, now = kind_of(asker, "hotline"), clock.now()
        by_rules: dict[str, set[int]] = {name: set() for name in kind.queues}
        for row in queries.matters(asker):
            for name, _ in queued.queues_of(kind, queries.state_of(asker, row), now):
                by_rules[name].add(row.pk)
    assert all(by_rules.values())
    for name, pks in by_rules.items():
        assert standing(town, f"hotline/{name}") == pks
    for post in ("dispatcher-1", "water-1"):
        desk = client(town, post, headers={"Accept-Language": "en"})
        one = next(iter(by_rules["to_call_back"]))
        with acting_as(town.as_(post)):
            number = Matter.objects.get(pk=one).number
        assert "Queue: To call back" in desk.get(f"/desk/matters/{number}/").content.decode()
        assert desk.get(f"/desk/matters/{number}/queue/to_call_back/").status_code == 200
        assert desk.get(f"/desk/matters/{number}/queue/hard_cases/").status_code == 404
        assert desk.get(f"/desk/matters/{number}/queue/no_such/").status_code == 404


def test_each_matter_is_asked_by_the_version_that_it_began_with(town: TestDistrict) -> None:
    old = answered(town)
    file = town.folder / "matters" / "hotline.yaml"
    text = file.read_text("utf-8").replace("count.call_in_vain < 3", "count.call_in_vain < 2")
    file.write_text(text.replace("version: 2026-01-01", "version: 2026-11-01"), "utf-8")
    loading.load(town.folder)
    new = answered(town)
    for _ in range(2):
        do(town, "dispatcher-2", old, "call_in_vain")
        do(town, "dispatcher-2", new, "call_in_vain")
    assert standing(town, CALL) == {old.id}


def test_a_hard_case_is_found_from_a_new_one_with_what_solved_it(town: TestDistrict) -> None:
    pipe = hard(town, "整段换管并清淤")
    elsewhere = hard(town, "清掏", category="litter.pile", place=(121.93, 31.01))
    easy = answered(town)
    do(town, "dispatcher-2", easy, "verify", REACHED, "2026-10-14T09:00")
    assert standing(town, HARD) == {pipe.id, elsewhere.id}
    new = ticket(town)
    with acting_as(town.as_("dispatcher-1")) as asker:
        (shelf,) = library.like_matter(asker, queries.one(asker, pk=new.id), clock.now())
        first = shelf.solved[0]
        assert first.row.pk == pipe.id
        assert [value for _, value in first.solved_by] == ["整段换管并清淤"]
        said = [words.speak("en") for words in first.because]
        assert said == ["same category: Blocked drain", "also in North", "100% of the words are the same"]
        kind = kind_of(asker, "hotline")

        def found(**by: str) -> list[int]:
            return [one.row.pk for shelf in library.like(asker, kind, Said(**by), clock.now()) for one in shelf.solved]

        assert found(category="litter.pile") == [elsewhere.id]
        assert found(street="nan") == [elsewhere.id]
        assert set(found(words="弄口的井盖又松动了")) == {pipe.id, elsewhere.id}
        assert found(words="完全别的事情") == found() == found(category="ask") == []
    with acting_as(town.as_("green-1")) as asker:  # whose sight it lies out of finds nothing
        assert library.like(asker, kind_of(asker, "hotline"), Said("drain.blocked"), clock.now()) == []


def test_pages_offer_hard_cases_and_name_none_out_of_sight(town: TestDistrict) -> None:
    pipe = hard(town, "整段换管并清淤")
    new = ticket(town)
    desk = client(town, "dispatcher-1", headers={"Accept-Language": "en"})
    with acting_as(town.as_("dispatcher-1")):
        number = {one.id: Matter.objects.get(pk=one.id).number for one in (pipe, new)}
    page = desk.get(f"/desk/matters/{number[new.id]}/").content.decode()
    assert number[pipe.id] in page
    assert "整段换管并清淤" in page
    asked = {"kind": "hotline", "category": "drain.blocked", "title": "井盖"}
    for answer in (desk.post("/desk/new/like/", asked), desk.get("/desk/new/like/", asked)):
        assert "整段换管并清淤" in answer.content.decode()
    listed = desk.get("/desk/matters/", {"queue": HARD}).content.decode()
    assert listed.count("data-row=") == 1
    assert number[pipe.id] in desk.get("/desk/matters/export.csv", {"queue": HARD}).getvalue().decode()
    assert number[new.id] not in desk.get("/desk/matters/export.csv", {"queue": HARD}).getvalue().decode()


def test_time_alone_moves_a_queue(database: str) -> None:
    """A condition may ask for now: who stands in it is worked out when it is asked."""

    def change(folder: Path) -> None:
        file = folder / "matters" / "hotline.yaml"
        old = "queues:\n  old: {title: {zh: 久拖, en: Old}, when: now > created_at + interval '30 days'}\n"
        file.write_text(file.read_text("utf-8").replace("queues:\n", old, 1), "utf-8")

    town = make_district(change)
    one = ticket(town)
    with acting_as(town.as_("dispatcher-1")) as asker:
        for days, there in ((29, []), (31, [one.id])):
            now = at("2026-10-12T10:00") + timedelta(days=days)
            assert [row.pk for row in queries.matters(asker, Filter(queue="hotline/old"), now=now)] == there
            state = queries.state_of(asker, queries.matters(asker).get(pk=one.id))
            assert ("old" in dict(queued.queues_of(kind_of(asker, "hotline"), state, now))) == bool(there)
