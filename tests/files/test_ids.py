"""Every number that a client sends is looked up under its own sight before it counts; else nothing is written."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.files.pictures import jpeg
from tests.goals.reporting import PLAN
from tests.support.clients import client
from tests.support.tickets import do, ticket

LEDGERS = (
    "matters_matter matters_entry goals_goal goals_change goals_correction goals_report goals_verification goals_plan"
    " org_reading"
).split()
_seed = itertools.count(1000)


def demand_two_files(pack: Path) -> None:
    """The answer to a call needs two files."""
    file = pack / "matters" / "hotline.yaml"
    text = file.read_text("utf-8")
    wanted = "    needs: [result]\n    may: [photos_before, photos_after, files]\n    handles: true\n    key: A\n"
    assert wanted in text
    file.write_text(text.replace(wanted, f"{wanted}    evidence: 2\n"), "utf-8")


@pytest.fixture(scope="module")
def district(database: str) -> Any:
    from tests.support.district import make_district

    return make_district(demand_two_files)


@pytest.fixture(scope="module")
def elsewhere(database: str) -> Any:
    from tests.support.district import make_district

    return make_district()


def keep(district: Any, post: str, *, matter: int | None = None, seed: int | None = None) -> int:
    from yiwang.matters import evidence
    from yiwang.org.session import acting_as

    with acting_as(district.as_(post)) as asker:
        return evidence.keep(asker, "a.jpg", jpeg(next(_seed) if seed is None else seed), matter=matter).pk


def handled(district: Any) -> Any:
    opened = ticket(district)
    do(district, "dispatcher-1", opened, "assign", {"unit": "water"})
    do(district, "water-1", opened, "accept")
    return opened


def written(database: str, district: Any) -> dict[str, int]:
    with psycopg.connect(database) as owner:
        counts = {}
        for table in LEDGERS:
            one = owner.execute(f"SELECT count(*) FROM {table} WHERE district_id = %s", [district.id]).fetchone()
            counts[table] = one[0] if one else 0
        one = owner.execute("SELECT count(*) FROM files_file WHERE district_id = %s AND noun <> ''", [district.id])
        return counts | {"files that belong to something": one.fetchone()[0]}  # type: ignore[index]


SORTS = ["mine", "mine again", "a copy of mine", "of this matter", "a colleague's", "of another matter",
         "of a matter that I do not see", "of another district", "not there", "no number"]  # fmt: skip
GOOD = {"mine", "mine again", "a copy of mine", "of this matter"}


class Numbers:
    """Numbers of files of every sort, for one answer to one matter."""

    def __init__(self, district: Any, elsewhere: Any, matter: Any) -> None:
        self.mine = [keep(district, "water-1")]
        self.sort = {
            "mine": lambda: self.mine.append(keep(district, "water-1")) or self.mine[-1],
            "mine again": lambda: self.mine[-1],
            "a copy of mine": lambda: keep(district, "water-1", seed=999),
            "of this matter": lambda: keep(district, "water-1", matter=matter.id),
            "a colleague's": lambda: keep(district, "water-2"),
            "of another matter": lambda: keep(district, "water-1", matter=handled(district).id),
            "of a matter that I do not see": lambda: keep(district, "dispatcher-1", matter=ticket(district).id),
            "of another district": lambda: keep(elsewhere, "water-1"),
            "not there": lambda: 123456789,
            "no number": lambda: "²",
        }


def posts(district: Any, matter: Any, numbers: list[Any]) -> int:
    page = client(district, "water-1")
    return page.post(f"/desk/matters/{matter.number}/do/answer/", {"result": "办结", "kept": numbers}).status_code


def calls(district: Any, matter: Any, numbers: list[Any]) -> int:
    what = {"action": "answer", "data": {"result": "办结", "files": numbers}}
    address = f"/api/v1/matters/{matter.number}/actions"
    return client(district, "water-1").post(address, json.dumps(what), content_type="application/json").status_code


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(sorts=st.lists(st.sampled_from(SORTS), max_size=4), through=st.sampled_from([posts, calls]))
@example(sorts=["mine", "mine again"], through=calls)
@example(sorts=["mine", "mine"], through=calls)
@example(sorts=["not there", "not there"], through=calls)
@example(sorts=["a copy of mine", "a copy of mine"], through=posts)
@example(sorts=["mine", "mine", "of a matter that I do not see"], through=posts)
def test_a_file_counts_once_and_only_for_whom_it_is(
    database: str, district: Any, elsewhere: Any, sorts: list[str], through: Any
) -> None:
    from yiwang.files.models import File
    from yiwang.org.session import acting_as

    matter = handled(district)
    make = Numbers(district, elsewhere, matter)
    numbers = [make.sort[sort]() for sort in sorts]
    different = len({sort if sort in ("mine again", "a copy of mine") else (sort, n) for n, sort in enumerate(sorts)})
    if "mine again" in sorts and "mine" in sorts[: sorts.index("mine again")]:
        different -= 1  # that very one
    before = written(database, district)
    status = through(district, matter, numbers)
    if set(sorts) <= GOOD and different >= 2:
        assert status in (200, 302)
        with acting_as(district.system) as asker:
            owned = set(File.objects.filter(district=asker.district, subject=matter.id).values_list("pk", flat=True))
        assert set(numbers) <= owned
    else:
        assert status == 422
        assert written(database, district) == before


# --- all other numbers, codes and names -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def things(district: Any, elsewhere: Any) -> dict[str, Any]:
    """A goal, a report, a plan and its lines of both districts, and a matter that most people do not see."""
    from decimal import Decimal

    from yiwang.goals import queries, store
    from yiwang.org.session import acting_as

    found: dict[str, Any] = {}
    for name, one in (("here", district), ("there", elsewhere)):
        with acting_as(one.as_("supervisor")) as asker:
            plan = store.import_plan(asker, PLAN.encode(), "plan.txt")
            second = store.import_plan(
                asker, (PLAN + "\n4.多建公园。新建公园9座。（责任单位：区水务局）").encode(), "b.txt"
            )
            lines = [row.pk for row in queries.statements(asker, second.pk)]
            store.confirm_all(asker, plan.pk)
            store.adopt(asker, plan.pk)
            goal = next(g.goal for g in queries.lamps(asker, year=2026).goals if "240台" in g.goal.quote)
        with acting_as(one.as_("water-1")) as asker:
            proof = [store.File("a.txt", "已完成".encode())]
            report = store.report(asker, goal.pk, "2026-02", Decimal(10), files=proof)
        day = "2026-10-12" if name == "here" else "2026-10-13"  # numbers of two districts may be the same
        matter = ticket(one, when=f"{day}T10:00")
        found[name] = {
            "plan": plan.pk, "second": second.pk, "lines": lines, "goal": goal.pk, "report": report.pk,
            "matter": matter.number, "id": matter.id,
        }  # fmt: skip
    return found


HUGE = "9" * 30


def doors(things: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """(post, address, form): each names one thing that the asker does not see, that is not there, or that is none."""
    here, there = things["here"], things["there"]
    goal, report, plan, lines = there["goal"], there["report"], there["plan"], there["lines"]
    assign = {"unit": "water"}
    found: list[tuple[str, str, dict[str, Any]]] = []
    for number in (there["matter"], "RX-20261012-9999", "x", "²", HUGE):
        found += [
            ("dispatcher-1", f"/desk/matters/{number}/do/assign/", assign),
            ("dispatcher-1", f"/desk/matters/{number}/reporter/", {"purpose": "call back about it"}),
            ("dispatcher-1", "/desk/bulk/", {"number": number, "action": "assign", "key": "k"}),
        ]
    found.append(("nan-1", f"/desk/matters/{here['matter']}/do/assign/", assign))  # in this district, and not seen
    for number in (goal, 999_999_999, HUGE):
        found += [
            ("supervisor", f"/board/goals/{number}/assign/", {"lead": "区水务局"}),
            ("supervisor", f"/board/goals/{number}/parts/", {"unit-1": "3"}),
            ("water-1", f"/board/goals/{number}/report/", {"period": "2026-03", "value": "11"}),
            ("supervisor", "/board/orders/open/", {"goal": str(number)}),
        ]
    found += [("supervisor", "/board/orders/open/", {"goal": text}) for text in ("x", "²", "-1", "0")]
    found.append(("green-1", f"/board/goals/{here['goal']}/report/", {"period": "2026-03", "value": "11"}))
    for number in (report, 999_999_999, HUGE):
        found.append(("supervisor", f"/board/reports/{number}/verify/", {"verdict": "accept"}))
    for number in (plan, 999_999_999, HUGE):
        for what in ("undo", "confirm", "adopt", "merge"):
            found.append(("supervisor", f"/board/plans/{number}/{what}/", {"picked": lines[:2]}))
    own, second = here["plan"], here["second"]
    found += [
        ("supervisor", f"/board/plans/{second}/merge/", {"picked": [here["lines"][0], one]})
        for one in (lines[0], 999_999_999, "x", HUGE)
    ]
    found.append(("supervisor", f"/board/plans/{own}/merge/", {"picked": here["lines"][:2]}))  # lines of another plan
    for line in (lines[0], here["lines"][0], 999_999_999):  # not of this plan
        found.append(("supervisor", f"/board/plans/{own}/statements/{line}/", {"do": "drop"}))
    for indicator in ("invented", "x" * 61, "hotline_solved" + "x" * 60):
        found.append(("supervisor", f"/board/goals/{here['goal']}/assign/", {"indicator": indicator}))
    for unit in ("moon", there["matter"], HUGE):
        found.append(("dispatcher-1", f"/desk/matters/{here['matter']}/do/assign/", {"unit": unit}))
        found.append(("supervisor", f"/board/goals/{here['goal']}/assign/", {"lead": unit}))
    for action in ("create", "rate", "urge", "invented", HUGE):
        found.append(("dispatcher-1", f"/desk/matters/{here['matter']}/do/{action}/", {}))
    return found


def test_nothing_that_the_asker_may_not_name_is_written_through_any_door(
    database: str, district: Any, things: dict[str, Any]
) -> None:
    before = written(database, district)
    people = {}
    for post, address, form in doors(things):
        page = people.setdefault(post, client(district, post))
        answer = page.post(address, form)
        assert answer.status_code in (302, 403, 404, 409, 422), (address, form, answer.status_code)
        assert written(database, district) == before, (address, form)


def test_a_file_handed_in_by_machine_serves_an_action(district: Any) -> None:
    page, matter = client(district, "water-1"), handled(district)
    sent = [page.post("/api/v1/files", {"file": named(f"a{n}.jpg", jpeg(5000 + n))}) for n in range(2)]
    assert [one.status_code for one in sent] == [201, 201]
    told = sent[0].json()
    assert (told["name"], told["media_type"], told["as_it_came"]) == ("a0.jpg", "image/jpeg", False)
    assert calls(district, matter, [one.json()["id"] for one in sent]) == 200
    for name, content in (("a.jpg", b""), ("a.gif", b"GIF89a"), ("a.jpg", b"\xff\xd8\xff" + bytes(99))):
        refused = page.post("/api/v1/files", {"file": named(name, content)})
        assert refused.status_code == 422
        assert name in refused.json()["error"]["en"]
    assert page.post("/api/v1/files", {}).status_code == 422
    assert client(district, "auditor").get(f"/desk/evidence/{told['id']}/").status_code == 200  # with its matter


def named(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_files_are_opened_through_their_own_door_only(district: Any, elsewhere: Any) -> None:
    theirs, loose = keep(elsewhere, "water-1"), keep(district, "water-1")
    hidden = keep(district, "dispatcher-1", matter=ticket(district).id)
    page = client(district, "water-1")
    assert page.get(f"/desk/evidence/{loose}/").status_code == 200
    for number in (theirs, hidden, 999_999_999, HUGE):
        for door in ("/desk/evidence", "/board/evidence"):
            assert page.get(f"{door}/{number}/").status_code == 404
    assert client(district, "water-2").get(f"/desk/evidence/{loose}/").status_code == 404
    assert page.get(f"/board/evidence/{loose}/").status_code == 404
