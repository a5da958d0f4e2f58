"""Whoever waits for something waits for a bounded time, reads a sentence, and keeps nobody else waiting."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

import psycopg
import pytest

from tests.support.site import Site
from tests.support.visitor import Answer, Visitor

CLICKS = 40
PASSER_BY = ("/portal/", "/sign-in/", "/portal/report/")


@pytest.fixture(scope="module")
def dispatcher(site: Site) -> Visitor:
    return Visitor(site).sign_in("shijing")


@contextmanager
def held(site: Site, statement: str) -> Iterator[None]:
    """Somebody's transaction that holds what `statement` locks."""
    with psycopg.connect(site.owner) as connection:
        connection.execute(statement)  # type: ignore[arg-type]
        yield
        connection.rollback()


def some_matter(site: Site) -> tuple[int, str]:
    with psycopg.connect(site.owner) as connection:
        found = connection.execute(
            "SELECT id, number FROM matters_matter WHERE closed_at IS NULL ORDER BY id DESC LIMIT 1"
        ).fetchone()
    assert found
    return int(found[0]), str(found[1])


def click(visitor: Visitor, number: str, n: int, **headers: str) -> Answer:
    form = {"key": f"waiting-{time.monotonic_ns()}-{n}", "unit": "bureau-water", "note": "x"}
    return visitor.post(f"/desk/matters/{number}/do/assign/", form, seconds=120, **headers)


def others_answer(site: Site) -> None:
    for path in PASSER_BY:
        assert Visitor(site).ask(path, seconds=20).status == 200, path


def test_a_lock_on_one_matter_and_many_clicks_leave_all_other_pages_alone(site: Site, dispatcher: Visitor) -> None:
    pk, number = some_matter(site)
    with ThreadPoolExecutor(CLICKS) as pool:
        with held(site, f"SELECT 1 FROM matters_matter WHERE id = {pk} FOR UPDATE"):
            clicks = [pool.submit(click, dispatcher, number, n) for n in range(CLICKS)]
            done = wait(clicks, timeout=30, return_when="FIRST_COMPLETED").done
            assert done, "a click waits for ever"
            others_answer(site)
            assert Visitor(site).sign_in("weisiqi")
            assert site.answers()
            assert any(not one.done() for one in clicks), "the lock kept nobody"
        answers = [one.result() for one in clicks]
    assert {one.status for one in answers} <= {503, 302, 409, 422, 403}
    refused = [one for one in answers if one.status == 503]
    assert refused
    assert all(one.headers["retry-after"].isdigit() for one in refused)
    assert any("数据库正忙" in one.text for one in refused)
    assert click(dispatcher, number, CLICKS).status != 503


@pytest.mark.parametrize("form", ["page", "part", "api"])
def test_the_sentence_comes_in_the_form_of_the_one_who_waited(site: Site, dispatcher: Visitor, form: str) -> None:
    pk, number = some_matter(site)
    with held(site, f"SELECT 1 FROM matters_matter WHERE id = {pk} FOR UPDATE"):
        if form == "api":
            sent = json.dumps({"action": "assign", "data": {"unit": "bureau-water"}})
            headers = {"Content_Type": "application/json", "X_CSRFToken": dispatcher.cookies["yiwang_csrf"]}
            answer = dispatcher.ask(f"/api/v1/matters/{number}/actions", "POST", sent, Referer=site.url, **headers)
            assert set(json.loads(answer.text)["error"]) == {"zh", "en"}
        elif form == "part":
            answer = click(dispatcher, number, 0, HX_Request="true", Accept_Language="en")
            assert answer.text.startswith('<p class="error-line" role="alert">')
        else:
            answer = click(dispatcher, number, 0)
            assert "<title>这次没有办成" in answer.text
    assert answer.status == 503
    assert answer.headers["retry-after"].isdigit()


def test_it_says_that_it_is_not_well_while_all_threads_for_pages_are_stuck(site: Site, dispatcher: Visitor) -> None:
    paths = [f"/desk/matters/?page={n}" for n in range(1, 3)] + ["/desk/", "/desk/list/", "/wall/vitals/", "/desk/new/"]
    with ThreadPoolExecutor(48) as pool:
        with held(site, "LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE"):
            stuck = [pool.submit(dispatcher.ask, path, seconds=120) for path in paths * 5]
            deadline = time.monotonic() + 30
            while Visitor(site).ask("/healthz", seconds=20).status != 503:
                assert time.monotonic() < deadline, "it says that it is well"
            answers = [one.result() for one in stuck]
        assert {one.status for one in answers} == {503}
        deadline = time.monotonic() + 30
        while Visitor(site).ask("/healthz").status != 200:
            assert time.monotonic() < deadline, "it does not come back"
    assert dispatcher.ask("/desk/").status == 200


@pytest.mark.slow
def test_sixty_sign_ins_at_once_keep_no_other_page_waiting(site: Site) -> None:
    def sign_in() -> int:
        token = "t" * 32
        visitor = Visitor(site, {"yiwang_csrf": token})
        return visitor.post("/sign-in/", {"username": "shijing", "password": "clear river demo"}, seconds=120).status

    with ThreadPoolExecutor(60) as pool:
        sign_ins = [pool.submit(sign_in) for _ in range(60)]
        wait(sign_ins, return_when="FIRST_COMPLETED")
        for _ in range(3):
            others_answer(site)
        assert waiting(sign_ins) > 20, "other pages waited for the sign-ins"
        assert {one.result() for one in sign_ins} <= {302, 503}  # 503: it waited for half a minute
        assert sum(one.result() == 302 for one in sign_ins) > 10


def waiting(asked: list[Future[int]]) -> int:
    return sum(not one.done() for one in asked)


def test_more_walls_than_can_wait_are_refused_at_once_and_pages_answer(site: Site, dispatcher: Visitor) -> None:
    walls = [dispatcher.open("/wall/") for _ in range(50)]
    try:
        others_answer(site)
        refused = Visitor(site, dispatcher.cookies).ask("/wall/", seconds=20)
        assert refused.status == 503
        assert "用的人太多" in refused.text
        assert refused.headers["retry-after"].isdigit()
    finally:
        for one in walls:
            one.close()  # who leaves the queue is not served
    deadline = time.monotonic() + 60
    while dispatcher.ask("/desk/matters/export.csv", seconds=60).status != 200:
        assert time.monotonic() < deadline, "the queue does not empty"
