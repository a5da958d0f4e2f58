"""What tests stand on: Django, a throw-away PostgreSQL, a migrated database, a browser.

Django is set up once, before the first test file is read, so that every test finds the same whichever ran before it; it
knows no database until `database` names one. Nothing else starts by itself: a test that names none of these fixtures
needs no database. (pytest-django would make its own database and roll tests back; ours commit, as several roles, beside
servers of their own.)
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import django
import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.district import TestDistrict
    from tests.support.site import Site

SERVED = ("site", "days", "fuzzed")  # the fixtures that serve a district of their own for many files
SMALL = ("--matters", "1500", "--no-live", "--workers", "1")
FEW = ("--matters", "50", "--no-live", "--workers", "1")  # for what asks for none of the year's matters

# In CI a change is judged by the same examples each time; new ones are looked for at every desk. No example is timed.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_configure(config: pytest.Config) -> None:
    """Let SIGTERM end a run as Ctrl-C does, so that clusters and sites are stopped; and set up Django."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    var = tempfile.mkdtemp(prefix="yiwang-test-var-")
    config.add_cleanup(lambda: shutil.rmtree(var, ignore_errors=True))
    os.environ |= {"YIWANG_VAR": var, "DJANGO_SETTINGS_MODULE": "yiwang.settings"}
    django.setup()


def _fixtures_of(item: pytest.Item) -> set[str]:
    """The fixtures that a test stands on, without what it is given by a table."""
    given = item.callspec.params if hasattr(item, "callspec") else ()
    return {*getattr(item, "fixturenames", ())} - {*given}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several processes (`-n 2 --dist loadgroup --no-loadscope-reorder`), a file's tests stay together, and so do
    all files that need the same served district, which is then started once. Those come first, the largest files next.
    """
    if not hasattr(config, "workerinput"):
        return
    of_file: dict[str, list[pytest.Item]] = {}
    for item in items:
        of_file.setdefault(item.nodeid.split("::")[0], []).append(item)
    turns: dict[int, tuple[int, int]] = {}
    for file, tests in of_file.items():
        needs = {name for item in tests for name in _fixtures_of(item)}
        served = next((name for name in SERVED if name in needs), None)
        for item in tests:
            item.add_marker(pytest.mark.xdist_group(served or file))
            turns[id(item)] = (SERVED.index(served) if served else len(SERVED), -len(tests))
    items.sort(key=lambda item: turns[id(item)])


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server on which this run may make databases: that of DATABASE_URL, else a new cluster, deleted afterwards."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    from yiwang.run import roles
    from yiwang.run.postgres import Postgres

    with Postgres(tempfile.mkdtemp(prefix="yiwang-test-"), throwaway=True) as cluster:
        yield cluster.url(user=roles.OWNER, db=roles.NAME)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database of this run's own, as its owner; dropped afterwards."""
    with empty_database(postgres_server) as url:
        yield url


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """A new database on the server, as its owner."""
    from psycopg import connect, sql
    from psycopg.conninfo import make_conninfo
    from psycopg.errors import InsufficientPrivilege

    name = f"yiwang_test_{secrets.token_hex(6)}"
    with connect(server, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
    try:
        yield make_conninfo(server, dbname=name)
    finally:
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        with connect(server, autocommit=True) as admin, suppress(InsufficientPrivilege):
            admin.execute(drop)  # refused while the application's role is still leaving: the cluster goes anyway


def as_application(owner: str) -> str:
    """The same database as the application's role."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    from yiwang.run import roles

    given = os.environ.get("DATABASE_APP_URL")
    if given:
        return make_conninfo(given, dbname=conninfo_to_dict(owner)["dbname"])
    return make_conninfo(owner, user=roles.APP)


@pytest.fixture(scope="session")
def database(postgres_url: str) -> Iterator[str]:
    """A migrated database, which Django uses as the application's role, with real commits.

    Tests make a fresh district each: row security keeps them apart. Yields the owner's address.
    """
    from yiwang.run import database as db

    app = as_application(postgres_url)
    os.environ |= {"DATABASE_URL": postgres_url, "DATABASE_APP_URL": app}
    db.prepare(postgres_url, app)
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    yield postgres_url
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


@pytest.fixture(scope="module")
def district(database: str) -> TestDistrict:
    """A small district of the test file's own; a file that needs another, or a new one each time, says so itself."""
    from tests.support.district import make_district

    return make_district()


@pytest.fixture(scope="session")
def site(postgres_server: str) -> Iterator[Site]:
    """The demo district as `run.py up` serves it, with a small simulated year: `site.url`, `site.owner` and more."""
    from tests.support.site import served

    with empty_database(postgres_server) as owner, served(owner, as_application(owner), *SMALL) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium. One a module: Playwright's loop stops with it, so that other tests may run loops."""
    from playwright.sync_api import sync_playwright

    from tests.support import browser as chromium

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # a story uses pages and tables side by side on this one thread
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """An empty page of a visitor with a clean record; addresses are relative to the site."""
    with browser.new_context(base_url=site.url, locale="zh-CN", viewport={"width": 1440, "height": 900}) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds `src`, `packs` and `docs`."""
    return Path(__file__).resolve().parents[1]
