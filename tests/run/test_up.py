"""What stands in the way of `up` is said in one sentence with the mend."""

from __future__ import annotations

import socket
from pathlib import Path

import psycopg
import pytest

from yiwang.run import steps
from yiwang.run.up import CannotServe, check_address, check_free


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


def test_every_package_with_tables_is_named_for_its_version(database: str) -> None:
    from importlib.metadata import packages_distributions

    from django.apps import apps

    with_tables = {
        config.name.split(".")[0]
        for config in apps.get_app_configs()
        if not config.name.startswith("yiwang") and list(config.get_models())
    }
    assert {packages_distributions()[name][0].lower() for name in with_tables} == set(steps.PACKAGES_WITH_TABLES)
