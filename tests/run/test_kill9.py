"""What was acknowledged is in the ledger, once, whatever is killed meanwhile (design §10.1).

A thousand tickets are assigned by eight dispatchers' browsers at once. The web server's process is killed with -9
again and again; a browser that got no answer sends the same form again, with the same key.
"""

from __future__ import annotations

import http.client
import os
import queue
import random
import signal
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.district import TestDistrict, make_district
from tests.support.site import free_port
from yiwang.run.processes import Processes
from yiwang.run.up import web_program

ACTIONS = 1000
BROWSERS = 8
KILLS = 5
SECONDS = 300.0
CSRF = "k" * 32
TICKET = {"text": "路口下水道堵塞，下雨积水", "category": "drain.blocked"}


@dataclass
class Web:
    """A web server that is started again whenever it is killed."""

    port: int
    processes: Processes

    def kill(self) -> None:
        """Kill -9 of the server and all its workers."""
        with_pid = self.processes.programs[0].process
        assert with_pid
        os.killpg(with_pid.pid, signal.SIGKILL)

    def answers(self) -> bool:
        try:
            return bool(urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status == 200)
        except OSError:
            return False


@pytest.fixture
def web(database: str, tmp_path: Path) -> Iterator[Web]:
    running = Web(free_port(), Processes(tmp_path))
    running.processes.start(web_program("127.0.0.1", running.port, 1, {"YIWANG_LOG": "ERROR"}))
    done = threading.Event()
    watcher = threading.Thread(target=running.processes.watch, args=(done.is_set,))
    watcher.start()
    try:
        wait_for(running)
        yield running
    finally:
        done.set()
        watcher.join()
        running.processes.stop()


def wait_for(web: Web) -> None:
    end = time.monotonic() + 60
    while not web.answers():
        assert time.monotonic() < end, "the web server does not come back"
        time.sleep(0.05)


@dataclass
class Tally:
    """What the browsers saw."""

    acknowledged: list[str] = field(default_factory=list)
    sent_again: int = 0
    surprises: list[str] = field(default_factory=list)


def session_of(username: str) -> str:
    """A signed-in session, as the sign-in page makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore

    user, session = User.objects.get(username=username), SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    return str(session.session_key)


def open_tickets(district: TestDistrict, count: int) -> list[str]:
    from yiwang.matters import store
    from yiwang.org.session import acting_as

    asker = district.as_("dispatcher-1")
    with acting_as(asker):
        return [
            store.open_matter(asker, "hotline", {**TICKET, "title": f"下水道堵塞 {n}"}).number for n in range(count)
        ]


def browse(web: Web, session: str, todo: queue.Queue[str], tally: Tally) -> None:
    """Assign ticket after ticket; without an answer, send the same form again."""
    headers = {
        "Cookie": f"yiwang_session={session}; yiwang_csrf={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection, end = None, time.monotonic() + SECONDS
    while True:
        try:
            number = todo.get_nowait()
        except queue.Empty:
            return
        form = urllib.parse.urlencode({"unit": "water", "key": f"kill9-{number}"})
        while True:
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", web.port, timeout=20)
                connection.request("POST", f"/desk/matters/{number}/do/assign/", form, headers)
                answer = connection.getresponse()
                text = answer.read()
                break
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < end, "the web server does not come back"
                connection = None
                tally.sent_again += 1
                time.sleep(0.1)
        if answer.status == 302 and "sign-in" not in answer.headers["Location"]:
            tally.acknowledged.append(number)
        else:
            tally.surprises.append(f"{number}: {answer.status} {text[-300:]!r}")


def kill_again_and_again(web: Web, tally: Tally, stop: threading.Event) -> int:
    """Kill the server at moments spread over the work; returns how often."""
    kills, dice = 0, random.Random(9)
    while kills < KILLS and not stop.is_set():
        wanted = (kills + 0.3 + 0.4 * dice.random()) * ACTIONS / KILLS
        while len(tally.acknowledged) + len(tally.surprises) < wanted and not stop.is_set():
            time.sleep(0.002)
        if not stop.is_set():
            web.kill()
            kills += 1
            time.sleep(0.3)
    return kills


@pytest.mark.slow
def test_every_acknowledged_action_is_in_the_ledger_and_none_twice(web: Web) -> None:
    from django.db import connection

    from yiwang.matters import auditing
    from yiwang.org.session import acting_as

    district = make_district()
    tickets = open_tickets(district, ACTIONS)
    todo: queue.Queue[str] = queue.Queue()
    for number in tickets:
        todo.put(number)
    session, tally, stop = session_of(district.username("dispatcher-1")), Tally(), threading.Event()
    with ThreadPoolExecutor(BROWSERS + 1) as pool:
        killer = pool.submit(kill_again_and_again, web, tally, stop)
        browsers: list[Any] = [pool.submit(browse, web, session, todo, tally) for _ in range(BROWSERS)]
        try:
            for browser in browsers:
                browser.result()
        finally:
            stop.set()
    assert tally.surprises[:3] == []
    assert killer.result() == KILLS
    assert tally.sent_again >= KILLS, "no request was under way when the server was killed"
    assert sorted(tally.acknowledged) == sorted(tickets)

    with acting_as(district.system) as asker, connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, count(*) FILTER (WHERE action = 'assign') FROM matters_entry"
            " JOIN matters_matter m ON m.id = matter_id WHERE m.district_id = %s GROUP BY number",
            [district.id],
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(tickets, 1)
        audit = auditing.verify(asker)
    assert audit.whole
    assert audit.entries == 2 * ACTIONS
