"""An action reads what it needs: its POST asks the same few questions of a matter of many entries as of a new one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.support.clients import client
from tests.support.tickets import do, ticket

GROWS = re.compile(r'\bFROM "?(matters_entry|files_file|matters_said|org_reading)\b')  # what an old matter has more of
TWICE_A_MINUTE = "clock_timestamp()"  # whoever happens to act then asks the database's clock as well
AGE = 6  # entries that the older matter has beside the younger one's


@contextmanager
def listening() -> Iterator[list[str]]:
    """Every statement of this thread that the ORM or a plain cursor sends, but for the look at the clock."""
    from django.db import connection

    said: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if TWICE_A_MINUTE not in sql:
            said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield said


def opened(district: Any, older: bool) -> Any:
    """A new matter, or one with more entries."""
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    one = ticket(district)
    for n in range(AGE if older else 0):
        with acting_as(district.system) as asker:
            store.act(asker, one.id, "urge", {"note": f"第 {n} 次催办"})
    return one


def assigned(district: Any, older: bool) -> Any:
    one = opened(district, older)
    do(district, "dispatcher-1", one, "assign", {"unit": "water"})
    return one


def closed(district: Any, older: bool) -> Any:
    one = assigned(district, older)
    do(district, "water-1", one, "accept")
    do(district, "water-1", one, "answer", {"result": "已疏通"})
    do(district, "dispatcher-2", one, "verify", {"reached": True})
    return one


def on_the_desk(district: Any, older: bool) -> Callable[[], Any]:
    one, asking = assigned(district, older), client(district, "water-1")
    return lambda: asking.post(f"/desk/matters/{one.number}/do/accept/", {"key": one.number})


def in_a_batch(district: Any, older: bool) -> Callable[[], Any]:
    one, asking = opened(district, older), client(district, "dispatcher-1")
    send = f"{one.number} {1 + AGE * older} assign water"
    return lambda: asking.post("/desk/bulk/", {"sure": "1", "send": [send], "key": f"{int(older):032x}"})


def by_rest(district: Any, older: bool) -> Callable[[], Any]:
    one, asking = assigned(district, older), client(district, "water-1")
    address, body = f"/api/v1/matters/{one.number}/actions", json.dumps({"action": "accept"})
    return lambda: asking.post(address, body, content_type="application/json")


def by_its_reporter(district: Any, older: bool) -> Callable[[], Any]:
    from django.test import Client

    one, resident = closed(district, older), Client(SERVER_NAME="127.0.0.1")
    known = resident.post("/portal/track/", {"number": one.number, "code": one.code})
    assert known.status_code == 302
    said = {"solved": "true", "satisfaction": "satisfied"}
    return lambda: resident.post(f"/portal/track/{one.number}/rate/", said)


@pytest.mark.parametrize("door", [on_the_desk, in_a_batch, by_rest, by_its_reporter])
def test_an_action_reads_neither_ledger_nor_files(
    district: Any, monkeypatch: pytest.MonkeyPatch, door: Callable[..., Any]
) -> None:
    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    sent = {}
    for older in (False, True):
        send = door(district, older)
        with listening() as said:
            answer = send()
        assert answer.status_code in (200, 302)
        sent[older] = said
    assert [sql for sql in sent[True] if GROWS.search(sql)] == []
    assert len(sent[True]) == len(sent[False]), "no more is asked of an older one"


def test_what_is_done_is_done_by_every_door(district: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The few questions are enough: each of the four changed its matter."""
    from yiwang.matters.models import Matter
    from yiwang.org.session import acting_as

    monkeypatch.setenv("YIWANG_DISTRICT", district.code)
    with acting_as(district.system):
        before = set(Matter.objects.filter(district=district.id).values_list("pk", flat=True))
    for door in (on_the_desk, in_a_batch, by_rest, by_its_reporter):
        door(district, True)()
    with acting_as(district.system):
        after = Matter.objects.filter(district=district.id).exclude(pk__in=before)
        assert set(after.values_list("last_action", flat=True)) == {"accept", "assign", "rate"}


def test_a_batch_asks_once_for_all_its_matters(district: Any) -> None:
    """What is asked of the matters of a batch before the first is sent is one question, however many they are."""
    fresh, asking = [opened(district, False) for _ in range(4)], client(district, "dispatcher-1")
    numbers = []
    for some in (fresh[:1], fresh[1:]):
        send = [f"{one.number} 1 assign water" for one in some]
        form = {"sure": "1", "send": send, "key": f"{len(some):032x}"}
        with listening() as said:
            answer = asking.post("/desk/bulk/", form)
        assert answer.status_code == 302
        numbers.append(sum('FROM "matters_matter"' in sql for sql in said))
    assert numbers == [1, 1]
