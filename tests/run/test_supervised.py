"""A site with the embedded PostgreSQL: whatever dies is started again, and it is closed to other accounts (R9.2)."""

from __future__ import annotations

import os
import pwd
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.support.district import write_pack
from tests.support.site import Site, embedded
from tests.support.visitor import Visitor
from yiwang.run.processes import Processes

SECONDS = 60.0
SECRET = "13912345678"


@pytest.fixture(scope="module")
def own() -> Iterator[Site]:
    """A small district served for real work, one web process."""
    pack = write_pack(Path(tempfile.mkdtemp(dir=os.environ["YIWANG_VAR"])) / "pack", "997001")
    with embedded("--no-demo", "--pack", str(pack), "--workers", "1") as site:
        yield site


def within(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def postmaster(site: Site) -> int:
    return int((site.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def another_than(site: Site, pid: int) -> bool:
    """Whether another server runs by now; between the two there is no file that says so."""
    try:
        return postmaster(site) != pid
    except (FileNotFoundError, IndexError):
        return False


def status(site: Site) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    done = subprocess.run(
        [sys.executable, "-m", "yiwang.run", "status"],
        env={**environment, "YIWANG_VAR": str(site.var)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout


def portal(site: Site) -> int:
    return Visitor(site).ask("/portal/", seconds=30).status


def test_a_killed_postgresql_is_started_again_and_pages_say_so_meanwhile(own: Site) -> None:
    with ThreadPoolExecutor(8) as pool:  # so that many connections lie ready
        assert set(pool.map(lambda _: portal(own), range(40))) == {200}
    pid, web = postmaster(own), own.process("web")
    os.kill(pid, signal.SIGKILL)
    meanwhile = []
    end = time.monotonic() + SECONDS
    while not (
        another_than(own, pid) and meanwhile and meanwhile[-1].status == 200
    ):  # its old backends outlive it a bit
        assert time.monotonic() < end, "it does not come back"
        meanwhile.append(Visitor(own).ask("/portal/", seconds=30))
    away = [one for one in meanwhile if one.status != 200]
    assert {one.status for one in away} <= {503}
    assert all("数据库正忙或正在恢复" in one.text and one.headers["retry-after"] for one in away)
    assert own.process("web") == web
    within(own.answers)
    within(lambda: "PostgreSQL runs again" in own.log.read_text())  # pages may be there a moment before it is said
    assert "PostgreSQL ended and is started again" in own.log.read_text()
    assert [portal(own) for _ in range(20)] == [200] * 20


def servers(site: Site) -> list[int]:
    """All processes of the cluster."""
    data = str(site.var / "postgres" / "data")
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/cwd") == data:
                found.append(int(pid))
        except OSError:
            continue
    return found


def test_while_the_database_neither_answers_nor_ends_it_says_that_it_is_not_well(own: Site) -> None:
    pid, frozen = postmaster(own), servers(own)
    assert pid in frozen
    for one in frozen:
        os.kill(one, signal.SIGSTOP)
    try:
        within(lambda: Visitor(own).ask("/healthz", seconds=30).status == 503)
        # a passer-by is told so without the database; who has a session waits for it, in the lane of the stream
        assert Visitor(own).ask("/live/", seconds=30).status == 401
    finally:
        for one in frozen:
            os.kill(one, signal.SIGCONT)
    within(lambda: portal(own) == 200)
    within(own.answers)
    assert postmaster(own) == pid


def test_a_worker_that_dies_again_and_again_takes_no_other_with_it(own: Site) -> None:
    web, kills = own.process("web"), 0
    while kills < 4:
        within(lambda: "worker" in status_names(own))
        try:
            os.killpg(own.process("worker"), signal.SIGKILL)
            kills += 1
        except (KeyError, ProcessLookupError):
            continue
        within(lambda: Processes(own.var / "run").waiting())
    assert own.process("web") == web
    assert portal(own) == 200
    within(lambda: "worker" in status_names(own))
    assert "database     answers" in status(own)


def status_names(site: Site) -> set[str]:
    return {name for name, _ in Processes(site.var / "run").running()}


def test_a_killed_web_process_is_started_again_while_the_worker_goes_on(own: Site) -> None:
    worker = own.process("worker")
    for _ in range(3):
        web = own.process("web")
        os.killpg(web, signal.SIGKILL)
        within(lambda web=web: status_names(own) >= {"web"} and own.processes().get("web", web) != web)  # type: ignore[misc]
        within(own.answers)
    assert own.process("worker") == worker


def test_no_log_holds_what_a_failing_statement_was_given(own: Site) -> None:
    with psycopg.connect(own.app, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        for statement in (
            "SELECT %s::int",
            "INSERT INTO django_session VALUES (%s)",
            "SELECT * FROM nothing WHERE n = %s",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement, [f"王小明 {SECRET}"])
    with pytest.raises(psycopg.Error), psycopg.connect(own.app, options="-c statement_timeout=100ms") as slow:
        slow.execute(f"SELECT pg_sleep(2), '{SECRET}'")
    visitor = Visitor(own)
    visitor.post("/portal/report/", {"text": f"王小明 {SECRET} " * 5000, "phone": SECRET, "street": "\x00"})
    visitor.post("/sign-in/", {"username": SECRET, "password": SECRET})
    visitor.ask(f"/portal/track/{SECRET}/")
    for log in [*(own.var / "run").glob("*.log*"), own.var / "postgres" / "server.log", own.log]:
        assert SECRET not in log.read_text("utf-8", "replace"), log.name


def test_nothing_that_is_made_can_be_read_by_another_account(own: Site) -> None:
    assert own.var.stat().st_mode & 0o077 in (0, 0o011)  # root's: another account passes through to the database
    open_to_others = [
        path
        for path in own.var.rglob("*")
        if path != own.log
        and not path.is_symlink()
        and stat.S_IMODE(path.lstat().st_mode) & 0o077
        and not path.is_relative_to(own.var / "postgres" / "data")
        and "binaries-" not in str(path)
    ]
    assert open_to_others == []
    assert (own.var / "postgres" / "data").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_account_cannot_list_or_read_what_an_older_version_left_open(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from yiwang.run.closed import close_to_others

    var = Path(tempfile.mkdtemp(prefix="yiwang-open-"))
    photo = var / "media" / "evidence" / "ab" / "abcdef"
    photo.parent.mkdir(parents=True)
    log = var / "run" / "web.log"
    log.parent.mkdir()
    for file in (photo, log, var / "secret"):
        file.write_text("private")
        file.chmod(0o644)
    for folder in (var, *var.rglob("*")):
        if folder.is_dir():
            folder.chmod(0o755)
    before = os.umask(0o022)
    try:
        close_to_others(var)
        made = var / "run" / "made.log"
        made.write_text("private")
    finally:
        os.umask(before)
    nobody = pwd.getpwnam("nobody")
    for path in (photo, log, var / "secret", made, var):
        command = ["ls", str(path)] if path.is_dir() else ["cat", str(path)]
        done = subprocess.run(command, capture_output=True, user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
        assert done.returncode != 0, path
    assert photo.stat().st_mode & 0o777 == 0o600
