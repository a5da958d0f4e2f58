"""Every streamed door through the real server with all its threads busy, and with readers who leave (design §10.17)."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

import psycopg
import pytest
from PIL import Image

from tests.support.site import Site
from tests.support.visitor import Visitor

THREADS = 8
EVERYBODY = ("shijing", "jinchunyan", "weisiqi")
EXPORT = "/desk/matters/export.csv"
STREAMED = re.compile(r"\b(?:StreamingHttpResponse|FileResponse)\(")
DOORS = {"desk/exporting.py", "look/downloads.py"}


@pytest.fixture(scope="module")
def staff(site: Site) -> list[Visitor]:
    """People who see much, a street and nothing of it."""
    return [Visitor(site).sign_in(name) for name in EVERYBODY]


@contextmanager
def crowd(site: Site) -> Iterator[Counter[int]]:
    """Passers-by who keep every thread busy; yields what they were answered."""
    answers: Counter[int] = Counter()
    done = Event()

    def stroll() -> None:
        while not done.is_set():
            answers[Visitor(site).ask("/sign-in/").status] += 1

    with ThreadPoolExecutor(THREADS) as pool:
        people = [pool.submit(stroll) for _ in range(THREADS)]
        try:
            yield answers
        finally:
            done.set()
        for one in people:
            one.result()


def open_transactions(site: Site) -> int:
    """Sessions of the application that stand within a transaction and do nothing."""
    with psycopg.connect(site.owner) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'yiwang_app'"
            " AND state LIKE 'idle in transaction%' AND now() - state_change > interval '1 second'"
        ).fetchone()
    assert found
    return int(found[0])


def rows_of(text: str) -> list[str]:
    return [row[0] for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))][1:]


def seen_by(visitor: Visitor) -> int:
    """How many matters the page says that its reader sees."""
    said = re.search(r"<h1>([\d,]+) ", visitor.ask("/desk/matters/", Accept_Language="zh").text)
    assert said
    return int(said.group(1).replace(",", ""))


def test_every_streamed_answer_is_known_here(checkout: Path) -> None:
    """A new one is added to DOORS with its test through the real server."""
    source = checkout / "src" / "yiwang"
    found = {str(file.relative_to(source)) for file in source.rglob("*.py") if STREAMED.search(file.read_text("utf-8"))}
    assert found == DOORS


def test_exports_are_whole_while_every_thread_is_busy(site: Site, staff: list[Visitor]) -> None:
    expected = [seen_by(one) for one in staff]
    with crowd(site) as answers, ThreadPoolExecutor(4) as pool:
        exports = list(pool.map(lambda one: one.ask(EXPORT), staff * 5))
    assert [one.status for one in exports] == [200] * len(exports)
    assert [len(rows_of(one.text)) for one in exports] == expected * 5
    assert [len(set(rows_of(one.text))) for one in exports] == expected * 5
    assert set(answers) == {200}
    assert expected[0] > expected[1] > 0
    assert open_transactions(site) == 0


def test_a_reader_who_leaves_midway_leaves_nothing_behind(site: Site, staff: list[Visitor]) -> None:
    dispatcher = staff[0]
    whole = len(dispatcher.ask(EXPORT).body)
    for n in range(2 * THREADS):
        connection = dispatcher.open(EXPORT)
        if n % 3:
            connection.recv(1024 * (n % 3))
        connection.close()
    with crowd(site) as answers:
        time.sleep(1)
    assert set(answers) == {200}
    assert len(dispatcher.ask(EXPORT).body) == whole
    assert open_transactions(site) == 0


def test_readers_who_take_nothing_hold_no_thread(site: Site, staff: list[Visitor]) -> None:
    stuck = [staff[0].open(EXPORT) for _ in range(THREADS + 2)]
    try:
        for one in stuck:
            one.recv(16)  # it has begun
        assert staff[1].ask(EXPORT, seconds=20).status == 200
        assert Visitor(site).ask("/portal/", seconds=20).status == 200
        assert open_transactions(site) == 0
    finally:
        for one in stuck:
            one.close()


def test_a_file_is_whole_for_whoever_may_see_it_and_closed_when_its_reader_leaves(
    site: Site, staff: list[Visitor]
) -> None:
    script = re.search(r'src="(/static/[^"]+\.js)"', staff[0].ask("/wall/").text)
    assert script
    whole = staff[0].ask(script.group(1))
    for _ in range(2 * THREADS):
        staff[0].open(script.group(1)).close()
    with crowd(site) as answers, ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: staff[0].ask(script.group(1)), range(20)))
    assert {(one.status, one.body) for one in again} == {(200, whole.body)}
    assert set(answers) == {200}


def photo() -> bytes:
    """A photo of noise: some hundred thousand bytes, whatever it is saved as."""
    out = io.BytesIO()
    Image.frombytes("RGB", (900, 700), random.Random(1).randbytes(900 * 700 * 3)).save(out, "JPEG", quality=90)
    return out.getvalue()


def reported(site: Site) -> str:
    """The address of a photo that a resident has just sent."""
    resident = Visitor(site)
    resident.ask("/sign-in/")
    said = {
        "key": secrets.token_hex(8),
        "text": "路口下水道堵塞，下雨积水很深",
        "address": "霜桥路口",
        "csrfmiddlewaretoken": resident.cookies["yiwang_csrf"],
    }
    line = "photo-of-noise"
    parts = [f'--{line}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in said.items()]
    head = f'--{line}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n'
    body = b"".join(
        [*parts, head.encode(), b"Content-Type: image/jpeg\r\n\r\n", photo(), f"\r\n--{line}--\r\n".encode()]
    )
    kind = f"multipart/form-data; boundary={line}"
    sent = resident.ask("/portal/report/", "POST", body, Content_Type=kind, Referer=site.url)
    assert sent.status == 302, sent.text[:2000]
    number = re.search(r"\b[A-Z]+-\d{8}-\d{4}\b", resident.ask(sent.headers["location"]).text)
    assert number
    page = Visitor(site).sign_in(EVERYBODY[0]).ask(f"/desk/matters/{number.group()}/").text
    found = re.search(r"/desk/evidence/\d+/", page)
    assert found
    return found.group()


def test_a_photo_is_whole_and_its_file_closed_when_a_reader_leaves(site: Site, staff: list[Visitor]) -> None:
    path, web = reported(site), site.process("web")
    whole = staff[0].ask(path)
    assert (whole.status, whole.headers["content-type"]) == (200, "image/jpeg")
    assert len(whole.body) > 100_000
    for _ in range(2 * THREADS):
        staff[0].open(path).close()
    with crowd(site) as answers, ThreadPoolExecutor(4) as pool:
        again = list(pool.map(lambda _: staff[0].ask(path), range(20)))
    assert {(one.status, one.body) for one in again} == {(200, whole.body)}
    assert set(answers) == {200}
    assert staff[2].ask(path).status == 404
    assert not any("media" in one for pid in workers(web) for one in opened_by(pid))


def opened_by(pid: int) -> list[str]:
    """What a process has open."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            found.append(os.readlink(one))
    return found


def workers(web: int) -> list[int]:
    """The process and its children."""
    children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
    return [web, *map(int, children)]


def test_listeners_who_come_and_go_leave_the_pages_alone(site: Site, staff: list[Visitor]) -> None:
    with crowd(site) as answers:
        for _ in range(40):
            listener = staff[0].open("/live/")
            assert listener.recv(12) == b"HTTP/1.1 200"
            listener.close()
    assert set(answers) == {200}
    assert open_transactions(site) == 0
