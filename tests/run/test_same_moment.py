"""The same form at the same moment, through the real server: one matter, everybody else is told its number."""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.site import Site
from tests.support.visitor import Answer, Visitor

MANY = 8
NUMBER = re.compile(r"\b[A-Z]{2}-\d{8}-\d{4,}\b")


def at_once(send: Callable[[int], Any]) -> list[Any]:
    """What `send` comes to, done by as many threads at one moment."""
    gate, found = threading.Barrier(MANY), [None] * MANY

    def one(n: int) -> None:
        gate.wait()
        found[n] = send(n)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(MANY)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return found


@pytest.fixture(scope="module")
def dispatcher(site: Site) -> Visitor:
    return Visitor(site).sign_in("shijing")


def sent(who: Visitor, path: str, body: Any) -> tuple[int, Any]:
    """A call of the API."""
    headers = {"Content_Type": "application/json", "X_CSRFToken": who.cookies["yiwang_csrf"], "Referer": who.site.url}
    answer = who.ask(path, "POST", json.dumps(body), **headers)
    return answer.status, json.loads(answer.body)


def read(who: Visitor, path: str) -> Any:
    return json.loads(who.ask(path).body)


def opened(who: Visitor, title: str) -> list[str]:
    """Numbers of the newest matters of that title."""
    return [one["number"] for one in read(who, "/api/v1/matters")["results"] if one["title"] == title]


def test_the_portals_form_sent_eight_times_at_once_is_one_report(site: Site, dispatcher: Visitor) -> None:
    said, key = f"同一时刻{uuid.uuid4().hex[:6]}路灯不亮", uuid.uuid4().hex
    visitors = [Visitor(site) for _ in range(MANY)]
    [visitor.ask("/portal/report/") for visitor in visitors]

    def send(n: int) -> Answer:
        answer = visitors[n].post("/portal/report/", {"key": key, "text": said, "address": "学府路 3 号"})
        assert answer.status == 302, answer.text[:500]
        return visitors[n].ask(answer.headers["location"])

    answers = at_once(send)
    assert [answer.status for answer in answers] == [200] * MANY
    numbers = {NUMBER.search(answer.text).group(0) for answer in answers}
    assert opened(dispatcher, said) == list(numbers)


def test_the_desks_form_sent_eight_times_at_once_is_one_matter(dispatcher: Visitor) -> None:
    title, key = f"同一时刻{uuid.uuid4().hex[:6]}", uuid.uuid4().hex
    form = {"kind": "hotline", "title": title, "text": "路灯不亮", "key": key}
    answers = at_once(lambda n: dispatcher.post("/desk/new/", form))
    assert [answer.status for answer in answers] == [302] * MANY
    (number,) = opened(dispatcher, title)
    assert sum(number in answer.headers["location"] for answer in answers) == MANY - 1


def test_the_machine_door_opens_one_and_tells_the_others_its_number(dispatcher: Visitor) -> None:
    title = f"同一时刻{uuid.uuid4().hex[:6]}"
    body = {"kind": "hotline", "data": {"title": title, "text": "路灯不亮"}, "key": "gateway-" * 20 + title}
    answers = at_once(lambda n: sent(dispatcher, "/api/v1/matters", body))
    assert sorted(status for status, _ in answers) == [200] * (MANY - 1) + [201]
    assert {said["number"] for _, said in answers} == set(opened(dispatcher, title))


def test_different_forms_at_once_share_no_number_and_are_read_at_once(dispatcher: Visitor) -> None:
    """§10.6 numbers are never shared · §10.8 what was opened is in list, search and by its number right away."""
    title = f"各不相同{uuid.uuid4().hex[:6]}"

    def send(n: int) -> tuple[int, str, list[Any]]:
        body = {"kind": "hotline", "data": {"title": title, "text": f"第 {n} 盏"}, "key": f"{title}{n}"}
        status, said = sent(dispatcher, "/api/v1/matters", body)
        number = said["number"]
        seen = [
            dispatcher.ask(f"/api/v1/matters/{number}").status,
            read(dispatcher, f"/api/v1/matters?q={quote(number)}")["count"],
            number in opened(dispatcher, title),
        ]
        return status, number, seen

    found = at_once(send)
    assert [status for status, _, _ in found] == [201] * MANY
    assert len({number for _, number, _ in found}) == MANY
    assert [seen for _, _, seen in found] == [[200, 1, True]] * MANY


def test_one_key_for_two_matters_at_once_is_told(dispatcher: Visitor) -> None:
    """The same attempt cannot be two: whoever comes second is told, nobody sees a failure."""
    made = []
    for n in range(2):
        body = {"kind": "hotline", "data": {"title": f"一键两用{n}", "text": "x"}}
        made.append(sent(dispatcher, "/api/v1/matters", body)[1]["number"])
    act = {"action": "assign", "data": {"unit": "bureau-water"}, "key": uuid.uuid4().hex}
    answers = at_once(lambda n: sent(dispatcher, f"/api/v1/matters/{made[n % 2]}/actions", act))
    assert sorted(status for status, _ in answers) == [200] * (MANY // 2) + [409] * (MANY // 2)
