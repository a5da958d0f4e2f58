"""A backup as docs/operate.md takes it, restored onto an empty database: verified, and refused without its key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import as_application, empty_database
from tests.ledger.forging import checkpoint, reported_goal, tickets


@pytest.fixture(scope="module")
def backup(database, tmp_path_factory):
    """(district, the dump): of a district with matters, goals and a checkpoint."""
    from tests.support.district import make_district

    district = make_district()
    tickets(district)
    reported_goal(district)
    checkpoint(district)
    dump = tmp_path_factory.mktemp("backup") / "yiwang.dump"
    program("pg_dump", "--format=custom", f"--file={dump}", database)
    return district, dump


def program(name, *arguments):
    """One of PostgreSQL's programs: the embedded ones, else the machine's."""
    from yiwang.run.binaries import NoBinaries, packaged

    try:
        folder = packaged() / "pginstall" / "bin"
    except NoBinaries:
        folder = Path()
    found = folder / name if (folder / name).exists() else shutil.which(name)
    subprocess.run([str(found), *arguments], check=True, capture_output=True)


@pytest.fixture
def restored(backup, postgres_server, tmp_path):
    """The dump in an empty database, and how a command sees it: (district, environment, var)."""
    from django.conf import settings

    district, dump = backup
    with empty_database(postgres_server) as owner:
        program("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={owner}", str(dump))
        shutil.copytree(settings.MEDIA_ROOT, tmp_path / "media")
        environment = {
            **os.environ,
            "DATABASE_URL": owner,
            "DATABASE_APP_URL": as_application(owner),
            "YIWANG_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "yiwang.settings",
        }
        yield district, environment, tmp_path


def run(environment, *arguments):
    return subprocess.run([sys.executable, "-m", *arguments], env=environment, capture_output=True, text=True)


def line_of(district, done):
    return next(line for line in done.stdout.splitlines() if line.startswith(f"{district.code}: "))


def test_what_is_restored_with_its_key_is_whole(restored):
    from yiwang.ledger import checkpoints, keys

    district, environment, var = restored
    for file in (keys.path(), checkpoints.file()):
        shutil.copy(file, var / file.name)
    done = run(environment, "yiwang.commands", "ledger", "verify", "--lang", "en")
    assert "whole" in line_of(district, done), done.stdout + done.stderr
    assert "1 checkpoints, 1 of them kept elsewhere" in line_of(district, done)
    assert run(environment, "django", "migrate", "--database=owner", "--verbosity=0").returncode == 0


def test_files_that_were_not_restored_are_named(restored):
    from yiwang.ledger import checkpoints, keys

    district, environment, var = restored
    for file in (keys.path(), checkpoints.file()):
        shutil.copy(file, var / file.name)
    shutil.rmtree(var / "media")
    done = run(environment, "yiwang.commands", "ledger", "verify", "--lang", "en")
    assert "BROKEN" in line_of(district, done)
    assert "are not on the shelf" in done.stdout


def test_without_the_key_nothing_new_is_sealed_by_itself(restored):
    district, environment, var = restored
    done = run(environment, "django", "migrate", "--database=owner", "--verbosity=0")
    assert done.returncode != 0
    assert "put it back from the backup" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (var / "ledger.key").exists()
    done = run(environment, "yiwang.commands", "ledger", "verify", "--lang", "en")
    assert "whole" in line_of(district, done)
    assert "seals and signatures were not checked" in done.stderr
    assert run(environment, "yiwang.commands", "ledger", "key", "--renew").returncode == 0
    assert run(environment, "django", "migrate", "--database=owner", "--verbosity=0").returncode == 0
    done = run(environment, "yiwang.commands", "ledger", "verify", "--lang", "en")
    assert "BROKEN" in line_of(district, done), "what another key sealed is not taken for ours"
