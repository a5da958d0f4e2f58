"""Uploads through the real server: many at once, large ones, a client that leaves, a full disk."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pillow_heif
import psycopg
import pytest
from PIL import Image

from tests.files.pictures import jpeg, saved
from tests.support.site import Site

pytestmark = pytest.mark.slow

SAID = {"text": "弄口井盖松动，老人走过很危险", "address": "弄口", "street": ""}


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(site: Site) -> None:
    """These residents share one address."""
    forget_tries(site)


def forget_tries(site: Site) -> None:
    with psycopg.connect(site.owner) as owner:
        owner.execute("DELETE FROM org_try")


class Resident:
    """A browser on the portal: its cookies, its form's token and key."""

    def __init__(self, site: Site) -> None:
        self.address = urlsplit(site.url).netloc
        page, headers = self._get("/portal/report/")
        self.cookies = "; ".join(one.split(";")[0] for name, one in headers if name.lower() == "set-cookie")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]  # type: ignore[index]

    def _get(self, path: str) -> tuple[str, list[tuple[str, str]]]:
        connection = http.client.HTTPConnection(self.address, timeout=120)
        connection.request("GET", path, headers={"Accept-Language": "en"})
        answer = connection.getresponse()
        return answer.read().decode(), answer.getheaders()

    def form(self, photos: list[bytes]) -> tuple[bytes, dict[str, str]]:
        """The report with its photos as a browser sends it."""
        edge = secrets.token_hex(12)
        fields = {**SAID, "csrfmiddlewaretoken": self.token, "key": secrets.token_hex(12)}
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        for number, photo in enumerate(photos):
            head = f'Content-Disposition: form-data; name="photo"; filename="IMG_{number}.jpg"'
            parts.append(f"--{edge}\r\n{head}\r\nContent-Type: image/jpeg\r\n\r\n".encode() + photo + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return body, {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "Cookie": f"{self.cookies}; yiwang_language=en",
            "Content-Length": str(len(body)),
        }

    def report(self, photos: list[bytes]) -> tuple[int, str]:
        body, headers = self.form(photos)
        connection = http.client.HTTPConnection(self.address, timeout=300)
        connection.request("POST", "/portal/report/", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


def files(site: Site) -> list[tuple[str, int | None, str]]:
    with psycopg.connect(site.owner) as owner:
        return owner.execute(
            "SELECT noun, subject, sha256 FROM files_file WHERE noun <> 'report' ORDER BY id"
        ).fetchall()


def shelf(site: Site) -> set[Path]:
    return {path for path in (site.var / "media" / "evidence").glob("*/*") if path.is_file()}


def family(process: int) -> list[int]:
    """A process and all below it."""
    found = [process]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def resident_bytes(process: int) -> int:
    total = 0
    for one in family(process):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            continue
    return total


@contextmanager
def watched(process: int) -> Iterator[list[int]]:
    """The most memory that the process and all below it hold together meanwhile, in bytes."""
    peak, stop = [resident_bytes(process)], threading.Event()

    def watch() -> None:
        while not stop.wait(0.05):
            peak[0] = max(peak[0], resident_bytes(process))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def at_once(*works: object) -> list[object]:
    """Each on a thread of its own; what they return, in their order."""
    results: list[object] = [None] * len(works)

    def run(number: int) -> None:
        results[number] = works[number]()  # type: ignore[operator]

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_large_pictures_cost_little_and_nobody_else_waits_for_them(site: Site) -> None:
    """Six anonymous reports at once, four of the largest pictures each; others read and write meanwhile."""
    pillow_heif.register_heif_opener()
    plain = Image.new("RGB", (4800, 4800), (0, 99, 0))
    largest = [
        saved(plain, "PNG"),
        saved(plain, "WEBP"),
        saved(Image.new("RGB", (12000, 9000), (0, 99, 0)), "JPEG"),
        saved(Image.new("RGB", (8064, 6048), (0, 99, 0)), "HEIF", quality=10),
    ]
    people = [Resident(site) for _ in range(6)]
    Resident(site).report([jpeg()])  # the decoder's process is there
    web, before = site.process("web"), len(files(site))
    done, read_meanwhile = threading.Event(), []

    def others() -> None:
        while not done.is_set():
            page, _ = Resident(site)._get("/portal/")
            read_meanwhile.append("</html>" in page)
            time.sleep(0.2)

    reading = threading.Thread(target=others)
    start = resident_bytes(web)
    with watched(web) as peak:
        reading.start()
        answers = at_once(*(lambda one=one: one.report(largest) for one in people))
        done.set()
        reading.join()
    statuses = [status for status, _ in answers]  # type: ignore[misc]
    assert set(statuses) <= {302, 503}  # taken, or told to come again
    assert 302 in statuses
    assert len(files(site)) - before == 4 * statuses.count(302)
    assert len(read_meanwhile) >= 5
    assert all(read_meanwhile)
    assert peak[0] - start < 900 * 2**20
    too_large = [saved(Image.new("RGB", (6300, 6300)), form) for form in ("PNG", "WEBP")]
    for photos, says in (
        (too_large, "40 million pixels; this format may have at most 24"),
        ([*largest, jpeg()], "You chose 5 files; at most 4 can be sent at once. None was sent."),
        ([jpeg(), b""], "IMG_1.jpg is empty"),
    ):
        status, page = people[0].report(photos)
        assert (status, says in page) == (422, True)
    deadline = time.monotonic() + 60
    while resident_bytes(web) - start > 250 * 2**20:  # and what they cost is given back
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_the_same_photo_from_many_at_once_lies_there_once(site: Site) -> None:
    photo = jpeg(4711, comment=b"call 10012345678")
    before = files(site)
    answers = at_once(*(lambda: Resident(site).report([photo]) for _ in range(6)))
    assert [status for status, _ in answers] == [302] * 6  # type: ignore[misc]
    new = files(site)[len(before) :]
    assert len({subject for _, subject, _ in new}) == 6
    assert len({digest for _, _, digest in new}) == 1
    (path,) = [path for path in shelf(site) if path.name == new[0][2]]
    assert b"10012345678" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_client_that_leaves_midway_leaves_nothing(site: Site) -> None:
    before, lying = files(site), shelf(site)

    def agree(rows: list[tuple[str, int | None, str]]) -> bool:
        there, named = {path.name for path in shelf(site) - lying}, {digest for _, _, digest in rows}
        # what nobody waits for may be taken back when its photo lies there already: that is cleared away (test_tidy)
        taken_back = there - named
        return named != set() and named <= there and len(taken_back) <= 2 - len(named) and all(map(is_whole, there))

    def is_whole(name: str) -> bool:
        return re.fullmatch(r"[0-9a-f]{64}", name) is not None

    person = Resident(site)
    body, headers = person.form([os.urandom(300_000)])
    host, port = person.address.split(":")
    for share in (0.2, 0.6, 0.999):
        with socket.create_connection((host, int(port)), timeout=30) as line:
            head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": person.address, **headers}.items())
            line.sendall(f"POST /portal/report/ HTTP/1.1\r\n{head}\r\n".encode() + body[: int(len(body) * share)])
    whole, headers = person.form([jpeg(secrets.randbelow(60000))])
    with socket.create_connection((host, int(port)), timeout=30) as line:  # all is sent, nobody waits for the answer
        head = "".join(f"{name}: {value}\r\n" for name, value in {"Host": person.address, **headers}.items())
        line.sendall(f"POST /portal/report/ HTTP/1.1\r\n{head}\r\n".encode() + whole)
    assert person.report([jpeg(secrets.randbelow(60000))])[0] == 302
    deadline = time.monotonic() + 30
    while not agree(new := files(site)[len(before) :]) and time.monotonic() < deadline:
        time.sleep(0.2)  # the one that nobody waits for may still be under way
    assert agree(new)
    assert {noun for noun, _, _ in new} == {"matter"}


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """The folder on a disk of its own that is full. Skips where nothing may be mounted."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        filling = os.open(folder / "filling", os.O_WRONLY | os.O_CREAT)
        with suppress(OSError):
            while os.write(filling, bytes(4096)):
                pass
        os.close(filling)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_a_sentence_and_loses_nothing(site: Site) -> None:
    person = Resident(site)
    assert person.report([jpeg(4720)])[0] == 302
    before, lying = files(site), shelf(site)
    with psycopg.connect(site.owner) as owner:
        matters = owner.execute("SELECT count(*) FROM matters_matter").fetchone()
    with full_disk(site.var / "media"):
        status, page = person.report([jpeg(4721)])
        assert status == 507
        assert "The server&#x27;s disk is full" in page or "The server's disk is full" in page
        assert SAID["text"] in page  # what was written is still in the form
        assert [path.name for path in (site.var / "media").rglob("*") if path.is_file()] == ["filling"]
    assert (files(site), shelf(site)) == (before, lying)
    with psycopg.connect(site.owner) as owner:
        assert owner.execute("SELECT count(*) FROM matters_matter").fetchone() == matters
    assert person.report([jpeg(4721)])[0] == 302
