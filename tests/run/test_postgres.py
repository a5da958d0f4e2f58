"""The embedded PostgreSQL starts, is adopted, recovers from kill -9 and stops when its last user leaves."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yiwang.run import account, database, roles
from yiwang.run.postgres import Postgres


@pytest.fixture
def folder() -> Iterator[Path]:
    where = Path(tempfile.mkdtemp(prefix="yiwang-pg-"))
    yield where
    Postgres(where).remove()


def rows(cluster: Postgres) -> int:
    with psycopg.connect(cluster.url()) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found
    return int(found[0])


def keep(cluster: Postgres, count: int) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, %s)", [count])


def test_committed_rows_outlive_a_killed_server_in_the_same_process(folder: Path) -> None:
    cluster = Postgres(folder).start()
    keep(cluster, 1000)
    os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    again = Postgres(folder).start()  # the killed server is now a zombie of this very process
    assert rows(again) == 1000
    again.stop()
    cluster.stop()


def test_a_second_user_adopts_and_the_last_one_stops(folder: Path) -> None:
    first = Postgres(folder).start()
    second = Postgres(folder).start()
    pid = (first.data / "postmaster.pid").read_text().split()[0]
    keep(second, 5)
    first.stop()
    assert (second.data / "postmaster.pid").read_text().split()[0] == pid
    assert rows(second) == 5
    second.stop()
    assert not (second.data / "postmaster.pid").exists()


def test_a_lock_file_that_names_another_program_is_no_obstacle(folder: Path) -> None:
    cluster = Postgres(folder).start()
    keep(cluster, 3)
    kept = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    stale = cluster.data / "postmaster.pid"
    stale.write_text(kept.replace(kept.split()[0], str(os.getpid()), 1))
    os.chown(stale, cluster.account.uid, cluster.account.gid)
    with Postgres(folder) as again:
        assert rows(again) == 3


def test_a_half_made_cluster_is_made_again(folder: Path) -> None:
    cluster = Postgres(folder)
    cluster.account.own_folder(cluster.root, 0o755)
    (cluster.root / "data.new").mkdir()
    (cluster.root / "data.new" / "PG_VERSION").write_text("18\n")
    with cluster:
        keep(cluster, 1)


def test_no_other_account_can_enter_and_no_port_is_open(folder: Path) -> None:
    with Postgres(folder) as cluster:
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
        assert cluster.data.stat().st_mode & 0o077 == 0
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_the_applications_role_cannot_step_around_row_security(folder: Path) -> None:
    with Postgres(folder) as cluster:
        owner, app = (cluster.url(user=user, db=roles.NAME) for user in (roles.OWNER, roles.APP))
        database.prepare(owner, app)
        database.prepare(owner, app)
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("CREATE TABLE secret (n int); INSERT INTO secret VALUES (1)")
            connection.execute(
                "ALTER TABLE secret ENABLE ROW LEVEL SECURITY; ALTER TABLE secret FORCE ROW LEVEL SECURITY"
            )
            assert connection.execute("SELECT count(*) FROM secret").fetchone() == (0,)  # the owner is bound as well
        with psycopg.connect(app, autocommit=True) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT count(*) FROM secret")  # nobody has declared what the application may
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f"GRANT SELECT ON secret TO {roles.APP}")
        with psycopg.connect(app, autocommit=True) as connection:
            assert connection.execute("SELECT count(*) FROM secret").fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("ALTER TABLE secret DISABLE ROW LEVEL SECURITY")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE mine (n int)")


def test_one_role_for_both_is_refused(folder: Path) -> None:
    with Postgres(folder) as cluster:
        owner = cluster.url(user=roles.OWNER, db=roles.NAME)
        with pytest.raises(database.UnfitDatabase, match="row security would not bind"):
            database.prepare(owner, owner)
        with pytest.raises(database.UnfitDatabase, match="could step around"):
            database.prepare(owner, cluster.url())


def test_a_very_long_path_still_gets_a_socket(folder: Path) -> None:
    deep = folder / ("long-" * 12) / ("path-" * 12)
    deep.mkdir(parents=True)
    folder.chmod(0o755)
    with Postgres(deep) as cluster:
        keep(cluster, 2)
        assert rows(cluster) == 2
    cluster.remove()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands its cluster to another account")
@pytest.mark.parametrize("there", [True, False], ids=["closed before", "not there"])
def test_what_is_kept_from_others_does_not_keep_the_database_from_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """Whoever starts it lets nobody read what they make, and their home is closed: the place elsewhere is passed."""
    folder.chmod(0o755)
    elsewhere = folder / "lib" / "yiwang"
    monkeypatch.setattr(account, "ELSEWHERE", elsewhere)
    before = os.umask(0o077)
    try:
        (folder / "home").mkdir()
        if there:
            (folder / "lib").mkdir(mode=0o755)
            (folder / "lib").chmod(0o755)
            elsewhere.mkdir()
        with Postgres(folder / "home" / "var") as cluster:
            assert cluster.root.is_relative_to(elsewhere)
            keep(cluster, 2)
            assert rows(cluster) == 2
    finally:
        os.umask(before)


def test_a_second_start_is_quick(folder: Path) -> None:
    Postgres(folder).start().stop()
    begun = time.monotonic()
    with Postgres(folder):
        assert time.monotonic() - begun < 10
