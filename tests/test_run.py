"""`run.py` sees to everything that its commands need, and says in one sentence what stands in the way."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


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


# --- a browser for the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("programs", "root", "ways"),
    [
        ({"apt-get"}, True, ["apt-get install", "playwright"]),
        ({"apt-get", "sudo"}, True, ["apt-get install", "playwright"]),
        ({"apt-get", "sudo"}, False, ["sudo -n apt-get install", "playwright"]),
        ({"apt-get"}, False, ["playwright"]),  # an ordinary person on a machine without sudo
        ({"brew"}, False, ["playwright"]),
    ],
)
def test_a_missing_browser_comes_from_where_it_can(
    run_py: ModuleType, programs: set[str], root: bool, ways: list[str]
) -> None:
    tried = run_py.ways_to_a_browser(programs.__contains__, root=root)
    assert len(tried) == len(ways)
    for way, expected in zip(tried, ways, strict=True):
        assert expected in " ".join(way[-1]).replace("-m playwright install", "playwright install")
        assert not any("sudo" in command and "-n" not in command for command in way)  # nothing waits for a password


def test_a_browser_that_nothing_can_drive_is_none(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's driver needs a library that a bare Debian lacks."""
    monkeypatch.setattr(run_py, "works_by_name", lambda _: True)
    assert run_py.has_browser()
    monkeypatch.setattr(run_py, "PYTHON", Path("/bin/false"))
    assert not run_py.has_browser()


def nothing_here(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_py, "works_by_name", lambda _: False)
    monkeypatch.setattr(run_py, "playwrights_browser", lambda: Path("/no/browser"))


def test_where_no_browser_can_be_had_one_sentence_says_so_before_the_first_test(
    run_py: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def refused(title: str, *command: str) -> None:
        tried.append(command)
        raise run_py.Stop(f"{title} failed")

    nothing_here(run_py, monkeypatch)
    monkeypatch.setattr(run_py, "step", refused)
    with pytest.raises(run_py.Stop, match="apt install chromium"):
        run_py.browser()
    assert any("playwright" in command for command in tried)


def test_a_browser_that_is_there_is_taken(run_py: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_here(run_py, monkeypatch)
    monkeypatch.setattr(run_py, "works_by_name", lambda name: name == "google-chrome")
    monkeypatch.setattr(run_py, "step", lambda *_: pytest.fail("nothing is to be installed"))
    run_py.browser()


def test_a_command_that_points_to_nothing_is_no_browser(run_py: ModuleType, tmp_path: Path) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'install the snap' >&2\nexit 1\n")
    stub.chmod(0o755)
    assert not run_py.works(stub)


# --- locks ------------------------------------------------------------------------------------------------------


def pins(lock: Path) -> dict[str, str]:
    """name -> version of every package that a lock holds."""
    found = re.findall(r"^([A-Za-z0-9][\w.-]*)==([^ ;\\\n]+)", lock.read_text("utf-8"), re.M)
    return {canonicalize_name(name): version for name, version in found}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_hashes_and_names_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.M).strip())
    for entry in entries:
        assert re.match(r"[A-Za-z0-9][\w.-]*==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_for_tests_holds_that_for_running() -> None:
    small, large = pins(ROOT / "requirements.lock"), pins(ROOT / "requirements-dev.lock")
    assert {name: large.get(name) for name in small} == small


@pytest.mark.parametrize(("lock", "extras"), [("requirements.lock", []), ("requirements-dev.lock", ["dev", "bench"])])
def test_a_lock_is_complete_so_that_nothing_need_be_resolved(lock: str, extras: list[str]) -> None:
    """Every package that the project or a locked package asks for is locked, at a version that the asker takes."""
    locked, missing = pins(ROOT / lock), []
    ahead, seen = [("yiwang", extra) for extra in ("", *extras)], set()
    while ahead:
        name, extra = one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        for text in requires(name) or ():
            asked = Requirement(text)
            if asked.marker and not asked.marker.evaluate({**default_environment(), "extra": extra}):
                continue
            version = locked.get(canonicalize_name(asked.name))
            if version is None or not asked.specifier.contains(version, prereleases=True):
                missing.append(f"{name} asks for {text}, locked is {version}")
            else:
                ahead += [(asked.name, extra) for extra in ("", *asked.extras)]
    assert missing == []
    assert len(seen) > 30


def wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """A wheel of a package without content; returns the sha256 of its file."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_lock_does_not_rot_because_somebody_published_something(run_py: ModuleType, tmp_path: Path) -> None:
    """The pip that a Python of today brings, a lock, and then a newer version of a part that is asked for by an extra.

    Resolving again would look at the newer one and refuse it, for it has no hash in the lock (pip before 24).
    """
    index = tmp_path / "index"
    index.mkdir()
    whole = wheel(index, "whole", "1.0", "Requires-Dist: part[more]>=1")
    part = wheel(index, "part", "1.0", "Provides-Extra: more")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"whole==1.0 --hash=sha256:{whole}\npart==1.0 --hash=sha256:{part}\n")
    wheel(index, "part", "2.0", "Provides-Extra: more")
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    offline = ["--no-index", "--find-links", str(index)]
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "install", *run_py.AS_LOCKED, *offline, "-r", str(lock)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert subprocess.run([*pip, "check"], capture_output=True).returncode == 0
    version = subprocess.run([*pip, "--version"], capture_output=True, text=True).stdout.split()[1]
    if int(version.split(".")[0]) < 24:
        resolving = [part for part in run_py.AS_LOCKED if part != "--no-deps"]
        again = [*pip, "install", "--force-reinstall", *resolving, *offline, "-r", str(lock)]
        done = subprocess.run(again, capture_output=True, text=True)
        assert "must have their versions pinned" in done.stderr
